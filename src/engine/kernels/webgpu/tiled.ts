// The same convolution for cards with fast shared memory: a workgroup loads a tile of pixels and of filter once for all its invocations.
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { sizes, type Convolution } from './convolve';
import { dispatch, each } from './program';

/** 32 pixels by 32 channels a workgroup of 8 x 8, each 4 pixels by 4 channels; 16 channels of one place of the filter at a time. */
const code = (hasResidual: boolean) => `
var<workgroup> pixels: array<array<vec4<f32>, 5>, 32>;
var<workgroup> weights: array<array<vec4<f32>, 8>, 16>;
fn main() {
  ${sizes('x')}
  let count = uniforms.outShape.x * height * width;
  let lane = i32(localId.x);
  let column = lane % 8;
  let line = lane / 8;
  let firstPixel = i32(workgroupId.x) * 32;
  let firstRun = i32(workgroupId.y) * 8;
  let own = firstRun + column;
  ${each(4, (p) => `var sum${p} = vec4<f32>(0);`)}
  for (var tap = 0; tap < side * side; tap++) {
    let dy = tap / side - reach;
    let dx = tap % side - reach;
    for (var from0 = 0; from0 < fan; from0 += 4) {
      for (var load = lane; load < 128; load += 64) {
        let pixel = firstPixel + load / 4;
        let i = from0 + load % 4;
        let y = pixel / width % height + dy;
        let x0 = pixel % width + dx;
        let isIn = pixel < count && i < fan && y >= 0 && y < height && x0 >= 0 && x0 < width;
        var value = vec4<f32>(0);
        if (isIn) { value = x[(pixel + dy * width + dx) * fan + i]; }
        pixels[load / 4][load % 4] = value;
        let weight = from0 * 4 + load / 8;
        let run = firstRun + load % 8;
        value = vec4<f32>(0);
        if (weight < fan * 4 && run < channels) { value = taps[(tap * fan * 4 + weight) * channels + run]; }
        weights[load / 8][load % 8] = value;
      }
      workgroupBarrier();
      for (var i = 0; i < 4; i++) {
        ${each(4, (c) => `let w${c} = weights[i * 4 + ${c}][column];`)}
        ${each(4, (p) => `let p${p} = pixels[line * 4 + ${p}][i]; ${[0, 1, 2, 3].map((c) => `sum${p} = fma(vec4<f32>(p${p}[${c}]), w${c}, sum${p});`).join(' ')}`)}
      }
      workgroupBarrier();
    }
  }
  if (own >= channels) { return; }
  ${each(4, (p) => {
    const place = `(firstPixel + line * 4 + ${p}) * channels + own`;
    return `if (firstPixel + line * 4 + ${p} < count) { result[${place}] = sum${p} + bias[own]${hasResidual ? ` + residual[${place}]` : ''}; }`;
  })}
}`;

export function convolveTiled(backend: WebGPUBackend, { x, filter: taps, bias, residual }: Convolution): TensorInfo {
  const [count = 1, height = 1, width = 1] = x.shape;
  const channels = taps.shape[3]!;
  const inputs = { x, taps, bias, ...(residual ? { residual } : {}) };
  return dispatch(backend, {
    key: `convolve tiled ${Boolean(residual)}`,
    outputShape: [count, height, width, channels],
    inputs,
    components: Object.keys(inputs).map(() => 4),
    outputComponent: 4,
    workgroup: [64, 1, 1],
    groups: [Math.ceil((count * height * width) / 32), Math.ceil(channels / 32), 1],
    code: code(Boolean(residual)),
  });
}
