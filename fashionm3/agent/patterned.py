"""Pointers by pattern: "the striped one", "the one with the flowers", "the plain one"."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence

from fashionm3.agent.round import Thing
from fashionm3.index.lexicon import Lexicon

_ONE = re.compile(r"\b(?:the|that|this)\s+((?:\w+[\s-]+){0,2}?)ones?\b", re.IGNORECASE)
_WITH = re.compile(
    r"\b(?:the|that) (?:ones?|thing|piece) (?:with|in|that has|which has) "
    r"(?:the |an? |those )?([\w' -]{3,30})",
    re.IGNORECASE,
)
_NOUN = re.compile(r"\b(?:the|that|this|those) ([\w-]+)\b", re.IGNORECASE)
_GRAPHIC = re.compile(r"\b(?:print|picture|logo|slogan|writing|drawing)\b", re.IGNORECASE)
_SURE, _GAP, _FLOOR = 0.5, 2.0, 0.001
"""Told on the development photographs: a second bearer's share and distance in logits, and the
share below which nothing shown has the pattern."""
_PLAIN = re.compile(r"\bplain\b|\bwithout (?:a |any )?(?:pattern|print)", re.IGNORECASE)


def by_pattern(text: str, things: Sequence[Thing], lexicon: Lexicon) -> tuple[str, ...]:
    """Returns the references of things whose pattern the words point at.

    Args:
        text: The words.
        things: What is on the screen; patterns that nobody knows fit nothing.
        lexicon: Knows names of patterns.
    """
    if not any(thing.pattern for thing in things):
        return ()
    for named in _meant(text, lexicon):
        fits = tuple(thing.ref for thing in things if thing.pattern in named)
        if fits:
            return fits
    if re.search(r"\bones? without\b", text, re.IGNORECASE) and _PLAIN.search(text):
        return tuple(thing.ref for thing in things if thing.pattern == "plain")
    return ()


def pattern_meant(text: str, lexicon: Lexicon) -> str | None:
    """Returns the one pattern that words point by, None where they name none or several."""
    for named in _meant(text, lexicon):
        if named:
            return named.pop() if len(named) == 1 else None
    return None


def bearers(shares: Mapping[str, float]) -> frozenset[str]:
    """Returns the references of the things that bear a pattern, told from each other.

    Whoever points at a thing by its pattern sees one that has it. So the likeliest counts even
    where by itself it would be called something else, and others only where they are about as
    sure.

    Args:
        shares: How likely each thing has the pattern, 0..1, by reference.
    """
    best = max(shares.values(), default=0.0)
    if best < _FLOOR:
        return frozenset()
    near = {ref for ref, share in shares.items() if share >= _SURE}
    near = {ref for ref in near if _logit(best) - _logit(shares[ref]) <= _GAP}
    return frozenset(near | {max(shares, key=lambda ref: shares[ref])})


def _logit(share: float) -> float:
    kept = min(max(share, 1e-6), 1 - 1e-6)
    return math.log(kept / (1 - kept))


def _meant(text: str, lexicon: Lexicon) -> Iterator[set[str]]:
    """Yields the patterns that each pointer in the words names."""
    for pointer in (_WITH, _ONE, _NOUN):
        for match in pointer.finditer(text):
            yield _named(match.group(1), lexicon)


def _named(words: str, lexicon: Lexicon) -> set[str]:
    found = {span.value for span in lexicon.spans(words) if span.slot == "pattern"}
    found |= {value for word in words.split() if (value := lexicon.pattern(word)) is not None}
    found |= {"plain"} if _PLAIN.search(words) else set()
    return found | ({"graphic"} if _GRAPHIC.search(words) else set())
