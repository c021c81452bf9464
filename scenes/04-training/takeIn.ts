// A model from a file of the visitor's: it has to be whole, of this museum, and to draw digits. Otherwise it is refused with the reason.
import type { Chosen, Said } from '../../src/controls';
import type { Engine, ModelName } from '../../src/engine';
import { codeOf } from '../../src/kit/watch';
import { drawing, square } from './draw';
import type { Recipe } from './recipe';

/** Reasons that a file is refused for, in this room's words; all others are the museum's. */
const reasons = [
  'weights-header',
  'weights-truncated',
  'weights-hash',
  'weights-shape',
  'weights-dtype',
  'weights-range',
  'numbers',
  'bad-request',
];
export const refusedFor = (code: string): Said => ({ key: reasons.includes(code) ? `refused.${code}` : `engine.error.${code}` });

/** The model in a file, drawn from; or why it is refused. `running` gets what ends the drawing. */
export async function takeIn(
  engine: Engine,
  file: Chosen,
  recipe: Recipe,
  running: (stop: () => void) => void = () => undefined,
): Promise<{ model: ModelName; picture: Float32Array } | Said> {
  const megabytes = Number((file.size / 1e6).toFixed(1));
  if (!file.bytes) return { key: 'refused.large', with: { megabytes } };
  if (file.size === 0) return { key: 'refused.empty' };
  try {
    const model = await engine.importModel(file.bytes);
    const plan = await engine.plan(model);
    const shape = plan.layers.at(-1)?.shape ?? [];
    if (shape.join() !== [recipe.side, recipe.side, 1].join())
      return { key: 'refused.other', with: { shape: shape.join(' × '), side: recipe.side } };
    const job = drawing(engine, model, recipe);
    running(() => job.cancel());
    return { model, picture: square(await job.result) };
  } catch (why) {
    return refusedFor(codeOf(why));
  }
}
