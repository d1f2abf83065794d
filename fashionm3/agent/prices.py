"""Finds the price limits that a shopper's words hold, after numbers are digits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from fashionm3.agent import price_words as words
from fashionm3.agent.cues import CORRECTION
from fashionm3.agent.price_words import MONEY, alternation

_IN_WORD = r"0-9A-Za-zÀ-ÖØ-öø-ÿ_"
_START, _END = rf"(?<![{_IN_WORD}.])", rf"(?![{_IN_WORD}])"
_NUMBER = re.compile(
    rf"(?<![{_IN_WORD}.,#])(?P<before>[€£$]\s?)?(?P<n>\d+(?:\.\d{{1,2}})?)"
    rf"(?!\d)(?:(?:\s|-|\s-)?(?P<after>{MONEY})(?![A-Za-z\d]))?",
    re.IGNORECASE,
)
_NOT_MONEY = re.compile(words.NOT_MONEY, re.IGNORECASE)
_SIZED = re.compile(
    r"\b(?:sizes?|ages?|aged|uk|eu|us|waist|grösse|größe|groesse|gr|taille|pointure|talla|número|"
    r"numero|turning|turns)\.?\s*(?:is\s+|a\s+|an\s+)?$|尺码\s*$",
    re.IGNORECASE,
)
_JOINS = r"\s*(?:-|–|~|to|bis|à|到|至)\s*"


def _before(phrases: str) -> re.Pattern[str]:
    return re.compile(rf"{_START}(?:{alternation(phrases)})\s*[:=]?\s*$", re.IGNORECASE)


def _after(phrases: str) -> re.Pattern[str]:
    return re.compile(
        rf"\s*,?\s*(?:each\s+|apiece\s+|a pair\s+|per piece\s+|pp\s+|mark\s*)?"
        rf"(?:{alternation(phrases)}){_END}",
        re.IGNORECASE,
    )


_MOST_BEFORE, _MOST_AFTER = _before(words.MOST_BEFORE), _after(words.MOST_AFTER)
_LEAST_BEFORE, _LEAST_AFTER = _before(words.LEAST_BEFORE), _after(words.LEAST_AFTER)
_LOOSE = _before(words.MOST_LOOSE)
_DENIED = re.compile(
    rf"{_START}(?:{alternation(words.DENIALS)})\s+(?:(?:{alternation(words.FILLERS)})\s+)*$|"
    r"(?:不要?|别)$",
    re.IGNORECASE,
)
_UP_TO_END = re.compile(r"(?:^|\s)to\s*$", re.IGNORECASE)
_CLAUSE_END = re.compile(r"\s*(?:$|[,.;!?)]|and\b|but\b|please\b|pls\b|for\b)", re.IGNORECASE)
_TYPOS = (
    (r"uner|undr|udner|unde|ubder|undet|umder|nuder", "under"),
    (r"belwo|bellow|beow|blow", "below"),
    (r"les+ (?:then|than)", "less than"),
    (r"more then", "more than"),
    (r"betwen|beetween|betwene", "between"),
    (r"maxium|maxmum|maximun|mx", "max"),
    (r"arround|aroun|arond", "around"),
)


@dataclass(frozen=True)
class Prices:
    """Limits in major units, None where the words hold none; ``seen`` are all numbers."""

    low: float | None = None
    high: float | None = None
    seen: frozenset[float] = frozenset()


@dataclass(frozen=True)
class _Number:
    """A number that may be money; ``bound`` is "most", "least" or empty."""

    value: float
    start: int
    end: int
    money: bool
    bound: str = ""


def prices_in(text: str) -> Prices:
    """Returns the price limits of a text whose numbers are digits.

    A bare "for 42" is a price only with a currency; sizes, ages and measures are none. Of two
    limits of one kind the first holds, unless the words take it back.
    """
    for typo, meant in _TYPOS:
        text = re.sub(rf"\b(?:{typo})\b(?=\s*[€£$]?\s?\d)", meant, text, flags=re.IGNORECASE)
    text = re.sub(r"(?<=\d)['’]s\b", " is", text)
    numbers = list(_numbers(text))
    seen = frozenset(float(match["n"]) for match in _NUMBER.finditer(text))
    for first, second in pairwise(numbers):
        if _is_range(first, second, text):
            ends = (first.value, second.value)
            return Prices(min(ends), max(ends), seen)
    numbers = _corrected(numbers, text)
    high = next((number.value for number in numbers if number.bound == "most"), None)
    low = next((number.value for number in numbers if number.bound == "least"), None)
    return Prices(low, None if high is not None and high == low else high, seen)


def _numbers(text: str) -> Iterator[_Number]:
    for match in _NUMBER.finditer(text):
        if _NOT_MONEY.match(text, match.end()) or _SIZED.search(text[: match.start()]):
            continue
        money = bool(match["before"] or match["after"])
        bound = _bound(text, match, money)
        yield _Number(float(match["n"]), match.start(), match.end(), money, bound)


def _bound(text: str, match: re.Match[str], money: bool) -> str:
    """Reads the words round a number: what they bound, "most", "least" or nothing."""
    before = text[: match.start()]
    most, least = _MOST_BEFORE.search(before), _LEAST_BEFORE.search(before)
    if most or least:
        first = min((found for found in (most, least) if found), key=lambda found: found.start())
        plain, turned = ("most", "least") if first is most else ("least", "most")
        return turned if _DENIED.search(before[: first.start()]) else plain
    if _LEAST_AFTER.match(text, match.end()):
        return "least"
    if _MOST_AFTER.match(text, match.end()):
        return "most"
    to_end = _UP_TO_END.search(before) and _CLAUSE_END.match(text, match.end())
    loose = money and _LOOSE.search(before)
    return "most" if loose or (to_end and float(match["n"]) >= 10) else ""


def _is_range(first: _Number, second: _Number, text: str) -> bool:
    """Tells whether two numbers are the ends of a range of prices and not sizes or ages."""
    before, between = text[: first.start], text[first.end : second.start]
    for opening, joining in words.BETWEEN:
        opened = re.search(rf"\b{opening}\s*$", before, re.IGNORECASE)
        if opened and re.fullmatch(rf"\s*{re.escape(joining)}\s*", between, re.IGNORECASE):
            return True
    joined = re.fullmatch(_JOINS, between, re.IGNORECASE)
    plausible = first.value < second.value and second.value >= 20
    return bool(joined) and (first.money or second.money or plausible)


def _corrected(numbers: list[_Number], text: str) -> list[_Number]:
    """Lets the number behind "no wait" take the place of the one before it."""
    kept: list[_Number] = []
    for number in numbers:
        last = kept[-1] if kept else None
        if last and CORRECTION.search(text, last.end, number.start):
            if number.bound in ("", last.bound):
                kept.pop()
            bound = number.bound or last.bound
            number = _Number(number.value, number.start, number.end, number.money, bound)
        kept.append(number)
    return kept
