// The bench in Chromium: builds its page with Vite, lays the weights and ONNX Runtime's files beside it, serves and opens it.
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { launchOptions } from '../../tools/chromium.mjs';
import { root } from '../../tools/ready.mjs';
import { serve } from '../../tools/serve.mjs';
import type { Asked } from './page/worker';

const folder = join(root, '.cache/bench-engine');

async function buildPage(): Promise<void> {
  await build({
    configFile: false,
    root: join(root, 'bench/engine/page'),
    publicDir: false,
    logLevel: 'warn',
    worker: { format: 'es' },
    build: { outDir: folder, emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 3000 },
  });
  cpSync(join(root, 'assets/weights'), join(folder, 'weights'), { recursive: true });
  const packages = join(root, 'bench/engine/node_modules/onnxruntime-web/dist');
  mkdirSync(join(folder, 'ort'));
  for (const file of readdirSync(packages))
    if (/bundle\.min\.mjs$|\.wasm$/.test(file)) cpSync(join(packages, file), join(folder, 'ort', file.replace(/\.mjs$/, '.js')));
}

export interface Bench {
  readonly browser: string;
  measure(asked: Asked): Promise<unknown>;
  close(): Promise<void>;
}

/** The page with everything that it needs, ready to measure part after part. */
export async function openBench(gpu: 'software' | 'own'): Promise<Bench> {
  await buildPage();
  const server = await serve({ folder, port: 0 });
  const browser = await chromium.launch(launchOptions({ gpu }));
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  page.on('console', (message) => console.error(`  ${message.text()}`));
  await page.goto(server.address);
  return {
    browser: `Chromium ${browser.version()}`,
    measure: (asked) => page.evaluate((data) => window.measure(data), asked),
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
