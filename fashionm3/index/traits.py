"""Plain values of the properties that data or words give: colour, pattern, people, seasons."""

import re
from collections.abc import Iterable
from typing import Any

from fashionm3.index import values
from fashionm3.index.lexicon import Lexicon
from fashionm3.types import SEASONS, ColorShare

_PATTERNS = {
    "front print": "graphic", "placement print": "graphic", "printed": "graphic",
    "melange": "plain", "application/3d": "graphic", "self design": "plain",
}  # fmt: skip
_ALL_YEAR = {"all", "all season", "all seasons", "all-season", "year round", "all year"}
_KIDS = {"kids", "kid", "infant", "toddler", "newborn", "children", "child", "baby", "junior"}


def shares(names: Iterable[tuple[str, float | None]], lexicon: Lexicon) -> tuple[ColorShare, ...]:
    """Returns plain colours of a shop's own names; unknown names are left out.

    Where no share is given the first colour counts most: the k-th weighs 1/k.
    """
    found: dict[str, float] = {}
    given = False
    for name, share in names:
        for plain in _plain_colors(name, lexicon):
            given = given or share is not None
            weight = 1 / (len(found) + 1) if share is None else share
            found[plain] = found.get(plain, 0.0) + (weight if share is not None else 0.0)
            if share is None and found[plain] == 0.0:
                found[plain] = weight
    total = 1.0 if given else sum(found.values())
    result = [
        ColorShare(name=name, share=round(min(1.0, weight / total), 3))
        for name, weight in found.items()
    ]
    return tuple(sorted(result, key=lambda color: -color.share))


def _plain_colors(name: str, lexicon: Lexicon) -> list[str]:
    plain = lexicon.color(name)
    if plain:
        return [plain]
    spans = [span.value for span in lexicon.spans(name) if span.slot == "color"]
    found = [lexicon.color(word) for word in re.findall(r"[^\W\d_]+", name)]
    return list(dict.fromkeys(spans or [color for color in found if color]))[:2]


def pattern(word: str, lexicon: Lexicon) -> str | None:
    """Returns the plain pattern of a shop's own word, or None."""
    if not word:
        return None
    return (
        _PATTERNS.get(word.lower())
        or lexicon.pattern(word)
        or next((s.value for s in lexicon.spans(word) if s.slot == "pattern"), None)
    )


def material(word: str, lexicon: Lexicon) -> str | None:
    """Returns the plain material of a shop's own word; an unknown word is kept as it is."""
    if not word:
        return None
    known = lexicon.material(word) or next(
        (s.value for s in lexicon.spans(word) if s.slot == "material"), None
    )
    return known or (word.lower() if len(word) <= 40 else None)


def gender(words: Iterable[str], age: Any, lexicon: Lexicon) -> str | None:  # noqa: ANN401
    """Returns ``men``, ``women``, ``kids`` or ``unisex`` of what the data say, or None."""
    if values.truth(age) or values.word(age).lower() in _KIDS:
        return "kids"
    found = [lexicon.gender(word) or _gender_in(word, lexicon) for word in words if word]
    return "kids" if "kids" in found else next(filter(None, found), None)


def _gender_in(word: str, lexicon: Lexicon) -> str | None:
    spans = {span.value for span in lexicon.spans(word) if span.slot == "gender"}
    return spans.pop() if len(spans) == 1 else ("unisex" if {"men", "women"} <= spans else None)


def seasons(words: Iterable[str], lexicon: Lexicon) -> tuple[str, ...]:
    """Returns the seasons that the data name, in the order of the year."""
    found: set[str] = set()
    for word in words:
        if word.lower() in _ALL_YEAR:
            return SEASONS
        for part in re.split(r"[/&]|\band\b", word):
            plain = lexicon.season(part.strip())
            found |= {plain} if plain else _seasons_in(part, lexicon)
    return tuple(season for season in SEASONS if season in found)


def _seasons_in(text: str, lexicon: Lexicon) -> set[str]:
    return {span.value for span in lexicon.spans(text) if span.slot == "season"}
