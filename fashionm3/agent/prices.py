"""Finds the price limits that a shopper's words hold, after numbers are digits."""

import re
from dataclasses import dataclass

_MONEY = (
    r"(?:quid|pounds?|euros?|eur|dollars?|bucks?|usd|gbp|francs?|rupees?|kr|nicker|squid|[€£$])"
)
_N = rf"(?:[€£$]\s?)?(\d+(?:\.\d{{1,2}})?)\s?{_MONEY}?"
_BETWEEN = re.compile(
    rf"\b(?:between|from)\s+{_N}\s*(?:and|to|-|–)\s*{_N}(?!\w)|(?<!\w){_N}\s*(?:-|–|"
    rf"to)\s*{_N}(?!\w)",
    re.IGNORECASE,
)
_MAX = re.compile(
    r"(?:\b(?:under|below|up to|upto|max(?:imum)?(?: of)?|at most|at the (?:very )?most|"
    r"no more than|not more(?: than)?|nothing (?:over|above|more than)|not (?:over|above|"
    r"exceeding)|"
    r"less than|cheaper than|within|around|about|roughly|(?:budget|limit)(?:'?s| is|"
    r" of)?(?: around| about)?|"
    rf"not? dearer than|spend|stay(?:ing)? under|no go pass|cap(?:ped)? at|tops at|beneath|sub|"
    rf"for)\s*:?|<=?)\s*{_N}(?!\w)",
    re.IGNORECASE,
)
_MAX_AFTER = re.compile(
    rf"{_N}\s*(?:max(?:imum)?\b(?! of)|tops|or less|or under|and under|limit|at (?:the )?(?:most|"
    r"outside)|at the very most|(?:in )?total|altogether|all[ -]in|in all|for (?:the lot|"
    r"everything|"
    r"both|all of it)|(?:each |apiece |a pair )?(?:is|'s) (?:all|what|the most|as much as|(?:my|"
    r"the|"
    r"our) (?:limit|max\w*|budget|ceiling|top)))\b",
    re.IGNORECASE,
)
_MIN = re.compile(
    r"(?:\b(?:over|above|more than|at least|min(?:imum)?(?: of)?|starting (?:at|from))\s*|>=?)"
    rf"\s*{_N}(?!\w)",
    re.IGNORECASE,
)
_MIN_AFTER = re.compile(
    rf"{_N}\s*(?:min(?:imum)?|or more|and (?:up|over|above)|upwards|at (?:the )?least)\b",
    re.IGNORECASE,
)
_NOT_MONEY = re.compile(
    r"\s*(?:cm|mm|inch|\"|%|years?|yrs?|yo|months?|kg|pieces?|items?|looks?|days?|weeks?|people|"
    r"pm|am|"
    r"o'?clock|st\b|nd\b|rd\b|th\b|foot|ft|degrees?|°)",
    re.IGNORECASE,
)


_TYPOS = (
    (
        re.compile(r"\b(?:uner|undr|udner|unde|ubder|undet|umder|nuder)\b(?=\s*[€£$]?\s?\d)", re.I),
        "under",
    ),
    (re.compile(r"\b(?:belwo|bellow|beow|blow)\b(?=\s*[€£$]?\s?\d)", re.IGNORECASE), "below"),
    (re.compile(r"\bles+ (?:then|than)\b(?=\s*[€£$]?\s?\d)", re.IGNORECASE), "less than"),
    (re.compile(r"\b(?:betwen|beetween|betwene)\b(?=\s*[€£$]?\s?\d)", re.IGNORECASE), "between"),
)
_ANY_NUMBER = re.compile(rf"(?<![\w.])\d+(?:\.\d+)?(?=\s?{_MONEY}(?!\w)|(?!\w))", re.IGNORECASE)


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
    for typo, meant in _TYPOS:
        text = typo.sub(meant, text)
    text = _turned(text)
    seen = frozenset(float(n) for n in _ANY_NUMBER.findall(text))
    between = _BETWEEN.search(text)
    if between and _is_range(between, text):
        numbers = [float(part) for part in between.groups() if part]
        return Prices(min(numbers), max(numbers), seen)
    high = _first(_MAX, text) or _first(_MAX_AFTER, text)
    low = _first(_MIN, _without_nots(text)) or _first(_MIN_AFTER, text)
    return Prices(low, high if high != low else None, seen)


def _is_range(match: re.Match[str], text: str) -> bool:
    """Tells whether two numbers with a dash between them are prices and not sizes or ages."""
    if re.search(rf"between|from|{_MONEY}", match.group(), re.IGNORECASE):
        return True
    numbers = [float(part) for part in match.groups() if part]
    around = text[max(0, match.start() - 12) : match.start()]
    sized = re.search(r"\b(?:sizes?|ages?|aged|uk|eu|us|eur)\s*$", around, re.IGNORECASE)
    plausible = numbers[0] < numbers[1] and numbers[1] >= 20
    return plausible and not sized and not _NOT_MONEY.match(text, match.end())


def _turned(text: str) -> str:
    """Turns denied limits round: "shouldn't be below 25" is at least 25."""
    deny = (
        r"\b(?:shouldn'?t|should not|mustn'?t|must not|can'?t|cannot|not|never|won'?t|will not|"
        r"wouldn'?t|refus\w+ to|don'?t (?:want|like) to) (?:be |go |pay |spend |paying |spending )?"
    )
    text = re.sub(deny + r"(?:below|under|less than)\b", "at least", text, flags=re.IGNORECASE)
    return re.sub(
        deny + r"(?:above|over|past|more than|beyond)\b", "at most", text, flags=re.IGNORECASE
    )


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
