"""Turns the small stored state into what tools, planner and surfaces see."""

from fashionm3.agent.round import Call, Context, Past, Profile, Round, ShownLook, Thing
from fashionm3.agent.spelled import spelled
from fashionm3.graphs.state import LookState, Piece, Seen, ThreadState, TurnState
from fashionm3.tools.base import Scene
from fashionm3.tools.shop import Shop
from fashionm3.types import Card, ImageRef, Look, Observation


class Screen:
    """One view of a thread over one shop.

    Args:
        thread: The stored state.
        shop: Where ids lead to.
    """

    def __init__(self, thread: ThreadState, shop: Shop) -> None:
        self._thread, self._shop = thread, shop

    def shown(self) -> tuple[Card, ...]:
        """Returns the cards on the screen with their letters; items that left the shop are gone."""
        return self._cards(self._thread.shown)

    def _cards(self, item_ids: tuple[str, ...]) -> tuple[Card, ...]:
        refs = self._thread.refs
        return tuple(
            self._shop.card(self._shop.item(item_id)).model_copy(
                update={"ref": refs.letter_of(item_id) or ""}
            )
            for item_id in item_ids
            if self._shop.has(item_id)
        )

    def observation(self, seen: Seen) -> Observation:
        """Returns what a tool showed, with cards."""
        texts = tuple(Card(title=title, text=text) for title, text in seen.texts)
        return Observation(
            kind=seen.kind,
            cards=(*self._cards(seen.items), *texts),
            looks=tuple(self.look(look) for look in seen.looks),
            outfit=self.look(seen.outfit, numbered=True) if seen.outfit else None,
            changed_slot=seen.changed_slot,
            facts=seen.facts,
        )

    def outfit(self) -> Look | None:
        """Returns the current look, its pieces numbered."""
        stored = self._thread.outfit
        return None if stored is None else self.look(stored, numbered=True)

    def looks(self) -> tuple[Look, ...]:
        """Returns the looks on the screen."""
        return tuple(self.look(stored) for stored in self._thread.looks)

    def look(self, stored: LookState, numbered: bool = False) -> Look:
        """Returns a stored look with its cards."""
        cards = {slot: self._card(piece) for slot, piece in stored.slots.items()}
        if numbered:
            cards = {
                slot: card.model_copy(update={"ref": str(n + 1)})
                for n, (slot, card) in enumerate(cards.items())
            }
        bought = [card.price for card in cards.values() if card.item_id is not None]
        total = None if None in bought else sum(price for price in bought if price is not None)
        return Look(
            ref=stored.ref,
            slots=cards,
            total=total,
            missing=stored.missing,
            reasons=stored.reasons,
        )

    def _card(self, piece: Piece) -> Card:
        if piece.item_id is not None and self._shop.has(piece.item_id):
            return self._shop.card(self._shop.item(piece.item_id))
        title = piece.owned or "a piece that left the shop"
        text = "yours" if piece.owned else "no longer in the shop"
        return Card(title=title, category=piece.category, color=piece.color, text=text)

    def scene(self) -> Scene:
        """Returns what a tool may know."""
        photo = self._thread.photo
        return Scene(
            constraints=self._thread.constraints,
            outfit=self.outfit(),
            looks=self.looks(),
            shown=self.shown(),
            photo=ImageRef(sha256=photo, width=1, height=1) if photo else None,
            user_id=self._thread.user_id,
        )

    def _spelled(self, words: str) -> tuple[Card, ...]:
        """Returns remembered items that left the screen but are named by their letter."""
        refs = self._thread.refs
        gone = [ref for ref, known in refs.items.items() if known not in self._thread.shown]
        return self._cards(tuple(refs.items[ref] for ref in spelled(words, gone)))

    def round(self, turn: TurnState) -> Round:
        """Returns what the planner reads."""
        held = self._thread.constraints
        context = Context(
            photo=self._thread.photo is not None,
            outfit=tuple(self._things(self.outfit())),
            shown=tuple(self._thing(card) for card in (*self.shown(), *self._spelled(turn.words))),
            looks=tuple(ShownLook(ref=look.ref) for look in self._thread.looks),
            profile=Profile(likes=held.likes, dislikes=held.dislikes),
        )
        history = tuple(
            Past(user=past.user, decision=Call(tool=past.tool, args=past.args))
            for past in self._thread.history
        )
        done = tuple(Call(tool=call.tool, args=call.args) for call in turn.done)
        picture = turn.pictures[-1] if turn.pictures else None
        return Round(text=turn.words, context=context, history=history, picture=picture, done=done)

    def _things(self, look: Look | None) -> list[Thing]:
        return [self._thing(card) for card in look.slots.values()] if look else []

    def _thing(self, card: Card) -> Thing:
        price = None if card.price is None else self._shop.catalog.to_major(card.price)
        known = card.item_id is not None and self._shop.has(card.item_id)
        item = self._shop.item(card.item_id) if known and card.item_id else None
        path = self._shop.catalog.picture_path(item) if item is not None else None
        return Thing(
            ref=card.ref,
            category=card.category,
            color=card.color,
            price=price,
            title=card.title,
            pattern=None if item is None else item.pattern,
            picture=str(path) if path is not None and path.is_file() else None,
        )


def stored_look(look: Look) -> LookState:
    """Returns a look as the state keeps it."""
    return LookState(
        ref=look.ref,
        slots={
            slot: Piece(item_id=card.item_id)
            if card.item_id is not None
            else Piece(owned=card.title, category=card.category, color=card.color)
            for slot, card in look.slots.items()
        },
        missing=look.missing,
        reasons=look.reasons,
    )


def seen_of(observation: Observation) -> Seen:
    """Returns an observation by ids, as the state keeps it."""
    cards = observation.cards
    return Seen(
        kind=observation.kind,
        items=tuple(card.item_id for card in cards if card.item_id is not None),
        texts=tuple((card.title, card.text or "") for card in cards if card.item_id is None),
        looks=tuple(stored_look(look) for look in observation.looks),
        outfit=stored_look(observation.outfit) if observation.outfit else None,
        changed_slot=observation.changed_slot,
        facts=observation.facts,
    )
