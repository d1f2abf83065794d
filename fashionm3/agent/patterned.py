"""Pointers by pattern: "the striped one", "the one with the flowers", "the plain one"."""

import re
from collections.abc import Sequence

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
    for pointer in (_WITH, _ONE, _NOUN):
        for match in pointer.finditer(text):
            named = _named(match.group(1), lexicon)
            fits = tuple(thing.ref for thing in things if thing.pattern in named)
            if fits:
                return fits
    if re.search(r"\bones? without\b", text, re.IGNORECASE) and _PLAIN.search(text):
        return tuple(thing.ref for thing in things if thing.pattern == "plain")
    return ()


def _named(words: str, lexicon: Lexicon) -> set[str]:
    found = {span.value for span in lexicon.spans(words) if span.slot == "pattern"}
    found |= {value for word in words.split() if (value := lexicon.pattern(word)) is not None}
    found |= {"plain"} if _PLAIN.search(words) else set()
    return found | ({"graphic"} if _GRAPHIC.search(words) else set())
