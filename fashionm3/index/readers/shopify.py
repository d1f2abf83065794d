"""Shopify's product CSV: rows of one handle are one product.

Only the first row of a handle has title, body, vendor and the names of the options; later rows are
variants, or further photos where they hold a picture alone. Both headers in circulation are read.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any

from fashionm3.index.columns import normal
from fashionm3.index.readers.base import Reader, Row
from fashionm3.index.values import count

_OWN = re.compile(
    r"handle|option\d (name|value)|variant .*|.*sku|barcode|price|compare at price|"
    r"inventory .*|image .*|product image url|variant image url|cost per item"
)
_SIZE = re.compile(r"size|größe|groesse|taille|talla|taglia|maat", re.IGNORECASE)
_COLOR = re.compile(r"colou?r|farbe|couleur|colore|kleur", re.IGNORECASE)
ADDED = ("item_id", "item_group_id", "size", "color", "availability", "images")
_NOTHING = {"", "default title"}


def is_shopify(columns: Iterable[str]) -> bool:
    """Tells whether a header is one of Shopify's."""
    names = {normal(name) for name in columns}
    return bool(names & {"handle", "url handle"}) and "option1 value" in names


class ShopifyReader:
    """Gives one row a variant, with what it inherits from its product.

    Args:
        table: The rows of the file.
        columns: Its columns.
    """

    def __init__(self, table: Reader, columns: tuple[str, ...]) -> None:
        self._table = table
        self._names = {normal(name): name for name in reversed(columns)}
        self.columns = (*ADDED, *(name for name in columns if name not in ADDED))

    def rows(self) -> Iterator[Row]:
        """Yields the rows, variants filled from the first row of their handle."""
        for _, rows in groupby(self._table.rows(), key=self._handle):
            yield from self._product(list(rows))

    def _handle(self, row: Row) -> str:
        return self._text(row.cells, "handle") or self._text(row.cells, "url handle")

    def _text(self, cells: dict[str, Any], *names: str) -> str:
        found = (str(cells.get(self._names.get(name, ""), "") or "").strip() for name in names)
        return next(filter(None, found), "")

    def _product(self, rows: list[Row]) -> Iterator[Row]:
        base = rows[0].cells
        photos = [self._text(row.cells, "image src", "product image url") for row in rows]
        shared = list(dict.fromkeys(filter(None, photos)))
        variants = sum(self._is_variant(row.cells) for row in rows)
        for place, row in enumerate(rows):
            if row.fault:
                yield row
            elif place and not self._is_variant(row.cells):
                yield replace(row, merged="further photo of a product")
            else:
                yield replace(row, cells=self._filled(row.cells, base, shared, variants > 1))

    def _is_variant(self, cells: dict[str, Any]) -> bool:
        return bool(self._text(cells, "option1 value", "variant price", "price"))

    def _filled(
        self, cells: dict[str, Any], base: dict[str, Any], photos: list[str], several: bool
    ) -> dict[str, Any]:
        result = dict(cells)
        for name, value in base.items():
            if not result.get(name) and not _OWN.fullmatch(normal(name)):
                result[name] = value
        handle = self._text(base, "handle", "url handle")
        options = self._options(cells, base)
        key = "/".join([handle, *(value for _, value in options)]) if several else handle
        variant = self._text(cells, "variant image", "variant image url")
        own = self._text(cells, "image src", "product image url")
        images = list(dict.fromkeys(filter(None, [variant, own, *photos])))
        return {
            **result,
            "item_id": self._text(cells, "variant sku", "sku") or key,
            "item_group_id": handle,
            "size": next((value for name, value in options if _SIZE.search(name)), ""),
            "color": next((value for name, value in options if _COLOR.search(name)), ""),
            "availability": self._availability(cells),
            "images": images,
        }

    def _options(self, cells: dict[str, Any], base: dict[str, Any]) -> list[tuple[str, str]]:
        found = []
        for number in (1, 2, 3):
            name = self._text(base, f"option{number} name")
            value = self._text(cells, f"option{number} value")
            if value.lower() not in _NOTHING:
                found.append((name, value))
        return found

    def _availability(self, cells: dict[str, Any]) -> str:
        """Sellable without a tracker, or beyond zero by policy; unknown without a quantity."""
        trackers = {"variant inventory tracker", "inventory tracker"}
        if trackers & set(self._names) and not self._text(cells, *trackers):
            return "in stock"
        policy = self._text(cells, "variant inventory policy", "continue selling when out of stock")
        if policy.lower() in ("continue", "true"):
            return "in stock"
        quantity = count(self._text(cells, "variant inventory qty", "inventory quantity"))
        if quantity is None:
            return ""
        return "in stock" if quantity else "out of stock"
