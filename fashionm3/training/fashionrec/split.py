"""Divides a catalogue into train, valid and test."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from fashionm3.errors import InputError
from fashionm3.index.catalog import Catalog
from fashionm3.index.outfits import COMPLETE, SLOTS, OutfitScorer, slot_of
from fashionm3.training.fashionrec.sample import PARTS
from fashionm3.training.fashionrec.wardrobe import Wardrobe
from fashionm3.types import Item

SHARES = {"train": 0.8, "valid": 0.1, "test": 0.1}
"""Of the samples, and of the looks where parts share items."""

HELD = 0.15
"""Of the products of each slot that go to valid, and again to test."""

MIN_LOOKS = 30
"""Looks of needed pieces that a catalogue must allow, and each part of disjoint items too."""


@dataclass(frozen=True)
class Split:
    """The wardrobe of each part.

    Attributes:
        items: ``disjoint`` where no item (nor another colour of it) is in two parts; ``shared``
            where the catalogue is too small for that, so that only looks are divided.
        wardrobes: Part to its wardrobe.
        seed: Divides the looks.
    """

    items: Literal["disjoint", "shared"]
    wardrobes: dict[str, Wardrobe]
    seed: int

    def allows(self, part: str, *looks: Iterable[str]) -> bool:
        """Tells whether looks, as ids, belong to a part."""
        return self.items == "disjoint" or all(self._part(look) == part for look in looks)

    def _part(self, look: Iterable[str]) -> str:
        text = "\n".join([str(self.seed), *sorted(look)])
        drawn = int.from_bytes(sha256(text.encode()).digest()[:4], "big") / 2**32
        return "valid" if drawn < SHARES["valid"] else "test" if drawn >= 0.9 else "train"


def divide(catalog: Catalog, seed: int, scorer: OutfitScorer) -> Split:
    """Divides the items that have a picture, by product within each wearer's slots.

    Raises:
        InputError: The catalogue has no pictures, or too few kinds or pieces to make outfits.
    """
    items = [item for item in catalog.items(range(len(catalog))) if item.pictures]
    if not items:
        raise InputError(
            f"catalogue {catalog.path} has no pictures: samples are pictures of outfits, build it "
            "from a source that has some"
        )
    whole = Wardrobe(items, scorer)
    _check(whole, items, catalog)
    parts = _parts(items, seed)
    wardrobes = {part: Wardrobe(parts[part], scorer) for part in PARTS}
    if all(_able(wardrobe) for wardrobe in wardrobes.values()):
        return Split("disjoint", wardrobes, seed)
    return Split("shared", dict.fromkeys(PARTS, whole), seed)


def _check(whole: Wardrobe, items: Sequence[Item], catalog: Catalog) -> None:
    carried = {slot_of(item.category) for item in items}
    if not whole.wearers:
        shapes = " or ".join(", ".join(s for s in SLOTS if s in shape) for shape in COMPLETE)
        have = ", ".join(slot for slot in SLOTS if slot in carried) or "none of them"
        raise InputError(
            f"catalogue {catalog.path} can't make outfits: one wearer needs {shapes}; "
            f"it has pictures of: {have}"
        )
    n = sum(whole.n_looks(wearer) for wearer in whole.wearers)
    if n < MIN_LOOKS:
        raise InputError(
            f"catalogue {catalog.path} allows {n} outfits: expected at least {MIN_LOOKS}, "
            "add pieces of its thinnest kinds"
        )


def _able(wardrobe: Wardrobe) -> bool:
    return any(wardrobe.n_looks(wearer) >= MIN_LOOKS for wearer in wardrobe.wearers)


def _parts(items: Sequence[Item], seed: int) -> dict[str, list[Item]]:
    """Deals products out, so that each part has some of each slot and wearer."""
    products: dict[str, list[Item]] = {}
    for item in items:
        products.setdefault(item.variant_group or item.item_id, []).append(item)
    cells: dict[tuple[str, str], list[str]] = {}
    for name, variants in sorted(products.items()):
        cell = (str(variants[0].gender), slot_of(variants[0].category))
        cells.setdefault(cell, []).append(name)
    rng = random.Random(f"{seed}/split")
    parts: dict[str, list[Item]] = {part: [] for part in PARTS}
    for _, names in sorted(cells.items()):
        rng.shuffle(names)
        n = max(1, round(HELD * len(names))) if len(names) >= 4 else 0
        for place, name in enumerate(names):
            part = "valid" if place < n else "test" if place < 2 * n else "train"
            parts[part] += products[name]
    return parts
