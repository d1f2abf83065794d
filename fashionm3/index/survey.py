"""What a source is before it is built: format, columns, currency, number of rows."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from fashionm3.errors import InputError
from fashionm3.index import values
from fashionm3.index.columns import Columns, recognise, require_something_to_show
from fashionm3.index.pictures import Album, references
from fashionm3.index.prices import (
    currencies,
    currency_code,
    currency_of_column,
    writes_commas,
)
from fashionm3.index.readers.base import Reader, Source
from fashionm3.index.readers.detection import open_source
from fashionm3.index.readers.folder import ID_COLUMN, PICTURE_COLUMN, TableAndPictures
from fashionm3.index.readers.shopify import ShopifyReader, is_shopify
from fashionm3.index.readers.sizerows import SizeRows
from fashionm3.index.readers.woocommerce import WooCommerceReader, is_woocommerce

_N_HEAVY = 1000
_N_FIRST = 50


@dataclass(frozen=True)
class Survey:
    """A source that has been looked at.

    Attributes:
        format: ``csv``, ``jsonl``, ``parquet``, ``pictures``, ``shopify`` or ``woocommerce``.
        currency: The one currency of the catalogue, or None.
        comma: No price has decimals after a dot: a lone dot parts thousands.
        total: Rows that will be read, or None where counting costs too much.
    """

    source: Source
    reader: Reader
    format: str
    columns: Columns
    currency: str | None
    comma: bool
    total: int | None


def survey(
    path: str | Path, overrides: Mapping[str, str] | None = None, currency: str | None = None
) -> Survey:
    """Opens a source, finds its columns and reads enough of it to settle the currency.

    Raises:
        InputError: The source is no table, a column is not recognised, or the currency is unknown.
    """
    source = open_source(path)
    reader, names, kind = _dialect(source)
    columns = recognise(names, overrides)
    if not _has_pictures_by_id(reader, columns, source):
        require_something_to_show(columns)
    chosen = currency_code(currency) if currency is not None else None
    if currency is not None and chosen is None:
        raise InputError(f"currency {currency!r} is unknown: expected ISO 4217, EUR for example")
    counted, prices = _prices(reader, columns, None if kind != "parquet" else _N_HEAVY)
    comma = writes_commas(cell for cell, _ in prices)
    chosen = chosen or _majority(prices) or _of_header(columns)
    reader = SizeRows(reader, columns)
    if source.path.is_dir() and kind != "pictures":
        reader = _with_pictures(reader, columns, source)
        columns = _with_picture_columns(columns)
    total = counted if kind != "parquet" else None
    return Survey(source, reader, kind, columns, chosen, comma, total)


def _dialect(source: Source) -> tuple[Reader, tuple[str, ...], str]:
    if source.format == "csv" and is_shopify(source.columns):
        shopify = ShopifyReader(source.reader, source.columns)
        return shopify, shopify.columns, "shopify"
    if source.format == "csv" and is_woocommerce(source.columns):
        woocommerce = WooCommerceReader(source.reader, source.columns)
        return woocommerce, woocommerce.columns, "woocommerce"
    return source.reader, source.columns, source.format


def _has_pictures_by_id(reader: Reader, columns: Columns, source: Source) -> bool:
    """Tells whether pictures lie beside a table that are named as its first items."""
    album = Album(source.folder, source.folder)
    ids = (columns.cell(row.cells, "item_id") for row in islice(reader.rows(), _N_FIRST))
    return any(album.locate_id(values.raw(item_id).strip()) for item_id in ids)


def _with_pictures(reader: Reader, columns: Columns, source: Source) -> Reader:
    album = Album(source.folder, source.folder)

    def named(cells: dict[str, Any]) -> list[Path]:
        names = [r for cell in columns.cells(cells, "pictures") for r in references(cell)]
        found = [album.locate(name) for name in names if isinstance(name, str)]
        if not any(found):
            found = [album.locate_id(values.raw(columns.cell(cells, "item_id")).strip())]
        return [path for path in found if path is not None]

    return TableAndPictures(reader, source.folder, named)


def _with_picture_columns(columns: Columns) -> Columns:
    """Adds the columns of rows that stand for a picture which the table does not name."""
    added = {"item_id": ID_COLUMN, "pictures": PICTURE_COLUMN}
    fields = dict(columns.fields)
    for field, name in added.items():
        found = fields.get(field, ())
        fields[field] = found if name in found else (*found, name)
    return Columns(columns.names, fields)


def _prices(
    reader: Reader, columns: Columns, most: int | None
) -> tuple[int, list[tuple[Any, str | None]]]:
    """Counts rows, and returns their price cells with the code of the currency column."""
    n, prices = 0, []
    for row in islice(reader.rows(), most):
        n += 1
        cell = columns.cell(row.cells, "price") or columns.cell(row.cells, "sale_price")
        code = currency_code(values.word(columns.cell(row.cells, "currency")))
        if cell is not None or code is not None:
            prices.append((cell, code))
    return n, prices


def _of_header(columns: Columns) -> str | None:
    names = (*columns.fields.get("price", ()), *columns.fields.get("sale_price", ()))
    return next(filter(None, map(currency_of_column, names)), None)


def _majority(prices: list[tuple[Any, str | None]]) -> str | None:
    """Returns the most frequent currency; a sign that several share counts where nothing else."""
    sure: Counter[str] = Counter()
    likely: Counter[str] = Counter()
    for cell, code in prices:
        text = cell if isinstance(cell, str) else ""
        if isinstance(cell, dict):
            text = str(cell.get("currency") or cell.get("priceCurrency") or "")
        found = currencies(text) or ((code,) if code else ())
        if len(found) == 1:
            sure[found[0]] += 1
        elif found:
            likely[found[0]] += 1
    best = (sure or likely).most_common(1)
    return best[0][0] if best else None
