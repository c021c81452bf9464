// The packages that the engine is measured against: in a folder of their own, installed when the bench first needs them.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../tools/ready.mjs';

export const peers = join(root, 'bench/engine');

const versionOf = (name: string): string | undefined => {
  const file = join(peers, 'node_modules', name, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version : undefined;
};

/** Installs them where they are missing or others than asked for; false where that fails, which has been said. */
export function peersInstalled(): boolean {
  const { dependencies } = JSON.parse(readFileSync(join(peers, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
  if (Object.entries(dependencies).every(([name, version]) => versionOf(name) === version)) return true;
  console.error('Installing what the engine is measured against (once): onnxruntime-web and Dawn ...');
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: peers,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) console.error('npm ci failed in bench/engine: is the package registry reachable?');
  return status === 0;
}
