"""Puts complete looks together from candidates per slot, within a budget."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from statistics import fmean

from fashionm3.index.outfits import OutfitScorer, Plan, Wish
from fashionm3.index.rules import etiquette, formality, season_fit
from fashionm3.tools.suiting import LEVELS, suits
from fashionm3.types import Item

MAX_COMBINATIONS = 1_500
"""Looks that are scored at most; candidates are cut to fit, best ones first."""

PER_KIND = 6
"""Candidates of one kind that fit best; with a budget, the CHEAP cheapest are tried as well."""

CHEAP = 3

EXTENDED = 24
"""The best looks to which pieces that may be left out are tried."""

EXTRA = 0.03
"""What a layer that the season or the occasion wants adds to a look's rank."""

TOGETHER = 0.55
"""The share of the scorer in a look's rank; how well its pieces fit the wish is the rest."""

_PARTS = {"found": 1.0, "occasion": 3.0, "level": 2.0, "season": 3.0, "style": 3.0, "beside": 2.0}
_HARD = frozenset({"occasion", "season"})
"""Parts of a piece's fit that the others can't make good."""


@dataclass(frozen=True)
class Candidate:
    """An item that could fill a slot, and how well it fits the words (0 to 1)."""

    item: Item
    fit: float


@dataclass(frozen=True, slots=True)
class Composed:
    """A look; thousands live at once, so that it holds no more than places it.

    Attributes:
        slots: Slot to item.
        fits: How well each chosen piece fits the wish, 0 to 1.
        rank: The scorer's value and the fits in one, higher is better.
    """

    slots: dict[str, Item]
    fits: tuple[float, ...] = ()
    rank: float = 0.0

    @property
    def item_ids(self) -> frozenset[str]:
        """The ids of its pieces."""
        return frozenset(item.item_id for item in self.slots.values())

    @property
    def key(self) -> str:
        """The ids of its pieces in one text."""
        return "\n".join(sorted(item.item_id for item in self.slots.values()))

    @property
    def place(self) -> tuple[float, str]:
        """Its place among looks: the best first, ties by item ids."""
        return -round(self.rank, 9), self.key


def in_color(looks: Sequence[Composed], color: str) -> list[Composed]:
    """Keeps looks with a piece whose main colour is this one."""
    return [look for look in looks if any(i.main_color == color for i in look.slots.values())]


def price_of(items: Sequence[Item]) -> int | None:
    """Returns the sum of prices in minor units, or None where one is unknown."""
    prices = [item.price for item in items]
    return None if None in prices else sum(price for price in prices if price is not None)


def fitted(
    items: Sequence[Item], wish: Wish, beside: Sequence[Item], scorer: OutfitScorer
) -> list[Candidate]:
    """Says how well items fit a wish, best first.

    Args:
        items: In the order in which the search found them.
        wish: What the look is for; its style is words of which some items may name one.
        beside: Pieces that are set.
        scorer: Judges what goes beside them.
    """
    words = [word.rstrip("s") for word in (wish.style or "").lower().replace("-", " ").split()]
    named = [sum(word in _text(item) for word in words) for item in items]
    most = max(named, default=0)
    found = []
    for place, item in enumerate(items):
        parts = _parts(item, wish, bool(beside))
        parts["found"] = 1.0 - place / max(40, len(items))
        if most:
            parts["style"] = named[place] / most
        if beside:
            parts["beside"] = scorer.score([*beside, item]).value
        fit = fmean(parts.values(), weights=[_PARTS[name] for name in parts])
        fit *= min(1.0, 0.4 + min((parts[name] for name in _HARD & set(parts)), default=1.0))
        found.append(Candidate(item, fit * etiquette(item, wish.occasion or "")))
    return sorted(found, key=lambda c: (-c.fit, c.item.item_id))


def _parts(item: Item, wish: Wish, anchored: bool) -> dict[str, float]:
    parts: dict[str, float] = {}
    if wish.occasion:
        parts["occasion"] = suits(item, wish.occasion)
        level = next((LEVELS[word] for word in LEVELS if word in wish.occasion.lower()), None)
        if level is not None:
            parts["level"] = 1.0 - abs(formality(item) - level)
    elif not anchored:
        # Who names no occasion dresses for the day, not for the gym or a ball.
        parts["occasion"] = 0.4 if "gym" in item.occasion else 0.5 + suits(item, "everyday") / 2
    if wish.season:
        parts["season"] = season_fit(item, wish.season)
    return parts


def fit_and_cheap(found: Sequence[Candidate], cheap: bool) -> list[Candidate]:
    """Keeps the candidates that fit best, and on demand the cheapest for each wearer."""
    kept = {c.item.item_id: c for c in found[:PER_KIND]}
    priced = sorted((c for c in found if c.item.price is not None), key=lambda c: c.item.price or 0)
    for gender in {c.item.gender for c in priced} if cheap else ():
        few = [c for c in priced if c.item.gender == gender][:CHEAP]
        kept |= {c.item.item_id: c for c in few}
    return list(kept.values())


def _text(item: Item) -> str:
    words = (item.title, *item.style, item.material or "", item.category)
    return " ".join(words).lower().replace("-", " ")


def compose(
    plan: Plan,
    candidates: Mapping[str, Sequence[Candidate]],
    scorer: OutfitScorer,
    budget: int | None,
    free: frozenset[str] = frozenset(),
) -> list[Composed]:
    """Scores combinations of one candidate per needed slot, each for one wearer.

    Then tries what may be left out beside the best of them: it stays where it helps and the
    budget allows it.

    Args:
        plan: What is set, needed and extra.
        candidates: Slot to candidates, best fit first.
        scorer: Judges a look.
        budget: Minor units for all pieces that are bought, or None.
        free: Ids of pieces that cost nothing (the shopper owns them).

    Returns:
        Looks, the best first; ties by item ids, so that the order is repeatable. Where a budget
        allows any look of these candidates, there is one.
    """
    needed = {slot: candidates[slot] for slot in plan.needed if candidates.get(slot)}
    spent = price_of([item for item in plan.fixed.values() if item.item_id not in free])
    looks: dict[str, Composed] = {}
    if budget is None or spent is not None:
        left = None if budget is None else budget - (spent or 0)
        for chosen in _combinations(needed, left):
            items = {slot: c.item for slot, c in zip(needed, chosen, strict=True)}
            look = _composed({**plan.fixed, **items}, tuple(c.fit for c in chosen), scorer)
            looks[look.key] = look
    best = sorted(looks.values(), key=lambda look: look.place)
    for slot in plan.extra:
        tried = list(candidates.get(slot, ()))[:10]
        best = sorted(
            [*_extended(best, slot, tried, scorer, budget, free), *best],
            key=lambda look: look.place,
        )
    return best


def _composed(slots: dict[str, Item], fits: tuple[float, ...], scorer: OutfitScorer) -> Composed:
    value = scorer.score(list(slots.values())).value
    # The geometric mean falls with the worst piece: one pair of wellingtons spoils a wedding.
    fit = prod(fits) ** (1 / len(fits)) if fits else 0.5
    return Composed(slots, fits, TOGETHER * value + (1 - TOGETHER) * fit)


def _extended(
    looks: Sequence[Composed],
    slot: str,
    tried: Sequence[Candidate],
    scorer: OutfitScorer,
    budget: int | None,
    free: frozenset[str],
) -> Iterator[Composed]:
    for look in diverse(looks, EXTENDED // 3, frozenset()) + list(looks[:EXTENDED]):
        wearer = {item.gender for item in look.slots.values()} - {None, "unisex"}
        for candidate in tried:
            if wearer and candidate.item.gender not in (*wearer, None, "unisex"):
                continue
            slots = {**look.slots, slot: candidate.item}
            total = price_of([item for item in slots.values() if item.item_id not in free])
            if budget is not None and (total is None or total > budget):
                continue
            wider = _composed(slots, (*look.fits, candidate.fit), scorer)
            yield replace(wider, rank=wider.rank + EXTRA)


def _combinations(
    candidates: Mapping[str, Sequence[Candidate]], left: int | None
) -> Iterator[tuple[Candidate, ...]]:
    everyone = wearers(candidates)
    for wearer in everyone:
        lists = [_worn_by(wearer, found) for found in candidates.values()]
        if left is not None:
            lists = _affordable(lists, left)
        for chosen in product(*_cut(lists, MAX_COMBINATIONS // len(everyone))):
            if left is None or sum(c.item.price or 0 for c in chosen) <= left:
                yield chosen


def wearers(candidates: Mapping[str, Sequence[Candidate]]) -> list[str | None]:
    """Returns whom the candidates are for: nobody wears women's shoes under a men's suit."""
    genders = {c.item.gender for found in candidates.values() for c in found}
    return [*sorted(g for g in genders if g not in (None, "unisex"))] or [None]


def _worn_by(wearer: str | None, found: Sequence[Candidate]) -> list[Candidate]:
    return [c for c in found if c.item.gender in (wearer, None, "unisex")]


def _affordable(lists: list[list[Candidate]], left: int) -> list[list[Candidate]]:
    """Keeps what can be paid beside the cheapest of the other slots."""
    priced = [[c for c in found if c.item.price is not None] for found in lists]
    least = [min((c.item.price or 0 for c in found), default=0) for found in priced]
    return [
        [c for c in found if (c.item.price or 0) + sum(least) - low <= left]
        for found, low in zip(priced, least, strict=True)
    ]


def _cut(lists: list[list[Candidate]], most: int) -> list[list[Candidate]]:
    """Shortens lists until their product is small; the cheapest of each stays."""
    n = max((len(entries) for entries in lists), default=0)
    while n > 1 and prod(min(len(entries), n) for entries in lists) > most:
        n -= 1
    return [_best(entries, n) for entries in lists]


def _best(entries: list[Candidate], n: int) -> list[Candidate]:
    if len(entries) <= n:
        return entries
    cheapest = min(entries, key=lambda c: c.item.price or 0)
    return [*[c for c in entries if c is not cheapest][: n - 1], cheapest]


def cheapest(
    plan: Plan, candidates: Mapping[str, Sequence[Candidate]], free: frozenset[str]
) -> int | None:
    """Returns the least that a look of these candidates costs, in minor units, if one is known."""
    fixed = price_of([item for item in plan.fixed.values() if item.item_id not in free])
    needed = {slot: candidates[slot] for slot in plan.needed if candidates.get(slot)}
    totals = []
    for wearer in wearers(needed):
        prices = [
            min((c.item.price for c in entries if c.item.price is not None), default=-1)
            for entries in (_worn_by(wearer, found) for found in needed.values())
        ]
        if -1 not in prices:
            totals.append(sum(prices))
    return None if fixed is None or not totals else fixed + min(totals)


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
