"""Puts complete looks together from candidates per slot, within a budget."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from fashionm3.index.outfits import OutfitScorer, Score
from fashionm3.types import Item

MAX_COMBINATIONS = 6_000
"""Looks that are scored at most; candidates are cut to fit, best ones first."""


@dataclass(frozen=True)
class Candidate:
    """An item that could fill a slot, and how well it fits the words (0 to 1)."""

    item: Item
    fit: float


@dataclass(frozen=True)
class Composed:
    """A look: slot to item, with its score; higher is better."""

    slots: dict[str, Item]
    score: Score
    rank: float

    @property
    def item_ids(self) -> frozenset[str]:
        """The ids of its pieces."""
        return frozenset(item.item_id for item in self.slots.values())


def price_of(items: Sequence[Item]) -> int | None:
    """Returns the sum of prices in minor units, or None where one is unknown."""
    prices = [item.price for item in items]
    return None if None in prices else sum(price for price in prices if price is not None)


def one_wearer(items: Sequence[Item]) -> bool:
    """Tells whether one person would wear all pieces: no women's shoes under a men's suit."""
    return len({item.gender for item in items} - {None, "unisex"}) <= 1


def compose(
    fixed: dict[str, Item],
    candidates: dict[str, list[Candidate]],
    scorer: OutfitScorer,
    budget: int | None,
    free: frozenset[str] = frozenset(),
) -> list[Composed]:
    """Scores every combination of one candidate per slot that stays within the budget.

    Args:
        fixed: Pieces that are set (the anchor, say), by slot.
        candidates: Slot to candidates, best fit first.
        scorer: Judges a look.
        budget: Minor units for all pieces that are bought, or None.
        free: Ids of pieces that cost nothing (the shopper owns them).

    Returns:
        Looks, the best first; ties by item ids, so that the order is repeatable.
    """
    found = []
    for slots, fit in _combinations(fixed, candidates, budget, free):
        score = scorer.score(list(slots.values()))
        found.append(Composed(slots, score, 0.75 * score.value + 0.25 * fit))
    found.sort(key=lambda look: (-round(look.rank, 9), sorted(look.item_ids)))
    return found


def _combinations(
    fixed: dict[str, Item],
    candidates: dict[str, list[Candidate]],
    budget: int | None,
    free: frozenset[str],
) -> Iterator[tuple[dict[str, Item], float]]:
    slots = list(candidates)
    lists = _cut([candidates[slot] for slot in slots])
    for chosen in product(*lists):
        pieces = {**fixed, **{s: c.item for s, c in zip(slots, chosen, strict=True)}}
        if not one_wearer(list(pieces.values())):
            continue
        bought = [item for item in pieces.values() if item.item_id not in free]
        total = price_of(bought)
        if budget is not None and (total is None or total > budget):
            continue
        fit = sum(c.fit for c in chosen) / len(chosen) if chosen else 0.5
        yield pieces, fit


def _cut(lists: list[list[Candidate]]) -> list[list[Candidate]]:
    n = max((len(entries) for entries in lists), default=0)
    while n > 1 and _size(lists, n) > MAX_COMBINATIONS:
        n -= 1
    return [entries[:n] for entries in lists]


def _size(lists: list[list[Candidate]], n: int) -> int:
    size = 1
    for entries in lists:
        size *= max(1, min(len(entries), n))
    return size


def diverse(looks: Sequence[Composed], k: int, shared: frozenset[str]) -> list[Composed]:
    """Keeps the best looks of which no two share more than half of their pieces.

    Args:
        looks: Best first.
        k: How many at most.
        shared: Ids of pieces that all looks have anyway (the anchor); they don't count.
    """
    kept: list[Composed] = []
    for look in looks:
        own = look.item_ids - shared
        if all(len(own & (other.item_ids - shared)) * 2 <= max(1, len(own)) for other in kept):
            kept.append(look)
        if len(kept) == k:
            break
    return kept
