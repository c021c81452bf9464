// One dispatch of our own WGSL through tfjs's WebGPU backend.
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';

/** A line of code for each register of a tile. */
export const each = (count: number, line: (at: number) => string) => Array.from({ length: count }, (_, at) => line(at)).join('\n');

export interface Dispatch {
  /** Which code this is: pipelines are kept by it. Whatever changes the code must be in it. */
  readonly key: string;
  readonly outputShape: readonly number[];
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  /** Numbers in one element of each input, and of the output: 1 or 4. */
  readonly components: readonly number[];
  readonly outputComponent: 1 | 4;
  readonly workgroup: readonly [number, number, number];
  readonly groups: readonly [number, number, number];
  /** Further uniforms by name: whole numbers, or real ones where the name begins with `real`. */
  readonly uniforms?: Readonly<Record<string, number>>;
  /** `fn main()` and what it needs; `globalId`, `localId`, `workgroupId`, `uniforms` and `result` are there. */
  readonly code: string;
}

/** A kernel that read no uniform would lose their binding, and with it its whole dispatch, without a word. */
const bound = (code: string, unfold: string) => code.replace('fn main() {', `fn main() {\n  _ = uniforms.NAN;\n${unfold}`);

/** Workgroups in one direction at most, on every card. */
const most = 65_535;

export function dispatch(backend: WebGPUBackend, work: Dispatch): TensorInfo {
  const { key, outputShape, inputs, components, outputComponent, workgroup, groups, uniforms = {}, code } = work;
  const [across, down, deep] = groups;
  // A long row is laid in lines; what stands beyond its end finds nothing to do.
  const lines = Math.ceil(across / most);
  if (lines > 1 && down * deep > 1) throw new RangeError(`${key} wants ${groups.join(' x ')} workgroups`);
  const unfold = `workgroupId.x += workgroupId.y * numWorkgroups.x; globalId.x = workgroupId.x * ${workgroup[0]}u + localId.x;`;
  const isReal = (name: string) => name.startsWith('real');
  const program = {
    // Any three places: `main` takes no index.
    dispatchLayout: { x: [0], y: [1], z: [2] },
    dispatch: (lines > 1 ? [Math.ceil(across / lines), lines, 1] : [...groups]) as [number, number, number],
    workgroupSize: [...workgroup] as [number, number, number],
    outputShape: [...outputShape],
    outputComponent,
    variableNames: Object.keys(inputs),
    variableComponents: [...components],
    uniforms: Object.keys(uniforms)
      .map((name) => `${name}: ${isReal(name) ? 'f32' : 'i32'}, `)
      .join(''),
    shaderKey: lines > 1 ? `${key} in lines` : key,
    getUserCode: () => bound(code, lines > 1 ? unfold : ''),
  };
  const values = Object.entries(uniforms).map(([name, value]) => ({ type: isReal(name) ? 'float32' : 'int32', data: [value] }));
  return backend.runWebGPUProgram(program, Object.values(inputs), 'float32', values);
}
