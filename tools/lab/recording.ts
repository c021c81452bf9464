// Records a run of the lab's own course, for devices that are too weak to train: what it says of itself is what was measured here.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { Course } from '../../scenes/04-training/course';
import { digitsRecipe } from '../../scenes/04-training/recipe';
import { firstOf } from '../../scenes/04-training/set';
import { cut, greyOf, type Sheet } from '../../scenes/04-training/sheet';
import { local } from '../../tests/engine/link';
import { manifestOf, root } from '../../tests/engine/models';
import { sheet } from './png';

const [digits, rate, schedule] = [512, 3e-3, 'cosine'] as const;
/** CPU-minutes after which it ends in any case, with the epochs that it has reached. */
const longest = 20;
/** Points of the lines that are kept. */
const points = 120;

const cpuMinutes = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 6e7;
};
const rounded = (value: number | undefined, digits = 4) => (value === undefined ? null : Number(value.toFixed(digits)));

export async function recording(): Promise<void> {
  const told = JSON.parse(readFileSync(root('assets/data/digits.json'), 'utf8')) as Sheet & { sha256: string };
  const { bytes } = await greyOf(new Uint8Array(readFileSync(root(`assets/data/${told.file}`))));
  const { engine } = local();
  const { room, milestones } = digitsRecipe;
  engine.attend(room);
  await engine.load('judge').result;
  const before = cpuMinutes();
  const course = new Course(engine, {
    recipe: digitsRecipe,
    data: firstOf(cut(bytes, told, digitsRecipe.side), digits),
    rate,
    schedule,
    patience: Infinity,
  });
  for (let said = 0; !(course.isDone && course.milestones.length === milestones.length);) {
    await setTimeout(250);
    if (course.failed) throw new Error(`the training ended: ${course.failed}`);
    const { clock, history } = course;
    if (clock.epoch >= said + 1) {
      said = Math.floor(clock.epoch);
      console.log(`epoch ${said}, loss ${history.latest?.loss.toFixed(4)}, ${clock.speed?.toFixed(0)} digits/s, CPU-minutes ${(cpuMinutes() - before).toFixed(2)}`); // prettier-ignore
    }
    if (cpuMinutes() - before > longest && !course.isPaused) {
      course.pause();
      break;
    }
  }
  const { history, clock, milestones: taken } = course;
  const size = 2 * digitsRecipe.side;
  const picked = Array.from({ length: points }, (_, at) => history.points[Math.round((at * (history.points.length - 1)) / (points - 1))]!);
  const pictures = new Uint8Array(taken.length * size * size);
  taken.forEach(({ picture }, at) => pictures.set(Uint8Array.from(picture, (value) => Math.round(127.5 * (Math.min(1, Math.max(-1, value)) + 1))), at * size * size)); // prettier-ignore
  const picture = sheet(pictures, size, Math.max(1, taken.length));
  const made = {
    ...{ date: new Date().toISOString().slice(0, 10), device: cpus()[0]?.model ?? 'unknown', backend: engine.report().backend },
    ...{ network: digitsRecipe.network.config, digits, set: told.sha256, rate, schedule, judge: manifestOf('judge').weights.sha256 },
    ...{ epochs: rounded(clock.epoch, 2), seconds: Math.round(clock.seconds), speed: rounded(clock.speed, 1) },
    ...{ file: 'recording.png', sha256: createHash('sha256').update(picture).digest('hex') },
    points: picked.map(({ epoch, loss, bands }) => ({
      epoch: rounded(epoch, 2),
      loss: rounded(loss),
      bands: bands.map((one) => rounded(one)),
    })),
    milestones: taken.map(({ epoch, at, judged, agreed, loss, seconds }) => ({
      ...{ epoch, at: rounded(at, 2), judged, agreed: agreed ?? null, loss: rounded(loss), seconds: Math.round(seconds) },
    })),
  };
  mkdirSync(root('assets/data'), { recursive: true });
  writeFileSync(root('assets/data/recording.png'), picture);
  writeFileSync(root('assets/data/recording.json'), `${JSON.stringify(made)}\n`);
  course.close();
  engine.close();
  console.log(JSON.stringify(made.milestones));
}
