// Scaled dot-product attention in one dispatch: each invocation has one query, and meets the keys one after the other.
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { dispatch } from './program';

/** The softmax is kept up to date key by key (Milakov and Gimelshein 2018), so that no matrix of weights is ever stored. */
const code = (runs: number) => `
fn main() {
  let queries = uniforms.qShape.y;
  let keys = uniforms.kShape.y;
  let at = i32(globalId.x);
  if (at >= uniforms.qShape.x * queries) { return; }
  let first = at / queries * keys;
  let scale = inverseSqrt(f32(uniforms.qShape.z));
  var query: array<vec4<f32>, ${runs}>;
  var sum: array<vec4<f32>, ${runs}>;
  for (var i = 0; i < ${runs}; i++) { query[i] = q[at * ${runs} + i] * scale; sum[i] = vec4<f32>(0); }
  var highest = -3e38f;
  var total = 0f;
  for (var key = 0; key < keys; key++) {
    var score = 0f;
    for (var i = 0; i < ${runs}; i++) { score += dot(query[i], k[(first + key) * ${runs} + i]); }
    let risen = max(highest, score);
    let kept = exp(highest - risen);
    let weight = exp(score - risen);
    total = total * kept + weight;
    highest = risen;
    for (var i = 0; i < ${runs}; i++) { sum[i] = sum[i] * kept + weight * v[(first + key) * ${runs} + i]; }
  }
  for (var i = 0; i < ${runs}; i++) { result[at * ${runs} + i] = sum[i] / total; }
}`;

/** softmax(q kT / sqrt(d)) v for q [b, n, d], k and v [b, m, d]; d is a multiple of 4, 256 at most. */
export function attention(backend: WebGPUBackend, q: TensorInfo, k: TensorInfo, v: TensorInfo): TensorInfo {
  const [batch = 1, queries = 1, width = 4] = q.shape;
  return dispatch(backend, {
    key: `attention ${width}`,
    outputShape: q.shape,
    inputs: { q, k, v },
    components: [4, 4, 4],
    outputComponent: 4,
    workgroup: [32, 1, 1],
    groups: [Math.ceil((batch * queries) / 32), 1, 1],
    code: code(width / 4),
  });
}
