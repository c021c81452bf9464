// Lets Node import what the bundler gives an address: `file.wasm?url` is that file's own.
import { register } from 'node:module';

const hooks = `export const load = (url, context, next) => /\\.wasm(\\?url)?$/.test(url)
  ? { format: 'module', shortCircuit: true, source: 'export default ' + JSON.stringify(url) }
  : next(url, context);`;

register(`data:text/javascript,${encodeURIComponent(hooks)}`);
