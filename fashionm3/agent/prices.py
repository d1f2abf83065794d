"""Finds the price limits that a shopper's words hold, after numbers are digits."""

import re
from dataclasses import dataclass

_MONEY = (
    r"(?:quid|pounds?|euros?|eur|dollars?|bucks?|usd|gbp|francs?|rupees?|kr|nicker|squid|[€£$])"
)
_N = rf"(?:[€£$]\s?)?(\d+(?:\.\d{{1,2}})?)\s?{_MONEY}?"
_BETWEEN = re.compile(
    rf"\b(?:between|from)\s+{_N}\s*(?:and|to|-|–)\s*{_N}(?!\w)|(?<!\w){_N}\s*(?:-|–|to)\s*{_N}(?!\w)",
    re.IGNORECASE,
)
_MAX = re.compile(
    r"(?:\b(?:under|below|up to|upto|max(?:imum)?(?: of)?|at most|at the (?:very )?most|"
    r"no more than|not more than|nothing (?:over|above|more than)|not (?:over|above|exceeding)|"
    r"less than|cheaper than|within|around|about|roughly|budget(?: is| of)?|limit(?: is| of)?|"
    rf"not? dearer than|spend|cap(?:ped)? at|tops at|beneath|sub|for)\s*:?|<=?)\s*{_N}(?!\w)",
    re.IGNORECASE,
)
_MAX_AFTER = re.compile(
    rf"{_N}\s*(?:max(?:imum)?|tops|or less|or under|and under|limit|at (?:the )?(?:most|outside)|"
    r"at the very most)\b",
    re.IGNORECASE,
)
_MIN = re.compile(
    r"(?:\b(?:over|above|more than|at least|min(?:imum)?(?: of)?|starting (?:at|from))\s*|>=?)"
    rf"\s*{_N}(?!\w)",
    re.IGNORECASE,
)
_NOT_MONEY = re.compile(
    r"\s*(?:cm|mm|inch|\"|%|years?|yrs?|yo|months?|kg|pieces?|items?|looks?|days?|weeks?|people|pm|am|"
    r"o'?clock|st\b|nd\b|rd\b|th\b|foot|ft|degrees?|°)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Prices:
    """Limits in major units, None where the words hold none; ``seen`` are all numbers."""

    low: float | None = None
    high: float | None = None
    seen: frozenset[float] = frozenset()


def prices_in(text: str) -> Prices:
    """Returns the price limits of a text whose numbers are digits.

    A bare "for 42" is a price only with a currency; sizes, ages and measures are none.
    """
    seen = frozenset(float(n) for n in re.findall(r"\d+(?:\.\d+)?", text))
    between = _BETWEEN.search(text)
    if between and re.search(rf"between|from|{_MONEY}", between.group(), re.IGNORECASE):
        numbers = [float(part) for part in between.groups() if part]
        return Prices(min(numbers), max(numbers), seen)
    high = _first(_MAX, text) or _first(_MAX_AFTER, text)
    low = _first(_MIN, _without_nots(text))
    return Prices(low, high if high != low else None, seen)


def _without_nots(text: str) -> str:
    return re.sub(r"\b(?:nothing|not|no)\s+(?:over|above|more than)\b", "under", text, flags=re.I)


def _first(pattern: re.Pattern[str], text: str) -> float | None:
    for match in pattern.finditer(text):
        loose = re.match(r"for|spend", match.group(), re.IGNORECASE)
        if loose and not re.search(_MONEY, match.group(), re.IGNORECASE):
            continue
        if not _NOT_MONEY.match(text, match.end(1)):
            return float(match.group(1))
    return None
