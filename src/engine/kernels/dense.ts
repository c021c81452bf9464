// A dense layer with its gradients.
import { customGrad, fused, matMul, type Tensor, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { isOwn, runOwn, type Save } from '.';
import { sumRows } from './total';

/** x [n, i] * weight [i, o] + bias [o]. Gradients for all three. */
export function dense(x: Tensor2D, weight: Tensor2D, bias: Tensor1D): Tensor2D {
  return customGrad((...given) => {
    const save = given.pop() as unknown as Save;
    save([x, weight]);
    return {
      value: forward(x, weight, bias),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [input, matrix] = saved as [Tensor2D, Tensor2D];
        const d = dy as Tensor2D;
        return [product(d, matrix, { transposeB: true }), product(input, d, { transposeA: true }), sumRows(d)];
      },
    };
  })(x, weight, bias) as Tensor2D;
}

function forward(x: Tensor2D, weight: Tensor2D, bias: Tensor1D): Tensor2D {
  if (weight.shape[1] % 4 === 0 && isOwn('MatrixProduct')) return runOwn('MatrixProduct', { a: x, b: weight, bias });
  return fused.matMul({ a: x, b: weight, bias }) as Tensor2D;
}

function product(a: Tensor2D, b: Tensor2D, { transposeA = false, transposeB = false }): Tensor2D {
  const columns = transposeB ? b.shape[0] : b.shape[1];
  if (columns % 4 === 0 && isOwn('MatrixProduct')) return runOwn('MatrixProduct', { a, b }, { transposeA, transposeB });
  return matMul(a, b, transposeA, transposeB);
}
