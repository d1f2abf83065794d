"""Replaces one piece of the look, or of a shown list, and leaves the others untouched."""

from typing import Any

from fashionm3.actions import SwapArgs
from fashionm3.errors import ToolError
from fashionm3.index.outfits import SLOTS, slot_of
from fashionm3.index.search import Filters, Found, Hit, Query
from fashionm3.tools.base import FashionTool, Scene
from fashionm3.tools.search import asked, cheapest_beyond, filters_of, search_facts, words
from fashionm3.tools.shop import Shop
from fashionm3.types import Card, Item, Look, Observation


class SwapTool(FashionTool):
    """Put another piece in the place of one; every other piece stays the same."""

    name: str = "swap"
    description: str = "replace one piece of the look or of the list"
    args_schema: Any = SwapArgs
    shop: Any
    k: int = 5

    def observe(self, args: SwapArgs, scene: Scene) -> Observation:
        """Swaps a piece of the look, or lists others like a shown one.

        Raises:
            ToolError: The target is neither in the look nor shown.
        """
        worn = scene.worn(args.target)
        if worn is not None and scene.outfit is not None:
            return self._in_look(args, scene, scene.outfit, worn)
        seen = scene.seen(args.target)
        if seen is None:
            raise ToolError(f"{args.target!r} is neither in the look nor among the shown items")
        return self._in_list(args, scene, seen)

    def _in_look(
        self, args: SwapArgs, scene: Scene, outfit: Look, worn: tuple[str, Card]
    ) -> Observation:
        slot, old = worn
        facts: dict[str, Any] = {"slot": slot, "asked": asked(args), "old": old.title}
        if args.with_ is not None:
            new: Item | None = self._given(args.with_, slot)
        else:
            found, filters, query = self._find(args, scene, old)
            facts |= search_facts(found, filters, scene)
            new = self._best(found, outfit, slot) or self._of_other_kind(
                filters, query, outfit, slot
            )
            if new is None:
                facts["cheapest"] = cheapest_beyond(self.shop, query, filters)
        if new is None:
            return Observation(kind="swap", facts=facts)
        card = self.shop.card(new)
        slots = {name: card if name == slot else piece for name, piece in outfit.slots.items()}
        look = self._rescored(slots)
        return Observation(
            kind="swap", cards=(card,), looks=(look,), outfit=look, changed_slot=slot, facts=facts
        )

    def _of_other_kind(
        self, filters: Filters, query: Query, outfit: Look, slot: str
    ) -> Item | None:
        """Finds a piece of another kind for the same slot: a tee where no blouse fits."""
        shop: Shop = self.shop
        kinds = SLOTS.get(slot, frozenset()) - {filters.category, "undershirt"}
        hits: list[Hit] = []
        for kind in sorted(kinds):
            other = filters.model_copy(update={"category": kind})
            hits += shop.find(query, other, k=4, relax=False).hits
        best = sorted(hits, key=lambda hit: -hit.score)[:8]
        return self._best(Found(hits=tuple(best)), outfit, slot)

    def _in_list(self, args: SwapArgs, scene: Scene, old: Card) -> Observation:
        found, filters, query = self._find(args, scene, old)
        cards = tuple(self.shop.card(self.shop.item(hit.item_id)) for hit in found.hits)
        facts = {**search_facts(found, filters, scene), "asked": asked(args), "old": old.title}
        if not cards:
            facts["cheapest"] = cheapest_beyond(self.shop, query, filters)
        return Observation(kind="swap_list", cards=cards, facts=facts)

    def _given(self, item_id: str, slot: str) -> Item:
        shop: Shop = self.shop
        if not shop.has(item_id):
            raise ToolError(f"with={item_id!r} is not an item of the shop")
        item = shop.item(item_id)
        if slot_of(item.category) != slot:
            raise ToolError(f"the {item.category} can't take the place of the {slot}")
        return item

    def _find(self, args: SwapArgs, scene: Scene, old: Card) -> tuple[Found, Filters, Query]:
        shop: Shop = self.shop
        filters = filters_of(args, shop)
        changes: dict[str, Any] = {"category": old.category, "exclude": _ids(scene, old)}
        if args.cheaper and old.price is not None and filters.price_max is None:
            changes["price_max"] = max(0, old.price - 1)
        if old.item_id is not None and shop.has(old.item_id):
            changes["gender"] = shop.item(old.item_id).gender
        filters = shop.under(filters.model_copy(update=changes), scene, old.category)
        like = args.like or (old.item_id if old.item_id and shop.has(old.item_id) else None)
        query = Query(text=words(args), like=like)
        found = shop.find(query, filters, k=max(self.k, 8))
        return found, filters, query

    def _best(self, found: Found, outfit: Look, slot: str) -> Item | None:
        shop: Shop = self.shop
        others = [
            shop.item(card.item_id)
            for name, card in outfit.slots.items()
            if name != slot and card.item_id is not None and shop.has(card.item_id)
        ]
        ranked = []
        for rank, hit in enumerate(found.hits):
            item = shop.item(hit.item_id)
            together = shop.scorer.score([*others, item]).value
            ranked.append((0.6 * together + 0.4 * (1 - rank / 8), -rank, item))
        return max(ranked, key=lambda entry: entry[:2])[2] if ranked else None

    def _rescored(self, slots: dict[str, Card]) -> Look:
        shop: Shop = self.shop
        items = [shop.item(c.item_id) for c in slots.values() if c.item_id and shop.has(c.item_id)]
        score = shop.scorer.score(items)
        prices = [card.price for card in slots.values() if card.item_id is not None]
        total = None if None in prices else sum(price for price in prices if price is not None)
        return Look(slots=slots, total=total, reasons=score.reasons, score=round(score.value, 4))


def _ids(scene: Scene, old: Card) -> tuple[str, ...]:
    """Returns the ids that must not come back: the old piece and what the look already has."""
    worn = scene.outfit.slots.values() if scene.outfit else ()
    ids = [card.item_id for card in (*worn, old) if card.item_id is not None]
    return tuple(dict.fromkeys(ids))
