// Models as files: taken along and brought back they draw the same bits; whatever is wrong with a file is refused, and nothing changes.
import { createHash } from 'node:crypto';
import { afterEach, expect, it, vi } from 'vitest';
import { EngineError, type Engine, type SampleRequest, type TrainRequest } from '../../src/engine';
import { readMetadata, readSafetensors } from '../../src/engine/weights';
import { local } from './link';
import { toy } from './toys';

let inside: ReturnType<typeof local>;
let engine: Engine;
const open = () => ({ engine } = inside = local());
afterEach(() => engine.close());

const codeOf = (result: Promise<unknown>) =>
  result.then(
    () => 'no error',
    (why: unknown) => (why instanceof EngineError ? why.code : String(why)),
  );
const draw = (model: string, prompt: string) => {
  const request: SampleRequest = { model, sampler: 'ddim', schedule: 'cosine', steps: 3, seed: 5, prompt, guidance: 2 };
  return engine.sample(request).result;
};

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** The file with another header, which `change` makes of its own and whose manifest is hashed anew, and another body. */
function rewritten(
  file: Uint8Array,
  change: (header: Record<string, unknown>, manifest: Record<string, unknown>) => void,
  body?: (bytes: Uint8Array) => void,
) {
  const length = Number(new DataView(file.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length))) as Record<string, unknown>;
  const metadata = header.__metadata__ as { manifest: string; sha256: string };
  const manifest = JSON.parse(metadata.manifest) as Record<string, unknown>;
  change(header, manifest);
  if (header.__metadata__ === metadata) {
    metadata.manifest = JSON.stringify(manifest);
    metadata.sha256 = hashOf(new TextEncoder().encode(metadata.manifest));
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const rest = file.slice(8 + length);
  body?.(rest);
  const made = new Uint8Array(8 + text.length + rest.length);
  new DataView(made.buffer).setBigUint64(0, BigInt(text.length), true);
  made.set(text, 8);
  made.set(rest, 8 + text.length);
  return made;
}
/** The file with other words in its header, nothing hashed anew, and so many bytes more. */
function retold(file: Uint8Array, old: string, words: string, more = 0) {
  const length = Number(new DataView(file.buffer).getBigUint64(0, true));
  const before = new TextDecoder().decode(file.subarray(8, 8 + length));
  expect(before).toContain(old);
  const text = new TextEncoder().encode(before.replace(old, words));
  const made = Uint8Array.from([...file.subarray(0, 8), ...text, ...file.subarray(8 + length), ...new Uint8Array(more)]);
  new DataView(made.buffer).setBigUint64(0, BigInt(text.length), true);
  return made;
}
type Entries = Record<string, { sha256: string; bytes: number }>;
/** Hashes of a body that was changed, as a forger would write them. */
const rehash = (manifest: Record<string, unknown>, body: Uint8Array) => {
  const { weights, selftest } = manifest as Entries;
  weights!.sha256 = hashOf(body.subarray(0, weights!.bytes));
  selftest!.sha256 = hashOf(body.subarray(weights!.bytes));
};

/** The file with the pictures of its self-test, and what is expected of them, so many times. */
function withItems(file: Uint8Array, count: number) {
  const found = Object.entries(readSafetensors(file.slice().buffer)).filter(([name]) => name.startsWith('selftest.'));
  const parts = found.map(([name, { shape, values }]) => {
    const times = /[.](x|v)$/.test(name) ? count : 1;
    const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    return { name, shape: [times * shape[0]!, ...shape.slice(1)], bytes: Buffer.concat(Array<Buffer>(times).fill(bytes)) };
  });
  const tested = Buffer.concat(parts.map(({ bytes }) => bytes));
  // It stands at the end.
  const rest = file.subarray(0, file.length - found.reduce((sum, [, { values }]) => sum + values.byteLength, 0));
  return rewritten(Uint8Array.from([...rest, ...tested]), (header, manifest) => {
    const { weights, selftest } = manifest as Entries;
    let at = weights!.bytes;
    for (const { name, shape, bytes } of parts) header[name] = { dtype: 'F32', shape, data_offsets: [at, (at += bytes.length)] };
    Object.assign(selftest!, { bytes: tested.length, sha256: hashOf(tested) });
  });
}

/** The file of a network as it is before its first step. */
async function untrained(config: TrainRequest['network']['config']) {
  const { size, channels } = config as { size: number; channels: number };
  const images = { shape: [1, size, size, channels], values: new Uint8Array(size * size * channels) };
  const network = { kind: 'unet', config } as const;
  const training = engine.train({ ...toy, network, data: { images, labels: ['left'] }, paused: true });
  await Promise.race([training.result, vi.waitUntil(() => training.checkpoints().length > 0, { timeout: 20_000 })]);
  const file = await engine.exportModel(`training:${training.name}@0`);
  training.cancel();
  return file;
}

it('a trained model comes back from its file with the same bits, in another engine, too', async () => {
  open();
  const model = await engine.train({ ...toy, steps: 6 }).result;
  const before = await draw(model, 'left');
  const file = await engine.exportModel(model);
  const { manifest } = readMetadata(file.slice().buffer);
  expect(JSON.parse(manifest!)).toMatchObject({ network: 'unet', classes: ['left', 'right'], figures: { step: 6, examples: 48 } });
  expect(Object.keys(readSafetensors(file.slice().buffer))).toContain('selftest.v');
  const name = await engine.importModel(file);
  expect(name).toMatch(/^import:[0-9a-f]{16}$/);
  expect(await engine.importModel(file)).toBe(name);
  expect((await draw(name, 'left')).values).toEqual(before.values);
  engine.close();
  open();
  expect((await draw(await engine.importModel(file), 'left')).values).toEqual(before.values);
  // A new worker gets it again.
  inside.crash();
  expect((await draw(name, 'left')).values).toEqual(before.values);
});

it('a shipped model does so, too', async () => {
  open();
  const file = await engine.exportModel('digits');
  const name = await engine.importModel(file);
  expect((await draw(name, '3')).values).toEqual((await draw('digits', '3')).values);
  // One that says it is the model which devices are tested with, and is not, says nothing of this device.
  const body = file.slice(8 + Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true)));
  new DataView(body.buffer).setFloat32(0, 0.5, true);
  const forged = rewritten(
    file,
    (_, manifest) => rehash(manifest, body),
    (bytes) => bytes.set(body),
  );
  // The second comes while the first is tried.
  const twice = [engine.importModel(forged), engine.importModel(forged)];
  expect(await Promise.all(twice.map(codeOf))).toEqual(['weights-shape', 'weights-shape']);
  expect(engine.report().backend).toBe('wasm');
  // The same weights for pictures of a million pixels would compute for minutes.
  const vast = rewritten(file, (_, { config }) => ((config as { size: number }).size = 1024));
  await expect(engine.importModel(vast)).rejects.toThrow('too much');
  expect(await codeOf(engine.exportModel('judge'))).toBe('bad-request');
  expect(await codeOf(engine.exportModel('nobody'))).toBe('weights-missing');
});

it('a self-test may have 64 pictures, and no more than one forward of the heaviest network computes', async () => {
  open();
  const file = await engine.exportModel(await engine.train({ ...toy, steps: 2 }).result);
  expect(await codeOf(engine.importModel(withItems(file, 64)))).toBe('no error');
  await expect(engine.importModel(withItems(file, 65))).rejects.toMatchObject({ code: 'weights-shape' });
  const heavy = await untrained({ ...toy.network.config, size: 32, patch: 1, widths: [232, 8, 8] });
  expect(await codeOf(engine.importModel(heavy))).toBe('no error');
  await expect(engine.importModel(withItems(heavy, 5))).rejects.toThrow('too much');
});

it('what is trained here can be imported, whatever its size; what cannot is not trained either', async () => {
  open();
  const config = { size: 128, channels: 3, patch: 4, widths: [32, 32, 64], depths: [1, 1, 1], groups: 8, embedding: 32, frequencies: 8 };
  expect(await codeOf(engine.importModel(await untrained(config)))).toBe('no error');
  await expect(untrained({ ...config, size: 1024, patch: 1 })).rejects.toThrow('too much');
});

it('what a page does with its bytes while they are imported changes nothing, in a new worker either', async () => {
  open();
  const file = await engine.exportModel(await engine.train({ ...toy, steps: 1 }).result);
  const [reused, moved] = [file.slice(), file.slice()];
  const coming = [engine.importModel(reused), engine.importModel(moved)];
  reused.fill(0);
  structuredClone(moved.buffer, { transfer: [moved.buffer] });
  const [name, same] = await Promise.all(coming);
  expect(same).toBe(name);
  const before = await draw(name!, 'left');
  inside.crash();
  expect(await draw(name!, 'left')).toEqual(before);
  expect(await codeOf(engine.importModel(moved))).toBe('bad-request');
  expect(await codeOf(engine.importModel((() => file) as never))).toBe('bad-request');
});

it('of many imports the last eight stay, in a new worker, too, and one from before can come again', async () => {
  open();
  const file = await engine.exportModel(await engine.train({ ...toy, steps: 2 }).result);
  /** Each of another name: what the file says of its training differs. */
  const files = Array.from({ length: 9 }, (_, at) => rewritten(file, (_, manifest) => void (manifest.figures = { step: at })));
  const names: string[] = [];
  for (const one of files.slice(0, 8)) names.push(await engine.importModel(one));
  // Imported again, it is no longer the oldest.
  await engine.importModel(files[0]!);
  names.push(await engine.importModel(files[8]!));
  for (const isNew of [false, true]) {
    if (isNew) inside.crash();
    const left = await Promise.all(names.map((name) => engine.plan(name).then(() => true, () => false))); // prettier-ignore
    expect(left).toEqual(names.map((_, at) => at !== 1));
  }
  expect(await engine.importModel(files[1]!)).toBe(names[1]);
  expect((await draw(names[1]!, 'left')).values).toEqual((await draw(names[0]!, 'left')).values);
});

it('what is wrong with a file is said, and the model that runs stays', async () => {
  open();
  const model = await engine.train({ ...toy, steps: 2 }).result;
  const file = await engine.exportModel(model);
  const name = await engine.importModel(file);
  const before = await draw(name, 'left');
  const same = () => undefined;
  const bodyOf = (bytes: Uint8Array) => bytes.slice(8 + Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true)));
  /** A first weight of another value, hashed anew. */
  const forged = (value: number) => {
    const body = bodyOf(file);
    new DataView(body.buffer).setFloat32(0, value, true);
    return rewritten(
      file,
      (_, manifest) => rehash(manifest, body),
      (bytes) => bytes.set(body),
    );
  };
  const body = bodyOf(file);
  const wrong: Record<string, [string, Uint8Array]> = {
    nothing: ['weights-truncated', new Uint8Array(0)],
    'cut short': ['weights-truncated', file.slice(0, file.length - 100)],
    'no safetensors': ['weights-header', new Uint8Array(500).fill(7)],
    'no manifest': ['weights-header', rewritten(file, (header) => delete header.__metadata__)],
    'a manifest that lacks its classes': ['weights-header', rewritten(file, (_, manifest) => delete manifest.classes)],
    'classes in another order': ['weights-hash', retold(file, '\\"left\\",\\"right\\"', '\\"right\\",\\"left\\"')],
    'bytes behind its tensors': ['weights-header', Uint8Array.from([...file, 0, 0, 0, 0])],
    'a name that stands twice': [
      'weights-header',
      retold(
        file,
        '"selftest.v":',
        `"selftest.v":{"dtype":"F32","shape":[1],"data_offsets":[${body.length},${body.length + 4}]},"selftest.v":`,
        4,
      ),
    ],
    'a bit turned': ['weights-hash', rewritten(file, same, (bytes) => (bytes[17]! ^= 1))],
    'a weight that is no number': ['weights-range', forged(NaN)],
    'a weight beyond its limit': ['weights-range', forged(1e9)],
    'a weight that is another': ['weights-shape', forged(0.5)],
    'a network that is unknown': ['weights-header', rewritten(file, (_, manifest) => (manifest.network = 'toString'))],
    'another network': ['weights-header', rewritten(file, (_, manifest) => (manifest.network = 'cloud'))],
    'a level that is next to nothing': ['weights-header', rewritten(file, (_, manifest) => (manifest.sigmaMin = 5e-324))],
    'a level beyond all noise': ['weights-header', rewritten(file, (_, manifest) => (manifest.sigmaMax = 1e300))],
    'a judge': ['weights-header', rewritten(file, (_, manifest) => (manifest.prediction = 'logits'))],
    'other widths': ['weights-shape', rewritten(file, (_, { config }) => ((config as { widths: number[] }).widths = [8, 8, 16]))],
    'a stranger among its tensors': ['weights-header', rewritten(file, (header) => (header.stranger = { dtype: 'F32', shape: [0], data_offsets: [0, 0] }))], // prettier-ignore
    'too large': ['weights-range', new Uint8Array((1 << 26) + 1)],
  };
  for (const [what, [code, bytes]] of Object.entries(wrong)) expect.soft(await codeOf(engine.importModel(bytes)), what).toBe(code);
  expect((await draw(name, 'left')).values).toEqual(before.values);
});
