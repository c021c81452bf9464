// Sums over the first axis: an invocation for each column. tfjs's own gives every column a workgroup.
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { dispatch } from './program';

const code = `
fn main() {
  let columns = uniforms.outShape;
  let column = i32(globalId.x);
  if (column >= columns) { return; }
  var total = 0f;
  for (var row = 0; row < uniforms.valuesShape.x; row++) { total += values[row * columns + column]; }
  result[column] = total;
}`;

/** [p, n] to [n] */
export function sumRows(backend: WebGPUBackend, values: TensorInfo): TensorInfo {
  const columns = values.shape[1]!;
  return dispatch(backend, {
    key: 'sum rows',
    outputShape: [columns],
    inputs: { values },
    components: [1],
    outputComponent: 1,
    workgroup: [64, 1, 1],
    groups: [Math.ceil(columns / 64), 1, 1],
    code,
  });
}
