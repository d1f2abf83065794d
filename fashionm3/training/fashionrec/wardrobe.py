"""Looks from a catalogue's items by the rule engine, drawn at random."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from fashionm3.index.outfits import (
    COMPLETE,
    OUTER,
    SLOTS,
    OutfitScorer,
    Plan,
    Wish,
    slot_of,
    whole_looks,
)
from fashionm3.tools.looks import Candidate, compose, fitted
from fashionm3.tools.suiting import suitable
from fashionm3.types import SEASONS, Item

PER_SLOT = 4
"""Candidates of a needed slot that are drawn for one look."""

PER_EXTRA = 2

_EXTRAS = {OUTER: 0.5, "bag": 0.4, "hat": 0.15}
_BODY = frozenset({"top", "dress", "bottom", "shoes", OUTER})
_ORDER = {slot: n for n, slot in enumerate(SLOTS)}


@dataclass(frozen=True)
class Drawn:
    """A look, its pieces in wearing order, and what it was made for."""

    items: tuple[Item, ...]
    wish: Wish
    wearer: str | None

    @property
    def ids(self) -> frozenset[str]:
        """The ids of its pieces."""
        return frozenset(item.item_id for item in self.items)


class Wardrobe:
    """Items by wearer and slot.

    Args:
        items: Of categories that a look can have; others are left out.
        scorer: Judges looks.
    """

    def __init__(self, items: Sequence[Item], scorer: OutfitScorer) -> None:
        self.scorer = scorer
        genders = {item.gender for item in items} - {None, "unisex"}
        wearers: list[str | None] = [*sorted(gender for gender in genders if gender is not None)]
        self._items: dict[str | None, list[Item]] = {}
        for wearer in wearers or [None]:
            fit = {wearer} if wearer == "kids" else {wearer, None, "unisex"}
            worn = [item for item in items if slot_of(item.category) in SLOTS]
            self._items[wearer] = [item for item in worn if item.gender in fit]

    @property
    def wearers(self) -> list[str | None]:
        """For whom whole looks can be made."""
        return [wearer for wearer in self._items if self.n_looks(wearer)]

    def n_looks(self, wearer: str | None) -> int:
        """Returns how many looks of needed pieces alone can be made."""
        n = Counter(slot_of(item.category) for item in self._items[wearer])
        return sum(prod(n[slot] for slot in shape) for shape in COMPLETE)

    @property
    def n_pieces(self) -> int:
        """How many different items it holds."""
        return len({item.item_id for items in self._items.values() for item in items})

    def pieces(self, wearer: str | None) -> list[Item]:
        """Returns everything that a wearer could wear."""
        return self._items[wearer]

    def wearer(self, rng: random.Random) -> str | None:
        """Draws a wearer, more often one with more to wear."""
        able = self.wearers
        return rng.choices(able, [len(self._items[wearer]) for wearer in able])[0]

    def suited(self, wearer: str | None, wish: Wish) -> list[Item]:
        """Returns the pieces that a wish leaves: what the shop sells for other uses is out."""
        items = suitable(self._items[wearer], wish.occasion)
        if wish.season:
            items = [item for item in items if not item.season or wish.season in item.season]
        if wish.occasion:
            items = [item for item in items if not item.occasion or wish.occasion in item.occasion]
        return items

    def draw(self, rng: random.Random, wearer: str | None) -> Drawn | None:
        """Draws a look around a random piece; None where the draw leaves a needed slot empty."""
        wish = self._wish(rng, wearer)
        items = self.suited(wearer, wish)
        anchors = [item for item in items if slot_of(item.category) in _BODY]
        if not anchors:
            return None
        anchor = rng.choice(anchors)
        slots = {slot: [i for i in items if slot_of(i.category) == slot] for slot in SLOTS}
        plan = self._plan(rng, anchor, slots, dresses=wearer != "men")
        found = {
            slot: self._candidates(rng, slots[slot], wish, anchor, n)
            for n, part in ((PER_SLOT, plan.needed), (PER_EXTRA, plan.extra))
            for slot in part
        }
        if any(not found[slot] for slot in plan.needed):
            return None
        looks = compose(plan, found, self.scorer, budget=None)
        if not looks:
            return None
        chosen = sorted(looks[0].slots.items(), key=lambda entry: _ORDER[entry[0]])
        return Drawn(tuple(item for _, item in chosen), wish, wearer)

    def _plan(
        self, rng: random.Random, anchor: Item, slots: dict[str, list[Item]], dresses: bool
    ) -> Plan:
        fixed = {slot_of(anchor.category): anchor}
        carried = sorted({item.category for items in slots.values() for item in items})
        plan = rng.choice(whole_looks(fixed, (), carried, (), dresses))
        extras = [slot for slot, chance in _EXTRAS.items() if rng.random() < chance]
        extra: dict[str, tuple[str, ...]] = {
            slot: (slot,) for slot in extras if slot not in fixed and slots[slot]
        }
        return Plan(plan.fixed, plan.needed, extra)

    def _candidates(
        self, rng: random.Random, items: list[Item], wish: Wish, anchor: Item, n: int
    ) -> list[Candidate]:
        worn = [item for item in items if item.category != "undershirt"]
        drawn = rng.sample(worn, min(n, len(worn)))
        return fitted(drawn, wish, [anchor], self.scorer)

    def _wish(self, rng: random.Random, wearer: str | None) -> Wish:
        """Draws what a look is for: an occasion, a season, or nothing in particular."""
        pieces = self._items[wearer]
        named = Counter(word for item in pieces for word in item.occasion)
        common = sorted(word for word, n in named.items() if n >= max(3, len(pieces) // 20))
        season = rng.choice(SEASONS) if any(item.season for item in pieces) else None
        drawn = rng.random()
        if common and drawn < 0.5:
            return Wish(occasion=rng.choice(common))
        return Wish(season=season) if drawn < 0.85 else Wish()
