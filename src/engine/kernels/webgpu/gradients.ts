// The gradients of a convolution: of its input, its filter, and its bias.
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { sizes } from './convolve';
import { dispatch, each } from './program';

/** Four pixels in a row, four channels: for each place of the filter, dy there times the filter the other way round. */
const input = `
fn main() {
  ${sizes('dy')}
  let columns = (width + 3) / 4;
  let i = i32(globalId.x) % channels;
  let place = i32(globalId.x) / channels;
  let left = place % columns * 4;
  let row = place / columns;
  if (row >= height * uniforms.outShape.x) { return; }
  let y = row % height;
  ${each(4, (p) => `var sum${p} = vec4<f32>(0);`)}
  for (var ky = 0; ky < side; ky++) {
    let line = y + reach - ky;
    if (line < 0 || line >= height) { continue; }
    for (var kx = 0; kx < side; kx++) {
      let column = left + reach - kx;
      let base = ((row - y + line) * width + column) * fan;
      let weights = ((ky * side + kx) * channels + i) * 4 * fan;
      ${each(4, (p) => `let is${p} = column + ${p} >= 0 && column + ${p} < width;`)}
      for (var o = 0; o < fan; o++) {
        ${each(4, (c) => `let w${c} = taps[weights + ${c} * fan + o];`)}
        ${each(
          4,
          (p) => `let d${p} = select(vec4<f32>(0), dy[base + ${p} * fan + o], is${p});
        sum${p} += vec4<f32>(${[0, 1, 2, 3].map((c) => `dot(d${p}, w${c})`).join(', ')});`,
        )}
      }
    }
  }
  ${each(4, (p) => `if (left + ${p} < width) { result[(row * width + left + ${p}) * channels + i] = sum${p}; }`)}
}`;

/**
 * One row of the filter (three places, or one), four channels in and four out: a window of three pixels slides along each line.
 * Pictures are told off among `parts`, whose results are added afterwards.
 */
const filter = (side: 1 | 3) => `
fn main() {
  let fan = uniforms.xShape.w / 4;
  let channels = uniforms.dyShape.w / 4;
  let height = uniforms.xShape.y;
  let width = uniforms.xShape.z;
  let lanes = fan * channels * ${side};
  let part = i32(globalId.x) / lanes;
  if (part >= uniforms.parts) { return; }
  let lane = i32(globalId.x) % lanes;
  let o = lane % channels;
  let i = lane / channels % fan;
  let ky = lane / (channels * fan);
  ${each(side * 4, (at) => `var sum${at} = vec4<f32>(0);`)}
  let pictures = (uniforms.xShape.x + uniforms.parts - 1) / uniforms.parts;
  let last = min(uniforms.xShape.x, (part + 1) * pictures);
  for (var picture = part * pictures; picture < last; picture++) {
    for (var y = 0; y < height; y++) {
      let line = y + ky - ${(side - 1) / 2};
      if (line < 0 || line >= height) { continue; }
      let from0 = (picture * height + line) * width * fan + i;
      let to0 = (picture * height + y) * width * channels + o;
      ${side === 3 ? 'var x0 = vec4<f32>(0); var x1 = x[from0];' : ''}
      for (var column = 0; column < width; column++) {
        let d = dy[to0 + column * channels];
        ${
          side === 3
            ? 'var x2 = vec4<f32>(0); if (column + 1 < width) { x2 = x[from0 + (column + 1) * fan]; }'
            : 'let x0 = x[from0 + column * fan];'
        }
        ${each(side * 4, (at) => `sum${at} = fma(vec4<f32>(x${Math.floor(at / 4)}[${at % 4}]), d, sum${at});`)}
        ${side === 3 ? 'x0 = x1; x1 = x2;' : ''}
      }
    }
  }
  let place = ((part * ${side} + ky) * ${side} * fan + i) * 4 * channels + o;
  ${each(side * 4, (at) => `result[place + (${Math.floor(at / 4)} * fan * 4 + ${at % 4}) * channels] = sum${at};`)}
}`;

/** For each run of four channels, one picture a part. */
const bias = `
fn main() {
  let channels = uniforms.dyShape.w / 4;
  let at = i32(globalId.x);
  if (at >= uniforms.dyShape.x * channels) { return; }
  let places = uniforms.dyShape.y * uniforms.dyShape.z;
  var sum = vec4<f32>(0);
  for (var place = 0; place < places; place++) { sum += dy[(at / channels * places + place) * channels + at % channels]; }
  result[at] = sum;
}`;

/** dx [n, h, w, i] of dy [n, h, w, o] and the filter [s, s, i, o]. */
export function inputGradient(backend: WebGPUBackend, dy: TensorInfo, taps: TensorInfo): TensorInfo {
  const [count = 1, height = 1, width = 1] = dy.shape;
  const fan = taps.shape[2]!;
  return dispatch(backend, {
    key: 'convolve input gradient',
    outputShape: [count, height, width, fan],
    inputs: { dy, taps },
    components: [4, 4],
    outputComponent: 4,
    workgroup: [64, 1, 1],
    groups: [Math.ceil((count * height * Math.ceil(width / 4) * fan) / 4 / 64), 1, 1],
    code: input,
  });
}

/** [parts, s, s, i, o]: gradients of the filter, to be added over the parts. */
export function filterGradient(backend: WebGPUBackend, x: TensorInfo, dy: TensorInfo, side: 1 | 3, parts: number): TensorInfo {
  const [fan, channels] = [x.shape[3]!, dy.shape[3]!];
  return dispatch(backend, {
    key: `convolve filter gradient ${side}`,
    outputShape: [parts, side * side, fan, channels],
    inputs: { x, dy },
    components: [4, 4],
    outputComponent: 4,
    workgroup: [64, 1, 1],
    groups: [Math.ceil((parts * side * fan * channels) / 16 / 64), 1, 1],
    uniforms: { parts },
    code: filter(side),
  });
}

/** [n, o]: gradients of the bias, to be added over the pictures. */
export function biasGradient(backend: WebGPUBackend, dy: TensorInfo): TensorInfo {
  const [count = 1, , , channels = 4] = dy.shape;
  return dispatch(backend, {
    key: 'convolve bias gradient',
    outputShape: [count, channels],
    inputs: { dy },
    components: [4],
    outputComponent: 4,
    workgroup: [16, 1, 1],
    groups: [Math.ceil((count * channels) / 4 / 16), 1, 1],
    code: bias,
  });
}
