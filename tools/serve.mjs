// The museum's own small server: files of one folder, with the museum's headers, packed once and kept in memory. Needs Node alone.
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { headersOf } from './headers.mjs';

/** @type {Record<string, string>} */
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.safetensors': 'application/octet-stream',
  '.bin': 'application/octet-stream',
  '.glb': 'model/gltf-binary',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.webmanifest': 'application/manifest+json',
};
/** Where the server says how it is, for the operator's panel and for programs that watch it. */
const healthPath = '/health';
const packable = /\.(html|js|css|json|md|txt|svg|wasm|webmanifest|glb)$/;
/** Files whose name holds the hash of what is in them. */
const lasting = /^\/assets\/.+-[\w-]{8}\.\w+$/;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** What someone reads who asks for a page that is not there. */
const lostPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Not here</title>
<p>There is nothing at this address. <a href="/">To the museum</a></p>
<p lang="de">Unter dieser Adresse ist nichts. <a href="/">Zum Museum</a></p>
</html>
`;

/** @typedef {{ body: Buffer, tag: string, changed: number, packed: Map<string, Promise<Buffer>> }} Kept */

/**
 * @param {Kept} kept
 * @param {string} accepted
 * @returns {Promise<{ body: Buffer, encoding?: string }>}
 */
async function packedFor(kept, accepted) {
  const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : undefined;
  if (!encoding) return { body: kept.body };
  let packing = kept.packed.get(encoding);
  if (!packing) {
    packing = encoding === 'br' ? brotli(kept.body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }) : zip(kept.body);
    kept.packed.set(encoding, packing);
  }
  return { body: await packing, encoding };
}

/**
 * Path of the file inside `folder`, or undefined where the address leads out of it.
 * @param {string} folder
 * @param {string} path
 */
function fileOf(folder, path) {
  let plain;
  try {
    plain = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  if (plain.includes('\0') || plain.split(/[\\/]/).some((part) => part === '..' || (part.startsWith('.') && part !== '.well-known')))
    return undefined;
  const file = normalize(join(folder, plain.endsWith('/') ? `${plain}index.html` : plain));
  return file.startsWith(folder + sep) ? file : undefined;
}

/**
 * Serves `folder` on `port`, or on the next free one after it; 0 takes any.
 * `seen` hears of every path that is asked for; `stale` says why this is not the present museum.
 * @param {{ folder: string, port?: number, host?: string, patience?: number, seen?: (path: string) => void, stale?: string }} options
 * @returns {Promise<{ address: string, port: number, close(): Promise<void> }>}
 */
export async function serve({ folder, port = 4173, host = '127.0.0.1', patience = 20, seen, stale }) {
  /** @type {Map<string, Kept>} */
  const shelf = new Map();
  const since = new Date();
  let [requests, errors] = [0, 0];

  /** How the server is, without a word about visitors. */
  async function health() {
    const page = await stat(join(folder, 'index.html')).catch(() => undefined);
    return JSON.stringify({ ok: page !== undefined, built: page?.mtime ?? null, since, requests, errors, stale: stale ?? null });
  }

  /** @param {string} file @returns {Promise<Kept | undefined>} */
  async function take(file) {
    const found = await stat(file).catch(() => undefined);
    if (!found?.isFile()) return undefined;
    const old = shelf.get(file);
    if (old?.changed === found.mtimeMs) return old;
    const body = await readFile(file);
    const kept = {
      body,
      changed: found.mtimeMs,
      tag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
      packed: new Map(),
    };
    shelf.set(file, kept);
    return kept;
  }

  /** @type {import('node:http').RequestListener} */
  async function answer(request, response) {
    const path = (request.url ?? '/').split(/[?#]/)[0] || '/';
    const common = headersOf(path);
    seen?.(path);
    requests++;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { ...common, Allow: 'GET, HEAD' }).end();
      return;
    }
    if (path === healthPath) {
      const body = await health();
      response.writeHead(200, { ...common, 'Content-Type': types['.json'], 'Cache-Control': 'no-store' }).end(body);
      return;
    }
    const file = fileOf(folder, path);
    const kept = file && (await take(file));
    if (!file || !kept) {
      const isPage = String(request.headers.accept ?? '').includes('text/html');
      const kind = types[isPage ? '.html' : '.txt'];
      response.writeHead(404, { ...common, 'Content-Type': kind }).end(isPage ? lostPage : 'Not here.');
      return;
    }
    /** @type {Record<string, string | number>} */
    const head = {
      ...common,
      'Content-Type': types[extname(file)] ?? 'application/octet-stream',
      'Cache-Control': lasting.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
      ETag: kept.tag,
      Vary: 'Accept-Encoding',
    };
    if (request.headers['if-none-match'] === kept.tag) {
      response.writeHead(304, head).end();
      return;
    }
    const { body, encoding } = packable.test(file)
      ? await packedFor(kept, String(request.headers['accept-encoding'] ?? ''))
      : { body: kept.body, encoding: undefined };
    if (encoding) head['Content-Encoding'] = encoding;
    head['Content-Length'] = body.length;
    response.writeHead(200, head).end(request.method === 'HEAD' ? undefined : body);
  }

  const server = createServer((request, response) => {
    Promise.resolve(answer(request, response)).catch(() => {
      errors++;
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  for (let at = port; ; at++) {
    /** @type {NodeJS.ErrnoException | undefined} */
    const trouble = await new Promise((settle) => {
      server.once('error', settle);
      server.listen(at, host, () => {
        server.off('error', settle);
        settle(undefined);
      });
    });
    if (!trouble) break;
    if (trouble.code !== 'EADDRINUSE' || at >= Math.min(port + patience, 65535)) throw trouble;
  }
  const bound = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    address: `http://localhost:${bound.port}/`,
    port: bound.port,
    close: () =>
      new Promise((settle) => {
        server.closeAllConnections();
        server.close(() => settle());
      }),
  };
}
