// Opens the museum in Chromium for a test, watches it, and fails the test for anything that is never right:
// errors in the page or its console, violations of the CSP, requests to other origins.
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, expect, inject, onTestFinished } from 'vitest';
import { launchOptions } from '../../tools/chromium.mjs';

export interface Opening {
  /** `#/noise`, `#/noise/lever`; the bare address when left out. */
  readonly hash?: string;
  /** Joined to `quality=low`, as `twin` or `operator=1`; give your own `quality=` to have another. */
  readonly query?: string;
  /** The page's file; the visitor's when left out. */
  readonly path?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly touch?: boolean;
  /** What the device can do. */
  readonly gpu?: 'software' | 'no-webgpu' | 'no-webgl';
  /** Runs in the page before its own scripts, and in every frame. */
  readonly init?: (() => void) | readonly (() => void)[];
  /** Does something with the context before the page opens: routes, permissions. */
  readonly before?: (context: BrowserContext) => Promise<unknown>;
  /** Console errors this test causes on purpose. */
  readonly expected?: readonly RegExp[];
  readonly context?: BrowserContextOptions;
}

export interface Watched {
  /** console.error and what the browser itself logs as an error, page and workers. */
  readonly errors: string[];
  readonly pageErrors: string[];
  readonly cspViolations: string[];
  readonly foreignRequests: string[];
  /** Every address asked for, in order. */
  readonly requests: string[];
}

export interface Opened extends Watched {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Everything wrong so far, apart from what the test expects; also asserted by itself when the test ends. */
  violations(): string[];
}

const browsers = new Map<string, Promise<Browser>>();

function browserFor(gpu: NonNullable<Opening['gpu']>): Promise<Browser> {
  let browser = browsers.get(gpu);
  if (!browser) {
    browser = chromium.launch(launchOptions({ gpu }));
    browsers.set(gpu, browser);
  }
  return browser;
}

/** Closes every browser of this file; the next museum opens in a fresh one. */
export async function closeBrowsers(): Promise<void> {
  const open = [...browsers.values()];
  browsers.clear();
  await Promise.all(open.map(async (browser) => (await browser).close()));
}
afterAll(closeBrowsers);

const isOwn = (url: string, origin: string) => url.startsWith(origin) || /^(blob|data|about|chrome-error|chrome):/.test(url);

function watch(context: BrowserContext, page: Page, origin: string): Watched {
  const watched: Watched = { errors: [], pageErrors: [], cspViolations: [], foreignRequests: [], requests: [] };
  context.on('request', (request) => {
    watched.requests.push(request.url());
    if (!isOwn(request.url(), origin)) watched.foreignRequests.push(request.url());
  });
  context.on('console', (message) => {
    if (message.type() !== 'error') return;
    const where = message.location().url;
    const text = where ? `${message.text()} (${where})` : message.text();
    (/Content Security Policy|violates the following/i.test(text) ? watched.cspViolations : watched.errors).push(text);
  });
  page.on('pageerror', (error) => watched.pageErrors.push(String(error.stack ?? error)));
  page.on('crash', () => watched.pageErrors.push('the page crashed'));
  return watched;
}

/** Opens the museum; everything is closed and asserted clean when the test ends. */
export async function openMuseum(opening: Opening = {}): Promise<Opened> {
  const {
    hash = '',
    query = '',
    path = '',
    viewport = { width: 640, height: 360 },
    touch = false,
    gpu = 'software',
    expected = [],
  } = opening;
  const address = inject('address');
  const browser = await browserFor(gpu);
  const context = await browser.newContext({
    viewport,
    hasTouch: touch,
    isMobile: touch,
    locale: 'en-GB',
    serviceWorkers: 'block',
    ...opening.context,
  });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const watched = watch(context, page, new URL(address).origin);
  await context.exposeFunction('tellViolation', (text: string) => void watched.cspViolations.push(text));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const tell = (window as unknown as { tellViolation(text: string): void }).tellViolation;
      tell(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`);
    });
  });
  for (const script of [opening.init ?? []].flat()) await context.addInitScript(script);
  await opening.before?.(context);

  const violations = () =>
    [
      ...watched.errors.filter((text) => !expected.some((pattern) => pattern.test(text))).map((text) => `console: ${text}`),
      ...watched.pageErrors.filter((text) => !expected.some((pattern) => pattern.test(text))).map((text) => `page: ${text}`),
      ...watched.cspViolations.map((text) => `csp: ${text}`),
      ...watched.foreignRequests.map((url) => `foreign: ${url}`),
    ].map((text) => text.slice(0, 500));
  onTestFinished(async () => {
    await context.close().catch(() => undefined);
    expect(violations()).toEqual([]);
  });

  const asked = [/(^|&)quality=/.test(query) ? '' : 'quality=low', query].filter(Boolean).join('&');
  await page.goto(`${address}${path}?${asked}${hash}`);
  return { page, context, violations, ...watched };
}

/** Waits until the museum says that it is ready (its interface stands, and the open room with it). */
export async function ready(page: Page, timeout = 60_000): Promise<void> {
  await page.waitForFunction(() => !['', 'false', undefined].includes(document.documentElement.dataset.ready), undefined, { timeout });
}

/** Waits until the visitor stands in this room. */
export async function inRoom(page: Page, room: string, timeout = 60_000): Promise<void> {
  await page.waitForFunction((name) => document.documentElement.dataset.room === name, room, { timeout });
}

/** Waits until the visitor is in this room and its 3-D scene stands. */
export async function standing(page: Page, room: string, timeout = 90_000): Promise<void> {
  await page.waitForFunction((name) => document.documentElement.dataset.standing === name, room, { timeout });
}

/** Waits until the engine computes on one of these backends; returns it. */
export async function engineOn(page: Page, backends: readonly string[] = ['webgpu', 'wasm', 'cpu'], timeout = 90_000): Promise<string> {
  await page.waitForFunction((names) => names.includes(document.documentElement.dataset.engine ?? ''), backends, { timeout });
  return page.evaluate(() => document.documentElement.dataset.engine ?? '');
}

/** Changes the address as a visitor does, without loading the page anew. */
export async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => void (location.hash = to), hash);
}

/** What the museum tells tests in builds of mode 'test' (`window.museum`). */
export async function probe<T>(page: Page, read: string): Promise<T> {
  return page.evaluate((code) => {
    const path = code.split('.');
    let at: unknown = (window as unknown as { museum: unknown }).museum;
    for (const part of path) at = (at as Record<string, unknown> | undefined)?.[part];
    return (typeof at === 'function' ? (at as () => unknown)() : at) as T;
  }, read);
}
