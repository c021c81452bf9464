// The way back through the checkpoints: one is picked by its place, and draws by its averaged and by its raw weights, from the same noise.
import type { CheckpointEntry, Engine, ModelName, Pixels } from '../../src/engine';
import type { Shown } from '../../src/controls';
import { watch } from '../../src/kit/watch';
import { percentOf } from '../../src/text/amounts';
import { epochsOf } from './amounts';
import { training } from './controls';
import { drawing, square } from './draw';
import { firstWords } from './firstWords';
import { shelf } from './shelf';

const { useValues, set } = training;

/** The checkpoint at a share of the way from the first to the last. */
export const entryAt = (entries: readonly CheckpointEntry[], share: number): CheckpointEntry | undefined =>
  entries[Math.round(share * (entries.length - 1))];

/** Mean difference of two pictures in [-1, 1], as a share of the way from black to white. */
export const apart = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, at) => sum + Math.abs(value - b[at]!), 0) / (2 * a.length);

/** Rest of the slider before anything is drawn, ms. */
const rest = 250;

export function openRewind(engine: Engine): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop = () => {};
  let turn = 0;

  const picture = (model: ModelName, mine: number) =>
    new Promise<Float32Array | undefined>((found) => {
      const { course } = shelf;
      if (!course || mine !== turn) return found(undefined);
      stop = watch(drawing(engine, model, course.recipe), {
        done: (pictures: Pixels) => found(square(pictures)),
        fail: (code) => {
          // Given up for newer ones: the next place of the slider has another.
          set('checkpointSays', { key: code === 'unknown-model' ? 'checkpointGone' : `engine.error.${code}` });
          found(undefined);
        },
      });
    });

  async function go() {
    stop();
    const mine = ++turn;
    const { course } = shelf;
    const entries = course?.training.checkpoints() ?? [];
    const entry = entryAt(entries, useValues.getState().checkpoint);
    if (!course || !entry) {
      set('average', null);
      set('raw', null);
      return set('checkpointSays', { key: 'checkpointNone' });
    }
    const fill = { epoch: epochsOf(course.clock.epochOf(entry.step)), step: entry.step, count: entries.length };
    set('checkpointSays', { key: 'checkpointDrawing', with: fill });
    const side = 2 * course.recipe.side;
    const shown = (values: Float32Array, key: string): Shown => ({ values, height: side, width: side, said: { key, with: fill } });
    const average = await picture(entry.model, mine);
    if (!average || mine !== turn) return;
    set('average', shown(average, 'averagePicture'));
    const raw = await picture(entry.raw, mine);
    if (!raw || mine !== turn) return;
    set('raw', shown(raw, 'rawPicture'));
    set('checkpointSays', { key: 'checkpoint', with: { ...fill, apart: percentOf(apart(average, raw)) } });
  }
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void go(), rest);
  };

  const stopWords = firstWords('checkpointSays', () => ({ key: shelf.course ? 'checkpointPick' : 'checkpointNone' }));
  // A new course has other checkpoints, one that was put away has none.
  let known = shelf.course;
  const stopShelf = shelf.watch(() => {
    if (known === shelf.course) return;
    known = shelf.course;
    stop();
    turn++;
    set('average', null);
    set('raw', null);
    set('checkpointSays', { key: known ? 'checkpointPick' : 'checkpointNone' });
  });
  const stopListening = useValues.subscribe((now, before) => {
    if (now.checkpoint !== before.checkpoint) soon();
  });
  return () => {
    clearTimeout(timer);
    turn++;
    stop();
    stopWords();
    stopShelf();
    stopListening();
  };
}
