// Writes the museum's headers down for other servers: Netlify (assets/_headers), nginx and Caddy (docs/serving). Run after a change of headers.mjs.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commonHeaders, operatorPage, operatorPolicy, visitorPolicy } from './headers.mjs';
import { root } from './ready.mjs';

const common = Object.entries(commonHeaders);
const forever = 'public, max-age=31536000, immutable';
const policyHeader = 'Content-Security-Policy';

// Netlify joins the headers of all patterns that match, so each page is named by itself.
const netlify = [
  '# Headers of the museum for Netlify and servers that read its format. Made by tools/write-headers.mjs.',
  '/*',
  ...common.map(([name, value]) => `  ${name}: ${value}`),
  ...['/', '/index.html'].flatMap((page) => [page, `  ${policyHeader}: ${visitorPolicy}`]),
  '/assets/*',
  `  ${policyHeader}: ${visitorPolicy}`,
  `  Cache-Control: ${forever}`,
  operatorPage,
  `  ${policyHeader}: ${operatorPolicy}`,
];

const add = (/** @type {string} */ name, /** @type {string} */ value) => `  add_header ${name} "${value}" always;`;
// nginx forgets the outer headers in a block that adds its own, so each block repeats them.
const nginxCommon = common.map(([name, value]) => `  ${add(name, value)}`);
const nginx = [
  '# A server block for nginx. Made by tools/write-headers.mjs; set server_name and root.',
  'types { application/wasm wasm; application/octet-stream safetensors; }',
  'server {',
  '  listen 8080;',
  '  server_name localhost;',
  '  root /srv/museum/dist;',
  '  gzip_static on;',
  '  location / {',
  `  ${add(policyHeader, visitorPolicy)}`,
  ...nginxCommon,
  `  ${add('Cache-Control', 'no-cache')}`,
  '  }',
  '  location /assets/ {',
  `  ${add(policyHeader, visitorPolicy)}`,
  ...nginxCommon,
  `  ${add('Cache-Control', forever)}`,
  '  }',
  `  location = ${operatorPage} {`,
  `  ${add(policyHeader, operatorPolicy)}`,
  ...nginxCommon,
  `  ${add('Cache-Control', 'no-cache')}`,
  '  }',
  '  location ~ /\\. { return 404; }',
  '}',
];

const caddy = [
  '# A site for Caddy. Made by tools/write-headers.mjs; set the address and root.',
  ':8080 {',
  '\troot * /srv/museum/dist',
  '\tencode zstd gzip',
  '\t@hidden path */.*',
  '\trespond @hidden 404',
  `\t@operator path ${operatorPage}`,
  `\t@visitor not path ${operatorPage}`,
  `\theader @operator ${policyHeader} "${operatorPolicy}"`,
  `\theader @visitor ${policyHeader} "${visitorPolicy}"`,
  ...common.map(([name, value]) => `\theader ${name} "${value}"`),
  '\t@lasting path /assets/*',
  `\theader @lasting Cache-Control "${forever}"`,
  '\tfile_server',
  '}',
];

mkdirSync(join(root, 'docs/serving'), { recursive: true });
for (const [file, lines] of Object.entries({
  'assets/_headers': netlify,
  'docs/serving/nginx.conf': nginx,
  'docs/serving/Caddyfile': caddy,
}))
  writeFileSync(join(root, file), `${lines.join('\n')}\n`);
