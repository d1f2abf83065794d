"""Single cells of a feed as plain values: text, truth, availability, sizes, lists."""

import ast
import json
import re
import unicodedata
import warnings
from collections.abc import Iterable
from typing import Any

from fashionm3.index.markup import plain
from fashionm3.types import Size

UNKNOWN = frozenset(
    {"", "na", "n/a", "n.a.", "none", "null", "nan", "-", "--", "?", "unknown", "not sure",
     "not specified", "unspecified", "undefined", "default title", "skip"}
)  # fmt: skip
"""Words that say nothing; never applied to ids, titles and brands."""

_EXPONENTS = {
    **dict.fromkeys(("JPY", "KRW", "VND", "CLP", "ISK", "XAF", "XOF", "PYG", "UGX", "RWF"), 0),
    **dict.fromkeys(("KWD", "BHD", "OMR", "TND", "JOD"), 3),
}
_TRUE = {"1", "true", "yes", "y", "t", "x", "on"}
_FALSE = {"0", "false", "no", "n", "f", "off", "-1"}
_SELLABLE = {
    "in stock", "instock", "available", "limited availability", "limitedavailability",
    "online only", "onlineonly", "preorder", "pre order", "presale", "pre sale", "backorder",
    "back order", "backorders", "available for order", "lieferbar", "auf lager", "en stock",
    "disponible", "disponibile", "auf bestellung", "in voorraad", "op voorraad", "på lager",
}  # fmt: skip
_GONE = {
    "out of stock", "outofstock", "sold out", "soldout", "discontinued", "unavailable",
    "not available", "in store only", "instoreonly", "mark as sold", "nicht auf lager",
    "nicht lieferbar", "ausverkauft", "agotado", "esaurito", "non disponibile", "rupture de stock",
    "épuisé", "uitverkocht",
}  # fmt: skip
_ABSENT = re.compile(
    r"out of stock|sold out|not (?:yet )?(?:available|in stock)|no longer|unavailable|"
    r"(?:coming|available|back) soon|in ?store only|discontinued|nicht (?:mehr )?(?:verf[üu]e?gbar|"
    r"lieferbar|auf lager|vorr[äa]e?tig)|ausverkauft|vergriffen|rupture|[ée]puis[ée]|indisponi|"
    r"no[nt]? disponi|esaurit|agotad|sin stock|uitverkocht|niet (?:leverbar|op voorraad)|bient[ôo]t"
)
_THERE = re.compile(
    r"in ?stock|(?:low|limited) stock|available|\bon ?(?:back)?order|back ?order|pre ?order|left\b|"
    r"lieferbar|verf[üu]e?gbar|vorr[äa]e?tig|auf lager|en stock|disponi|op voorraad|på lager"
)
_COUNTED = re.compile(r"'?(-?\d+)(?:[.,]\d*)?\s*\+?")
_LETTER = r"(?:[2-6]?x{0,5}[sl]|m|[2-6]x|small|medium|large)"
_LETTERS = (
    re.compile(rf"{_LETTER}(?:/{_LETTER}){{2,}}", re.IGNORECASE),
    re.compile(rf"{_LETTER}(?:\s+[-–]\s+{_LETTER}){{2,}}", re.IGNORECASE),
    re.compile(rf"{_LETTER}(?:\s+{_LETTER})+", re.IGNORECASE),
)
_SIZE_NOTE = re.compile(r"(.{1,30}?)\s*(?:[(\[]|\s[-–]\s)\s*([^()\[\]]{3,40}?)\s*[)\]]?")
_LITERAL = 4000  # Characters of the longest Python literal that is read.
_NO_SIZE = UNKNOWN | {"multisize", "multi size", "default title", "any"}
_HALF_SIZE = re.compile(r"\d{1,3},5")
_SIZE_STOCK = re.compile(r"(.{1,30}?)\s*[:=]\s*(-?\d+)")
_KEYS = ("name", "value", "plain", "text", "title", "label", "url", "html")


def exponent(currency: str | None) -> int:
    """Returns how many decimals a currency has; 2 where it is unknown."""
    return _EXPONENTS.get(currency or "", 2)


def raw(cell: Any) -> str:  # noqa: ANN401
    """Returns a cell as text, not cleaned: ids keep their zeros, whole floats lose ``.0``."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dict):
        return raw(next((cell[key] for key in _KEYS if cell.get(key)), None))
    if isinstance(cell, list | tuple):
        return " ".join(filter(None, (raw(part) for part in cell)))
    if isinstance(cell, bytes):
        return cell.decode("utf-8", errors="replace")
    return str(cell)


def text(cell: Any, longest: int = 1000) -> tuple[str, tuple[str, ...]]:  # noqa: ANN401
    """Returns a cell as one line of plain text, and what was mended."""
    value, repairs = plain(raw(cell))
    value = unicodedata.normalize("NFC", value)
    if len(value) > longest:
        value = value[:longest].rsplit(" ", 1)[0]
        repairs = (*repairs, f"text cut at {longest} characters")
    return value, repairs


def word(cell: Any) -> str:  # noqa: ANN401
    """Returns a short cell as plain text, empty where it only says that nothing is known."""
    value, _ = text(cell, 200)
    return "" if value.lower() in UNKNOWN else value


def parts(cell: Any, separators: str = ",;|/") -> list[str]:  # noqa: ANN401
    """Splits a cell that holds several values; lists and JSON in text are read as such."""
    cell = loads(cell)
    if isinstance(cell, list | tuple):
        return [value for entry in cell for value in [word(entry)] if value]
    if isinstance(cell, dict):
        cell = raw(cell)
    value = word(cell)
    found = re.split(f"[{re.escape(separators)}]", value) if value else []
    return [part for part in (piece.strip() for piece in found) if part.lower() not in UNKNOWN]


def loads(cell: Any) -> Any:  # noqa: ANN401
    """Reads JSON inside a text cell, or Python's way of writing it; other cells pass through."""
    if isinstance(cell, str) and cell[:1] in ("[", "{") and cell.rstrip()[-1:] in ("]", "}"):
        try:
            return json.loads(cell)
        except (ValueError, RecursionError):
            return _literal(cell)
    return cell


def _literal(cell: str) -> Any:  # noqa: ANN401
    """Reads a list or mapping as Python writes it; the text itself where it is none."""
    if len(cell) > _LITERAL or "'" not in cell:
        return cell
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            value = ast.literal_eval(cell)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return cell
    return value if isinstance(value, list | dict) else cell


def truth(cell: Any) -> bool | None:  # noqa: ANN401
    """Returns what a boolean cell says, in any of its spellings, or None."""
    if isinstance(cell, bool):
        return cell
    value = word(cell).lower().lstrip("'")
    if value in _TRUE:
        return True
    return False if value in _FALSE else None


def available(cell: Any) -> bool | None:  # noqa: ANN401
    """Returns whether an availability cell means that it can be bought; None where it is silent."""
    value = word(cell).lower()
    if number := _COUNTED.fullmatch(value):
        return int(number.group(1)) > 0
    value = re.sub(r"^(?:https?://schema\.org/|schema:)", "", value)
    value = re.sub(r"[_\-\s]+", " ", value).strip()
    if value in _SELLABLE:
        return True
    if value in _GONE or _ABSENT.search(value):
        return False
    if _THERE.search(value):
        return re.findall(r"\d+", value) != ["0"]
    return truth(cell)


def count(cell: Any) -> int | None:  # noqa: ANN401
    """Returns a quantity, never below zero, or None where the cell holds no number."""
    match = re.fullmatch(r"'?(-?\d+)(?:[.,]0*)?\s*\+?", word(cell))
    return max(0, min(int(match.group(1)), 10**9)) if match else None


def sizes(cell: Any, stock: int | None = None) -> tuple[Size, ...]:  # noqa: ANN401
    """Reads a cell of sizes: one size, a list of names, ``S:3 M:0``, or objects with stock.

    Args:
        cell: Text, a list of names or objects, or a mapping from name to stock.
        stock: Quantity of the row, which counts where the cell holds one size.
    """
    cell = loads(cell)
    if isinstance(cell, dict) and not any(key in cell for key in ("name", "size", "value")):
        found = [size for name, n in cell.items() for size in _sizes_of({"name": name, "stock": n})]
    elif isinstance(cell, list | tuple):
        found = [size for entry in cell for size in _sizes_of(entry)]
    else:
        found = list(_sizes_of(cell))
    unique = {size.name: size for size in reversed(found)}
    result = [unique[name] for name in dict.fromkeys(size.name for size in found)]
    if len(result) == 1 and result[0].stock is None:
        return (Size(name=result[0].name, stock=stock),)
    return tuple(result)


def _sizes_of(entry: Any) -> Iterable[Size]:  # noqa: ANN401
    if isinstance(entry, dict):
        name = word(next((entry[k] for k in ("name", "size", "value") if k in entry), None))
        stock = next(
            (entry[k] for k in ("stock", "quantity", "qty", "inventory") if k in entry), None
        )
        if name and name.lower() not in _NO_SIZE:
            yield Size(name=name, stock=count(stock))
        return
    value = "" if isinstance(entry, bool) else word(entry)
    for piece in _size_names(value):
        name, stock = piece.strip(), None
        if match := _SIZE_STOCK.fullmatch(name):
            name, stock = match.group(1), count(match.group(2))
        elif match := _SIZE_NOTE.fullmatch(name):
            note = match.group(2).lower()
            if _ABSENT.search(note) or _THERE.search(note):
                name, stock = match.group(1), 0 if _ABSENT.search(note) else None
        if name and name.lower() not in _NO_SIZE:
            yield Size(name=name, stock=stock)


def _size_names(value: str) -> list[str]:
    """Splits a cell of sizes; ``S/M`` and ``38/40`` are one size, ``S/M/L`` are three."""
    if _HALF_SIZE.fullmatch(value):
        return [value]
    if any(letters.fullmatch(value) for letters in _LETTERS):
        return re.split(r"\s*[/–-]\s*|\s+", value)
    return re.split(r"[;|]|,(?!5\b)", value)
