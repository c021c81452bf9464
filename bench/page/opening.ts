// Opens a build in a fresh Chromium with a fresh profile, for one measurement.
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { launchOptions } from '../../tools/chromium.mjs';

export interface Opened {
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly page: Page;
}

export interface Opening {
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Run in the page before its scripts. */
  readonly init?: readonly (() => void)[];
  readonly before?: (context: BrowserContext) => Promise<unknown>;
}

/** A browser with an empty page; nothing of the museum is loaded yet. */
export async function fresh({ viewport = { width: 640, height: 360 }, init = [], before }: Opening = {}): Promise<Opened> {
  const gpu = process.env.MUSEUM_GPU === 'own' ? 'own' : 'software';
  const browser = await chromium.launch(launchOptions({ gpu }));
  const context = await browser.newContext({ viewport, locale: 'en-GB' });
  context.setDefaultTimeout(120_000);
  // The compiler of the bench wraps named functions with this; pages do not know it.
  await context.addInitScript('globalThis.__name = (of) => of;');
  for (const script of init) await context.addInitScript(script);
  await before?.(context);
  return { browser, context, page: await context.newPage() };
}

/** Waits until the interface and the first room stand. */
export const waitReady = (page: Page) =>
  page.waitForFunction(
    () => document.documentElement.dataset.ready === 'true' && Boolean(document.documentElement.dataset.standing),
    undefined,
    { timeout: 120_000 },
  );

export const middle = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
