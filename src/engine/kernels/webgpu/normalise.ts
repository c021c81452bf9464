// SiLU of group normalisation in one dispatch, and its gradient in two.
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { dispatch } from './program';

/** 1: one invocation has a picture's group for itself. More: so many share it, and meet at barriers. */
export type Lanes = 1 | 64;

export interface Norm {
  /** [n, h, w, c]; c is a multiple of 4, and c / groups either such or 2. */
  readonly x: TensorInfo;
  /** [1 or n, 1, 1, c], or rows [1 or n, m] of several norms' */
  readonly gain: TensorInfo;
  readonly shift: TensorInfo;
}

/** How lanes and groups go together: groups of two channels are computed by pairs, as the one run of four that they stand in. */
interface Way {
  readonly lanes: Lanes;
  readonly pairs: boolean;
}

/** What all that follows needs: where the group lies, and how its members are told off among the lanes. */
const place = ({ lanes, pairs }: Way) => `
  let runs = uniforms.xShape.w / 4;
  let groups = uniforms.groups${pairs ? ' / 2' : ''};
  let size = runs / groups;
  let places = uniforms.xShape.y * uniforms.xShape.z;
  let numbers = f32(places * size * ${pairs ? 2 : 4});
  // Those who meet at barriers may not leave: what stands beyond the end does the last one's work again.
  let all = uniforms.xShape.x * groups;
  let at = ${lanes === 1 ? 'i32(globalId.x)' : 'min(i32(workgroupId.x), all - 1)'};
  let lane = ${lanes === 1 ? '0' : 'i32(localId.x)'};
  ${lanes === 1 ? 'if (at >= all) { return; }' : ''}
  let picture = at / groups;
  let first = at % groups * size;
  let start = picture * places * runs + first;
  let film = select(picture, 0, uniforms.gainShape.x == 1) * uniforms.row + first;`;

/** Lanes add up what they have (with one there is nothing to add), and every channel hears of its group's. */
const together = ({ lanes, pairs }: Way) => `
${
  lanes === 1
    ? 'fn together(value: f32, lane: i32) -> f32 { return value; }'
    : `
var<workgroup> shared0: array<f32, ${lanes}>;
fn together(value: f32, lane: i32) -> f32 {
  shared0[lane] = value;
  workgroupBarrier();
  for (var half = ${lanes / 2}; half > 0; half /= 2) {
    if (lane < half) { shared0[lane] += shared0[lane + half]; }
    workgroupBarrier();
  }
  let all = shared0[0];
  workgroupBarrier();
  return all;
}`
}
fn ofOne(value: vec4<f32>) -> vec4<f32> {
  return ${pairs ? 'vec4<f32>(value.xx + value.yy, value.zz + value.ww)' : 'vec4<f32>(dot(value, vec4<f32>(1)))'};
}
fn ofGroup(value: vec4<f32>, lane: i32) -> vec4<f32> {
  let one = ofOne(value);
  return ${pairs ? 'vec4<f32>(vec2<f32>(together(one.x, lane)), vec2<f32>(together(one.z, lane)))' : 'vec4<f32>(together(one.x, lane))'};
}`;

/** Two passes: a variance from sums of squares would lose its digits where the mean is large. */
const moments = ({ lanes }: Way) => `
  var total = vec4<f32>(0);
  for (var i = lane; i < places * size; i += ${lanes}) { total += x[start + i / size * runs + i % size]; }
  let mean = ofGroup(total, lane) / numbers;
  var squares = vec4<f32>(0);
  for (var i = lane; i < places * size; i += ${lanes}) {
    let apart = x[start + i / size * runs + i % size] - mean;
    squares = fma(apart, apart, squares);
  }
  let scale = inverseSqrt(ofGroup(squares, lane) / numbers + uniforms.realEpsilon);`;

const forward = (way: Way) => `
${together(way)}
fn main() {
  ${place(way)}
  ${moments(way)}
  for (var i = lane; i < places * size; i += ${way.lanes}) {
    let run = i % size;
    let index = start + i / size * runs + run;
    let u = fma((x[index] - mean) * scale, gain[film + uniforms.gainAt + run], shift[film + uniforms.shiftAt + run]);
    result[index] = u / (1 + exp(-u));
  }
}`;

/**
 * For each channel of each picture: the gradients of gain and shift, mean and scale, and the means over the group of
 * gain * du and of gain * du * xhat, of which the gradient of x is made.
 */
const sums = (way: Way) => `
${together(way)}
fn slope(u: vec4<f32>) -> vec4<f32> {
  let s = 1 / (1 + exp(-u));
  return s * (1 + u * (1 - s));
}
fn together4(value: vec4<f32>, lane: i32) -> vec4<f32> {
  return vec4<f32>(together(value.x, lane), together(value.y, lane), together(value.z, lane), together(value.w, lane));
}
fn main() {
  ${place(way)}
  ${moments(way)}
  var plain = vec4<f32>(0);
  var slanted = vec4<f32>(0);
  let rows = picture * 6 * runs + first;
  for (var run = 0; run < size; run++) {
    let gains = gain[film + run];
    let shifts = shift[film + run];
    var dGain = vec4<f32>(0);
    var dShift = vec4<f32>(0);
    for (var i = lane; i < places; i += ${way.lanes}) {
      let index = start + i * runs + run;
      let xhat = (x[index] - mean) * scale;
      let du = dy[index] * slope(fma(xhat, gains, shifts));
      dGain = fma(du, xhat, dGain);
      dShift += du;
    }
    dGain = together4(dGain, lane);
    dShift = together4(dShift, lane);
    plain = fma(dShift, gains, plain);
    slanted = fma(dGain, gains, slanted);
    if (lane == 0) {
      result[rows + run] = dGain;
      result[rows + runs + run] = dShift;
    }
  }
  // All lanes have the same by now.
  plain = ofOne(plain) / numbers;
  slanted = ofOne(slanted) / numbers;
  if (lane > 0) { return; }
  for (var run = 0; run < size; run++) {
    result[rows + 2 * runs + run] = mean;
    result[rows + 3 * runs + run] = scale;
    result[rows + 4 * runs + run] = plain;
    result[rows + 5 * runs + run] = slanted;
  }
}`;

const input = `
fn main() {
  let index = i32(globalId.x);
  let runs = uniforms.xShape.w / 4;
  let places = uniforms.xShape.y * uniforms.xShape.z;
  if (index >= uniforms.xShape.x * places * runs) { return; }
  let run = index % runs;
  let picture = index / (places * runs);
  let film = select(picture, 0, uniforms.gainShape.x == 1) * runs + run;
  let row = picture * 6 * runs + run;
  let scale = sums[row + 3 * runs];
  let xhat = (x[index] - sums[row + 2 * runs]) * scale;
  let u = fma(xhat, gain[film], shift[film]);
  let s = 1 / (1 + exp(-u));
  let du = dy[index] * s * (1 + u * (1 - s));
  result[index] = scale * (du * gain[film] - sums[row + 4 * runs] - xhat * sums[row + 5 * runs]);
}`;

const films = `
fn main() {
  let at = i32(globalId.x);
  let runs = uniforms.outShape.y / 4;
  if (at >= uniforms.outShape.x * runs) { return; }
  result[at] = sums[(at / runs * 6 + uniforms.row) * runs + at % runs];
}`;

export interface NormOptions {
  readonly groups: number;
  readonly epsilon: number;
  readonly lanes: Lanes;
  /** Where gain and shift begin in their rows. */
  readonly gainAt?: number;
  readonly shiftAt?: number;
}

const uniformsOf = (gain: TensorInfo, { groups, epsilon }: NormOptions) => ({
  groups,
  realEpsilon: epsilon,
  row: gain.shape[gain.shape.length - 1]! / 4,
});

const wayOf = ({ x }: Norm, { groups, lanes }: NormOptions): Way => ({ lanes, pairs: x.shape[3]! === 2 * groups });

function across(norm: Norm, options: NormOptions) {
  const { lanes, pairs } = wayOf(norm, options);
  const all = (norm.x.shape[0]! * options.groups) / (pairs ? 2 : 1);
  return { workgroup: [lanes === 1 ? 8 : lanes, 1, 1], groups: [lanes === 1 ? Math.ceil(all / 8) : all, 1, 1] } as const;
}

export function normalise(backend: WebGPUBackend, { x, gain, shift }: Norm, options: NormOptions): TensorInfo {
  const way = wayOf({ x, gain, shift }, options);
  return dispatch(backend, {
    ...across({ x, gain, shift }, options),
    key: `normalise ${way.lanes} ${way.pairs}`,
    outputShape: x.shape,
    inputs: { x, gain, shift },
    components: [4, 4, 4],
    outputComponent: 4,
    uniforms: {
      ...uniformsOf(gain, options),
      gainAt: (options.gainAt ?? 0) / 4,
      shiftAt: (options.shiftAt ?? 0) / 4,
    },
    code: forward(way),
  });
}

/** [n, 6, c]; the first two rows are the gradients of gain and shift for each picture. */
export function normaliseSums(backend: WebGPUBackend, dy: TensorInfo, { x, gain, shift }: Norm, options: NormOptions): TensorInfo {
  const way = wayOf({ x, gain, shift }, options);
  return dispatch(backend, {
    ...across({ x, gain, shift }, options),
    key: `normalise sums ${way.lanes} ${way.pairs}`,
    outputShape: [x.shape[0]!, 6, x.shape[3]!],
    inputs: { x, gain, shift, dy },
    components: [4, 4, 4, 4],
    outputComponent: 4,
    uniforms: uniformsOf(gain, options),
    code: sums(way),
  });
}

/** The gradients of gain and shift, each [n, c], out of the sums. */
export function normaliseFilms(backend: WebGPUBackend, sums: TensorInfo): [TensorInfo, TensorInfo] {
  const [count = 1, , channels = 4] = sums.shape;
  const row = (at: number) =>
    dispatch(backend, {
      key: 'normalise films',
      outputShape: [count, channels],
      inputs: { sums },
      components: [4],
      outputComponent: 4,
      workgroup: [64, 1, 1],
      groups: [Math.ceil((count * channels) / 4 / 64), 1, 1],
      uniforms: { row: at },
      code: films,
    });
  return [row(0), row(1)];
}

export function normaliseInputGradient(backend: WebGPUBackend, dy: TensorInfo, { x, gain, shift }: Norm, sums: TensorInfo): TensorInfo {
  return dispatch(backend, {
    key: 'normalise input gradient',
    outputShape: x.shape,
    inputs: { x, gain, shift, dy, sums },
    components: [4, 4, 4, 4, 4],
    outputComponent: 4,
    workgroup: [64, 1, 1],
    groups: [Math.ceil(x.shape.reduce((product, side) => product * side, 1) / 4 / 64), 1, 1],
    code: input,
  });
}
