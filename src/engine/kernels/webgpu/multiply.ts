// Matrix product with bias for few rows or narrow matrices: each invocation keeps four rows of four columns in registers.
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { dispatch, each } from './program';

export interface Product {
  /** [m, k], or [k, m] transposed. */
  readonly a: TensorInfo;
  /** [k, n], or [n, k] transposed; n is a multiple of 4. */
  readonly b: TensorInfo;
  readonly bias?: TensorInfo | undefined;
}

export interface ProductOptions {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

const code = (rows: number, { transposeA, transposeB }: ProductOptions, hasBias: boolean) => `
fn main() {
  let runs = uniforms.outShape.y / 4;
  let rows = uniforms.outShape.x;
  let column = i32(globalId.x) % runs;
  let first = i32(globalId.x) / runs * ${rows};
  if (first >= rows) { return; }
  ${each(rows, (r) => `let row${r} = min(first + ${r}, rows - 1);`)}
  ${each(rows, (r) => `var sum${r} = ${hasBias ? 'bias[column]' : 'vec4<f32>(0)'};`)}
  for (var i = 0; i < uniforms.depth; i++) {
    ${
      transposeB
        ? `let start = column * 4 * uniforms.depth + i;
    let w = vec4<f32>(b[start], b[start + uniforms.depth], b[start + 2 * uniforms.depth], b[start + 3 * uniforms.depth]);`
        : 'let w = b[i * runs + column];'
    }
    ${each(rows, (r) => `sum${r} = fma(vec4<f32>(a[${transposeA ? `i * rows + row${r}` : `row${r} * uniforms.depth + i`}]), w, sum${r});`)}
  }
  ${each(rows, (r) => `if (first + ${r} < rows) { result[(first + ${r}) * runs + column] = sum${r}; }`)}
}`;

/** [m, n] */
export function multiply(backend: WebGPUBackend, { a, b, bias }: Product, options: ProductOptions = {}): TensorInfo {
  const { transposeA = false, transposeB = false } = options;
  const [m, depth] = transposeA ? [a.shape[1]!, a.shape[0]!] : [a.shape[0]!, a.shape[1]!];
  const n = transposeB ? b.shape[0]! : b.shape[1]!;
  const rows = m > 1 ? 4 : 1;
  return dispatch(backend, {
    key: `multiply ${rows} ${transposeA} ${transposeB} ${Boolean(bias)}`,
    outputShape: [m, n],
    inputs: { a, b, ...(bias ? { bias } : {}) },
    components: [1, transposeB ? 1 : 4, ...(bias ? [4] : [])],
    outputComponent: 4,
    workgroup: [32, 1, 1],
    groups: [Math.ceil((Math.ceil(m / rows) * n) / 4 / 32), 1, 1],
    uniforms: { depth },
    code: code(rows, { transposeA, transposeB }, Boolean(bias)),
  });
}
