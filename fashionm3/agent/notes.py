"""Keeps what the shopper declared for good: reads note phrases into constraints."""

import re
from collections.abc import Callable, Iterable

from fashionm3.index.lexicon import Lexicon
from fashionm3.types import Constraints

_SIZE = re.compile(r"[\d.,/]+[a-z]?|x{0,4}s|m|x{0,5}l|one size", re.IGNORECASE)


def declared(
    constraints: Constraints,
    notes: Iterable[str],
    to_minor: Callable[[float], int],
    lexicon: Lexicon,
) -> Constraints:
    """Returns the constraints after some notes; a note that can't be read changes nothing.

    Args:
        constraints: What was held so far.
        notes: Phrases with a fixed first word (``size shoes 42``, ``lift budget``).
        to_minor: Turns a price in major units into minor ones.
        lexicon: Knows which words name a category.
    """
    for note in notes:
        head, _, rest = note.strip().partition(" ")
        rest = rest.strip()
        if rest:
            constraints = _apply(constraints, head.lower(), rest, to_minor, lexicon)
    return constraints


def _apply(
    held: Constraints, head: str, rest: str, to_minor: Callable[[float], int], lexicon: Lexicon
) -> Constraints:
    if head == "size":
        return _with_size(held, rest, lexicon)
    if head == "budget":
        amount = re.search(r"\d+(?:\.\d+)?", rest.replace(",", ""))
        budget = to_minor(float(amount.group())) if amount else held.budget
        return held.model_copy(update={"budget": budget})
    if head == "lift":
        return _lifted(held, rest)
    if head == "forget":
        return _forgotten(held, rest)
    field = {"likes": "likes", "dislikes": "dislikes", "owns": "owns"}.get(head)
    if head in ("no", "not"):
        return _added(held, "negatives", f"{head} {rest}")
    return _added(held, field, rest) if field else held


def _added(held: Constraints, field: str, phrase: str) -> Constraints:
    phrase = phrase.lower()
    kept = [old for old in getattr(held, field) if old != phrase]
    other = {"likes": "dislikes", "dislikes": "likes"}.get(field)
    update = {field: (*kept, phrase)[-20:]}
    if other:
        update[other] = tuple(old for old in getattr(held, other) if old != phrase)
    return held.model_copy(update=update)


def _with_size(held: Constraints, rest: str, lexicon: Lexicon) -> Constraints:
    words = rest.split()
    sizes = [word for word in words if _SIZE.fullmatch(word)]
    if not sizes:
        return held
    kind = lexicon.category(" ".join(word for word in words if word not in sizes) or "-")
    category = kind.category if kind else ""
    return held.model_copy(update={"sizes": {**held.sizes, category: sizes[-1].upper()}})


def _lifted(held: Constraints, rest: str) -> Constraints:
    what = rest.lower()
    if what.startswith("budget"):
        return held.model_copy(update={"budget": None})
    if what.startswith("size"):
        return held.model_copy(update={"sizes": {}})
    return _forgotten(held, rest)


def _forgotten(held: Constraints, rest: str) -> Constraints:
    phrase = re.sub(r"^(?:no|not)\s+", "", rest.lower())
    fields = ("negatives", "likes", "dislikes", "owns")
    return held.model_copy(
        update={
            field: tuple(old for old in getattr(held, field) if not _names(old, phrase))
            for field in fields
        }
    )


def _names(old: str, phrase: str) -> bool:
    return old == phrase or re.sub(r"^(?:no|not)\s+", "", old) == phrase
