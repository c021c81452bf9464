"""Reads and writes safetensors files: 8-byte header length, JSON header, then little-endian numbers."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import numpy as np

TYPES = {"F32": np.dtype("<f4"), "F16": np.dtype("<f2"), "I32": np.dtype("<i4")}


def write(path: Path, tensors: dict[str, np.ndarray]) -> bytes:
    """Writes `tensors` to `path` and returns the bytes of the file."""
    header, body, offset = {}, [], 0
    # Wide numbers first, so that every tensor begins at a multiple of its own width.
    for name in sorted(tensors, key=lambda n: (-tensors[n].dtype.itemsize, n)):
        array = tensors[name]
        kind = next((key for key, value in TYPES.items() if value == array.dtype), None)
        if kind is None:
            raise TypeError(f"{name}: {array.dtype} is none of {', '.join(TYPES)}")
        raw = np.ascontiguousarray(array, TYPES[kind]).tobytes()
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [offset, offset + len(raw)]}
        body.append(raw)
        offset += len(raw)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    whole = struct.pack("<Q", len(text)) + text + b"".join(body)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_bytes(whole)
    part.replace(path)
    return whole


def read(path: Path) -> dict[str, np.ndarray]:
    """All tensors of a safetensors file."""
    raw = path.read_bytes()
    (length,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + length])
    header.pop("__metadata__", None)
    found = {}
    for name, entry in header.items():
        begin, end = (8 + length + at for at in entry["data_offsets"])
        found[name] = np.frombuffer(raw[begin:end], TYPES[entry["dtype"]]).reshape(entry["shape"])
    return found
