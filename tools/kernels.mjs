// Compiles the WebAssembly kernels of the engine (needs clang 16 or newer, and lld): node tools/kernels.mjs, or with CLANG=clang-16.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'src/engine/kernels/wasm');
mkdirSync(join(root, '.cache'), { recursive: true });
const compiler = process.env.CLANG ?? 'clang';
const flags = ['--target=wasm32', '-Os', '-msimd128', '-ffp-contract=off', '-fno-builtin', '-nostdlib'];
const linking = ['-Wl,--no-entry', '-Wl,--import-memory', '-Wl,--strip-all', '-Wl,-z,stack-size=0'];

const modules = {
  kernels: ['kernels.c', 'winograd.c', 'particles.c'],
  products: ['products.c'],
  fused: ['-mrelaxed-simd', '-DFUSED', 'products.c'],
};
const lines = Object.entries(modules).map(([name, what]) => {
  const out = join(root, `.cache/${name}.wasm`);
  execFileSync(compiler, [...flags, ...linking, '-o', out, ...what], { cwd: folder, stdio: 'inherit' });
  const binary = readFileSync(out);
  console.log(`${name}: ${binary.length} bytes`);
  return `export const ${name} =\n  '${binary.toString('base64')}';\n`;
});
writeFileSync(
  join(folder, 'binary.ts'),
  `// The C files beside this one, compiled by tools/kernels.mjs; not to be edited.\n${lines.join('')}`,
);
