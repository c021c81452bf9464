// npm start: installs and builds where needed, then serves the museum and says where.
import { parseArgs } from 'node:util';
import { built, installed } from './ready.mjs';
import { serve } from './serve.mjs';

const { values } = parseArgs({
  options: { port: { type: 'string', default: process.env.PORT ?? '4173' }, host: { type: 'string', default: '127.0.0.1' } },
});
const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error(`--port takes a number from 0 to 65535, not "${values.port}".`);
  process.exit(1);
}

installed();
const folder = built('production');
const { address } = await serve({ folder, port, host: values.host });
console.log(`\nThe Museum of Diffusion is open: ${address}\nCtrl+C closes it.`);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));
