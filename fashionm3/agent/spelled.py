"""References that the words spell out: "item C", "sku-102", "the second look"."""

import re
from collections.abc import Iterable, Sequence

PLACES = {
    "first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3,
    "fifth": 4, "5th": 4, "sixth": 5, "6th": 5,
}  # fmt: skip
"""Ordinal words and the position that they mean."""

_COUNTS = {"one": 0, "two": 1, "three": 2, "four": 3, "five": 4, "six": 5}
_LOOK = r"(?:looks?|outfits?)"
_LOOK_COUNTED = re.compile(
    rf"\b{_LOOK}\s+(?:number\s+|no\.?\s+|#)?(one|two|three|four|five|six|[1-6])\b", re.IGNORECASE
)
_LOOK_PLACED = re.compile(
    rf"\b(first|1st|second|2nd|third|3rd|fourth|4th|fifth|5th|sixth|6th|last)\s+{_LOOK}\b",
    re.IGNORECASE,
)
_LETTER_A = re.compile(
    r"(?<![\w'-])A(?=\s*(?:$|[,.!?;:)]|(?:is|was|in|but|with|without|where|please|instead|and|or|"
    r"for|looks?|too|then|does|has|would|could|from|goes|to|as|made|into|on|pls|again|first|now|"
    r"nearly|almost|there)\b))"
)


def spelled(text: str, refs: Iterable[str]) -> list[str]:
    """Returns the references that are in the words, each once and in the order given."""
    return [ref for ref in dict.fromkeys(refs) if _is_in(ref, text)]


def _is_in(ref: str, text: str) -> bool:
    plain = re.escape(ref)
    if len(ref) == 1 and ref.isalpha():
        # "A" also is an article, which no reference follows.
        alone = _LETTER_A if ref == "A" else re.compile(rf"(?<![\w'-]){plain}(?![\w'-])")
        marked = rf"\b(?:item|option|number|letter|piece)\s+{plain}\b"
        return bool(alone.search(text) or re.search(marked, text, re.IGNORECASE))
    if ref.isdigit():
        marked = rf"\b(?:item|option|number|piece|no\.?|#)\s*{plain}\b"
        return re.search(marked, text, re.IGNORECASE) is not None
    return re.search(rf"(?<![\w-]){plain}(?![\w-])", text, re.IGNORECASE) is not None


def spelled_look(text: str, looks: Sequence[str]) -> str | None:
    """Returns the one of several looks that the words name by reference or place."""
    named = [ref for ref in spelled(text, looks) if not ref.isdigit()]
    if len(named) == 1:
        return named[0]
    counted, placed = _LOOK_COUNTED.search(text), _LOOK_PLACED.search(text)
    if counted:
        word = counted.group(1).lower()
        position = int(word) - 1 if word.isdigit() else _COUNTS[word]
    elif placed:
        word = placed.group(1).lower()
        position = len(looks) - 1 if word == "last" else PLACES[word]
    else:
        return None
    return looks[position] if 0 <= position < len(looks) else None
