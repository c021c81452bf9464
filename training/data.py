"""Reads the training sets in their usual public form and says what is missing."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import numpy as np

NAMES = {
    "x_train": "train-images-idx3-ubyte",
    "y_train": "train-labels-idx1-ubyte",
    "x_test": "t10k-images-idx3-ubyte",
    "y_test": "t10k-labels-idx1-ubyte",
}


def read_idx(path: Path) -> np.ndarray:
    """One IDX file (plain or .gz) of unsigned bytes."""
    raw = gzip.open(path).read() if path.suffix == ".gz" else path.read_bytes()
    if len(raw) < 4 or raw[:3] != b"\x00\x00\x08":
        raise SystemExit(f"{path} is not an IDX file of unsigned bytes")
    rank = raw[3]
    shape = np.frombuffer(raw, ">u4", rank, 4)
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * rank).reshape(shape)


def mnist(folder: str | Path) -> dict[str, np.ndarray]:
    """MNIST from `mnist.npz` or the four IDX files in `folder`: uint8 [n,28,28] and labels [n]."""
    folder = Path(folder)
    archive = folder if folder.suffix == ".npz" else folder / "mnist.npz"
    if archive.exists():
        with np.load(archive) as data:
            return {name: data[name] for name in NAMES}
    found = {}
    for name, stem in NAMES.items():
        path = next((p for p in (folder / stem, folder / f"{stem}.gz") if p.exists()), None)
        if path is None:
            raise SystemExit(
                f"MNIST not found: expected {archive} or {folder / stem}[.gz].\n"
                "Pass the folder that holds it with --data."
            )
        found[name] = read_idx(path)
    return found


def pad32(pictures: np.ndarray) -> np.ndarray:
    """[n,28,28] to [n,32,32]: two black pixels on each side, so that 32, 16, 8, 4 halve evenly."""
    return np.pad(pictures, ((0, 0), (2, 2), (2, 2)))


def digest(*arrays: np.ndarray) -> str:
    """SHA-256 over the bytes of the arrays: names the data a model was trained on."""
    total = hashlib.sha256()
    for array in arrays:
        total.update(np.ascontiguousarray(array).tobytes())
    return total.hexdigest()
