// Compiles the WebAssembly kernels of the engine (needs clang and lld): node tools/kernels.mjs
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'src/engine/kernels/wasm');
const out = join(root, '.cache/kernels.wasm');
mkdirSync(join(root, '.cache'), { recursive: true });
const flags = ['--target=wasm32', '-Os', '-msimd128', '-ffp-contract=off', '-fno-builtin', '-nostdlib'];
const linking = ['-Wl,--no-entry', '-Wl,--import-memory', '-Wl,--strip-all', '-Wl,-z,stack-size=0'];
execFileSync('clang', [...flags, ...linking, '-o', out, join(folder, 'kernels.c')], { stdio: 'inherit' });
const binary = readFileSync(out);
writeFileSync(
  join(folder, 'binary.ts'),
  `// kernels.c, compiled by tools/kernels.mjs; not to be edited.\nexport const binary =\n  '${binary.toString('base64')}';\n`,
);
console.log(`${binary.length} bytes`);
