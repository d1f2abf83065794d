"""What an outfit is made of, and the protocol of what judges one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from fashionm3.types import Item, Value

OUTER = "outer layer"
"""The slot of coats, jackets, blazers and waistcoats; a look is complete without it."""

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
    OUTER: frozenset({"outerwear", "blazer"}),
    "hat": frozenset({"hat"}),
    "bag": frozenset({"bag"}),
}
"""Slot of a look to the categories that fill it, in wearing order; people read these names."""

COMPLETE = (frozenset({"top", "bottom", "shoes"}), frozenset({"dress", "shoes"}))
"""Slots that make a look complete; others are extras."""

_COLD = frozenset({"autumn", "winter"})
_DRESSED_UP = ("office", "work", "interview", "wedding", "business", "formal", "evening")
_LIKE = {
    "beach": "holiday", "vacation": "holiday", "school": "everyday", "university": "everyday",
    "college": "everyday", "festival": "concert", "brunch": "weekend", "picnic": "weekend",
    "birthday": "party", "cocktail": "party", "club": "party", "prom": "evening",
    "gala": "evening", "opera": "evening", "theatre": "evening", "church": "office",
}  # fmt: skip
"""Occasion to another one for which people dress alike."""

_SPOKEN = {
    "outerwear": "coat or jacket",
    "longsleeve": "jumper",
    "pants": "trousers",
    "undershirt": "vest",
    "bottom": "trousers or skirt",
}


def slot_of(category: str) -> str:
    """Returns the slot of a category; a further kind of the feed is a slot of its own."""
    return next((slot for slot, kinds in SLOTS.items() if category in kinds), category)


def spoken(name: str) -> str:
    """Returns the words that people use for a category or a slot."""
    return _SPOKEN.get(name, name)


def purpose(*texts: str | None) -> str:
    """Says what a look is for, with an occasion of the same dress where one is known."""
    said = " ".join(text.lower() for text in texts if text)
    return " ".join([said, *(like for word, like in _LIKE.items() if word in said)]).strip()


def outer_kinds(carried: Iterable[str], season: str | None, occasion: str) -> tuple[str, ...]:
    """Returns the categories of an outer layer that season or occasion want, if any."""
    kinds = tuple(kind for kind in carried if kind in SLOTS[OUTER])
    smart = any(word in occasion for word in _DRESSED_UP)
    best = "outerwear" if season == "winter" else "blazer" if smart else None
    if best in kinds:
        return (best,)
    return kinds if smart or season in _COLD else ()


def covered(slots: Iterable[str]) -> set[str]:
    """Returns the slots that a dress, or a top with a bottom, makes needless."""
    worn = set(slots)
    if "dress" in worn:
        return {"top", "bottom"}
    return {"dress"} if {"top", "bottom"} & worn else set()


@dataclass(frozen=True)
class Plan:
    """What a look needs: fixed pieces, and the categories that may fill each open slot.

    Attributes:
        fixed: Slot to a piece that is set.
        needed: Slot to categories; without them the look is not complete.
        extra: Slot to categories of pieces that may be left out.
    """

    fixed: dict[str, Item] = field(default_factory=dict)
    needed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    extra: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def lacking(self, found: Mapping[str, Sequence[object]]) -> dict[str, str]:
        """Returns needed slots that nothing fills, with the words for what was asked for."""
        empty = {slot: kinds for slot, kinds in self.needed.items() if not found.get(slot)}
        return {s: spoken(kinds[0] if len(kinds) == 1 else s) for s, kinds in empty.items()}


def open_slots(wanted: Iterable[str], fixed: dict[str, Item]) -> dict[str, tuple[str, ...]]:
    """Groups wanted categories by slot, beside the pieces that are set.

    A category that is set already is left out; another one of a taken slot (a coat over a blazer)
    gets a slot under the name that people use.
    """
    slots: dict[str, tuple[str, ...]] = {}
    for kind in dict.fromkeys(wanted):
        slot = slot_of(kind)
        if slot in fixed:
            if fixed[slot].category == kind:
                continue
            slot = spoken(kind)
        slots[slot] = (*slots.get(slot, ()), kind)
    return slots


def whole_looks(
    fixed: dict[str, Item],
    wanted: Iterable[str],
    carried: Sequence[str],
    outer: Sequence[str],
    dresses: bool = True,
) -> list[Plan]:
    """Plans every shape of a whole look around what is set and what is wanted.

    Args:
        fixed: Slot to a piece that is set.
        wanted: Categories that must be in the look.
        carried: Categories of the shop.
        outer: Categories of an outer layer that would suit but may be left out.
        dresses: A look may be built on a dress.
    """
    named = open_slots(wanted, fixed)
    taken = set(fixed) | set(named)
    shapes = [("top", "bottom", "shoes"), ("dress", "shoes")]
    if "dress" in taken:
        shapes = shapes[1:]
    elif {"top", "bottom"} & taken or not dresses:
        shapes = shapes[:1]
    extra = {OUTER: tuple(outer)} if outer and OUTER not in taken else {}
    kinds = {
        slot: tuple(kind for kind in carried if kind in SLOTS[slot] and kind != "undershirt")
        for slot in SLOTS
    }
    return [
        Plan(fixed, {s: kinds[s] for s in shape if s not in fixed} | named, extra)
        for shape in shapes
    ]


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
