// Attention with its gradients: the cross-attention of scenes that words guide; no shipped network uses it yet.
import { customGrad, matMul, mul, softmax, sub, sum, type Tensor, type Tensor3D } from '@tensorflow/tfjs-core';
import { isOwn, runOwn, type Save } from '.';

/**
 * softmax(q kT / sqrt(d)) v (Vaswani et al. 2017) for q [b, n, d], k and v [b, m, d]; several heads are several of b.
 * Gradients for all three.
 */
export function attend(q: Tensor3D, k: Tensor3D, v: Tensor3D): Tensor3D {
  return customGrad((...given) => {
    const save = given.pop() as unknown as Save;
    save([q, k, v]);
    return {
      value: isFit(q) && isOwn('Attention') ? runOwn<Tensor3D>('Attention', { q, k, v }) : matMul(weightsOf(q, k), v),
      gradFunc: (dy: Tensor, saved: Tensor[]) => gradients(dy as Tensor3D, ...(saved as [Tensor3D, Tensor3D, Tensor3D])),
    };
  })(q, k, v) as Tensor3D;
}

/** Our kernel keeps one row in registers, four channels at a time. */
const isFit = ({ shape: [, , width] }: Tensor3D) => width % 4 === 0 && width <= 256;

const weightsOf = (q: Tensor3D, k: Tensor3D): Tensor3D => softmax(mul(matMul(q, k, false, true), 1 / Math.sqrt(q.shape[2])));

function gradients(dy: Tensor3D, q: Tensor3D, k: Tensor3D, v: Tensor3D): Tensor[] {
  const weights = weightsOf(q, k);
  const dWeights = matMul(dy, v, false, true);
  // Of a softmax: w (dw - sum of w dw), for each query.
  const inner = sum(mul(weights, dWeights), 2, true);
  const dScores = mul(mul<Tensor3D>(weights, sub(dWeights, inner)), 1 / Math.sqrt(q.shape[2])) as Tensor3D;
  return [matMul(dScores, k), matMul(dScores, q, true, false), matMul(weights, dy, true, false)];
}
