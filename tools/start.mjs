// npm start: installs and builds where needed, then serves the museum and says where; where what was edited is broken, it serves the last good build.
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { optionsOf, refuse } from './options.mjs';
import { build, builtAt, install, isCurrent, root } from './ready.mjs';
import { serve } from './serve.mjs';
import { checkContent, tellContent } from './words.mjs';

const folder = 'dist';
const example = '--port 8080';
const given = optionsOf(
  'npm start',
  { port: { type: 'string', default: process.env.PORT ?? '4173' }, host: { type: 'string', default: '127.0.0.1' } },
  example,
);
const [wanted, host] = [Number(given.port), String(given.host)];
if (!/^\d+$/.test(String(given.port)) || wanted > 65535)
  refuse(`--port takes a number from 0 to 65535, not “${given.port}”: npm start -- ${example}`);

/** Why the museum cannot open here, in plain words. @param {NodeJS.ErrnoException} why */
const reason = ({ code, message }) =>
  ({
    EADDRINUSE: `Port ${wanted} and those after it are taken. Choose another: npm start -- ${example}`,
    EACCES: `Port ${wanted} may not be opened by this user. Choose one from 1024 on: npm start -- ${example}`,
    EADDRNOTAVAIL: `--host ${host} is no address of this machine. For every device of the network: npm start -- --host 0.0.0.0`,
    ENOTFOUND: `--host ${host} is not known. For every device of the network: npm start -- --host 0.0.0.0`,
    EAI_AGAIN: `--host ${host} is not known. For every device of the network: npm start -- --host 0.0.0.0`,
  })[code ?? ''] ?? `The museum cannot open on ${host}, port ${wanted}: ${message}`;

/** @param {number} port @param {string} [stale] */
const openOn = (port, stale = '') =>
  serve({ folder: join(root, folder), port, host, ...(stale && { stale }) }).catch((why) => refuse(reason(why)));
// A host that cannot be is told before anything is built.
await (await openOn(0)).close();

/** Whether dist/ now holds the present museum; what keeps it from that has been said. */
const isReady = () => tellContent() && (isCurrent('production', folder) || (install() && build('production', folder) !== undefined));

let stale = '';
if (!isReady()) {
  const date = builtAt(folder);
  if (!date) refuse('There is no earlier build to show, so the museum stays shut until this is mended.');
  stale = checkContent().errors[0] ?? 'The build failed; the window of npm start says why.';
  console.warn(
    `WARNING: serving the museum as it was built on ${date.toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' })}. Mend what is named above, and start again.`,
  );
}

const server = await openOn(wanted, stale);
if (wanted !== 0 && server.port !== wanted) console.warn(`Port ${wanted} is taken; the museum opens on ${server.port}.`);
console.log(`\nThe Museum of Diffusion is open: ${server.address}`);
if (['0.0.0.0', '::'].includes(host))
  for (const { address, family, internal } of Object.values(networkInterfaces()).flatMap((list) => list ?? []))
    if (family === 'IPv4' && !internal)
      console.log(`From other devices: http://${address}:${server.port}/ (slower than here: browsers give WebGPU only to https)`);
console.log('Ctrl+C closes it.');
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));
