// What every npm script runs: looks at Node's version before anything that an old Node cannot read, then goes on with the tool named.
import { fileURLToPath } from 'url';
import { checkNode } from './node.mjs';

checkNode();
// As if the tool had been run itself.
const tool = new URL('./' + process.argv[2] + '.mjs', import.meta.url);
process.argv.splice(1, 2, fileURLToPath(tool));
import(tool.href).catch((why) => {
  console.error(why);
  process.exit(1);
});
