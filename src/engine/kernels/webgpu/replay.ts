// Forwards that were asked twice are recorded, and from then on only issued again: most of a small one's time is tfjs at issuing it.
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { backend as present, type Tensor } from '@tensorflow/tfjs-core';
import { kernelsInUse, type Player } from '..';
import type { Given } from '../../networks/question';
import { issue } from './issue';
import { free, record, type Recording } from './record';
import { variants } from './variants';

/** Forwards that a player knows at once; whoever asks for more in turn has them computed the plain way. */
const most = 4;
/** Bytes that a recording may hold. A forward with more of them has the device at work for longer than tfjs. */
const largest = 64 << 20;

interface Recorded extends Recording {
  /** Whether the device took all of it. */
  readonly isSound: Promise<boolean>;
}

/** Of the forwards of one model, whose weights stay where they are while it lives. */
export function createPlayer(): Player {
  const backend = present() as WebGPUBackend;
  /** The one that was asked longest ago stands first. */
  const known = new Map<string, Recorded | 'asked' | 'refused'>();

  function forget(key: string): void {
    const found = known.get(key);
    known.delete(key);
    if (typeof found === 'object') free(backend, found.held);
  }
  function note(key: string, what: Recorded | 'asked' | 'refused'): void {
    known.set(key, what);
    for (const oldest of known.keys()) if (known.size > most) forget(oldest);
  }

  /** The first answer of a recording just made, which is noted; nothing where the forward does not let itself be recorded. */
  function begin(key: string, given: readonly Given[], run: (inputs: readonly Tensor[]) => Tensor): Promise<Float32Array> | undefined {
    const { device } = backend;
    const scopes = ['out-of-memory', 'validation'] as const;
    scopes.forEach((scope) => device.pushErrorScope(scope));
    let answer: Promise<Float32Array> | undefined;
    let recording: Recording | undefined;
    try {
      recording = record(backend, given, run);
      if (recording.held.reduce((sum, { size }) => sum + size, 0) <= largest) answer = issue(backend, recording, given);
      else free(backend, recording.held);
    } catch (why) {
      console.warn('not to be recorded:', why);
    }
    // A lost device has no errors to tell of; nor does it answer.
    const errors = Promise.all(scopes.map(() => device.popErrorScope().catch(() => null)));
    if (!recording || !answer) return void note(key, 'refused');
    const isSound = errors.then((all) => all.every((error) => error === null));
    note(key, { ...recording, isSound });
    return answer;
  }

  return {
    async play(given, run) {
      // Weights that follow another backend leave their buffers.
      if (present() !== (backend as unknown)) return void [...known.keys()].forEach(forget);
      const key = [kernelsInUse(), ...Object.values(variants()), ...given.map(({ shape }) => shape.join('x'))].join();
      const before = known.get(key);
      known.delete(key);
      if (before !== 'asked' && typeof before !== 'object') return void note(key, before ?? 'asked');
      if (typeof before === 'object') note(key, before);
      const answer = typeof before === 'object' ? issue(backend, before, given) : begin(key, given, run);
      const now = known.get(key);
      if (!answer || typeof now !== 'object') return undefined;
      answer.catch(() => undefined); // It is given on below.
      if (await now.isSound) return answer;
      if (known.get(key) === now) {
        forget(key);
        note(key, 'refused');
      }
      return undefined;
    },
    clear: () => [...known.keys()].forEach(forget),
  };
}
