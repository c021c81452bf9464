// What guards the visitor: the policy of the pages, the same in every place that serves them, the server itself, and what we depend on.
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commonHeaders, developmentPolicy, headersOf, operatorPolicy, permissions, visitorPolicy } from '../../tools/headers.mjs';
import { serve } from '../../tools/serve.mjs';
import { files, read, readCode } from '../sources';

const agreed =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; " +
  "connect-src 'self' blob: data:; media-src 'self' blob:; worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'none'; object-src 'none'";

describe('the policy of the pages', () => {
  test('is the agreed one, to the letter', () => {
    expect(visitorPolicy).toBe(agreed);
  });
  test('gives way for styles alone: of the operator, and marked ones in development', () => {
    expect(operatorPolicy).toBe(agreed.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'"));
    expect(developmentPolicy).toBe(agreed.replace("style-src 'self'", "style-src 'self' 'nonce-development'"));
  });
  test('lets the page have microphone, headset, full screen and sound, and nothing else', () => {
    const granted = permissions.split(', ').filter((part) => !part.endsWith('=()'));
    expect(granted).toEqual(['microphone=(self)', 'xr-spatial-tracking=(self)', 'fullscreen=(self)', 'autoplay=(self)']);
    expect(permissions).toContain('camera=()');
    expect(permissions).toContain('geolocation=()');
  });
  test.each(['assets/_headers', 'docs/serving/nginx.conf', 'docs/serving/Caddyfile'])('is the same in %s', (file) => {
    const text = read(file);
    expect(text).toContain(visitorPolicy);
    expect(text).toContain(operatorPolicy);
    for (const [name, value] of Object.entries(commonHeaders)) {
      expect(text).toContain(name);
      expect(text).toContain(value);
    }
  });
});

describe('the pages and the code', () => {
  test.each(files(['index.html', 'operator.html'], ['.html']))('%s holds no script or style of its own', (page) => {
    const html = read(page);
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/i);
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/i);
  });
  test('no eval, no HTML from strings, no shared memory', () => {
    const pattern =
      /\beval\(|new Function\(|dangerouslySetInnerHTML|\.(inner|outer)HTML\b|insertAdjacentHTML|document\.write\b|SharedArrayBuffer/;
    expect(files(['src', 'scenes'], ['.ts', '.tsx']).filter((path) => pattern.test(readCode(path)))).toEqual([]);
  });
});

describe('the server', () => {
  const place = mkdtempSync(join(tmpdir(), 'museum-'));
  const folder = join(place, 'dist');
  let server: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    mkdirSync(join(folder, 'weights'), { recursive: true });
    mkdirSync(join(folder, '.vite'));
    writeFileSync(join(place, 'secret.txt'), 'secret');
    writeFileSync(join(folder, '.vite/manifest.json'), '{}');
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>museum</title>');
    writeFileSync(join(folder, 'operator.html'), '<!doctype html><title>operator</title>');
    writeFileSync(join(folder, 'engine.wasm'), Buffer.alloc(4000, 1));
    writeFileSync(join(folder, 'weights/w.safetensors'), 'x');
    server = await serve({ folder, port: 0 });
  });
  afterAll(async () => {
    await server.close();
    rmSync(place, { recursive: true });
  });
  /** A request whose path goes out as it is written. */
  const ask = (path: string, method = 'GET', headers: Record<string, string> = {}) =>
    new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((settle, fail) => {
      const asking = request({ host: '127.0.0.1', port: server.port, path, method, headers }, (response) => {
        let body = '';
        response.on('data', (part) => (body += part));
        response.on('end', () => settle({ status: response.statusCode ?? 0, headers: response.headers, body }));
      });
      asking.on('error', fail);
      asking.end();
    });

  test('answers each page, and each error, with its policy', async () => {
    expect((await ask('/')).headers).toMatchObject({
      'content-security-policy': agreed,
      'permissions-policy': permissions,
      'x-content-type-options': 'nosniff',
    });
    expect((await ask('/nothing')).status).toBe(404);
    expect((await ask('/nothing')).headers).toMatchObject({ 'content-security-policy': agreed });
    expect((await ask('/operator.html')).headers['content-security-policy']).toBe(operatorPolicy);
    expect(headersOf('/index.html')['Content-Security-Policy']).toBe(agreed);
  });
  test('names the types of modules, wasm and weights', async () => {
    expect((await ask('/engine.wasm')).headers['content-type']).toBe('application/wasm');
    expect((await ask('/weights/w.safetensors')).headers['content-type']).toBe('application/octet-stream');
    expect((await ask('/')).headers['content-type']).toContain('text/html');
  });
  test('packs what can be packed, and says so', async () => {
    const packed = await ask('/engine.wasm', 'GET', { 'accept-encoding': 'br' });
    expect(packed.headers['content-encoding']).toBe('br');
    expect(Number(packed.headers['content-length'])).toBeLessThan(1000);
    expect((await ask('/engine.wasm')).headers['content-length']).toBe('4000');
  });
  test.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/weights/../../secret.txt',
    '/%00',
    '/%',
    '//secret.txt',
    '/.vite/manifest.json',
    '/..\\secret.txt',
  ])('gives nothing away at %s', async (path) => {
    const answer = await ask(path);
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('secret');
  });
  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('refuses %s', async (method) => {
    expect((await ask('/', method)).status).toBe(405);
  });
  test('takes the next free port', async () => {
    const second = await serve({ folder, port: server.port });
    expect(second.port).toBeGreaterThan(server.port);
    await second.close();
  });
});

describe('what we depend on', () => {
  const manifest = JSON.parse(read('package.json')) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
  const lock = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { version?: string; license?: string; resolved?: string; integrity?: string; dev?: boolean; link?: boolean }>;
  };
  const locked = Object.entries(lock.packages).filter(([path]) => path !== '');

  test('is pinned to one version each, the one in the lockfile', () => {
    const wrong = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
      ([name, version]) => !/^\d+\.\d+\.\d+$/.test(version) || lock.packages[`node_modules/${name}`]?.version !== version,
    );
    expect(wrong).toEqual([]);
  });
  test('is locked by hash, and without the name of any registry', () => {
    expect(locked.filter(([, entry]) => !entry.integrity).map(([path]) => path)).toEqual([]);
    expect(
      locked.filter(([, entry]) => entry.resolved && !entry.resolved.startsWith('https://registry.npmjs.org/')).map(([path]) => path),
    ).toEqual([]);
  });
  test('has licences that allow giving the museum on', () => {
    const free =
      /^\(?(MIT|MIT-0|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|Zlib|Unlicense|CC0-1\.0|CC-BY-4\.0|BlueOak-1\.0\.0|Python-2\.0|MPL-2\.0)\b/;
    /** Packages that name a file, or nothing, instead of a licence; the file was read, and is MIT. */
    const read = [
      'node_modules/@react-three/xr',
      'node_modules/@pmndrs/xr',
      'node_modules/@pmndrs/handle',
      'node_modules/@pmndrs/pointer-events',
      'node_modules/webgl-constants',
    ];
    const wrong = locked
      .filter(([path, entry]) => !free.test(entry.license ?? '') && !read.includes(path))
      .map(([path, entry]) => `${path} ${entry.license}`);
    expect(wrong).toEqual([]);
  });
});
