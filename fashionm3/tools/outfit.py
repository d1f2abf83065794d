"""Builds complete looks, or finds what goes with something."""

from dataclasses import dataclass, field
from typing import Any

from fashionm3.actions import OutfitArgs
from fashionm3.errors import ToolError
from fashionm3.index.outfits import SLOTS, slot_of
from fashionm3.index.search import Filters, Query
from fashionm3.tools.anchor import OWN, resolve_anchor
from fashionm3.tools.base import FashionTool, Scene
from fashionm3.tools.looks import Candidate, Composed, compose, diverse, price_of
from fashionm3.tools.search import asked, standing_limits, words
from fashionm3.tools.shop import Shop
from fashionm3.tools.suiting import suitable, suits
from fashionm3.types import GENDERS, Card, ColorShare, Item, Look, Observation

COLD = frozenset({"autumn", "winter"})
DRESSED_UP = ("office", "work", "interview", "wedding", "business", "formal", "evening")
LAYER = 0.04
"""What a layer adds to a look's rank where season or occasion want one."""

PER_KIND = 5
"""Candidates of one kind that the search brings, beside the three cheapest."""


@dataclass
class _Plan:
    """What a look needs: fixed pieces, and categories that may fill each open slot."""

    fixed: dict[str, Item] = field(default_factory=dict)
    open: dict[str, tuple[str, ...]] = field(default_factory=dict)


class OutfitTool(FashionTool):
    """Compose up to three looks of the shop around an anchor, within the budget."""

    name: str = "outfit"
    description: str = "build a whole look, or find what goes with something"
    args_schema: Any = OutfitArgs
    shop: Any
    k: int = 3

    def observe(self, args: OutfitArgs, scene: Scene) -> Observation:
        """Composes looks.

        Raises:
            ToolError: The anchor or the look can't be found.
        """
        if args.look is not None:
            return self._choose(args.look, scene)
        shop: Shop = self.shop
        if args.missing and args.anchor is None and scene.outfit is not None:
            return self._complete(args, scene, scene.outfit)
        anchor, args = self._anchored(args, scene)
        facts: dict[str, Any] = {"asked": asked(args)}
        looks: list[Composed] = []
        missing: set[str] = set()
        budget = self._budget(args, scene)
        known: dict[tuple[str, ...], list[Candidate]] = {}
        for plan in self._plans(args, anchor):
            for kinds in plan.open.values():
                if kinds not in known:
                    known[kinds] = self._candidates(kinds, args, scene)
            candidates = {slot: known[kinds] for slot, kinds in plan.open.items()}
            missing |= {slot for slot, found in candidates.items() if not found} - {"layer"}
            found = {slot: pieces for slot, pieces in candidates.items() if pieces}
            if found:
                free = frozenset(item.item_id for item in plan.fixed.values() if _owned(item))
                looks += compose(plan.fixed, found, shop.scorer, budget, free)
                self._note_cheapest(facts, plan, found, free, budget)
        looks = self._in_color(args.color, looks, facts)
        shared = frozenset({anchor.item_id}) if anchor else frozenset()
        best = diverse(_best_first(looks), self.k, shared)
        shown = tuple(self._look(look, missing) for look in best)
        facts |= self._facts(args, scene, anchor, missing, budget)
        if shown:
            facts.pop("cheapest_total", None)
        return Observation(
            kind="outfit", looks=shown, outfit=shown[0] if shown else None, facts=facts
        )

    def _anchored(self, args: OutfitArgs, scene: Scene) -> tuple[Item | None, OutfitArgs]:
        """Returns the anchor; whom it is for decides whom the look is for."""
        anchor = resolve_anchor(args.anchor, self.shop, scene) if args.anchor else None
        if anchor is not None and args.gender is None and anchor.gender in GENDERS:
            args = args.model_copy(update={"gender": anchor.gender})
        return anchor, args

    def _complete(self, args: OutfitArgs, scene: Scene, outfit: Look) -> Observation:
        """Adds what the look on the screen still misses; its pieces stay as they are."""
        shop: Shop = self.shop
        worn = {slot: _item(card, shop) for slot, card in outfit.slots.items()}
        wanted = {slot_of(kind): kind for kind in args.missing}
        found = {
            slot: self._candidates((kind,), args, scene)
            for slot, kind in wanted.items()
            if slot not in worn
        }
        facts = self._facts(args, scene, None, {s for s, c in found.items() if not c}, None)
        facts |= {"asked": asked(args), "added": [wanted[slot] for slot, c in found.items() if c]}
        open_ = {slot: pieces for slot, pieces in found.items() if pieces}
        free = frozenset(item.item_id for item in worn.values() if _owned(item))
        best = compose(worn, open_, shop.scorer, None, free) if open_ else []
        if not best:
            return Observation(kind="outfit", facts=facts)
        look = self._look(best[0], set())
        return Observation(kind="outfit", looks=(look,), outfit=look, facts=facts)

    def _choose(self, ref: str, scene: Scene) -> Observation:
        look = scene.look(ref)
        if look is None:
            raise ToolError(f"look {ref!r} is not on the screen")
        return Observation(kind="look", looks=(look,), outfit=look, facts={"chosen": ref})

    def _budget(self, args: OutfitArgs, scene: Scene) -> int | None:
        asked_for = None if args.budget_max is None else self.shop.catalog.to_minor(args.budget_max)
        limits = [p for p in (asked_for, scene.constraints.budget) if p is not None]
        return min(limits) if limits else None

    def _plans(self, args: OutfitArgs, anchor: Item | None) -> list[_Plan]:
        fixed = {slot_of(anchor.category): anchor} if anchor else {}
        if args.missing:
            wanted: dict[str, tuple[str, ...]] = {}
            for category in args.missing:
                slot = slot_of(category)
                wanted[slot] = (*wanted.get(slot, ()), category)
            for slot in set(wanted) & set(fixed):
                wanted[f"{slot} 2"] = wanted.pop(slot)
            return [_Plan(fixed, wanted)]
        shapes: list[tuple[str, ...]] = [("top", "bottom", "shoes"), ("dress", "shoes")]
        if "dress" in fixed:
            shapes = shapes[1:]
        elif {"top", "bottom"} & set(fixed) or args.gender == "men":
            shapes = shapes[:1]
        layered = [("layer",)] if self._wants_layer(args) and "layer" not in fixed else []
        return [
            _Plan(fixed, {s: self._kinds(s, args) for s in (*shape, *extra) if s not in fixed})
            for shape in shapes
            for extra in (*layered, ())
        ]

    def _wants_layer(self, args: OutfitArgs) -> bool:
        smart = any(word in (args.occasion or "") for word in DRESSED_UP)
        return args.season in COLD or smart

    def _kinds(self, slot: str, args: OutfitArgs) -> tuple[str, ...]:
        carried = self.shop.catalog.manifest.categories
        kinds = tuple(kind for kind in carried if kind in SLOTS[slot] and kind != "undershirt")
        smart = any(word in (args.occasion or "") for word in DRESSED_UP)
        if slot == "layer" and smart and "blazer" in kinds and args.season != "winter":
            return ("blazer",)
        return kinds

    def _candidates(
        self, kinds: tuple[str, ...], args: OutfitArgs, scene: Scene
    ) -> list[Candidate]:
        shop: Shop = self.shop
        wish = " ".join([words(args), *(scene.constraints.likes if args.personal else ())])
        found: dict[str, Candidate] = {}
        for kind in kinds:
            filters = Filters(
                category=kind,
                gender=args.gender,
                season=args.season,
                negatives=tuple(args.negatives),
            )
            filters = shop.under(filters, scene, kind)
            text = " ".join(part for part in (args.color or "", wish) if part)
            hits = shop.find(Query(text=text or kind), filters, k=40).hits
            items = suitable([shop.item(hit.item_id) for hit in hits], args.occasion)
            for item in _best_and_cheapest(items):
                fit = 1.0 - items.index(item) / 40
                if args.occasion:
                    fit = (fit + 2 * suits(item, args.occasion)) / 3
                found[item.item_id] = Candidate(item, fit)
        return sorted(found.values(), key=lambda c: (-c.fit, c.item.item_id))

    def _note_cheapest(
        self,
        facts: dict[str, Any],
        plan: _Plan,
        found: dict[str, list[Candidate]],
        free: frozenset[str],
        budget: int | None,
    ) -> None:
        if budget is None:
            return
        pieces = [item for item in plan.fixed.values() if item.item_id not in free]
        for entries in found.values():
            priced = [c.item for c in entries if c.item.price is not None]
            pieces += sorted(priced, key=lambda item: item.price or 0)[:1]
        total = price_of(pieces)
        if total is not None and total > budget:
            facts["cheapest_total"] = min(total, facts.get("cheapest_total", total))

    def _in_color(
        self, color: str | None, looks: list[Composed], facts: dict[str, Any]
    ) -> list[Composed]:
        if color is None:
            return looks
        matching = [
            look for look in looks if any(i.main_color == color for i in look.slots.values())
        ]
        if looks and not matching:
            facts["relaxed"] = {"color": color}
        return matching or looks

    def _look(self, look: Composed, missing: set[str]) -> Look:
        shop: Shop = self.shop
        order = [*SLOTS, *sorted(set(look.slots) - set(SLOTS))]
        cards: dict[str, Card] = {}
        for slot in order:
            if slot in look.slots:
                cards[slot] = own_or_shop_card(look.slots[slot], shop)
        bought = [item for item in look.slots.values() if not _owned(item)]
        return Look(
            slots=cards,
            total=price_of(bought),
            missing=tuple(sorted(missing - set(cards) - _covered(cards))),
            reasons=look.score.reasons,
            score=round(look.rank, 4),
        )

    def _facts(
        self,
        args: OutfitArgs,
        scene: Scene,
        anchor: Item | None,
        missing: set[str],
        budget: int | None,
    ) -> dict[str, Any]:
        facts: dict[str, Any] = {}
        if anchor is not None:
            facts["anchor"] = anchor.title
        if missing:
            facts["missing"] = sorted(missing)
        if budget is not None:
            facts["budget"] = budget
        if args.personal:
            facts["personal"] = list(scene.constraints.likes)
        standing = standing_limits(scene)
        if standing:
            facts["standing"] = standing
        return facts


def own_or_shop_card(item: Item, shop: Shop) -> Card:
    """Makes a card; a piece the shopper owns has no id, price or shop picture."""
    if not _owned(item):
        return shop.card(item)
    return Card(title=item.title, category=item.category, color=item.main_color, text="yours")


def _item(card: Card, shop: Shop) -> Item:
    """Returns the item of a worn card; a piece that the shopper owns is made from its card."""
    if card.item_id is not None and shop.has(card.item_id):
        return shop.item(card.item_id)
    color = (ColorShare(name=card.color, share=1.0),) if card.color else ()
    kind = card.category or "piece"
    return Item(item_id=f"{OWN}{card.title}", title=card.title, category=kind, color=color)


def _owned(item: Item) -> bool:
    return item.item_id.startswith(OWN)


def _covered(cards: dict[str, Card]) -> set[str]:
    """Returns the slots that a dress, or a top with a bottom, makes needless."""
    if "dress" in cards:
        return {"top", "bottom"}
    return {"dress"} if {"top", "bottom"} & set(cards) else set()


def _best_and_cheapest(items: list[Item]) -> list[Item]:
    priced = sorted((i for i in items if i.price is not None), key=lambda i: i.price or 0)
    return list({item.item_id: item for item in [*items[:PER_KIND], *priced[:3]]}.values())


def _best_first(looks: list[Composed]) -> list[Composed]:
    """Sorts looks; a layer that was asked for by the weather or the occasion counts a little."""

    def place(look: Composed) -> tuple[float, list[str]]:
        return -round(look.rank + LAYER * ("layer" in look.slots), 9), sorted(look.item_ids)

    return sorted(looks, key=place)
