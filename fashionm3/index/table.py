"""Items as an Arrow table, and back."""

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from fashionm3.types import Item

_WORDS = pa.list_(pa.string())

SCHEMA = pa.schema(
    [
        pa.field("item_id", pa.string(), nullable=False),
        pa.field("title", pa.string(), nullable=False),
        pa.field("description", pa.string(), nullable=False),
        pa.field("category", pa.string(), nullable=False),
        pa.field("color", pa.list_(pa.struct([("name", pa.string()), ("share", pa.float64())]))),
        pa.field("pattern", pa.string()),
        pa.field("material", pa.string()),
        pa.field("gender", pa.string()),
        pa.field("season", _WORDS),
        pa.field("style", _WORDS),
        pa.field("occasion", _WORDS),
        pa.field("sizes", pa.list_(pa.struct([("name", pa.string()), ("stock", pa.int64())]))),
        pa.field("in_stock", pa.bool_()),
        pa.field("price", pa.int64()),
        pa.field("currency", pa.string()),
        pa.field("brand", pa.string()),
        pa.field("url", pa.string()),
        pa.field("variant_group", pa.string()),
        pa.field("pictures", _WORDS),
        pa.field("sources", pa.map_(pa.string(), pa.string())),
    ]
)
"""Columns of ``items.parquet``, named as the fields of `Item`."""


def to_table(items: Iterable[Item]) -> pa.Table:
    """Returns a table with one row an item, in order."""
    rows = []
    for item in items:
        row = item.model_dump()
        row["sources"] = sorted(row["sources"].items())
        rows.append(row)
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def to_items(table: pa.Table, rows: Sequence[int] | None = None) -> list[Item]:
    """Returns the items of some rows, or of all, in order."""
    if rows is not None:
        table = table.take(pa.array(rows, pa.int64()))
    return [_item(row) for row in table.to_pylist()]


def _item(row: dict[str, Any]) -> Item:
    return Item.model_validate({**row, "sources": dict(row["sources"] or ())})
