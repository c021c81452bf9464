// How the museum is built and served: two pages, files of our own origin only, the same strict headers everywhere.
import { existsSync, readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';
import { commonHeaders, developmentNonce, developmentPolicy, visitorPolicy } from './tools/headers.mjs';
import { stockKernels } from './src/engine/kernels/stock.ts';

const pages = ['index.html', 'operator.html'].filter((page) => existsSync(new URL(page, import.meta.url)));

/** @pmndrs/xr brings an emulator of headsets with whole rooms in it, 6 MB; the museum never starts it (tests install their own). */
const withoutEmulator: Plugin = {
  name: 'without-emulator',
  load: (id) => (id.endsWith('/@pmndrs/xr/dist/emulate.js') ? 'export const emulate = () => undefined;' : undefined),
};

/** tfjs's WebAssembly for several threads: the museum computes on one, since more would need headers that forbid other embeddings. */
const withoutThreads: Plugin = {
  name: 'without-threads',
  load: (id) =>
    id.endsWith('/wasm-out/tfjs-backend-wasm-threaded-simd.js')
      ? 'export default () => Promise.reject(new Error("one thread only"));'
      : id.endsWith('/wasm-out/tfjs-backend-wasm-threaded-simd.worker.js')
        ? 'export const wasmWorkerContents = "";'
        : undefined,
};

/** Of tfjs's two hundred kernels those that the engine calls. */
const withoutSpareKernels: Plugin = {
  name: 'without-spare-kernels',
  load(id) {
    if (!/tfjs-backend-(wasm|webgpu)\/dist\/register_all_kernels\.js$/.test(id)) return undefined;
    const lines = stockKernels.map((name) => {
      const config = `${name.replace(/[A-Z]/, (first) => first.toLowerCase())}Config`;
      return `import { ${config} } from './kernels/${name}'; registerKernel(${config});`;
    });
    return [`import { registerKernel } from '@tensorflow/tfjs-core';`, ...lines].join('\n');
  },
};

/** What both pages have in common stands in a file of its own. */
const withIncludes: Plugin = {
  name: 'with-includes',
  transformIndexHtml: {
    order: 'pre',
    handler: (html) =>
      html.replace(/<include src="([^"]+)"><\/include>/g, (_, file: string) => readFileSync(new URL(file, import.meta.url), 'utf8')),
  },
};

export default defineConfig(({ command }) => ({
  plugins: [withoutEmulator, withIncludes],
  publicDir: 'assets',
  // In development Vite writes styles into the page; only those with this nonce may.
  ...(command === 'serve' ? { html: { cspNonce: developmentNonce } } : {}),
  // A page with one canvas and a running engine is reloaded as a whole, by hand.
  server: { port: 5173, hmr: false, headers: { ...commonHeaders, 'Content-Security-Policy': developmentPolicy } },
  preview: { headers: { ...commonHeaders, 'Content-Security-Policy': visitorPolicy } },
  // Named here, since what the worker and lazy parts import is found late: a second copy of tfjs or React would be made.
  optimizeDeps: {
    include: [
      ...['core', 'backend-wasm', 'backend-webgpu', 'backend-cpu'].map((part) => `@tensorflow/tfjs-${part}`),
      ...['react', 'react-dom', 'react-dom/client', 'react/jsx-runtime', 'zustand', 'three', 'three-mesh-bvh'],
      ...['@react-three/fiber', '@react-three/xr', 'leva', 'tone'],
    ],
  },
  worker: { format: 'es' as const, plugins: () => [withoutThreads, withoutSpareKernels] },
  build: {
    target: 'es2022',
    // Inlined files would be data: addresses, which no checker of sizes sees.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    manifest: true,
    rolldownOptions: {
      input: pages,
      output: {
        // What the page knows of every room, in one file: they say much the same, and pack well together.
        codeSplitting: {
          groups: [{ name: 'rooms', test: /\/scenes\/[^/]+\/(room|controls)\.ts$|\/src\/(controls\/index|museum\/rooms)\.ts$/ }],
        },
      },
      // Which plugin took how long is of no use to those who build.
      checks: { pluginTimings: false },
      // Libraries written for server rendering say 'use client'; here it means nothing.
      onwarn: (warning, warn) => void (warning.code === 'MODULE_LEVEL_DIRECTIVE' || warn(warning)),
    },
  },
}));
