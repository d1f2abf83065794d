"""Rows of a source as drafts of items: what the data say, cleaned, nothing guessed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from fashionm3.index import values
from fashionm3.index.columns import Columns
from fashionm3.index.pictures import N_PICTURES, references
from fashionm3.index.prices import currency_code, read_price
from fashionm3.types import Size

_DESCRIPTION = 10_000
_HIDDEN = {
    "0", "-1", "false", "no", "draft", "archived", "private", "hidden", "unpublished", "pending",
}  # fmt: skip


@dataclass(slots=True)
class Draft:
    """An item as far as the data give it.

    Attributes:
        fault: Why the row can't become an item.
        repairs: What was mended, one reason each.
        kinds: Terms of category columns, best first.
        colors: Names of colours with shares, or None where no share is given.
        words: Further text that may name properties (tags).
    """

    item_id: str = ""
    title: str = ""
    description: str = ""
    kinds: list[str] = field(default_factory=list)
    colors: list[tuple[str, float | None]] = field(default_factory=list)
    pattern: str = ""
    material: str = ""
    genders: list[str] = field(default_factory=list)
    age: Any = None
    season: list[str] = field(default_factory=list)
    style: list[str] = field(default_factory=list)
    occasion: list[str] = field(default_factory=list)
    sizes: tuple[Size, ...] = ()
    in_stock: bool | None = None
    price: int | None = None
    currency: str | None = None
    brand: str | None = None
    url: str | None = None
    variant_group: str | None = None
    pictures: list[str | bytes] = field(default_factory=list)
    words: str = ""
    fault: str | None = None
    repairs: list[str] = field(default_factory=list)


class Records:
    """Turns cells into drafts.

    Args:
        columns: Which column is which field.
        currency: The catalogue's one currency, or None where no price names one.
        comma: No price has decimals after a dot: a lone dot parts thousands.
    """

    def __init__(self, columns: Columns, currency: str | None, comma: bool = False) -> None:
        self._columns = columns
        self._currency = currency
        self._comma = comma

    def draft(self, cells: Mapping[str, Any], line: int) -> Draft:
        """Reads one row; a row that can't become an item carries its fault."""
        draft = Draft()
        draft.pictures = self._pictures(cells)
        draft.item_id = self._item_id(cells, line, draft)
        draft.title = self._text(cells, "title", 500, draft)
        draft.description = self._text(cells, "description", _DESCRIPTION, draft)
        self._describe(cells, draft)
        self._stock(cells, draft)
        draft.fault = self._hidden(cells) or self._priced(cells, draft)
        return draft

    def _cell(self, cells: Mapping[str, Any], field_: str) -> Any:  # noqa: ANN401
        return self._columns.cell(cells, field_)

    def _text(self, cells: Mapping[str, Any], field_: str, longest: int, draft: Draft) -> str:
        for cell in self._columns.cells(cells, field_):
            value, repairs = values.text(cell, longest)
            draft.repairs += repairs
            if value and (field_ == "title" or value.lower() not in values.UNKNOWN):
                return value
        return ""

    def _item_id(self, cells: Mapping[str, Any], line: int, draft: Draft) -> str:
        for cell in self._columns.cells(cells, "item_id"):
            value, _ = values.text(cell, 200)
            if value:
                return value
        named = [name for name in draft.pictures if isinstance(name, str)]
        if named and "item_id" not in self._columns.fields:
            return PurePath(named[0].split("?")[0]).stem or f"row-{line}"
        if "item_id" in self._columns.fields:
            draft.repairs.append("no id: made from the line")
        return f"row-{line}"

    def _pictures(self, cells: Mapping[str, Any]) -> list[str | bytes]:
        found = [
            reference
            for cell in self._columns.cells(cells, "pictures")
            for reference in references(cell)
        ]
        return list(dict.fromkeys(found))[:N_PICTURES]

    def _describe(self, cells: Mapping[str, Any], draft: Draft) -> None:
        draft.kinds = [
            term
            for cell in self._columns.cells(cells, "category")
            for term in reversed(values.parts(cell, ">,;|"))
        ]
        draft.colors = [c for cell in self._columns.cells(cells, "color") for c in _colors(cell)]
        draft.pattern = values.word(self._cell(cells, "pattern"))
        draft.material = values.word(self._cell(cells, "material"))
        draft.genders = [values.word(cell) for cell in self._columns.cells(cells, "gender")]
        draft.age = self._cell(cells, "age")
        for name, separators in (("season", ",;|"), ("style", ",;|"), ("occasion", ",;|/")):
            found = [
                part.lower()
                for cell in self._columns.cells(cells, name)
                for part in values.parts(cell, separators)
            ]
            setattr(draft, name, list(dict.fromkeys(found)))
        draft.brand = values.text(self._cell(cells, "brand"), 200)[0] or None
        draft.url = values.text(self._cell(cells, "url"), 2000)[0] or None
        draft.words = values.text(self._cell(cells, "tags"), 1000)[0]
        draft.variant_group = values.text(self._cell(cells, "variant_group"), 200)[0] or None

    def _stock(self, cells: Mapping[str, Any], draft: Draft) -> None:
        stock = values.count(self._cell(cells, "stock"))
        draft.sizes = values.sizes(self._cell(cells, "sizes"), stock)
        said = (values.available(cell) for cell in self._columns.cells(cells, "in_stock"))
        draft.in_stock = next((value for value in said if value is not None), None)
        if draft.in_stock and not any(size.stock != 0 for size in draft.sizes):
            # Untracked, on order or beyond zero by policy: the count says nothing.
            draft.sizes = tuple(Size(name=size.name) for size in draft.sizes)
        if draft.in_stock is None and stock is not None:
            draft.in_stock = stock > 0
        counted = [size.stock for size in draft.sizes]
        if draft.in_stock is None and counted and None not in counted:
            draft.in_stock = any(counted)

    def _hidden(self, cells: Mapping[str, Any]) -> str | None:
        said = (values.word(cell).lower() for cell in self._columns.cells(cells, "published"))
        return "not published" if any(value in _HIDDEN for value in said) else None

    def _priced(self, cells: Mapping[str, Any], draft: Draft) -> str | None:
        """Fills price and currency; returns why the row must be rejected."""
        cell = self._cell(cells, "price")
        price = read_price(cell, self._currency, self._comma)
        if price.fault:
            return price.fault
        minor, found = price.minor, price.currencies
        if minor is None and (cents := values.count(self._cell(cells, "price_minor"))) is not None:
            minor = cents
        sale = read_price(self._cell(cells, "sale_price"), self._currency, self._comma)
        # A sale with a window depends on the day, and a build must not.
        if sale.minor and (minor is None or sale.minor < minor) and not self._window(cells):
            minor, found = sale.minor, sale.currencies or found
        code = currency_code(values.word(self._cell(cells, "currency")))
        found = (code,) if code and not found else found
        if minor is not None and found and self._currency not in found:
            return f"price in {found[0]}, the catalogue is in {self._currency or 'no currency'}"
        draft.repairs += price.repairs
        if minor == 0:
            minor = None
            draft.repairs.append("price 0 left out")
        draft.price = minor
        draft.currency = self._currency if minor is not None else None
        return None

    def _window(self, cells: Mapping[str, Any]) -> bool:
        return any(values.word(cell) for cell in self._columns.cells(cells, "sale_window"))


def _colors(cell: Any) -> list[tuple[str, float | None]]:  # noqa: ANN401
    """Reads names of colours, with shares where the cell is a list of objects."""
    cell = values.loads(cell)
    entries = cell if isinstance(cell, list | tuple) else [cell]
    found: list[tuple[str, float | None]] = []
    for entry in entries:
        if isinstance(entry, dict):
            share = entry.get("share")
            is_share = isinstance(share, int | float) and 0 <= share <= 1
            name = values.word(entry.get("name"))
            found += [(name, float(share) if is_share and share is not None else None)]
        else:
            found += [(name, None) for name in values.parts(entry, ",;|/&")]
    return [(name, share) for name, share in found if name]
