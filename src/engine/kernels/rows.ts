// Rows of a table by their numbers, with the gradient for the table.
import { customGrad, gather, matMul, tensor, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';

/** table [k, w] to [n, w]; each of `rows` from 0 to k - 1. */
export function rowsOf(table: Tensor2D, rows: readonly number[]): Tensor2D {
  const [count] = table.shape;
  return customGrad(() => ({
    value: gather(table, tensor([...rows], [rows.length], 'int32')),
    // Every row's gradients summed: wasm cannot scatter.
    gradFunc: (dy: Tensor) => matMul(picked(rows, count), dy as Tensor2D),
  }))(table) as Tensor2D;
}

/** [k, n]: 1 where item n is row k. */
function picked(rows: readonly number[], count: number): Tensor2D {
  const ones = new Float32Array(count * rows.length);
  rows.forEach((row, at) => (ones[row * rows.length + at] = 1));
  return tensor(ones, [count, rows.length]);
}
