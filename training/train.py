"""Starts the training of one model: python3 training/train.py digits|judge|cloud [options]."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
MODELS = ("digits", "judge", "cloud")


def main() -> int:
    model, *options = sys.argv[1:] or ["--help"]
    if model not in MODELS:
        print(f"{__doc__}\nModels: {', '.join(MODELS)}. Options of one model: train.py digits --help")
        return 0 if model in ("-h", "--help") else 2
    missing = [name for name in ("torch", "numpy") if importlib.util.find_spec(name) is None]
    if missing:
        print(
            f"Training needs {' and '.join(missing)}, which {sys.executable} does not have.\n"
            "Install with: python3 -m pip install torch numpy   (torch 1.13 or newer; processor or CUDA build)\n"
            "The museum itself needs neither: it ships trained weights."
        )
        return 1
    return subprocess.call([sys.executable, str(HERE / f"{model}.py"), *options])


if __name__ == "__main__":
    sys.exit(main())
