"""Checks that words of a writing planner name nothing that was not shown.

Source of the rule: titles and prices come from code only; a model may place ``{ref}`` marks.
"""

import re
from collections.abc import Mapping

from fashionm3.references import plain
from fashionm3.types import Card

_MARK = re.compile(r"\{([^{}]{1,12})\}")
_PRICE = re.compile(
    r"[€£$¥]\s?\d|\d[\d.,]*\s?(?:€|£|\$|eur|euros?|pounds?|dollars?|usd|gbp|quid|bucks)\b",
    re.IGNORECASE,
)


def grounded(text: str, cards: Mapping[str, Card]) -> str | None:
    """Fills ``{ref}`` marks with titles, or returns None where the words can't be trusted.

    Args:
        text: What the planner wrote.
        cards: What is on the screen, by reference.
    """
    if _PRICE.search(text):
        return None
    marks = [plain(mark) for mark in _MARK.findall(text)]
    if any(mark not in cards for mark in marks):
        return None
    return _MARK.sub(
        lambda m: f"{cards[plain(m.group(1))].title} ({plain(m.group(1))})", text
    ).strip()
