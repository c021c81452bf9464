// The digits that the lab learns from: drawn by the shipped digit model, kept where the judge reads what was asked for and is sure.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { local } from '../../tests/engine/link';
import { manifestOf, root } from '../../tests/engine/models';
import { sheet } from './png';

const wanted = 2048;
/** The model draws 32 x 32 with a margin of 2; the margin is left out. */
const [drawn, kept] = [32, 28];
const margin = (drawn - kept) / 2;
const [sampler, schedule, steps, guidance, sure] = ['dpmpp2m', 'cosine', 12, 2, 0.98] as const;
/** Pictures of one request. */
const together = 100;
/** Ink below this, of 255, is paper: what is left of the noise would only make the file larger. */
const faint = 8;

/** The middle of a picture in [-1, 1], as bytes. */
function bytesOf(values: Float32Array): Uint8Array {
  return Uint8Array.from({ length: kept * kept }, (_, at) => {
    const value = values[(Math.floor(at / kept) + margin) * drawn + (at % kept) + margin]!;
    const byte = Math.round(255 * Math.min(1, Math.max(0, (value + 1) / 2)));
    return byte < faint ? 0 : byte;
  });
}

/** What the lab will make of the bytes: the picture with its margin, in [-1, 1]. */
function pictureOf(bytes: Uint8Array): Float32Array {
  const values = new Float32Array(drawn * drawn).fill(-1);
  bytes.forEach((byte, at) => (values[(Math.floor(at / kept) + margin) * drawn + (at % kept) + margin] = byte / 127.5 - 1));
  return values;
}

export async function digits(): Promise<void> {
  const { classes, weights } = manifestOf('digits');
  const { engine } = local();
  engine.attend('lab');
  // The item at i is of class i mod 10, so that any first part of the set holds all classes alike.
  const found = classes.map((): Uint8Array[] => []);
  const needs = classes.map((_, at) => Math.ceil((wanted - at) / classes.length));
  const lacking = () => classes.filter((_, at) => found[at]!.length < needs[at]!);
  let [seed, made, least] = [0, 0, 1];
  while (lacking().length > 0) {
    seed++;
    const open = lacking();
    const prompt = Array.from({ length: together }, (_, at) => open[at % open.length]!);
    const request = { model: 'digits', sampler, schedule, steps, guidance, prompt, seed, count: together, room: 'lab' } as const;
    const { values } = await engine.sample(request).result;
    const bytes = prompt.map((_, at) => bytesOf(values.subarray(at * drawn ** 2, (at + 1) * drawn ** 2)));
    const judged = new Float32Array(values.length);
    bytes.forEach((one, at) => judged.set(pictureOf(one), at * drawn ** 2));
    const verdicts = await engine.classify({ values: judged, shape: [together, drawn, drawn, 1] });
    made += together;
    verdicts.forEach(({ label, confidence }, at) => {
      const row = classes.indexOf(prompt[at]!);
      if (label !== prompt[at] || confidence < sure || found[row]!.length >= needs[row]!) return;
      found[row]!.push(bytes[at]!);
      least = Math.min(least, confidence);
    });
    console.log(`seed ${seed}: ${found.map((one) => one.length).join(' ')} of ${made}`);
  }
  engine.close();
  const all = new Uint8Array(wanted * kept ** 2);
  for (let at = 0; at < wanted; at++) all.set(found[at % classes.length]![Math.floor(at / classes.length)]!, at * kept ** 2);
  const across = 64;
  const png = sheet(all, kept, across);
  const told = {
    ...{ file: 'digits.png', sha256: createHash('sha256').update(png).digest('hex'), count: wanted, side: kept, across },
    // Of the item at i: classes[i mod 10].
    classes,
    ...{ perClass: needs, model: 'digits', weights: weights.sha256, sampler, schedule, steps, guidance, faint },
    ...{ judge: manifestOf('judge').weights.sha256, sure, leastSure: Number(least.toFixed(4)), seeds: [1, seed], together, made },
  };
  mkdirSync(root('assets/data'), { recursive: true });
  writeFileSync(root('assets/data/digits.png'), png);
  writeFileSync(root('assets/data/digits.json'), `${JSON.stringify(told)}\n`);
  console.log(`${png.length} bytes, SHA-256 ${told.sha256}`);
}
