"""Resolves the references in a planned call, or says what to ask."""

from dataclasses import dataclass, field
from typing import Any

from fashionm3.actions import REFERENCE_ARGS
from fashionm3.agent.round import Call
from fashionm3.graphs.state import ThreadState
from fashionm3.index.outfits import slot_of
from fashionm3.types import Card, Look


@dataclass
class Resolved:
    """Arguments for the tool, or a question where a reference fits nothing or several things."""

    args: dict[str, Any] = field(default_factory=dict)
    question: str | None = None
    values: dict[str, Any] = field(default_factory=dict)


class Resolver:
    """Resolves against one screen.

    Args:
        thread: Its references.
        outfit: The current look.
        shown: The shown cards.
    """

    def __init__(self, thread: ThreadState, outfit: Look | None, shown: tuple[Card, ...]) -> None:
        self._thread, self._outfit, self._shown = thread, outfit, shown

    def resolve(self, call: Call) -> Resolved:
        """Returns the call's arguments with item ids, look references and hashes in place."""
        resolved = Resolved(dict(call.args))
        for name in REFERENCE_ARGS & set(call.args):
            said = str(call.args[name])
            value = self._value(name, said, call.tool)
            if value is None:
                return Resolved(question=self._question(name), values={"said": said})
            resolved.args[name] = value
        return resolved

    def _value(self, name: str, said: str, tool: str) -> str | None:
        found = self._thread.refs.resolve(said)
        if found is not None and found.id:
            wanted_look = name == "look"
            if (found.kind == "look") == wanted_look or name == "target":
                return found.id
        if found is not None and found.kind == "piece" and name in ("anchor", "about"):
            return self._owned(found.ref)
        if name == "target":
            return self._target(said, tool)
        return said if name == "anchor" and found is None else None

    def _owned(self, number: str) -> str | None:
        cards = list(self._outfit.slots.values()) if self._outfit else []
        position = int(number) - 1
        return cards[position].title if position < len(cards) else None

    def _target(self, said: str, tool: str) -> str | None:
        word = said.lower()
        if word == "outfit":
            return "outfit" if tool == "try_on" else None
        worn = self._outfit.slots.items() if self._outfit else []
        for test in (
            lambda slot, card: card.category == word,
            lambda slot, card: slot in (word, slot_of(word)),
        ):
            fits = [card for slot, card in worn if test(slot, card) and card.item_id]
            if len(fits) == 1:
                return fits[0].item_id
            if fits:
                return None
        seen = [card for card in self._shown if card.category == word]
        return seen[0].item_id if len(seen) == 1 else None

    def _question(self, name: str) -> str:
        if name == "look":
            return "which_look" if self._thread.looks else "no_looks"
        if not self._shown and self._outfit is None:
            return "nothing_shown"
        return "which"
