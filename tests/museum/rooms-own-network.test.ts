// A network from the lab goes along: taken from its newest checkpoint, it stands as a hall in room 3 and races in room 5.
import { afterEach, expect, test } from 'vitest';
import { training } from '../../scenes/04-training/controls';
import { openKeeping } from '../../scenes/04-training/keeping';
import { digitsRecipe } from '../../scenes/04-training/recipe';
import { shelf } from '../../scenes/04-training/shelf';
import { unet } from '../../scenes/03-unet/controls';
import { openNetwork, useNetwork } from '../../scenes/03-unet/network';
import { sampling } from '../../scenes/05-sampling/controls';
import { live } from '../../scenes/05-sampling/live';
import { openRace } from '../../scenes/05-sampling/race';
import { requestOf } from '../../scenes/05-sampling/samplers';
import { normals } from '../../src/engine/noise';
import { choose, useVisit } from '../../src/visit';
import { racing, until, values } from './racing';

const hall = racing();
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
  shelf.drop();
  training.reset();
  unet.reset();
  choose({ model: '' });
});

test('the lab’s network is laid out in the hall of the U-Net and runs in every lane', { timeout: 120_000 }, async () => {
  const { engine } = hall;
  const images = { values: normals(1, 0, 64 * 32 * 32).map((eps) => Math.min(1, Math.max(-1, eps))), shape: [64, 32, 32, 1] };
  const data = { images, labels: Array.from({ length: 64 }, (_, at) => String(at % 10)) };
  shelf.open(engine, { recipe: digitsRecipe, data, rate: 1e-3, schedule: 'constant' });
  closers.push(openKeeping(engine, () => {}));
  await until('a checkpoint', () => (shelf.course?.training.checkpoints().length ?? 0) > 0);
  training.press('take');
  await until('the network', () => useVisit.getState().model !== '');
  expect(training.useValues.getState().taken?.key).toBe('takenTrained');
  const { model } = useVisit.getState();

  closers.push(openNetwork(engine, () => {}));
  await until('the museum’s own hall', () => useNetwork.getState().layout?.model === 'digits');
  const shipped = useNetwork.getState().layout!;
  unet.set('network', 'own');
  await until('the lab’s hall', () => useNetwork.getState().layout?.model === model);
  const own = useNetwork.getState().layout!;
  expect(own.parameters).toBe((await engine.plan(model)).parameters);
  expect(own.parameters).toBeLessThan(shipped.parameters);
  // Three widths: two blocks down, the deepest, two up, with as many channels as its recipe says.
  expect(own.stations.filter(({ role }) => role !== 'input' && role !== 'output').map(({ shape }) => shape[2])).toEqual([
    16, 32, 64, 32, 16,
  ]);
  expect(own.bridges).toHaveLength(2);

  hall.close = openRace(engine, { watched: 300 });
  sampling.set('network', 'own');
  sampling.press('start');
  await until('the finish', () => values().rank5 !== null);
  // Its pictures, not the museum's, from the noise of the race.
  const [mine, ours] = await Promise.all(
    [model, 'digits'].map(async (name) => (await engine.sample(requestOf('ddim', name, 500, values())).result).values),
  );
  expect(live.placed).toContainEqual(mine);
  expect(live.placed).not.toContainEqual(ours);
});
