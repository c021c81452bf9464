// The model as a file: saved from the newest checkpoint, loaded again, and taken along into other rooms. What is no model of ours is refused.
import type { Engine, ModelName } from '../../src/engine';
import type { Chosen } from '../../src/controls';
import { codeOf } from '../../src/kit/watch';
import { choose } from '../../src/visit';
import { epochsOf } from './amounts';
import { training } from './controls';
import { firstWords } from './firstWords';
import { digitsRecipe, type Recipe } from './recipe';
import { shelf } from './shelf';
import { takeIn } from './takeIn';

const { useValues, set } = training;

export function openKeeping(engine: Engine, deliver: (bytes: Uint8Array, name: string) => void, recipe: Recipe = digitsRecipe): () => void {
  let isClosed = false;
  let turn = 0;
  let resets = 0;
  let loaded: ModelName | undefined;
  let stop = () => {};

  /** The newest checkpoint as a file. */
  async function exported() {
    const { course } = shelf;
    const entry = course?.training.checkpoints().at(-1);
    if (!course || !entry) return undefined;
    const bytes = await engine.exportModel(entry.model);
    return { bytes, epoch: epochsOf(course.clock.epochOf(entry.step)) };
  }

  async function save() {
    try {
      const found = await exported();
      if (isClosed) return;
      if (!found) return set('fileSays', { key: 'saveNothing' });
      const name = `digits-epoch-${Math.round(found.epoch)}.safetensors`;
      deliver(found.bytes, name);
      set('fileSays', { key: 'saved', with: { name, epoch: found.epoch, kilobytes: Math.round(found.bytes.length / 1000) } });
    } catch (why) {
      if (!isClosed) set('fileSays', { key: `engine.error.${codeOf(why)}` });
    }
  }

  async function load(file: Chosen) {
    const mine = ++turn;
    set('fileSays', { key: 'fileReading', with: { name: file.name } });
    stop();
    const found = await takeIn(engine, file, recipe, (end) => {
      stop = end;
      if (isClosed || mine !== turn) end();
    });
    if (isClosed || mine !== turn) return;
    if ('key' in found) return set('fileSays', found);
    loaded = found.model;
    const side = 2 * recipe.side;
    set('loaded', { values: found.picture, height: side, width: side, said: { key: 'loadedPicture', with: { name: file.name } } });
    set('fileSays', { key: 'fileLoaded', with: { name: file.name } });
  }

  async function take() {
    const mine = resets;
    try {
      // A checkpoint may be given up for newer ones: what goes along is a copy.
      const found = loaded === undefined ? await exported() : undefined;
      const model = loaded ?? (found && (await engine.importModel(found.bytes)));
      if (isClosed || mine !== resets) return;
      if (model === undefined) return set('taken', { key: 'takeNothing' });
      choose({ model });
      set('taken', found ? { key: 'takenTrained', with: { epoch: found.epoch } } : { key: 'takenLoaded' });
    } catch (why) {
      if (!isClosed && mine === resets) set('taken', { key: `engine.error.${codeOf(why)}` });
    }
  }

  const forget = () => {
    turn++;
    stop();
    resets++;
    loaded = undefined;
  };
  const stopWords = firstWords('fileSays', () => ({ key: 'fileHint' }), forget);
  const stopListening = useValues.subscribe((now, before) => {
    if (now.save > before.save) void save();
    if (now.take > before.take) void take();
    if (now.file && now.file !== before.file) void load(now.file);
  });
  return () => {
    isClosed = true;
    stop();
    stopWords();
    stopListening();
  };
}
