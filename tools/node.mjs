// Which Node the installed tools run on; written so that old Nodes can read it too.

/** As Vite and ESLint ask for it: the least minor version of each line; lines from `open` on are all taken. */
const lines = { 20: 19, 22: 13 };
const open = 24;

/** @param {string} version */
export function runsOn(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const least = lines[/** @type {keyof typeof lines} */ (major)];
  return major >= open || (least !== undefined && minor >= least);
}

/** Stops with a clear word where this Node is not one of them. */
export function checkNode() {
  if (runsOn(process.versions.node)) return;
  console.error(
    'The museum needs Node 20.19 or newer, 22.13 or newer, or any from 24 on; this is Node ' +
      process.versions.node +
      '. See https://nodejs.org/',
  );
  process.exit(1);
}
