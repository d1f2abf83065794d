"""What an outfit is made of, and the protocol of what judges one."""

from collections.abc import Sequence
from typing import Protocol

from fashionm3.types import Item, Value

SLOTS: dict[str, frozenset[str]] = {
    "top": frozenset(
        {
            "t-shirt",
            "longsleeve",
            "shirt",
            "blouse",
            "polo",
            "top",
            "undershirt",
            "hoodie",
            "bodysuit",
        }
    ),
    "dress": frozenset({"dress"}),
    "bottom": frozenset({"pants", "skirt", "shorts"}),
    "shoes": frozenset({"shoes"}),
    "layer": frozenset({"outerwear", "blazer"}),
    "hat": frozenset({"hat"}),
    "bag": frozenset({"bag"}),
}
"""Slot of a look to the categories that fill it, in wearing order."""

COMPLETE = (frozenset({"top", "bottom", "shoes"}), frozenset({"dress", "shoes"}))
"""Slots that make a look complete; others are extras."""


def slot_of(category: str) -> str:
    """Returns the slot of a category; a further kind of the feed is a slot of its own."""
    return next((slot for slot, kinds in SLOTS.items() if category in kinds), category)


class Score(Value):
    """How well pieces go together, 0 to 1, with the evidence in words.

    Attributes:
        value: Higher is better; comparable between looks of one scorer.
        parts: Name of each rule or head to its own value.
        reasons: Short true sentences, the strongest first.
    """

    value: float
    parts: dict[str, float] = {}
    reasons: tuple[str, ...] = ()


class OutfitScorer(Protocol):
    """Judges whether pieces go together."""

    id: str

    def score(self, items: Sequence[Item]) -> Score:
        """Scores the pieces of one look; fewer than two pieces score 0.5."""


class Wish(Value):
    """What a look is for, as far as the shopper said."""

    occasion: str | None = None
    season: str | None = None
    color: str | None = None
    style: str | None = None
