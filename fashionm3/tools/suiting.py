"""How well a piece suits an occasion: by what the shop says of it, otherwise by its formality."""

from collections.abc import Sequence

from fashionm3.index.rules import formality
from fashionm3.types import Item

LEVELS = {
    "wedding": 0.8, "formal": 0.85, "evening": 0.85, "black tie": 0.95, "office": 0.65,
    "interview": 0.75, "party": 0.6, "date": 0.6, "funeral": 0.8, "graduation": 0.7,
    "concert": 0.25, "holiday": 0.3, "beach": 0.2, "weekend": 0.3, "everyday": 0.35,
    "sport": 0.1, "gym": 0.05, "running": 0.05, "hiking": 0.15, "outdoor": 0.2, "skiing": 0.15,
}  # fmt: skip
"""How formal people dress, 0 (sport) to 1 (evening dress), on the scale of the rule engine."""

_KIN = {
    "interview": ("office", "formal"),
    "work": ("office",),
    "business": ("office",),
    "formal": ("wedding", "evening", "black tie"),
    "graduation": ("office", "wedding"),
    "christening": ("wedding", "office"),
    "funeral": ("formal", "office"),
    "hiking": ("outdoor", "sport"),
    "running": ("sport", "gym"),
    "evening": ("party", "formal"),
    "dinner": ("date", "party"),
}
_LEAST = 0.35
_SLACK, _SLOPE = 0.15, 1.6


def suits(item: Item, occasion: str | None) -> float:
    """Returns how well a piece suits an occasion, 0 to 1; 0.5 where nothing can be said.

    Args:
        item: A piece.
        occasion: A plain occasion, or other words for one.
    """
    words = _words(occasion)
    said = {word.lower() for word in item.occasion}
    if said & set(words):
        return 1.0
    level = next((LEVELS[word] for word in words if word in LEVELS), None)
    if level is None:
        return 0.5
    away = abs(formality(item) - level)
    value = max(0.0, 1.0 - _SLOPE * max(0.0, away - _SLACK))
    # A shop that names other occasions has left this one out.
    return value * (0.6 if said else 0.9)


def suitable(items: Sequence[Item], occasion: str | None) -> list[Item]:
    """Leaves out pieces that don't suit an occasion, unless none does."""
    return [item for item in items if suits(item, occasion) >= _LEAST] or list(items)


def _words(occasion: str | None) -> list[str]:
    text = (occasion or "").lower()
    found = [word for word in (*LEVELS, *_KIN) if word in text]
    return [*dict.fromkeys(kin for word in found for kin in (word, *_KIN.get(word, ())))]
