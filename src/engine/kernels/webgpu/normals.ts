// Seeded unit normals made on the card: the random bits of noise.ts, and its quantile in single precision.
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { middle, tail } from '../../noise';
import { dispatch } from './program';

/** Horner's rule; highest power first. */
const polynomial = (coefficients: readonly number[], x: string) =>
  coefficients.reduce(
    (sum, coefficient) => (sum ? `fma(${sum}, ${x}, ${coefficient.toExponential()}f)` : `${coefficient.toExponential()}f`),
    '',
  );

const code = `
fn product(a: u32, b: u32) -> vec2<u32> {
  let low = (a & 0xffffu) * (b & 0xffffu);
  let middle = (a >> 16u) * (b & 0xffffu) + (low >> 16u);
  let cross = (a & 0xffffu) * (b >> 16u) + (middle & 0xffffu);
  return vec2<u32>((a >> 16u) * (b >> 16u) + (middle >> 16u) + (cross >> 16u), a * b);
}
fn philox(counter: u32) -> vec4<u32> {
  var c = vec4<u32>(counter, 0u, 0u, 0u);
  var key = vec2<u32>(bitcast<u32>(uniforms.seed), bitcast<u32>(uniforms.stream));
  for (var round = 0; round < 10; round++) {
    let first = product(0xd2511f53u, c.x);
    let second = product(0xcd9e8d57u, c.z);
    c = vec4<u32>(second.x ^ c.y ^ key.x, second.y, first.x ^ c.w ^ key.y, first.y);
    key += vec2<u32>(0x9e3779b9u, 0xbb67ae85u);
  }
  return c;
}
fn quantile(word: u32) -> f32 {
  // The upper half mirrors the lower, where a small share has all its digits.
  let isUpper = word >= 0x80000000u;
  let p = (f32(select(word, ~word, isUpper)) + 0.5) / 4294967296f;
  let q = p - 0.5;
  var size = 0f;
  if (q >= -0.425) {
    let r = 0.180625 - q * q;
    size = -q * (${polynomial(middle.over, 'r')}) / (${polynomial(middle.under, 'r')});
  } else {
    let r = sqrt(-log(p)) - 1.6;
    size = (${polynomial(tail.over, 'r')}) / (${polynomial(tail.under, 'r')});
  }
  return select(-size, size, isUpper);
}
fn main() {
  let i = i32(globalId.x);
  if (i * 4 >= uniforms.outShape) { return; }
  let words = philox(u32(i));
  for (var at = 0; at < 4 && i * 4 + at < uniforms.outShape; at++) { result[i * 4 + at] = quantile(words[at]); }
}`;

/**
 * The numbers of `normals(seed, stream, count)` in noise.ts, to single precision. Equal on one card, not across cards: so training
 * does not draw its noise here, but mixes its examples on the host, where one seed is one noise on every device.
 */
export function normals(backend: WebGPUBackend, seed: number, stream: number, count: number): TensorInfo {
  return dispatch(backend, {
    key: 'normals',
    outputShape: [count],
    inputs: {},
    components: [],
    outputComponent: 1,
    workgroup: [64, 1, 1],
    groups: [Math.ceil(count / 4 / 64), 1, 1],
    uniforms: { seed: seed | 0, stream: stream | 0 },
    code,
  });
}
