// The engine's inside by its messages: that it is there, what it gives away, and that it answers while it draws noise.
import { engine as tfjs } from '@tensorflow/tfjs-core';
import { expect, it, vi } from 'vitest';
import type { SampleRequest } from '../../src/engine';
import { createCore } from '../../src/engine/core';
import type { Ask, Tell } from '../../src/engine/protocol';
import { bytesOf } from './models';
import { local, wasmFiles } from './link';

function open() {
  const told: { message: Tell; transfer: ArrayBuffer[] }[] = [];
  const waiting = new Map<number, () => void>();
  const hear = createCore(
    (message, transfer = []) => {
      told.push({ message, transfer });
      if (message.kind === 'done' || message.kind === 'failed') waiting.get(message.id)?.();
    },
    (path) => Promise.resolve(bytesOf(`assets/weights/${path}`)),
  );
  const ask = (what: Ask) => {
    const end = new Promise<void>((done) => waiting.set(what.id, done));
    hear(what);
    return end;
  };
  const endOf = (id: number) => told.find(({ message }) => (message.kind === 'done' || message.kind === 'failed') && message.id === id)!;
  return { told, ask, endOf };
}
const image = (count: number) => ({ values: new Float32Array(count), shape: [count] });

it('says first that it is there', () => {
  expect(open().told.map(({ message }) => message)).toEqual([{ kind: 'here' }]);
});

it('answers a ping while it draws noise, and gives the noise away', async () => {
  const { told, ask, endOf } = open();
  const drawing = ask({ id: 1, kind: 'noise', image: image(1 << 19), level: 1, seed: 1 });
  await new Promise((next) => setTimeout(next));
  await ask({ id: 2, kind: 'ping' });
  expect(endOf(1)).toBeUndefined();
  await drawing;
  const { message, transfer } = endOf(1);
  expect(message).toMatchObject({ kind: 'done', result: { shape: [1 << 19] } });
  expect(transfer).toHaveLength(1);
  expect(transfer[0]!.byteLength).toBe(4 << 19);
  expect(told[told.length - 1]).toBe(endOf(1));
});

it('refuses more noise than can be drawn in some seconds, and what is no request at all', async () => {
  const { ask, endOf } = open();
  await ask({ id: 1, kind: 'noise', image: image((1 << 22) + 1), level: 1, seed: 1 });
  await ask({ id: 2, kind: 'sample', request: undefined as never });
  await ask({ id: 3, kind: 'classify', images: { values: [1], shape: 3 } as never });
  for (const id of [1, 2, 3]) expect(endOf(id).message).toMatchObject({ kind: 'failed', code: 'bad-request' });
});

it('stops computing a run that is cancelled: no more is computed than the step under way', async () => {
  const kernels = vi.spyOn(tfjs(), 'runKernel');
  const { engine } = local();
  const short: SampleRequest = { model: 'cloud', sampler: 'ddim', schedule: 'cosine', steps: 20, seed: 1, count: 64, prompt: 'noise' };
  const counted = async () => {
    kernels.mockClear();
    await engine.sample(short).result;
    return kernels.mock.calls.length;
  };
  // Tried at the start, the backend computes, too.
  await vi.waitUntil(() => engine.report().reason === 'only', 20_000);
  await engine.sample(short).result;
  const alone = await counted();
  const long = engine.sample({ ...short, steps: 1000 });
  await vi.waitUntil(() => long.latest);
  long.cancel();
  await expect(long.result).rejects.toMatchObject({ code: 'cancelled' });
  // Asked after the cancel, it is answered when that has been heard.
  await engine.memory();
  expect(await counted()).toBeLessThanOrEqual(alone + alone / short.steps);
  engine.close();
  kernels.mockRestore();
});

it('gives away the pictures of a run', async () => {
  const { ask, endOf } = open();
  await ask({ id: 0, kind: 'start', weights: '', wasm: wasmFiles, backend: 'wasm', breakable: false });
  const request = { model: 'cloud', sampler: 'ddim', schedule: 'cosine', steps: 1, seed: 1, count: 64, prompt: 'noise' } as const;
  await ask({ id: 1, kind: 'sample', request });
  expect(endOf(1)).toMatchObject({ message: { kind: 'done' }, transfer: [{ byteLength: 4 * 64 * 3 }] });
  await ask({ id: 2, kind: 'classify', images: { values: new Float32Array(1024), shape: [1, 32, 32, 1] } });
  expect(endOf(2)).toMatchObject({ message: { kind: 'done' }, transfer: [] });
});
