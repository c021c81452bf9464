// Convolution 3x3 or 1x1 with bias and residual: each invocation keeps some pixels in a row, by runs of four channels, in registers.
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { dispatch, each } from './program';

export interface Tile {
  /** Pixels in a row that one invocation computes. */
  readonly pixels: number;
  /** Runs of four channels that it computes. */
  readonly runs: number;
  /** Invocations in a workgroup. */
  readonly lanes: number;
}

/** The sizes that every convolution computes with, of its output, its filter `taps` and its input of this name; channels by fours. */
export const sizes = (input: 'x' | 'dy') => `
  let channels = uniforms.outShape.w / 4;
  let fan = uniforms.${input}Shape.w / 4;
  let height = uniforms.outShape.y;
  let width = uniforms.outShape.z;
  let side = uniforms.tapsShape.x;
  let reach = (side - 1) / 2;`;

const code = ({ pixels, runs }: Tile, hasResidual: boolean) => `
fn main() {
  ${sizes('x')}
  let columns = (width + ${pixels - 1}) / ${pixels};
  let o = i32(globalId.x) % (channels / ${runs}) * ${runs};
  let place = i32(globalId.x) / (channels / ${runs});
  let left = place % columns * ${pixels};
  let row = place / columns;
  if (row >= height * uniforms.outShape.x) { return; }
  let picture = row / height;
  let y = row % height;
  ${each(runs, (r) => `let bias${r} = bias[o + ${r}];`)}
  ${each(pixels * runs, (at) => `var sum${at} = bias${at % runs};`)}
  for (var ky = 0; ky < side; ky++) {
    let fromY = y + ky - reach;
    if (fromY < 0 || fromY >= height) { continue; }
    for (var kx = 0; kx < side; kx++) {
      let column = left + kx - reach;
      let base = ((picture * height + fromY) * width + column) * fan;
      let weights = (ky * side + kx) * fan * 4 * channels + o;
      ${each(pixels, (p) => `let is${p} = column + ${p} >= 0 && column + ${p} < width;`)}
      for (var i = 0; i < fan; i++) {
        ${each(pixels, (p) => `let x${p} = select(vec4<f32>(0), x[base + ${p} * fan + i], is${p});`)}
        var at = weights + i * 4 * channels;
        ${each(4, (c) =>
          [
            ...Array.from({ length: runs }, (_, r) => `let w${c}${r} = taps[at + ${r}];`),
            ...Array.from(
              { length: pixels * runs },
              (_, n) => `sum${n} = fma(vec4<f32>(x${Math.floor(n / runs)}[${c}]), w${c}${n % runs}, sum${n});`,
            ),
            'at += channels;',
          ].join(' '),
        )}
      }
    }
  }
  let place0 = (row * width + left) * channels + o;
  ${each(pixels * runs, (n) => {
    const [p, r] = [Math.floor(n / runs), n % runs];
    const place = `place0 + ${p} * channels + ${r}`;
    return `if (left + ${p} < width) { result[${place}] = sum${n}${hasResidual ? ` + residual[${place}]` : ''}; }`;
  })}
}`;

export interface Convolution {
  readonly x: TensorInfo;
  readonly filter: TensorInfo;
  readonly bias: TensorInfo;
  readonly residual?: TensorInfo | undefined;
}

export function convolve(backend: WebGPUBackend, { x, filter, bias, residual }: Convolution, tile: Tile): TensorInfo {
  const [count = 1, height = 1, width = 1] = x.shape;
  const channels = filter.shape[3]!;
  const runs = (channels / 4) % tile.runs ? 1 : tile.runs;
  const fitted = { ...tile, runs };
  const invocations = count * height * Math.ceil(width / tile.pixels) * (channels / 4 / runs);
  const inputs = { x, taps: filter, bias, ...(residual ? { residual } : {}) };
  return dispatch(backend, {
    key: `convolve ${fitted.pixels} ${runs} ${Boolean(residual)}`,
    outputShape: [count, height, width, channels],
    inputs,
    components: Object.keys(inputs).map(() => 4),
    outputComponent: 4,
    workgroup: [tile.lanes, 1, 1],
    groups: [Math.ceil(invocations / tile.lanes), 1, 1],
    code: code(fitted, Boolean(residual)),
  });
}
