"""Simulated shoppers: each has a taste and a history of pieces that follow it."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp

from fashionm3.training.fashionrec.sample import PARTS
from fashionm3.training.fashionrec.wardrobe import Wardrobe
from fashionm3.types import Item

PER_PART = {"train": 800, "valid": 100, "test": 100}
"""Shoppers of each part; nobody is in two."""

SHOWN = (4, 7)
"""Pieces of a history that a sample shows, at least and at most."""

_KEPT = 12
_NAMED = ("color", "material")
_PULL = 5.0
_WEIGHTS = {"color": 0.45, "material": 0.3, "category": 0.25}


def facts(item: Item) -> dict[str, str]:
    """Returns what a taste can be about: colour, material and kind."""
    color = item.main_color if item.main_color != "multicolor" else None
    found = {"color": color, "material": item.material, "category": item.category}
    return {name: value for name, value in found.items() if value is not None}


@dataclass(frozen=True)
class Shopper:
    """Somebody with a taste.

    Attributes:
        uid: Stays the same for the same seed and catalogue.
        wearer: For whom they buy.
        likes: ``color``, ``material`` or ``category`` to the values that they like.
        history: What they chose before, by their taste.
    """

    uid: str
    wearer: str | None
    likes: dict[str, tuple[str, ...]]
    history: tuple[Item, ...]

    def taste(self, item: Item) -> float:
        """Returns how much they like a piece, 0 to 1."""
        return _taste(self.likes, item)


def shopper(n: int, part: str, wardrobe: Wardrobe, seed: int) -> Shopper:
    """Makes the n-th shopper of a part."""
    uid = f"{PARTS.index(part) + 1}{n:05d}"
    rng = random.Random(f"{seed}/shopper/{uid}")
    wearer = wardrobe.wearer(rng)
    pieces = wardrobe.pieces(wearer)
    likes = {
        "color": _some(rng, pieces, "color", 2),
        "material": _some(rng, pieces, "material", 2),
        "category": _some(rng, pieces, "category", 3),
    }
    return Shopper(uid, wearer, likes, tuple(_history(rng, pieces, likes)))


def in_common(history: Iterable[Item], target: Item) -> list[str]:
    """Returns the colour and material of a piece that a history has twice or more."""
    return shared([facts(item) for item in history], facts(target))


def shared(history: Sequence[dict[str, str]], target: dict[str, str] | None = None) -> list[str]:
    """Returns colours and materials that come up twice or more, of a target if one is given."""
    counts = Counter((slot, said[slot]) for said in history for slot in _NAMED if slot in said)
    often = [entry for entry, n in counts.most_common() if n >= 2 and "multicolor" not in entry]
    return [value for slot, value in often if target is None or target.get(slot) == value]


def _taste(likes: dict[str, tuple[str, ...]], item: Item) -> float:
    said = facts(item)
    return sum(_WEIGHTS[slot] for slot, values in likes.items() if said.get(slot) in values)


def _some(rng: random.Random, pieces: Sequence[Item], slot: str, n: int) -> tuple[str, ...]:
    values = [facts(item)[slot] for item in pieces if slot in facts(item)]
    drawn: dict[str, None] = {}
    while values and len(drawn) < n:
        chosen = rng.choice(values)
        drawn[chosen] = None
        values = [value for value in values if value != chosen]
    return tuple(drawn)


def _history(
    rng: random.Random, pieces: Sequence[Item], likes: dict[str, tuple[str, ...]]
) -> list[Item]:
    """Draws without putting back, the liked ones far more often."""
    keys = {item.item_id: rng.random() ** exp(-_PULL * _taste(likes, item)) for item in pieces}
    return sorted(pieces, key=lambda item: -keys[item.item_id])[:_KEPT]
