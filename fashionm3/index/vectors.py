"""Embeddings on disk: one float32 matrix in the safetensors form, written as it grows.

The safetensors library wants the whole matrix in memory to write it; the form is simple enough
(length of the header, JSON header, raw bytes) to be streamed.
"""

import json
import struct
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fashionm3.errors import InputError

KEY = "embeddings"
_MAX_HEADER = 1 << 20

Matrix = NDArray[np.float32]


def write_vectors(path: Path, blocks: Iterable[Matrix], n: int, dim: int) -> None:
    """Writes blocks of rows as one ``(n, dim) float32`` matrix.

    Raises:
        ValueError: The blocks do not add up to n rows of width dim.
    """
    size = n * dim * 4
    entry = {"dtype": "F32", "shape": [n, dim], "data_offsets": [0, size]}
    header = json.dumps({KEY: entry}, separators=(",", ":")).encode()
    header += b" " * (-len(header) % 8)
    rows = 0
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(header)) + header)
        for block in blocks:
            if block.ndim != 2 or block.shape[1] != dim:
                raise ValueError(f"a block has shape {block.shape}, expected (rows, {dim})")
            rows += len(block)
            file.write(np.ascontiguousarray(block, dtype="<f4").tobytes())
    if rows != n:
        raise ValueError(f"{rows} rows were written, expected {n}")


def open_vectors(path: Path, n: int, dim: int) -> Matrix:
    """Maps the matrix of a file into memory without reading it.

    Returns:
        ``(n, dim) float32``, read-only.

    Raises:
        InputError: The file is not safetensors, is cut, or holds another shape.
    """
    size = path.stat().st_size
    try:
        with path.open("rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            if length > _MAX_HEADER:
                raise ValueError("its header is too long")
            entry = json.loads(file.read(length))[KEY]
        shape, dtype = tuple(entry["shape"]), entry["dtype"]
        start, end = entry["data_offsets"]
    except (struct.error, ValueError, KeyError, TypeError, OSError) as error:
        raise InputError(f"{path} is not a matrix of embeddings: {error}") from None
    if shape != (n, dim) or dtype != "F32":
        raise InputError(f"{path} holds {dtype} {shape}, the manifest says F32 {(n, dim)}")
    if end - start != n * dim * 4 or size != 8 + length + end:
        raise InputError(f"{path} is cut: {size} bytes, expected {8 + length + n * dim * 4}")
    if n * dim == 0:
        return np.zeros((n, dim), dtype=np.float32)
    return np.memmap(path, dtype="<f4", mode="r", offset=8 + length + start, shape=(n, dim))
