// The recording that ships with the lab, read and checked: its lines, its pictures, and where and when they were made.
import { EngineError } from '../../src/engine';
import type { Milestone } from './course';
import type { Point } from './history';
import { cut, greyOf } from './sheet';

/** What `recording.json` says. */
export interface Recording {
  readonly date: string;
  readonly device: string;
  readonly backend: string;
  readonly digits: number;
  readonly epochs: number;
  readonly seconds: number;
  readonly file: string;
  readonly points: readonly { readonly epoch: number; readonly loss: number; readonly bands: readonly (number | null)[] }[];
  readonly milestones: readonly (Omit<Milestone, 'picture' | 'agreed'> & { readonly agreed: number | null })[];
}

export interface Played {
  readonly told: Recording;
  readonly points: readonly Point[];
  readonly milestones: readonly Milestone[];
}

/** The recording from what its two files hold: JSON, and a PNG with the pictures of its milestones side by side. */
export async function recordingOf(told: Recording, file: Uint8Array<ArrayBuffer>): Promise<Played> {
  const { bytes, height, width } = await greyOf(file);
  const count = told.milestones.length;
  if (width !== count * height) throw new EngineError('weights-shape', 'the recording has other pictures than it says');
  const pictures = cut(bytes, { count, side: height, across: count }, height);
  const size = height * height;
  return {
    told,
    points: told.points.map(({ epoch, loss, bands }) => ({ epoch, loss, bands: bands.map((one) => one ?? undefined) })),
    milestones: told.milestones.map(({ agreed, ...one }, at) => ({
      ...one,
      agreed: agreed ?? undefined,
      picture: Float32Array.from(pictures.subarray(at * size, (at + 1) * size), (byte) => byte / 127.5 - 1),
    })),
  };
}

export async function fetchRecording(): Promise<Played> {
  const get = async (file: string) => {
    const answer = await fetch(new URL(`data/${file}`, document.baseURI)).catch(() => undefined);
    if (!answer?.ok) throw new EngineError('weights-missing', file);
    return answer;
  };
  const told = (await (await get('recording.json')).json()) as Recording;
  return recordingOf(told, new Uint8Array(await (await get(told.file)).arrayBuffer()));
}
