// What the server says of itself, what one reads at an address where nothing is, and how mistakes of a command line are told.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runsOn } from '../../tools/node.mjs';
import { serve } from '../../tools/serve.mjs';
import { read, root } from '../sources';

const folder = mkdtempSync(join(tmpdir(), 'museum-'));
let server: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>museum</title>');
  server = await serve({ folder, port: 0 });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});
const ask = (path: string, accept = '*/*') => fetch(`http://127.0.0.1:${server.port}${path}`, { headers: { accept } });

test('/health counts, and says nothing of visitors', async () => {
  await ask('/');
  const answer = await ask('/health');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const health = (await answer.json()) as Record<string, unknown>;
  expect(Object.keys(health).sort()).toEqual(['built', 'errors', 'ok', 'requests', 'since', 'stale']);
  expect(health).toMatchObject({ ok: true, requests: 2, errors: 0, stale: null });
  for (const name of ['built', 'since']) expect(Date.parse(String(health[name]))).not.toBeNaN();
});

test('/health says why an older build is served', async () => {
  const old = await serve({ folder, port: 0, stale: 'a comma is missing' });
  const answer = await fetch(`http://127.0.0.1:${old.port}/health`);
  expect(await answer.json()).toMatchObject({ ok: true, stale: 'a comma is missing' });
  await old.close();
});

test('where nothing is, a page leads to the museum; for what is no page, a word is enough', async () => {
  const page = await ask('/nosuch', 'text/html,*/*');
  expect(page.status).toBe(404);
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(await page.text()).toContain('href="/"');
  const file = await ask('/nosuch.js');
  expect([file.status, await file.text()]).toEqual([404, 'Not here.']);
});

test('the versions of Node are those that package.json names', () => {
  expect(['20.19.0', '20.20.2', '22.13.0', '24.0.0', '25.1.0'].map(runsOn)).toEqual([true, true, true, true, true]);
  expect(['12.22.9', '18.20.0', '20.18.9', '21.7.0', '22.12.0', '23.11.0'].map(runsOn)).not.toContain(true);
  expect((JSON.parse(read('package.json')) as { engines: { node: string } }).engines.node).toBe('^20.19.0 || ^22.13.0 || >=24');
});

describe('npm start tells a mistake in one line, with the right command', () => {
  const start = (args: readonly string[], env: Record<string, string> = {}) =>
    spawnSync(process.execPath, [join(root, 'tools/npm.mjs'), 'start', ...args], { encoding: 'utf8', env: { ...process.env, ...env } });
  test.each([
    [['--prot', '8080'], {}, 'no option --prot; there is --port and --host: npm start -- --port 8080'],
    [['8080'], {}, '“8080” is a word too many'],
    [['8080'], { npm_config_port: 'true' }, 'Two hyphens stand before the options: npm start -- --port 8080'],
    [['--port', 'eighty'], {}, 'not “eighty”'],
    [['--port', '70000'], {}, 'not “70000”'],
    [['--port'], {}, '--port needs something behind it; it is: npm start -- --port 8080'],
    [['--host', '192.0.2.1'], {}, '--host 192.0.2.1 is no address of this machine'],
    [['--host', 'nowhere.invalid'], {}, '--host nowhere.invalid is not known'],
  ])('%s', (args, env, line) => {
    const { status, stderr } = start(args, env);
    expect(status).toBe(1);
    expect(stderr).toContain(line);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('a port that is taken', () => {
  let other: Server;
  beforeAll(() => new Promise<void>((settle) => void (other = createServer()).listen(0, '127.0.0.1', settle)));
  afterAll(() => new Promise<void>((settle) => void other.close(() => settle())));
  test('is passed over, or told where there is no other', async () => {
    const { port } = other.address() as { port: number };
    const next = await serve({ folder, port });
    expect(next.port).toBeGreaterThan(port);
    await next.close();
    await expect(serve({ folder, port, patience: 0 })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
  test('an address of another machine is refused', async () => {
    await expect(serve({ folder, port: 0, host: '192.0.2.1' })).rejects.toMatchObject({ code: 'EADDRNOTAVAIL' });
  });
});
