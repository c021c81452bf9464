// Rows of a table by their numbers, with the gradient for the table.
import { cast, customGrad, gather, matMul, oneHot, sum, type Tensor, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Save } from '.';

/** table [k, w] to [n, w]; each of `rows` [n], whole numbers, from 0 to k - 1. */
export function rowsOf(table: Tensor2D, rows: Tensor1D): Tensor2D {
  const [count] = table.shape;
  return customGrad((...given) => {
    const save = given.pop() as unknown as Save;
    save([rows]);
    return {
      value: gather(table, rows),
      // Every row's gradients summed: wasm cannot scatter, and makes whole ones alone. Of a single row they are all; oneHot refuses it.
      gradFunc: (dy: Tensor, [saved]: Tensor[]) =>
        count === 1
          ? sum<Tensor2D>(dy, 0, true)
          : matMul(cast(oneHot(saved as Tensor1D, count), 'float32') as Tensor2D, dy as Tensor2D, true),
    };
  })(table) as Tensor2D;
}
