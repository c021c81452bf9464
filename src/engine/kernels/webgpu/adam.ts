// One step of Adam for all parameters in one dispatch.
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { AdamOptions } from '../adam';
import { dispatch } from './program';

const code = `
fn main() {
  let count = uniforms.outShape.y;
  let i = i32(globalId.x);
  if (i >= count) { return; }
  let g = gradient[i] * uniforms.realScale;
  let m = uniforms.realBeta1 * state[count + i] + (1 - uniforms.realBeta1) * g;
  let v = uniforms.realBeta2 * state[2 * count + i] + (1 - uniforms.realBeta2) * g * g;
  let step = uniforms.realRate * (m / uniforms.realCorrection1) / (sqrt(v / uniforms.realCorrection2) + uniforms.realEpsilon);
  let w = state[i] - step;
  result[i] = w;
  result[count + i] = m;
  result[2 * count + i] = v;
  result[3 * count + i] = uniforms.realKeep * state[3 * count + i] + (1 - uniforms.realKeep) * w;
}`;

const capital = (name: string) => name[0]!.toUpperCase() + name.slice(1);

/** State [4, p]: weights, first and second moments, averaged weights. Kingma and Ba 2015, algorithm 1. */
export function adam(backend: WebGPUBackend, state: TensorInfo, gradient: TensorInfo, options: AdamOptions): TensorInfo {
  const names = ['rate', 'beta1', 'beta2', 'epsilon', 'correction1', 'correction2', 'keep', 'scale'] as const;
  return dispatch(backend, {
    key: 'adam',
    outputShape: state.shape,
    inputs: { state, gradient },
    components: [1, 1],
    outputComponent: 1,
    workgroup: [64, 1, 1],
    groups: [Math.ceil(state.shape[1]! / 64), 1, 1],
    uniforms: Object.fromEntries(names.map((name) => [`real${capital(name)}`, options[name]])),
    code,
  });
}
