// The same convolution for wide cards and few pixels: the sum over taps and channels is split among the lanes of a workgroup and added up at its end.
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { sizes, type Convolution } from './convolve';
import { dispatch, each } from './program';

/** Runs of four channels side by side in a workgroup, and lanes that share the sum of each. */
const [columns, parts] = [8, 16];

const code = (pixels: number, hasResidual: boolean) => `
var<workgroup> sums: array<vec4<f32>, ${columns * parts * pixels}>;
fn main() {
  ${sizes('x')}
  let count = uniforms.outShape.x * height * width;
  let lane = i32(localId.x);
  let column = lane % ${columns};
  let part = lane / ${columns};
  let first = i32(workgroupId.x) * ${pixels};
  let own = i32(workgroupId.y) * ${columns} + column;
  let o = min(own, channels - 1);
  ${each(pixels, (p) => `let pixel${p} = min(first + ${p}, count - 1); let y${p} = pixel${p} / width % height; let x${p} = pixel${p} % width; var sum${p} = vec4<f32>(0);`)}
  for (var q = part; q < side * side * fan; q += ${parts}) {
    let tap = q / fan;
    let dy = tap / side - reach;
    let dx = tap % side - reach;
    let apart = (dy * width + dx) * fan + q % fan;
    let at = q * 4 * channels + o;
    ${each(4, (c) => `let w${c} = taps[at + ${c} * channels];`)}
    ${each(pixels, (p) => {
      const isIn = `y${p} + dy >= 0 && y${p} + dy < height && x${p} + dx >= 0 && x${p} + dx < width`;
      const sum = [0, 1, 2, 3].map((c) => `sum${p} = fma(vec4<f32>(value${p}[${c}]), w${c}, sum${p});`).join(' ');
      return `if (${isIn}) { let value${p} = x[pixel${p} * fan + apart]; ${sum} }`;
    })}
  }
  ${each(pixels, (p) => `sums[${p * parts * columns} + lane] = sum${p};`)}
  workgroupBarrier();
  for (var half = ${(columns * parts) / 2}; half >= ${columns}; half /= 2) {
    if (lane < half) { ${each(pixels, (p) => `sums[${p * parts * columns} + lane] += sums[${p * parts * columns} + lane + half];`)} }
    workgroupBarrier();
  }
  if (part >= ${pixels} || own >= channels || first + part >= count) { return; }
  let place = (first + part) * channels + own;
  result[place] = sums[part * ${parts * columns} + column] + bias[own]${hasResidual ? ' + residual[place]' : ''};
}`;

/** As many pixels for each workgroup as leave the card about this many workgroups. */
const enough = 128;

export function convolveSplit(backend: WebGPUBackend, { x, filter: taps, bias, residual }: Convolution): TensorInfo {
  const [count = 1, height = 1, width = 1] = x.shape;
  const channels = taps.shape[3]!;
  const across = Math.ceil(channels / (4 * columns));
  const places = count * height * width;
  const pixels = [4, 2].find((some) => (places / some) * across >= enough) ?? 1;
  const inputs = { x, taps, bias, ...(residual ? { residual } : {}) };
  return dispatch(backend, {
    key: `convolve split ${pixels} ${Boolean(residual)}`,
    outputShape: [count, height, width, channels],
    inputs,
    components: Object.keys(inputs).map(() => 4),
    outputComponent: 4,
    workgroup: [columns * parts, 1, 1],
    groups: [Math.ceil(places / pixels), across, 1],
    code: code(pixels, Boolean(residual)),
  });
}
