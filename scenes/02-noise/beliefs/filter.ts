// "It removes noise like a photo filter": two ways back from almost pure noise, and two from a little noise, of the same picture.
import { percentOf } from '../../../src/text/amounts';
import { apart, percent } from '../closed';
import { imagesOf, pixels, strip } from '../picture';
import { levelAt } from '../schedule';
import type { Experiment } from './tools';

/** How far on the cosine schedule the picture is noised: a third of the way, and almost to the end. */
const [little, much] = [0.35, 0.97];
const steps = 16;

export const filter: Experiment = async ({ engine, image, seed, sample }) => {
  const back = async (t: number) => {
    const start = { image: pixels(image, image), level: levelAt('cosine', t) };
    const [one, two] = imagesOf(await sample({ schedule: 'cosine', steps, seed, count: 2, start }));
    return [one!, two!] as const;
  };
  const near = await back(little);
  const far = await back(much);
  const verdicts = await engine.classify(pixels(...near, ...far)).catch(() => []);
  const labels = verdicts.map(({ label }) => label);
  const [nearApart, farApart] = [apart(...near), apart(...far)];
  const said = {
    key: farApart <= nearApart ? 'finding.filterOdd' : labels[2] !== labels[3] ? 'finding.filter' : 'finding.filterKin',
    with: {
      little: percent(little),
      much: percent(much),
      near: percentOf(nearApart),
      far: percentOf(farApart),
      one: labels[2] ?? '?',
      two: labels[3] ?? '?',
      three: labels[0] ?? '?',
      four: labels[1] ?? '?',
    },
  };
  return { said, result: strip([image, ...near, ...far], { key: 'filterPictureRead', with: said.with }) };
};
