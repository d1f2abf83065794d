"""The catalogue's columns as arrays that answer "which rows have this value" without a scan."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pyarrow as pa

Mask = NDArray[np.bool_]
Keys = Callable[[str], Iterable[str]]


class Field:
    """One column, with any number of values a row: for each value, the rows that have it.

    Args:
        n: Rows of the catalogue.
        rows: ``(m,)``, the row of each entry.
        codes: ``(m,)``, the value of each entry as an index into ``values``.
        values: The distinct values as the catalogue writes them.
        keys: The forms under which a value is found; a query is looked up under the same.
        weights: ``(m,) float32``, one an entry (a colour's share, a size's stock), 1 by default.
    """

    def __init__(
        self,
        n: int,
        rows: NDArray[Any],
        codes: NDArray[Any],
        values: list[str],
        keys: Keys,
        weights: NDArray[np.float32] | None = None,
    ) -> None:
        order = np.argsort(codes, kind="stable")
        self.n = n
        self.values = values
        self._keys = keys
        self._rows = rows[order].astype(np.int32)
        self._starts = np.searchsorted(codes[order], np.arange(len(values) + 1))
        self._weights = None if weights is None else weights[order].astype(np.float32)

    @property
    def known(self) -> bool:
        """Whether any row has a value."""
        return len(self._rows) > 0

    @cached_property
    def present(self) -> Mask:
        """Which rows have a value, ``(n,) bool``."""
        mask = np.zeros(self.n, bool)
        mask[self._rows] = True
        return mask

    @cached_property
    def _codes(self) -> dict[str, list[int]]:
        index: dict[str, list[int]] = {}
        for code, value in enumerate(self.values):
            for key in dict.fromkeys(self._keys(value)):
                index.setdefault(key, []).append(code)
        return index

    def mask(self, keys: Iterable[str], least: float | None = None) -> Mask:
        """Tells which rows have one of some values.

        Args:
            keys: Looked-up forms; unknown ones match nothing.
            least: The smallest weight that counts.

        Returns:
            ``(n,) bool``.
        """
        mask = np.zeros(self.n, bool)
        for rows, weights in self._entries(keys):
            mask[rows if least is None or weights is None else rows[weights >= least]] = True
        return mask

    def share(self, keys: Iterable[str]) -> NDArray[np.float32]:
        """Returns the weight with which rows have one of some values, ``(n,) float32``."""
        share = np.zeros(self.n, np.float32)
        for rows, weights in self._entries(keys):
            share[rows] = np.maximum(share[rows], 1.0 if weights is None else weights)
        return share

    def _entries(
        self, keys: Iterable[str]
    ) -> Iterable[tuple[NDArray[np.int32], NDArray[np.float32] | None]]:
        codes = {code for key in keys for code in self._codes.get(key, ())}
        for code in sorted(codes):
            part = slice(self._starts[code], self._starts[code + 1])
            yield self._rows[part], None if self._weights is None else self._weights[part]


def read_field(column: "pa.ChunkedArray", keys: Keys) -> Field:
    """Reads a column of strings or of lists of strings; empty strings are unknown."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not pa.types.is_list(column.type):
        return _field(len(column), np.arange(len(column)), column, keys)
    rows = pc.list_parent_indices(column).to_numpy()
    return _field(len(column), rows, pc.list_flatten(column), keys)


def read_colors(column: "pa.ChunkedArray", keys: Keys) -> Field:
    """Reads colours; the weight is a colour's share, 1 for the main one where none is given."""
    import pyarrow.compute as pc

    rows = pc.list_parent_indices(column).to_numpy()
    colors = pc.list_flatten(column)
    shares = pc.fill_null(pc.struct_field(colors, "share"), 0.0).to_numpy().astype(np.float32)
    first = np.ones(len(rows), bool)
    first[1:] = rows[1:] != rows[:-1]
    # The main colour counts as one whatever its share: that is what a card says.
    shares[first] = np.maximum(shares[first], MAIN)
    return _field(len(column), rows, pc.struct_field(colors, "name"), keys, shares)


MAIN = 0.4
"""The share from which a second colour counts like a main one."""


def read_sizes(column: "pa.ChunkedArray", keys: Keys) -> Field:
    """Reads sizes; the weight is 0 where a size is known to be sold out, else 1."""
    import pyarrow.compute as pc

    rows = pc.list_parent_indices(column).to_numpy()
    sizes = pc.list_flatten(column)
    stock = pc.fill_null(pc.struct_field(sizes, "stock"), 1).to_numpy()
    weights = (stock > 0).astype(np.float32)
    return _field(len(column), rows, pc.struct_field(sizes, "name"), keys, weights)


def read_numbers(column: "pa.ChunkedArray") -> NDArray[np.int64]:
    """Reads whole numbers, ``(n,) int64``, -1 where unknown."""
    import pyarrow.compute as pc

    return np.asarray(pc.fill_null(column, -1).to_numpy(), np.int64)


def _field(
    n: int,
    rows: NDArray[Any],
    column: "pa.ChunkedArray",
    keys: Keys,
    weights: NDArray[np.float32] | None = None,
) -> Field:
    import pyarrow as pa

    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    coded = column.dictionary_encode()
    values = [value or "" for value in coded.dictionary.to_pylist()]
    codes = np.asarray(coded.indices.fill_null(-1).to_numpy(zero_copy_only=False), np.int64)
    blank = [code for code, value in enumerate(values) if not value.strip()]
    kept = (codes >= 0) & ~np.isin(codes, blank)
    return Field(
        n, rows[kept], codes[kept], values, keys, None if weights is None else weights[kept]
    )
