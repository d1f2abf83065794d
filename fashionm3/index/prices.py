"""Prices in the forms that feeds hold, as minor units of a currency."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from fashionm3.index.values import UNKNOWN, exponent

_SYMBOLS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("R$", ("BRL",)), ("US$", ("USD",)), ("A$", ("AUD",)), ("AU$", ("AUD",)), ("C$", ("CAD",)),
    ("CA$", ("CAD",)), ("NZ$", ("NZD",)), ("HK$", ("HKD",)), ("S$", ("SGD",)), ("MX$", ("MXN",)),
    ("€", ("EUR",)), ("£", ("GBP",)), ("₹", ("INR",)), ("Rs", ("INR", "PKR", "LKR", "NPR")),
    ("¥", ("JPY", "CNY")), ("円", ("JPY",)), ("元", ("CNY",)), ("₽", ("RUB",)), ("руб", ("RUB",)),
    ("₺", ("TRY",)), ("₩", ("KRW",)), ("₴", ("UAH",)), ("₪", ("ILS",)), ("₫", ("VND",)),
    ("zł", ("PLN",)), ("Kč", ("CZK",)), ("Ft", ("HUF",)), ("lei", ("RON",)), ("₱", ("PHP",)),
    ("kr", ("SEK", "NOK", "DKK", "ISK")), ("Fr", ("CHF",)),
    ("$", ("USD", "CAD", "AUD", "NZD", "MXN", "SGD", "HKD", "CLP", "COP", "ARS")),
)  # fmt: skip
_LONGEST_FIRST = sorted(_SYMBOLS, key=lambda entry: -len(entry[0]))
_CODES = frozenset({
    "AED", "ARS", "AUD", "BDT", "BGN", "BHD", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK",
    "DKK", "EGP", "EUR", "GBP", "HKD", "HUF", "IDR", "ILS", "INR", "ISK", "JOD", "JPY", "KES",
    "KRW", "KWD", "LKR", "MAD", "MXN", "MYR", "NGN", "NOK", "NPR", "NZD", "OMR", "PEN", "PHP",
    "PKR", "PLN", "QAR", "RON", "RSD", "RUB", "SAR", "SEK", "SGD", "THB", "TND", "TRY", "TWD",
    "UAH", "USD", "VND", "ZAR",
})  # fmt: skip
_CODE = re.compile(r"(?<![A-Za-z])([A-Za-z]{3})(?![A-Za-z])")
_BLANK = "\u0020\u00a0\u202f\u2009'\u2019"
_NUMBER = re.compile(rf"(?:\d{{1,3}}(?:[{_BLANK}]\d{{3}})+(?:[.,]\d+)?|\d[\d.,]*|[.,]\d+)(?![\d])")
_NOTHING = {"", "nan", "none", "null"}
_UNTOLD = UNKNOWN | {"\u2013", "\u2014", "tbd", "tba", "n. a.", "k.a.", "k. a."}
_LARGEST = 10**12
"""In major units: beyond any currency's price of a garment."""


@dataclass(frozen=True, slots=True)
class Price:
    """A price cell that was read.

    Attributes:
        minor: Minor units, or None where nothing is said.
        currencies: Which currencies the cell can mean; empty where it names none.
        repairs: What was decided on the way.
        fault: Why the cell can't be a price.
    """

    minor: int | None = None
    currencies: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    fault: str | None = None


def read_price(cell: Any, currency: str | None, comma: bool = False) -> Price:  # noqa: ANN401
    """Reads one price cell.

    Args:
        cell: Text, a number, or ``{"value": ..., "currency": ...}``.
        currency: The catalogue's currency: its decimals count where the cell names none.
        comma: The feed writes no decimals after a dot: a lone dot parts thousands.
    """
    if isinstance(cell, list | tuple):
        cell = cell[0] if cell else None
    if isinstance(cell, dict):
        code = str(cell.get("currency") or cell.get("priceCurrency") or "")
        keys = ("value", "price", "amount", "lowPrice")
        value = next((cell[k] for k in keys if cell.get(k) is not None), "")
        cell = f"{value} {code}"
    if cell is None or isinstance(cell, bool):
        return Price()
    if isinstance(cell, int | float | Decimal):
        return _from_decimal(Decimal(str(cell)), (), currency)
    text = str(cell).strip().lstrip("'")
    if text.lower() in _NOTHING:
        return Price()
    if text.lower() in _UNTOLD:
        return Price(repairs=("price without number left out",))
    return _from_text(text, currency, comma)


def _from_text(text: str, currency: str | None, comma: bool) -> Price:
    found = currencies(text)
    numbers = list(_NUMBER.finditer(text))
    if not numbers:
        return Price(currencies=found, fault="price without number")
    first = numbers[0]
    before = text[: first.start()].rstrip("".join(_BLANK))
    if before.endswith(("-", "\u2212")) and not before[:-1].strip().isdigit():
        return Price(currencies=found, fault="negative price")
    places = exponent(currency if currency in found or not found else found[0])
    values = [_decimal(match.group(), comma, places) for match in numbers]
    repairs = ("price range: lowest taken",) if len(values) > 1 else ()
    return _from_decimal(min(values), found, currency, repairs)


def _from_decimal(
    value: Decimal, found: tuple[str, ...], currency: str | None, repairs: tuple[str, ...] = ()
) -> Price:
    if not value.is_finite():
        return Price()
    places = exponent(currency if currency in found or not found else found[0])
    if value < 0:
        return Price(currencies=found, fault="negative price")
    if value > _LARGEST:
        return Price(currencies=found, fault="price too large")
    minor = int((value * 10**places).quantize(Decimal(1), ROUND_HALF_UP))
    return Price(minor, found, repairs)


def _decimal(number: str, comma: bool, places: int) -> Decimal:
    """Reads digits with separators: the last of two kinds is the decimal sign."""
    number = re.sub(rf"[{_BLANK}]", "", number).rstrip(".,")
    n_dots, n_commas = number.count("."), number.count(",")
    if n_dots and n_commas:
        decimal = "." if number.rfind(".") > number.rfind(",") else ","
    elif n_dots + n_commas == 1:
        sign = "." if n_dots else ","
        decimal = sign if _is_decimal(number, sign, comma, places) else ""
    else:
        decimal = ""
    whole, _, rest = number.rpartition(decimal) if decimal else (number, "", "")
    whole = whole.replace(".", "").replace(",", "")
    return Decimal(f"{whole or 0}.{rest or 0}")


def _is_decimal(number: str, sign: str, comma: bool, places: int) -> bool:
    """Tells whether the only separator of a number is its decimal sign."""
    whole, rest = number.split(sign)
    if len(rest) != 3 or whole in ("", "0") or places == 3:
        return True
    if len(whole) > 3:
        return True
    return sign == "." and not comma and places != 0


def currencies(text: str) -> tuple[str, ...]:
    """Returns the ISO codes that a price cell can mean; empty where it names none."""
    for match in _CODE.finditer(text):
        code = match.group(1).upper()
        if code in _CODES:
            return (code,)
    for symbol, codes in _LONGEST_FIRST:
        if symbol in text:
            return codes
    return ()


def currency_code(text: str) -> str | None:
    """Returns a code as ISO 4217 writes it, or None where the text is none."""
    code = text.strip().upper()
    if code in _CODES:
        return code
    return found[0] if len(found := currencies(text)) == 1 else None


def currency_of_column(name: str) -> str | None:
    """Returns the currency that a column's name gives: ``Price (GBP)``, ``price_gbp``, ``RRP (£)``.

    A sign that several currencies share means the most usual of them.
    """
    codes = [word.upper() for word in re.findall(r"[A-Za-z]+", name) if word.upper() in _CODES]
    signs = "".join(char for char in name if char == "$" or unicodedata.category(char) == "Sc")
    found = codes or currencies(signs)
    return found[0] if found else None


def writes_commas(cells: Iterable[Any]) -> bool:
    """Tells from a sample of price cells that decimals, if any, come after a comma."""
    texts = [str(cell) for cell in cells if isinstance(cell, str)]
    commas = sum(bool(re.search(r"\d,\d{1,2}(?!\d)", text)) for text in texts)
    dots = sum(bool(re.search(r"\d\.\d{1,2}(?!\d)", text)) for text in texts)
    return commas > dots or not dots
