"""What a shopper may want of a piece that takes another's place, and whether a piece has it."""

import random
from dataclasses import dataclass
from typing import Any

from fashionm3.index.rules import formality, warmth
from fashionm3.training.fashionrec.wording import printed, wordings
from fashionm3.types import Item

_FORMAL, _WARM = 0.12, 0.15


@dataclass(frozen=True)
class Wanted:
    """A wish in words and as arguments of a swap."""

    words: str
    args: dict[str, Any]


def wanted(new: Item, old: Item, to_major: float, plural: bool, rng: random.Random) -> Wanted:
    """Draws a true wish: something that the new piece has and the old one has not.

    Args:
        new: The piece that is put in.
        old: The piece that goes.
        to_major: Minor units of a price in a major one.
        plural: The old piece is spoken of in the plural, so that nobody says "one" for it.
        rng: Draws.
    """
    ways = _differences(new, old) | _prices(new, old, to_major) | {"any": ({}, "")}
    # The plain wish stays seldom beside those that say something.
    name = rng.choices(list(ways), [0.2 if way == "any" else 1.0 for way in ways])[0]
    args, value = ways[name]
    texts = [w for w in wordings(f"wish.{name}") if not (plural and "one" in w.text.split())]
    return Wanted(rng.choice(texts).fill({"value": value}), args)


_Ways = dict[str, tuple[dict[str, Any], str]]


def _differences(new: Item, old: Item) -> _Ways:
    ways: _Ways = {}
    said = {"color": new.main_color, "material": new.material, "pattern": new.pattern}
    had = {"color": old.main_color, "material": old.material, "pattern": old.pattern}
    for slot, value in said.items():
        if value not in (None, "multicolor", had[slot]) and had[slot] is not None:
            ways[slot] = ({slot: value}, printed(str(value)))
    direction = _direction(new, old)
    if direction:
        ways["style"] = ({"style": direction}, direction)
    return ways


def _direction(new: Item, old: Item) -> str:
    formal = formality(new) - formality(old)
    if abs(formal) >= _FORMAL:
        return "more formal" if formal > 0 else "more casual"
    warm = warmth(new) - warmth(old)
    if abs(warm) >= _WARM:
        return "warmer" if warm > 0 else "lighter"
    return ""


def _prices(new: Item, old: Item, to_major: float) -> _Ways:
    if new.price is None or old.price is None or new.price >= old.price:
        return {}
    limit = int(new.price / to_major // 5 * 5 + 5)
    ways: _Ways = {"cheaper": ({"cheaper": True}, "")}
    if limit * to_major < old.price:
        ways["price_max"] = ({"price_max": limit}, str(limit))
    return ways
