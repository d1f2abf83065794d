"""Builds complete looks, or finds what goes with something."""

from dataclasses import dataclass, field
from typing import Any

from fashionm3.actions import OutfitArgs
from fashionm3.errors import ToolError
from fashionm3.index.outfits import (
    SLOTS,
    Plan,
    Wish,
    covered,
    open_slots,
    outer_kinds,
    purpose,
    slot_of,
    spoken,
    whole_looks,
)
from fashionm3.index.search import Filters, Query
from fashionm3.tools.anchor import OWN, resolve_anchor
from fashionm3.tools.base import FashionTool, Scene
from fashionm3.tools.looks import (
    Candidate,
    Composed,
    cheapest,
    compose,
    diverse,
    fit_and_cheap,
    fitted,
    in_color,
    price_of,
)
from fashionm3.tools.search import asked, standing_limits
from fashionm3.tools.shop import Shop
from fashionm3.tools.suiting import suitable
from fashionm3.types import GENDERS, Card, ColorShare, Item, Look, Observation


@dataclass(frozen=True)
class _Brief:
    """One request, read; the arguments' gender is whom the look is for."""

    args: OutfitArgs
    scene: Scene
    anchor: Item | None = None
    # The categories that must be in the look, with the words for each.
    kinds: dict[str, str] = field(default_factory=dict)
    # The words that count for every piece.
    style: str = ""
    budget: int | None = None
    known: dict[tuple[str, ...], list[Candidate]] = field(default_factory=dict)

    @property
    def purpose(self) -> str:
        """What the look is for; a style such as "business casual" says it too."""
        return purpose(self.args.occasion, self.style)


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
        if args.missing and args.anchor is None and scene.outfit is not None:
            return self._added(args, scene, scene.outfit)
        brief = self._brief(args, scene)
        facts = self._facts(brief)
        looks, missing = self._composed(brief, facts)
        shared = frozenset({brief.anchor.item_id} if brief.anchor else ())
        shown = tuple(self._look(look, missing) for look in diverse(looks, self.k, shared))
        return Observation(
            kind="outfit", looks=shown, outfit=shown[0] if shown else None, facts=facts
        )

    def _composed(
        self, brief: _Brief, facts: dict[str, Any]
    ) -> tuple[list[Composed], dict[str, str]]:
        """Composes looks of the shapes that lack least; says what they lack and what they cost."""
        looks: list[Composed] = []
        totals = []
        shapes = [(plan, self._candidates(plan, brief)) for plan in self._plans(brief)]
        lacking = [plan.lacking(found) for plan, found in shapes]
        missing = min(lacking, key=len)
        for (plan, found), lacks in zip(shapes, lacking, strict=True):
            if len(lacks) == len(missing) and len(lacks) < len(plan.needed):
                looks += compose(plan, found, self.shop.scorer, brief.budget, _free(plan))
                totals.append(cheapest(plan, found, _free(plan)))
        if missing:
            facts["missing"] = sorted(missing.values())
        least = min((total for total in totals if total is not None), default=0)
        if brief.budget is not None and least > brief.budget:
            facts["cheapest_total"] = least
        looks.sort(key=lambda look: look.place)
        color = brief.args.color
        if color is None or not looks:
            return looks, missing
        colored = in_color(looks, color)
        if not colored:
            facts["relaxed"] = {"color": color}
        return colored or looks, missing

    def _brief(self, args: OutfitArgs, scene: Scene) -> _Brief:
        shop: Shop = self.shop
        anchor = resolve_anchor(args.anchor, shop, scene) if args.anchor else None
        style = args.style or ""
        if anchor is not None and _owned(anchor) and anchor.category in args.missing:
            # A coat that is still missing is a wish and no coat that the shopper has.
            anchor, style = None, f"{args.anchor} {style}"
        kinds, style = self._named(style)
        wanted = {kind: kinds.get(kind, "") for kind in args.missing}
        if not (anchor and args.missing):
            taken = slot_of(anchor.category) if anchor else None
            wanted |= {kind: said for kind, said in kinds.items() if slot_of(kind) != taken}
        gender: Any = args.gender or self._wearer(anchor, scene)
        return _Brief(
            args=args.model_copy(update={"gender": gender}),
            scene=scene,
            anchor=anchor,
            kinds=wanted,
            style=style,
            budget=self._budget(args, scene),
        )

    def _named(self, style: str) -> tuple[dict[str, str], str]:
        """Parts the kinds of garment that a style names from its other words."""
        kinds: dict[str, str] = {}
        rest, end = "", 0
        carried = self.shop.catalog.manifest.categories
        for span in self.shop.lexicon.spans(style):
            if span.slot == "category" and span.value in carried:
                kinds[span.value] = style[span.start : span.end] if span.style else ""
                rest, end = f"{rest} {style[end : span.start]}", span.end
        return kinds, " ".join(f"{rest} {style[end:]}".split())

    def _wearer(self, anchor: Item | None, scene: Scene) -> str | None:
        """Says whom an anchor is for: a man's shirt asks for a man's look."""
        if anchor is None:
            return None
        if anchor.gender in GENDERS:
            return anchor.gender
        if scene.constraints.gender in GENDERS:
            return scene.constraints.gender
        shop: Shop = self.shop
        hits = shop.find(Query(), Filters(category=anchor.category), k=60, relax=False).hits
        genders = {shop.item(hit.item_id).gender for hit in hits} - {"kids"}
        return genders.pop() if len(genders) == 1 and genders <= set(GENDERS) else None

    def _added(self, args: OutfitArgs, scene: Scene, outfit: Look) -> Observation:
        """Adds what the look on the screen still misses; its pieces stay as they are."""
        worn = {slot: _item(card, self.shop) for slot, card in outfit.slots.items()}
        genders = {item.gender for item in worn.values()} & set(GENDERS)
        gender: Any = args.gender or (genders.pop() if len(genders) == 1 else None)
        kinds, style = self._named(args.style or "")
        args = args.model_copy(update={"gender": gender})
        budget = None if args.budget_max is None else self.shop.catalog.to_minor(args.budget_max)
        wanted = {kind: kinds.get(kind, "") for kind in args.missing}
        brief = _Brief(args=args, scene=scene, kinds=wanted, style=style, budget=budget)
        facts = self._facts(brief)
        taken = set(worn) | {slot_of(item.category) for item in worn.values()}
        new = [kind for kind in args.missing if slot_of(kind) not in taken]
        if not new:
            return Observation(kind="outfit", looks=(outfit,), facts=facts)
        plan = Plan(worn, open_slots(new, {}))
        found = self._candidates(plan, brief)
        lacking = plan.lacking(found)
        if lacking:
            facts["missing"] = sorted(lacking.values())
        best = compose(plan, found, self.shop.scorer, budget, _free(plan))
        if len(lacking) == len(found) or not best:
            return Observation(kind="outfit", facts=facts)
        look = self._look(best[0], {})
        added = [slot for slot in look.slots if slot not in worn]
        facts["added"] = [spoken(best[0].slots[slot].category) for slot in added]
        seen = Observation(kind="outfit", looks=(look,), outfit=look, facts=facts)
        cards = tuple(look.slots[slot] for slot in added)
        return seen.model_copy(update={"cards": cards, "changed_slot": added[0]})

    def _choose(self, ref: str, scene: Scene) -> Observation:
        look = scene.look(ref)
        if look is None:
            raise ToolError(f"look {ref!r} is not on the screen")
        return Observation(kind="look", looks=(look,), outfit=look, facts={"chosen": ref})

    def _budget(self, args: OutfitArgs, scene: Scene) -> int | None:
        asked_for = None if args.budget_max is None else self.shop.catalog.to_minor(args.budget_max)
        limits = [p for p in (asked_for, scene.constraints.budget) if p is not None]
        return min(limits) if limits else None

    def _plans(self, brief: _Brief) -> list[Plan]:
        anchor = brief.anchor
        fixed = {slot_of(anchor.category): anchor} if anchor else {}
        named = open_slots(brief.kinds, fixed)
        if anchor and brief.args.missing and named:
            return [Plan(fixed, named)]
        carried = self.shop.catalog.manifest.categories
        outer = outer_kinds(carried, brief.args.season, brief.purpose)
        return whole_looks(fixed, brief.kinds, carried, outer, brief.args.gender != "men")

    def _candidates(self, plan: Plan, brief: _Brief) -> dict[str, list[Candidate]]:
        """Finds what could fill each slot."""
        share = None if brief.budget is None else brief.budget // max(1, len(plan.needed))
        found: dict[str, list[Candidate]] = {}
        for slot, kinds in {**plan.needed, **plan.extra}.items():
            if kinds not in brief.known:
                pieces = [c for kind in kinds for c in self._of_kind(kind, plan, brief, share)]
                brief.known[kinds] = sorted(pieces, key=lambda c: (-c.fit, c.item.item_id))
            found[slot] = brief.known[kinds]
        return found

    def _of_kind(self, kind: str, plan: Plan, brief: _Brief, share: int | None) -> list[Candidate]:
        shop: Shop = self.shop
        args, scene = brief.args, brief.scene
        words = [brief.style, brief.kinds.get(kind, "")]
        likes = scene.constraints.likes if args.personal else ()
        text = " ".join(t for t in (args.color, args.occasion, *words, *likes) if t)
        no_gos = tuple(args.negatives)
        limits = Filters(category=kind, gender=args.gender, season=args.season, negatives=no_gos)
        filters = shop.under(limits, scene, kind)
        query = Query(text=text or kind)
        hits = shop.find(query, filters, k=40).hits
        if share is not None:
            low = filters.model_copy(update={"price_max": min(share, filters.price_max or share)})
            hits += shop.find(query, low, k=40).hits
        items = [shop.item(item_id) for item_id in dict.fromkeys(hit.item_id for hit in hits)]
        if args.gender is None:  # Who speaks of no gender speaks of no children either.
            items = [item for item in items if item.gender != "kids"] or items
        wish = Wish(
            occasion=brief.purpose or None, season=args.season, style=" ".join([*words, *likes])
        )
        beside = list(plan.fixed.values())
        entries = fitted(suitable(items, wish.occasion), wish, beside, shop.scorer)
        return fit_and_cheap(entries, share is not None)

    def _look(self, look: Composed, missing: dict[str, str]) -> Look:
        shop: Shop = self.shop
        order = [*SLOTS, *sorted(set(look.slots) - set(SLOTS))]
        cards = {s: own_or_shop_card(look.slots[s], shop) for s in order if s in look.slots}
        bought = [item for item in look.slots.values() if not _owned(item)]
        lacking = set(missing) - set(cards) - covered(cards)
        return Look(
            slots=cards,
            total=price_of(bought),
            missing=tuple(sorted(missing[slot] for slot in lacking)),
            reasons=shop.scorer.score(list(look.slots.values())).reasons,
            score=round(look.rank, 4),
        )

    def _facts(self, brief: _Brief) -> dict[str, Any]:
        held = brief.scene.constraints
        facts = {
            "asked": asked(brief.args),
            "anchor": brief.anchor.title if brief.anchor else None,
            "budget": brief.budget,
            "personal": list(held.likes) if brief.args.personal else None,
            "standing": standing_limits(brief.scene) or None,
        }
        return {name: value for name, value in facts.items() if value is not None}


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


def _free(plan: Plan) -> frozenset[str]:
    return frozenset(item.item_id for item in plan.fixed.values() if _owned(item))
