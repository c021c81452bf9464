// A competitor is timed only when it computes the network.
import { apart, known, type Competitor, type Shipped } from './competitor';
import { questionOf } from './question';

const allowed = { wasm: 1e-4, webgpu: 1e-3 };

/** Largest relative error against PyTorch's answer, asked again after another question, so that no old answer counts; throws where it is too large. */
export async function checked(
  { name, forward }: Competitor,
  model: Shipped,
  count: number,
  backend: keyof typeof allowed,
): Promise<number> {
  const { question, answer } = known(model, count);
  let error = 0;
  for (let turn = 0; turn < 2; turn++) {
    error = Math.max(error, apart(await forward(question), answer));
    if (!(error <= allowed[backend])) throw new Error(`${name} is off by ${error}`);
    const other = await forward(questionOf(count, question.x.length / count, 77 + turn));
    if (apart(other, answer) < 0.01) throw new Error(`${name} answers every question alike`);
  }
  return error;
}
