// npm run train -- MODEL: trains a model with PyTorch (training/train.py).
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, show } from './ready.mjs';

const own = join(root, '.venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python3');
const python = existsSync(own) ? own : 'python3';
const torch = spawnSync(python, ['-c', 'import torch, numpy'], { stdio: 'ignore' });
if (torch.status !== 0) {
  console.error(
    'Training needs Python 3.10 or newer with PyTorch and NumPy. In this folder:\n' +
      '  python3 -m venv .venv && .venv/bin/pip install torch numpy --index-url https://download.pytorch.org/whl/cpu --extra-index-url https://pypi.org/simple',
  );
  process.exit(1);
}
process.exitCode = show(python, [join('training', 'train.py'), ...process.argv.slice(2)]);
