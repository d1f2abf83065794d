"""The product's own answers to samples: its tools search a catalogue, its templates speak.

The decision is the one that the sample's words ask for (see `rounds`), not the planner's: what is
measured is retrieval and reply, in the product's sentences.
"""

from typing import Any

from fashionm3.actions import OutfitArgs, SwapArgs
from fashionm3.errors import ToolError
from fashionm3.graphs.replies import Replies
from fashionm3.graphs.screen import Screen
from fashionm3.graphs.state import ThreadState, TurnState
from fashionm3.index.outfits import slot_of
from fashionm3.tools.base import Scene
from fashionm3.tools.outfit import OutfitTool
from fashionm3.tools.shop import Shop
from fashionm3.tools.swap import SwapTool
from fashionm3.training.fashionrec.rounds import Rounder
from fashionm3.training.fashionrec.sample import Piece, Sample
from fashionm3.types import Card, Constraints, Look, Observation


class ShopAnswers:
    """Answers samples from one shop.

    Args:
        shop: Where the recommended pieces come from.
    """

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._rounder = Rounder(shop.lexicon)
        self._replies = Replies(shop)

    def answer(self, sample: Sample) -> str:
        """Returns the reply to a sample."""
        thread = ThreadState()
        screen = Screen(thread, self._shop)
        try:
            seen = _numbered(self._observe(sample))
        except ToolError as error:
            return self._replies.say(TurnState(errors=(str(error),)), thread, [], screen)
        return self._replies.say(TurnState(), thread, [seen], screen)

    def _observe(self, sample: Sample) -> Observation:
        tool, args = self._rounder.expected(sample)
        scene = Scene(outfit=self._worn(sample), constraints=self._taste(sample))
        if tool == "swap":
            args["target"] = self._target(sample)
            return SwapTool(shop=self._shop).observe(SwapArgs(**args), scene)
        if args.get("missing"):
            # The pieces of the picture are the look that is added to.
            args.pop("anchor", None)
        return OutfitTool(shop=self._shop).observe(OutfitArgs(**args), scene)

    def _target(self, sample: Sample) -> str:
        old = sample.changeable_items[1]
        return old.item_id if self._shop.has(old.item_id) else self._rounder.category(old)

    def _taste(self, sample: Sample) -> Constraints:
        profile: dict[str, Any] = self._rounder.context(sample).get("profile") or {}
        return Constraints(likes=tuple(profile.get("likes") or ()))

    def _worn(self, sample: Sample) -> Look | None:
        slots: dict[str, Card] = {}
        for piece in sample.partial_outfit:
            card = self._card(piece)
            slot = slot_of(card.category or "piece")
            slots[slot if slot not in slots else f"{slot} {len(slots) + 1}"] = card
        return Look(slots=slots) if slots else None

    def _card(self, piece: Piece) -> Card:
        """Makes a card of a row, or of a piece of the shopper's own that the shop has not."""
        if self._shop.has(piece.item_id):
            return self._shop.card(self._shop.item(piece.item_id))
        return Card(
            title=piece.description or piece.subcategory or "piece",
            category=self._rounder.category(piece),
            color=self._rounder.color(piece),
            text="yours",
        )


def _numbered(seen: Observation) -> Observation:
    """Gives references as a first round would."""
    looks = tuple(
        look.model_copy(update={"ref": f"L{n}", "slots": _pieces(look)})
        for n, look in enumerate(seen.looks, 1)
    )
    outfit = seen.outfit and seen.outfit.model_copy(update={"slots": _pieces(seen.outfit)})
    return seen.model_copy(update={"looks": looks, "outfit": outfit})


def _pieces(look: Look) -> dict[str, Card]:
    return {
        slot: card.model_copy(update={"ref": str(n)})
        for n, (slot, card) in enumerate(look.slots.items(), 1)
    }
