"""Regular expressions of the numbers between two bounds, as a decision line writes them.

The numbers of one length between two bounds are a few rows of digits: 37 to 212 is 3[7-9],
[4-9][0-9], 1[0-9][0-9], 20[0-9], 21[0-2].
"""

from decimal import Decimal

from fashionm3.agent.schema_limits import Limits

_DIGITS = 9
_DECIMALS = 4
_ANY = "[0-9]"


def integers(limits: Limits) -> str:
    """Returns the regular expression of the whole numbers within limits."""
    if limits.least is None and limits.most is None:
        return f"-?{_ANY}{{1,{_DIGITS}}}"
    return _within(limits, 0)


def numbers(limits: Limits) -> str:
    """Returns the regular expression of the numbers within limits, with four decimals at most."""
    fraction = rf"(\.{_ANY}{{1,{_DECIMALS}}})?"
    if limits.most is None and limits.least in (None, 0):
        sign = "-?" if limits.least is None else ""
        return f"{sign}{_ANY}{{1,{_DIGITS}}}{fraction}"
    found = [_within(limits, decimals) for decimals in range(_DECIMALS + 1)]
    return f"({'|'.join(pattern for pattern in found if pattern)})"


def _within(limits: Limits, decimals: int) -> str:
    """Returns the numbers with so many decimals; empty where there are none."""
    largest = 10 ** max(_DIGITS, *(len(str(abs(int(x)))) + 1 for x in _known(limits)))
    scale = 10**decimals
    low = _scaled(limits.least, scale, "ROUND_CEILING", -largest * scale)
    high = _scaled(limits.most, scale, "ROUND_FLOOR", largest * scale)
    rows = ["-" + row for row in _rows(max(-high, 1), -low, decimals)] if low < 0 else []
    rows += _rows(max(low, 0), high, decimals)
    return f"({'|'.join(rows)})" if rows else ""


def _known(limits: Limits) -> list[Decimal]:
    return [bound for bound in (limits.least, limits.most) if bound is not None]


def _scaled(bound: Decimal | None, scale: int, rounding: str, otherwise: int) -> int:
    return otherwise if bound is None else int((bound * scale).to_integral_value(rounding))


def _rows(low: int, high: int, decimals: int) -> list[str]:
    """Returns patterns of the numbers from low to high, with a point before the last digits."""
    rows: list[str] = []
    for width in range(decimals + 1, len(str(max(high, 0))) + 1 + decimals):
        first = max(low, 10 ** (width - 1) if width > decimals + 1 else 0)
        last = min(high, 10**width - 1)
        if first <= last:
            rows += [
                _pointed(row, decimals)
                for row in _same_width(_text(first, width), _text(last, width))
            ]
    return rows


def _text(value: int, width: int) -> str:
    return str(value).zfill(width)


def _pointed(row: list[str], decimals: int) -> str:
    return "".join(row[:-decimals]) + r"\." + "".join(row[-decimals:]) if decimals else "".join(row)


def _same_width(low: str, high: str) -> list[list[str]]:
    """Returns the rows between two numbers of one length, one part a digit."""
    if not low:
        return [[]]
    if low[0] == high[0]:
        return [[low[0], *row] for row in _same_width(low[1:], high[1:])]
    n, first, last = len(low) - 1, int(low[0]), int(high[0])
    rows: list[list[str]] = []
    if low[1:] != "0" * n:
        rows += [[low[0], *row] for row in _same_width(low[1:], "9" * n)]
        first += 1
    ends: list[list[str]] = []
    if high[1:] != "9" * n:
        ends = [[high[0], *row] for row in _same_width("0" * n, high[1:])]
        last -= 1
    if first <= last:
        rows.append([f"[{first}-{last}]", *[_ANY] * n])
    return [*rows, *ends]
