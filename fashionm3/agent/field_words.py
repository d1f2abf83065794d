"""Words of a field that others filled in: shop data and what is kept of a shopper."""

import re

from fashionm3.actions import ACTIONS

_PLAIN = re.compile(r"(?:[^\W_]|[\s'’&/+%-]|[.,](?=\d))+")
_LONGEST = 4
_FOREIGN = re.compile(
    r"(?:and|then|or|but|also|ignore|disregard|forget|always|only|never|must|please|you|say|tell|"
    r"print|assistant|system|user|refuse|thanks?|see|more|[^\W\d]|\S{21,}|.*[\u4e00-\u9fff].*|"
    rf"{'|'.join(ACTIONS)})",
    re.IGNORECASE,
)
"""Words behind which a field says something else than what it is for."""


def data_words(value: str | None) -> str:
    """Returns the first plain words of a field, at most four, without any sign of a written form.

    Args:
        value: For example a colour of the catalogue, or what a shopper likes.
    """
    found = _PLAIN.match((value or "").lstrip())
    words = found.group().split()[:_LONGEST] if found else []
    end = next((n for n, word in enumerate(words) if n and _FOREIGN.fullmatch(word)), len(words))
    return " ".join(words[:end])
