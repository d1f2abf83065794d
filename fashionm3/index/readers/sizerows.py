"""Rows of one id that differ only in size and stock, as one row with all sizes."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any

from fashionm3.index import values
from fashionm3.index.columns import Columns
from fashionm3.index.readers.base import Reader, Row

_OF_A_SIZE = ("sizes", "in_stock", "stock")


class SizeRows:
    """Gives neighbouring rows of one item, a size each, as one row.

    Args:
        table: The rows of the source.
        columns: Which column is which field.
    """

    def __init__(self, table: Reader, columns: Columns) -> None:
        self._table = table
        self._columns = columns
        self._own = {name for field in _OF_A_SIZE for name in columns.fields.get(field, ())}
        used = {name for names in columns.fields.values() for name in names}
        self._shared = used - self._own

    def rows(self) -> Iterator[Row]:
        """Yields the rows; further sizes of an item are merged into its first row."""
        if not {"sizes", "item_id"} <= self._columns.fields.keys():
            yield from self._table.rows()
            return
        for item_id, same in groupby(self._table.rows(), key=self._item_id):
            yield from self._item(item_id, same)

    def _item(self, item_id: str, same: Iterator[Row]) -> Iterator[Row]:
        if not item_id:
            yield from same
            return
        rows = list(same)
        if len(rows) == 1 or not self._is_one(rows):
            yield from rows
            return
        yield replace(rows[0], cells=self._joined(rows))
        yield from (replace(row, merged="further size of an item") for row in rows[1:])

    def _item_id(self, row: Row) -> str:
        if row.fault or row.merged:
            return ""
        return values.raw(self._columns.cell(row.cells, "item_id")).strip()

    def _is_one(self, rows: list[Row]) -> bool:
        """Tells whether the rows say the same but for a size, which each has for itself."""
        rest = [{name: row.cells.get(name) for name in self._shared} for row in rows]
        sizes = [values.sizes(self._columns.cell(row.cells, "sizes")) for row in rows]
        names = {size[0].name for size in sizes if len(size) == 1}
        return len(names) == len(rows) and all(other == rest[0] for other in rest[1:])

    def _joined(self, rows: list[Row]) -> dict[str, Any]:
        said = [self._available(row) for row in rows]
        cells = {**rows[0].cells, **dict.fromkeys(self._own, "")}
        sizes = self._columns.fields["sizes"][0]
        cells[sizes] = [self._size(row, s) for row, s in zip(rows, said, strict=True)]
        if column := next(iter(self._columns.fields.get("in_stock", ())), None):
            known = True in said or None not in said
            cells[column] = (True in said) if known else ""
        return cells

    def _available(self, row: Row) -> bool | None:
        cells = self._columns.cells(row.cells, "in_stock")
        return next((s for s in map(values.available, cells) if s is not None), None)

    def _size(self, row: Row, said: bool | None) -> dict[str, Any]:
        cell = self._columns.cell(row.cells, "sizes")
        (size,) = values.sizes(cell, values.count(self._columns.cell(row.cells, "stock")))
        stock = size.stock
        if said is False:
            stock = 0
        elif said and stock == 0:
            stock = None
        return {"name": size.name, "stock": stock}
