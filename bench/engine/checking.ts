// A competitor is timed only when it computes the network.
import { apart } from '../../src/engine/apart';
import { known, type Competitor, type Shipped } from './competitor';
import { questionOf } from './question';

const allowed = { wasm: 1e-4, webgpu: 1e-3 };

export interface Checked {
  /** Largest relative error against PyTorch's answer. */
  readonly error: number;
  /** The fastest forward after the first, which compiles. */
  readonly milliseconds: number;
}

/** Asks the same again after another question, so that no old answer counts; throws where an answer is too far off. */
export async function checked(
  { name, forward }: Competitor,
  model: Shipped,
  count: number,
  backend: keyof typeof allowed,
): Promise<Checked> {
  const { question, answer } = known(model, count);
  let [error, milliseconds] = [0, Infinity];
  const other = questionOf(count, question.x.length / count, 77);
  for (const [turn, asked] of [question, other, question].entries()) {
    const begin = performance.now();
    const found = await forward(asked);
    if (turn > 0) milliseconds = Math.min(milliseconds, performance.now() - begin);
    const off = apart(found, answer);
    if (asked === other && off < 0.01) throw new Error(`${name} answers every question alike`);
    if (asked === question) error = Math.max(error, off);
    if (!(error <= allowed[backend])) throw new Error(`${name} is off by ${error}`);
  }
  return { error, milliseconds };
}
