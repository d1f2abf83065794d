"""A catalogue directory, open for reading."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from fashionm3.errors import InputError
from fashionm3.index.manifest import Manifest
from fashionm3.index.table import SCHEMA, to_items
from fashionm3.index.values import exponent
from fashionm3.index.vectors import Matrix, open_vectors
from fashionm3.types import Item


class Catalog:
    """The items of one generation; later generations need another `open`.

    Attributes:
        path: The catalogue directory.
        manifest: What the directory says of itself.
        table: One row an item, columns as the fields of `Item`.
        embeddings: ``(n, d) float32``, L2-normalised, memory-mapped; a row is zero where an item
            has neither picture nor title, and d is 0 where no encoder was used.
    """

    def __init__(self, path: Path, manifest: Manifest, table: pa.Table, embeddings: Matrix) -> None:
        self.path = path
        self.manifest = manifest
        self.table = table
        self.embeddings = embeddings

    @classmethod
    def open(cls, path: str | Path, verify: bool = False) -> Self:
        """Opens a catalogue directory.

        Args:
            path: The directory.
            verify: Also read every byte and compare digests.

        Raises:
            InputError: It is missing, foreign, damaged or cut.
        """
        folder = Path(path)
        manifest = Manifest.read(folder)
        table = _read_table(folder, manifest)
        catalog = cls(folder, manifest, table, _read_vectors(folder, manifest))
        if verify:
            from fashionm3.index.verification import faults

            for fault in faults(catalog):
                raise InputError(f"catalogue {folder}: {fault}")
        return catalog

    def __len__(self) -> int:
        return self.manifest.rows

    def __contains__(self, item_id: object) -> bool:
        return item_id in self._rows

    @property
    def generation(self) -> int:
        """Returns the generation that was opened."""
        return self.manifest.generation

    @property
    def currency(self) -> str | None:
        """Returns the one currency of all prices, or None where no price names one."""
        return self.manifest.currency

    @property
    def exponent(self) -> int:
        """Returns how many decimals the currency has (2 for EUR, 0 for JPY)."""
        return exponent(self.currency)

    def to_minor(self, major: float) -> int:
        """Converts major units (euros) to minor units (cents)."""
        return round(major * 10.0**self.exponent)

    def to_major(self, minor: int) -> float:
        """Converts minor units (cents) to major units (euros)."""
        return float(minor) / float(10**self.exponent)

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {item_id: row for row, item_id in enumerate(self.table["item_id"].to_pylist())}

    def row(self, item_id: str) -> int:
        """Returns the row of an item.

        Raises:
            InputError: The catalogue has no such item.
        """
        try:
            return self._rows[item_id]
        except KeyError:
            raise InputError(f"item {item_id!r} is not in catalogue {self.path}") from None

    def item(self, item_id: str) -> Item:
        """Returns an item by the shop's own id.

        Raises:
            InputError: The catalogue has no such item.
        """
        return self.items([self.row(item_id)])[0]

    def items(self, rows: Sequence[int]) -> list[Item]:
        """Returns the items of some rows, in order."""
        return to_items(self.table, rows)

    def picture_path(self, item: Item) -> Path | None:
        """Returns the file of an item's main picture, or None where it has none."""
        return self.path / item.pictures[0] if item.pictures else None


def _read_table(folder: Path, manifest: Manifest) -> pa.Table:
    path = _file(folder, manifest, "items")
    try:
        table = pq.read_table(path, schema=SCHEMA)
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"{path} can't be read: {str(error).splitlines()[0]}") from None
    if table.num_rows != manifest.rows:
        raise InputError(
            f"{path} has {table.num_rows} rows, the manifest says {manifest.rows}: build it again"
        )
    return table


def _read_vectors(folder: Path, manifest: Manifest) -> Matrix:
    if "embeddings" not in manifest.files:
        return np.zeros((manifest.rows, 0), dtype=np.float32)
    return open_vectors(_file(folder, manifest, "embeddings"), manifest.rows, manifest.dim)


def _file(folder: Path, manifest: Manifest, role: str) -> Path:
    entry = manifest.files.get(role)
    if entry is None:
        raise InputError(f"the manifest of {folder} names no {role}: build the catalogue again")
    if Path(entry.name).name != entry.name:
        raise InputError(f"the manifest of {folder} names {entry.name!r}, outside the directory")
    path = folder / entry.name
    if not path.is_file():
        raise InputError(f"{path} is missing: build the catalogue again")
    if path.stat().st_size != entry.bytes:
        raise InputError(
            f"{path} has {path.stat().st_size} bytes, the manifest says {entry.bytes}: "
            "build the catalogue again"
        )
    return path
