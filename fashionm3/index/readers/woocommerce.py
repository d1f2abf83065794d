"""WooCommerce's product CSV: variations inherit from a parent that may come after them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from fashionm3.index.columns import normal
from fashionm3.index.readers.base import Reader, Row

_SIZE = re.compile(r"size|größe|taille|talla|taglia", re.IGNORECASE)
_COLOR = re.compile(r"colou?r|farbe|couleur|colore", re.IGNORECASE)
_INHERITED = (
    "name", "description", "short description", "categories", "tags", "images", "brands",
    "published", "visibility in catalog", "regular price", "sale price",
)  # fmt: skip
ADDED = ("item_id", "item_group_id", "size", "color", "availability", "categories",
         "target gender")  # fmt: skip
_SPLIT = re.compile(r"(?<!\\),\s+|\s*\|\s*")


def is_woocommerce(columns: Iterable[str]) -> bool:
    """Tells whether a header is WooCommerce's (in English)."""
    return {"type", "sku", "name", "parent", "regular price"} <= {normal(name) for name in columns}


class WooCommerceReader:
    """Gives one row a sellable product, with what it inherits from its parent.

    Args:
        table: The rows of the file; read twice, parents first.
        columns: Its columns.
    """

    def __init__(self, table: Reader, columns: tuple[str, ...]) -> None:
        self._table = table
        self._names = {normal(name): name for name in reversed(columns)}
        hidden = {"type", *map(normal, ADDED)}
        kept = (name for name in columns if normal(name) not in hidden)
        self.columns = (*ADDED, *kept)

    def rows(self) -> Iterator[Row]:
        """Yields the rows; parents of variations are merged into these."""
        parents: dict[str, dict[str, Any]] = {}
        asked: set[str] = set()
        for row in self._table.rows():
            types = self._types(row.cells)
            asked.add(self._text(row.cells, "parent").lower())
            if types & {"variable", "grouped"}:
                for key in self._keys(row.cells):
                    parents[key] = row.cells
        for row in self._table.rows():
            yield row if row.fault else self._filled(row, parents, asked)

    def _text(self, cells: dict[str, Any], name: str) -> str:
        return str(cells.get(self._names.get(name, ""), "") or "").strip()

    def _types(self, cells: dict[str, Any]) -> set[str]:
        return {part.strip().lower() for part in self._text(cells, "type").split(",")}

    def _keys(self, cells: dict[str, Any]) -> list[str]:
        number, sku = self._text(cells, "id"), self._text(cells, "sku").lower()
        return [key for key in (f"id:{number}" if number else "", sku) if key]

    def _filled(self, row: Row, parents: dict[str, dict[str, Any]], asked: set[str]) -> Row:
        cells, types = row.cells, self._types(row.cells)
        if "grouped" in types:
            return replace(row, merged="group of products")
        if "variable" in types and any(key in asked for key in self._keys(cells)):
            return replace(row, merged="parent of variations")
        parent = parents.get(self._text(cells, "parent").lower(), {})
        result = dict(cells)
        for name in (self._names[n] for n in _INHERITED if n in self._names):
            if not result.get(name):
                result[name] = parent.get(name, "")
        group = (self._keys(parent) or self._keys(cells) or [""])[0]
        added = {
            "item_id": self._text(cells, "id") or self._text(cells, "sku"),
            "item_group_id": group if parent or "variable" in types else "",
            "size": self._attribute(cells, _SIZE),
            "color": self._attribute(cells, _COLOR),
            "availability": self._availability(cells),
            "target gender": self._text(result, "categories"),
            "categories": self._text(result, "categories").split(",")[-1].split(">")[-1].strip(),
        }
        return replace(row, cells={**result, **added})

    def _attribute(self, cells: dict[str, Any], wanted: re.Pattern[str]) -> list[str]:
        for number in range(1, 10):
            name = self._text(cells, f"attribute {number} name")
            if wanted.search(name):
                value = self._text(cells, f"attribute {number} value s") or self._text(
                    cells, f"attribute {number} value"
                )
                return [part.replace("\\,", ",").strip() for part in _SPLIT.split(value) if part]
        return []

    def _availability(self, cells: dict[str, Any]) -> str:
        value = self._text(cells, "in stock").lstrip("'").lower()
        more = self._text(cells, "backorders allowed").lower()
        if value == "0" and more in ("1", "yes", "notify") and self._text(cells, "stock"):
            return "backorder"
        return {"1": "in stock", "0": "out of stock"}.get(value, value)
