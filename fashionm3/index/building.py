"""The work folder of a build: finished batches survive a kill, and a rerun goes on after them."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import ValidationError

from fashionm3.index.table import to_table
from fashionm3.index.vectors import Matrix
from fashionm3.types import Item, Value

_STATE = "state.json"


class Batch(Value):
    """What is known of a finished batch besides its items.

    Attributes:
        n_read: Rows of the source that went into it.
        ids: Of its items, in order.
        rejected: Lines of ``rejected.jsonl``.
        repaired: Reason to number of rows.
        merged: Reason to number of rows.
        guessed: "FIELD from words" or "FIELD from picture" to number of items.
    """

    n_read: int
    ids: tuple[str, ...]
    rejected: tuple[dict[str, Any], ...] = ()
    repaired: dict[str, int] = {}
    merged: dict[str, int] = {}
    guessed: dict[str, int] = {}


class WorkFolder:
    """Batches on disk beside the catalogue to be.

    Args:
        path: The folder; it holds batches of one source and one set of options.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def open(cls, path: Path, state: dict[str, Any]) -> Self:
        """Opens the folder of an interrupted build, or an empty one where the state differs."""
        text = json.dumps(state, sort_keys=True)
        file = path / _STATE
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            shutil.rmtree(path, ignore_errors=True)
            path.mkdir(parents=True)
            _commit(file, text.encode())
        return cls(path)

    def _file(self, number: int, suffix: str) -> Path:
        return self.path / f"batch-{number:06d}{suffix}"

    def done(self) -> list[Batch]:
        """Reads the finished batches, in order."""
        found: list[Batch] = []
        while (file := self._file(len(found), ".json")).is_file():
            try:
                found.append(Batch.model_validate_json(file.read_bytes()))
            except ValidationError:
                break
        return found

    def add(self, number: int, batch: Batch, items: list[Item], vectors: Matrix) -> None:
        """Keeps a finished batch; its JSON file is written last and makes it count."""
        pq.write_table(to_table(items), self._file(number, ".parquet"))
        np.save(self._file(number, ".npy"), vectors, allow_pickle=False)
        for suffix in (".parquet", ".npy"):
            sync(self._file(number, suffix))
        _commit(self._file(number, ".json"), batch.model_dump_json().encode())

    def tables(self, n: int) -> Iterator[pa.Table]:
        """Yields the items of the first n batches."""
        for number in range(n):
            yield pq.read_table(self._file(number, ".parquet"))

    def vectors(self, n: int) -> Iterator[Matrix]:
        """Yields the embeddings of the first n batches."""
        for number in range(n):
            yield np.load(self._file(number, ".npy"), allow_pickle=False)

    def remove(self) -> None:
        """Removes the folder; without its state first, so that a kill leaves nothing to resume."""
        (self.path / _STATE).unlink(missing_ok=True)
        shutil.rmtree(self.path, ignore_errors=True)


def sync(path: Path) -> None:
    """Waits until a file's bytes are on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _commit(path: Path, data: bytes) -> None:
    part = path.with_suffix(path.suffix + ".part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
