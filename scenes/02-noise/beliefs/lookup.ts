// "It looks pictures up": digits on the straight way from one noise to another, and the room its memory has for each training picture.
import { percentOf } from '../../../src/text/amounts';
import { apart, rounded } from '../closed';
import { side } from '../drawn';
import { imagesOf, pixels, pureNoise, strip } from '../picture';
import type { Experiment } from './tools';

/** What the digit model was trained on: the 60,000 training pictures of MNIST, 28 x 28 bytes each. */
const training = { pictures: 60_000, bytesEach: 28 * 28 };
const count = 6;
const steps = 12;
/** Loud enough that the start is noise alone. */
const level = 100;

/** Between two noises on the sphere, so that each one between is as loud as they are. */
export function between(one: Float32Array, two: Float32Array, share: number): Float32Array {
  const [a, b] = [Math.cos((share * Math.PI) / 2), Math.sin((share * Math.PI) / 2)];
  return one.map((value, i) => a * value + b * two[i]!);
}

/** Bytes of the model's weights, by its own manifest. */
async function weightBytes(): Promise<number> {
  const manifest: unknown = await (await fetch(new URL('weights/digits/manifest.json', document.baseURI))).json();
  return (manifest as { weights: { bytes: number } }).weights.bytes;
}

export const lookup: Experiment = async ({ engine, seed, sample }) => {
  const noises = await Promise.all([0, 1].map((i) => pureNoise(engine, [1, side, side, 1], 2 * seed + i)));
  const starts = Array.from({ length: count }, (_, i) => between(noises[0]!, noises[1]!, i / (count - 1)));
  const start = { image: pixels(...starts), level, noisy: true };
  const images = imagesOf(await sample({ schedule: 'cosine', steps, seed, count, start }));
  const jumps = images.slice(1).map((image, i) => apart(image, images[i]!));
  const bytes = (await weightBytes()) / training.pictures;
  const fill = {
    count,
    between: count - 2,
    jump: percentOf(Math.max(...jumps)),
    ends: percentOf(apart(images[0]!, images[count - 1]!)),
    bytes: rounded(bytes, 0),
    full: training.bytesEach,
    pictures: training.pictures,
  };
  return { said: { key: 'finding.lookup', with: fill }, result: strip(images, { key: 'lookupPicture', with: fill }) };
};
