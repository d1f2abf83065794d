"""What is on the screen of an imagined shopper, and how people point at it."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from fashionm3.agent.round import Context, Owned, Profile, ShownLook, Thing
from fashionm3.index.outfits import slot_of
from fashionm3.training.dialogues.fillers import Fillers, Noun

_SLOTS = (
    ("t-shirt", "longsleeve", "shirt", "blouse", "polo", "top", "hoodie"),
    ("pants", "skirt", "shorts", "pants"),
    ("shoes",),
    ("outerwear", "blazer"),
    ("hat",),
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


VISUAL = {
    "striped": ("the one with the stripes", "the striped one", "the stripy one", "the stripes"),
    "checked": ("the checked one", "the plaid one", "the check", "the one with the checks"),
    "dotted": ("the spotty one", "the polka dot one", "the one with the dots", "the dotted one"),
    "floral": ("the floral one", "the flowery one", "the one with the flowers"),
    "animal": ("the leopard one", "the animal print one", "the one with the animal print"),
    "camouflage": ("the camo one", "the camouflage one", "the army looking one"),
    "graphic": ("the one with the print on it", "the graphic one", "the one with the picture"),
    "plain": ("the plain one", "the one without a pattern", "the plain-coloured one"),
}
"""How people point at a thing by its pattern."""

_PATTERNS = tuple(name for name in VISUAL if name != "plain")


@dataclass
class Pointer:
    """Words that point, and the reference they mean; None where they fit several things."""

    surface: str
    ref: str | None


def alphabets(rng: random.Random) -> tuple[Callable[[int], str], Callable[[int], str]]:
    """Draws how references are written: of shown items and of the look's pieces."""
    start = rng.choice([0, 0, 0, 3, 7, 12])
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    sku = rng.choice(["SKU-", "TR-", "AX", "item"]) + ("" if rng.random() < 0.5 else "0")
    base = rng.randint(11, 480)
    shown = rng.choice(
        [
            lambda n: letters[(start + n) % len(letters)],
            lambda n: letters[(start + n) % len(letters)],
            lambda n: letters[n],
            lambda n: f"p{base + n}",
            lambda n: f"s{n + 1}",
            lambda n: f"{sku}{base + 7 * n}",
        ]
    )
    worn = rng.choice([lambda n: str(n + 1), lambda n: str(n + 1), lambda n: f"o{n + 1}"])
    return shown, worn


@dataclass
class Screen:
    """State of an imagined conversation.

    Attributes:
        shown, outfit: The things on screen, each with the noun it was drawn from.
        looks: References of looks on screen.
        photo: A photograph of the shopper is there.
        drawings: References among ``shown`` that are drawings.
    """

    rng: random.Random
    fill: Fillers
    shown: list[tuple[Thing, Noun]] = field(default_factory=list)
    outfit: list[tuple[Thing, Noun]] = field(default_factory=list)
    looks: list[ShownLook] = field(default_factory=list)
    photo: bool = False
    profile: Profile = field(default_factory=Profile)
    drawings: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._shown_ref, self._worn_ref = alphabets(self.rng)
        self._minted = 0

    def context(self) -> Context:
        """Returns the state as the planner reads it."""
        return Context(
            photo=self.photo,
            outfit=tuple(thing for thing, _ in self.outfit),
            shown=tuple(thing for thing, _ in self.shown),
            looks=tuple(self.looks),
            profile=self.profile,
        )

    def thing(
        self, ref: str, args: dict[str, Any], category: str | None = None
    ) -> tuple[Thing, Noun]:
        """Draws a thing that fits some arguments."""
        kind = self.fill.kind(category or args.get("category"))
        color = args.get("color") or self.fill.color().args["color"]
        high = int(args.get("price_max") or 180)
        price = self.rng.randint(max(5, min(high - 1, high // 3)), max(6, high))
        pattern = self.rng.choice(_PATTERNS) if self.rng.random() < 0.3 else None
        thing = Thing(
            ref=ref,
            category=kind.category,
            color=color,
            price=price,
            title=kind.singular,
            pattern=args.get("pattern") or pattern,
        )
        return thing, kind

    def show(self, args: dict[str, Any], n: int | None = None) -> None:
        """Shows a fresh list; references go on from the last list."""
        n = n or self.rng.choice((1, 2, 3, 3, 4, 4, 5, 6))
        self.shown = [
            self.thing(self._shown_ref(self._minted + position), args) for position in range(n)
        ]
        self.drawings = set()
        self._minted = (self._minted + n) % 18

    def dress(self, args: dict[str, Any]) -> None:
        """Puts a look on the screen, sometimes several to choose from."""
        wanted = {key: args[key] for key in ("color",) if self.rng.random() < 0.3 and args.get(key)}
        slots = [self.rng.choice(slot) for slot in _SLOTS[: self.rng.choice((2, 3, 3, 4, 5))]]
        if self.rng.random() < 0.2:
            slots = ["dress", "shoes", *slots[3:]]
        self.outfit = [
            self.thing(self._worn_ref(position), wanted, category)
            for position, category in enumerate(slots)
        ]
        n_looks = self.rng.choice((0, 1, 2, 3))
        refs = tuple(thing.ref for thing, _ in self.outfit)
        self.looks = [
            ShownLook(ref=f"L{n + 1}", items=refs if n == 0 else ()) for n in range(n_looks)
        ]

    def wear(self, category: str) -> str:
        """Makes sure that the look has one piece of a category and returns its reference."""
        worn = [thing.ref for thing, _ in self.outfit if thing.category == category]
        if worn:
            return worn[0]
        slot = slot_of(category)
        for place, (thing, _) in enumerate(self.outfit):
            if slot_of(thing.category or "") == slot:
                self.outfit[place] = self.thing(thing.ref, {}, category)
                return thing.ref
        refs = {thing.ref for thing, _ in self.outfit}
        ref = next(r for n in range(30) if (r := self._worn_ref(n)) not in refs)
        self.outfit.append(self.thing(ref, {}, category))
        return ref

    def meet(self) -> None:
        """Draws a profile now and then."""
        rng = self.rng
        self.profile = Profile(
            gender=rng.choice((None, "women", "men")),
            size=rng.choice((None, self.fill.size())),
            likes=tuple(self.fill.taste() for _ in range(rng.choice((0, 0, 1, 2)))),
            owns=tuple(
                Owned(category=self.fill.category(), color=self.fill.color().args["color"])
                for _ in range(rng.choice((0, 0, 1)))
            ),
            budget=rng.choice((None, None, rng.randint(4, 40) * 10)),
        )

    def point(self, things: list[tuple[Thing, Noun]], vague: bool = False) -> Pointer:
        """Draws words that point at one of the things; ``vague`` ones fit several."""
        if vague:
            return Pointer(*self._vague(things))
        index = self.rng.randrange(len(things))
        thing, kind = things[index]
        forms = self._labels(thing) + self._places(index, len(things))
        forms += self._looks_like(thing, kind, things)
        return Pointer(self.rng.choice(forms), thing.ref)

    def _labels(self, thing: Thing) -> list[str]:
        ref = thing.ref.lower() if self.rng.random() < 0.25 and len(thing.ref) > 1 else thing.ref
        named = [f"item {ref}", f"option {ref}", f"number {ref}"]
        return [ref, ref, ref, self.rng.choice(named)]

    def visual(self) -> Pointer | None:
        """Draws words that point at a shown thing by its pattern; None where none stands out."""
        patterns = [thing.pattern or "plain" for thing, _ in self.shown]
        alone = [n for n, name in enumerate(patterns) if patterns.count(name) == 1]
        alone = [n for n in alone if patterns[n] in VISUAL]
        if len(self.shown) < 2 or not alone:
            return None
        index = self.rng.choice(alone)
        return Pointer(self.rng.choice(VISUAL[patterns[index]]), self.shown[index][0].ref)

    def _places(self, index: int, n: int) -> list[str]:
        if n == 1:
            return ["it", "that one", "this one", "that", "this"]
        forms = [f"the {_ORDINALS[index]} one", f"the {_ORDINALS[index]}"]
        if index == n - 1:
            forms += ["the last one"]
        if n == 3 and index == 1:
            forms += ["the middle one", "the one in the middle"]
        return forms

    def _looks_like(self, thing: Thing, kind: Noun, things: list[tuple[Thing, Noun]]) -> list[str]:
        forms = []
        if sum(other.color == thing.color for other, _ in things) == 1:
            forms += [f"the {thing.color} one", f"the {thing.color} {kind.singular}"]
        if kind.style and sum(other.style == kind.style for _, other in things) == 1:
            forms += [f"the {kind.plural}" if kind.paired else f"the {kind.singular}"]
        prices = [other.price or 0 for other, _ in things]
        if len(things) > 1 and prices.count(thing.price or 0) == 1:
            forms += ["the cheapest", "the cheapest one"] if thing.price == min(prices) else []
            forms += (
                ["the most expensive one", "the priciest"] if thing.price == max(prices) else []
            )
        return forms

    def _vague(self, things: list[tuple[Thing, Noun]]) -> tuple[str, None]:
        colors = [thing.color for thing, _ in things]
        twice = [color for color in colors if colors.count(color) > 1]
        if twice and self.rng.random() < 0.5:
            return f"the {twice[0]} one", None
        return self.rng.choice(("that one", "this one", "it", "that", "the nice one", "this")), None

    def piece(self) -> tuple[str, str, int]:
        """Draws words for a piece of the look: surface, target label, position.

        The label is the reference, as the contract wants where one is clear.
        """
        index = self.rng.randrange(len(self.outfit))
        thing, kind = self.outfit[index]
        category = thing.category or ""
        noun = kind.plural if kind.paired else kind.singular
        forms: list[str] = [thing.ref, f"piece {thing.ref}"]
        if sum(other.category == category for other, _ in self.outfit) == 1:
            forms += [f"the {noun}", f"those {noun}" if kind.paired else noun]
            general = self.rng.choice(self.fill.plain_kinds(category))
            word = general.plural if general.paired else general.singular
            forms += [f"the {word}"] * 3
        return self.rng.choice(forms), thing.ref, index
