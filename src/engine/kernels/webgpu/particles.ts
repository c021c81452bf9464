// The whole network of the particle cloud in one dispatch: a workgroup takes eight points through all layers, four channels a lane.
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { ParticleSizes } from '../particles';
import { dispatch } from './program';

const points = 8;
const each = (line: (at: number) => string, count = points) => Array.from({ length: count }, (_, at) => line(at)).join('\n');

const code = ({ coordinates, waves, width, layers }: ParticleSizes) => {
  const runs = width / 4;
  const features = coordinates + 2 * waves;
  const layer = (width + 1) * width;
  // Where each part begins in `packed`, in numbers.
  const stem = 0;
  const inner = stem + (features + 1) * width;
  const head = inner + layers * layer;
  const wave = head + (width + 1) * 4;
  const gain = 2 * (layers + 1) * width;
  const four = (at: string) => `vec4<f32>(${[0, 1, 2, 3].map((c) => `given[${at} + ${c}]`).join(', ')})`;
  return `
var<workgroup> seen: array<f32, ${points * features}>;
var<workgroup> hidden: array<vec4<f32>, ${points * runs}>;
// Sine and cosine by their series after a reduction to an eighth of a turn: a card's own may be off by 2^-11, and more at large angles.
fn turned(angle: f32) -> vec2<f32> {
  let quarter = round(angle * 0.63661977);
  // A quarter turn in two parts, the first with few digits.
  let r = fma(-quarter, 4.8382679e-4, fma(-quarter, 1.5703125, angle));
  let s = r * r;
  let sine = fma(r * s, fma(s, fma(s, -1.9515296e-4, 8.3321609e-3), -1.6666655e-1), r);
  let cosine = fma(s, fma(s, fma(s, fma(s, 2.4433157e-5, -1.3887316e-3), 4.1666646e-2), -0.5), 1.0);
  let turns = i32(quarter) & 3;
  let pair = select(vec2<f32>(sine, cosine), vec2<f32>(cosine, -sine), (turns & 1) == 1);
  return select(pair, -pair, turns >= 2);
}
fn main() {
  let lane = i32(localId.x);
  let first = i32(workgroupId.x) * ${points};
  let count = uniforms.xShape.x;
  for (var i = lane; i < ${points * waves}; i += ${runs}) {
    let p = i / ${waves};
    let w = i % ${waves};
    let point = min(first + p, count - 1);
    var angle = 0f;
    for (var c = 0; c < ${coordinates}; c++) {
      let place = ${wave} + c * ${waves} + w;
      angle = fma(x[point * ${coordinates} + c], packed[place / 4][place % 4], angle);
    }
    let pair = turned(angle);
    seen[p * ${features} + ${coordinates} + w] = pair.x * given[${gain + coordinates} + w];
    seen[p * ${features} + ${coordinates + waves} + w] = pair.y * given[${gain + coordinates + waves} + w];
  }
  for (var i = lane; i < ${points * coordinates}; i += ${runs}) {
    let point = min(first + i / ${coordinates}, count - 1);
    let c = i % ${coordinates};
    seen[i / ${coordinates} * ${features} + c] = x[point * ${coordinates} + c] * given[${gain} + c];
  }
  workgroupBarrier();
  let bias = packed[${(features * width) / 4} + lane];
  ${each((p) => `var h${p} = bias;`)}
  for (var i = 0; i < ${features}; i++) {
    let w = packed[i * ${runs} + lane];
    ${each((p) => `h${p} = fma(vec4<f32>(seen[${p * features} + i]), w, h${p});`)}
  }
  for (var layer = 0; layer <= ${layers}; layer++) {
    let film = 2 * layer * ${width} + lane * 4;
    let scale = ${four('film')};
    let shift = ${four(`film + ${width}`)};
    workgroupBarrier();
    ${each((p) => `let u${p} = fma(h${p}, scale, shift); hidden[${p * runs} + lane] = u${p} / (1 + exp(-u${p}));`)}
    workgroupBarrier();
    if (layer == ${layers}) { break; }
    let weights = ${inner / 4} + layer * ${layer / 4} + lane;
    let own = packed[weights + ${(width * width) / 4}];
    ${each((p) => `h${p} += own;`)}
    for (var i = 0; i < ${runs}; i++) {
      ${each((c) => `let w${c} = packed[weights + (i * 4 + ${c}) * ${runs}];`, 4)}
      ${each((p) => `let a${p} = hidden[${p * runs} + i]; ${[0, 1, 2, 3].map((c) => `h${p} = fma(vec4<f32>(a${p}[${c}]), w${c}, h${p});`).join(' ')}`)}
    }
  }
  if (lane < ${points} && first + lane < count) {
    var sum = packed[${head / 4 + width}];
    for (var i = 0; i < ${runs}; i++) {
      let a = hidden[lane * ${runs} + i];
      ${each((c) => `sum = fma(vec4<f32>(a[${c}]), packed[${head / 4} + i * 4 + ${c}], sum);`, 4)}
    }
    for (var c = 0; c < ${coordinates}; c++) { result[(first + lane) * ${coordinates} + c] = sum[c]; }
  }
}`;
};

export function particles(
  backend: WebGPUBackend,
  inputs: { x: TensorInfo; packed: TensorInfo; given: TensorInfo },
  sizes: ParticleSizes,
): TensorInfo {
  const { x, packed, given } = inputs;
  return dispatch(backend, {
    key: `particles ${Object.values(sizes).join(' ')}`,
    outputShape: x.shape,
    inputs: { x, packed, given },
    components: [1, 4, 1],
    outputComponent: 1,
    workgroup: [sizes.width / 4, 1, 1],
    groups: [Math.ceil(x.shape[0]! / points), 1, 1],
    code: code(sizes),
  });
}
