// The rooms' manifests, read from scenes/ for programs outside the page.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Room } from '../src/museum/contract';
import { root } from './ready.mjs';

/** The rooms that stand, in the order of the ring. */
export async function rooms(): Promise<Room[]> {
  const folders = readdirSync(join(root, 'scenes')).filter((name) => /^\d\d-/.test(name)).sort(); // prettier-ignore
  const read = folders.map(async (name) => {
    const manifest = (await import(pathToFileURL(join(root, 'scenes', name, 'room.ts')).href)) as { default?: Room; room?: Room };
    const room = manifest.default ?? manifest.room;
    if (!room) throw new Error(`scenes/${name}/room.ts exports no room`);
    return room;
  });
  return Promise.all(read);
}
