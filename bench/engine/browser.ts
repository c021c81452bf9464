// The bench in Chromium: builds its page with Vite, lays the weights and ONNX Runtime's files beside it, serves and opens it.
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { launchOptions } from '../../tools/chromium.mjs';
import { root } from '../../tools/ready.mjs';
import { serve } from '../../tools/serve.mjs';
import type { Found, Options, PartName } from './parts';
import type { Bench } from './report';

const folder = join(root, '.cache/bench-engine');

/** Which plugin took how long is of no use here. */
const quiet = { checks: { pluginTimings: false } };

async function buildPage(): Promise<void> {
  await build({
    configFile: false,
    root: join(root, 'bench/engine/page'),
    publicDir: false,
    logLevel: 'warn',
    worker: { format: 'es', rolldownOptions: quiet },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2022',
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 3000,
      rolldownOptions: quiet,
    },
  });
  cpSync(join(root, 'assets/weights'), join(folder, 'weights'), { recursive: true });
  const packages = join(root, 'bench/engine/node_modules/onnxruntime-web/dist');
  mkdirSync(join(folder, 'ort'));
  for (const file of readdirSync(packages))
    if (/bundle\.min\.mjs$|\.wasm$/.test(file)) cpSync(join(packages, file), join(folder, 'ort', file.replace(/\.mjs$/, '.js')));
}

/** The page with everything that it needs, ready to measure part after part. */
export async function openBench(gpu: 'software' | 'own'): Promise<Bench> {
  await buildPage();
  const server = await serve({ folder, port: 0 });
  const browser = await chromium.launch(launchOptions({ gpu }));
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  page.on('console', (message) => {
    if (!/^\S*\[|^Failed to load/.test(message.text())) console.error(`  ${message.text()}`);
  });
  await page.goto(server.address);
  return {
    name: `Chromium ${browser.version()}`,
    peer: true,
    measure: <Part extends PartName>(part: Part, options: Options<Part>) =>
      page.evaluate((asked) => window.measure(asked), { part, options }) as Promise<Found<Part>>,
    async held(steps) {
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('Performance.enable');
      const busy = async () => {
        const { metrics } = await devtools.send('Performance.getMetrics');
        return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1000;
      };
      await page.evaluate((few) => window.sample(few), 5);
      // The engine tests itself a while after the first picture.
      await page.waitForTimeout(4000);
      const before = await busy();
      const { done, handling } = await page.evaluate((many) => window.sample(many), steps);
      return { handling: handling / done, all: ((await busy()) - before) / done };
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
