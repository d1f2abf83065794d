"""Chooses and fills the reply templates; every title, price and reference comes from a row."""

from collections.abc import Sequence
from typing import Any

from fashionm3.graphs.screen import Screen
from fashionm3.graphs.state import ThreadState, TurnState
from fashionm3.graphs.talk import Talk
from fashionm3.prompts import render
from fashionm3.tools.shop import Shop
from fashionm3.types import Observation


class Replies:
    """Speaks one language about one shop.

    Args:
        shop: Names and prices.
        language: A folder of ``prompts/replies``.
    """

    def __init__(self, shop: Shop, language: str = "en") -> None:
        self._shop, self._language = shop, language
        self._talk = Talk(shop, language)

    def say(
        self,
        turn: TurnState,
        thread: ThreadState,
        seen: Sequence[Observation],
        screen: Screen,
    ) -> str:
        """Returns the whole reply of a round."""
        parts = [self._observed(observation) for observation in seen]
        if turn.outcome == "ask":
            parts.append(self._talk.ask(turn, screen))
        elif turn.outcome == "reply" and not seen:
            parts.append(self._talk.reply(turn, thread, screen))
        elif turn.errors and not seen:
            parts.append(self._render("failed", reason=_reason(turn.errors[-1])))
        if turn.note:
            parts.append(self._render("noted", notes=list(turn.note)))
        return "\n".join(part for part in parts if part)

    def _render(self, name: str, **values: Any) -> str:  # noqa: ANN401
        return render(f"replies/{self._language}/{name}.jinja", **values)

    def _money(self, minor: int | None) -> str:
        return self._talk.lines.money(minor)

    def _observed(self, seen: Observation) -> str:
        if seen.kind == "outfit":
            return self._outfit(seen)
        if seen.kind == "look" and seen.outfit is not None:
            look = self._talk.lines.look(seen.outfit)
            return self._render("look", look=look, ref=seen.outfit.ref)
        if seen.kind == "swap":
            return self._swap(seen)
        if seen.kind == "text":
            return "\n".join(card.text or card.title for card in seen.cards)
        return self._found(seen)

    def _found(self, seen: Observation) -> str:
        facts = self._facts(seen)
        if not seen.cards and seen.facts.get("further"):
            return self._render("further", asked=self._asked(seen), facts=facts)
        if not seen.cards:
            return self._render(
                "nothing", asked=self._asked(seen), closest=_closest(seen), facts=facts
            )
        return self._render(
            "found",
            cards=[self._talk.lines.card(card) for card in seen.cards],
            asked=self._asked(seen),
            closest=_closest(seen),
            facts=facts,
            instead=seen.facts.get("old") if seen.kind == "swap_list" else None,
        )

    def _facts(self, seen: Observation) -> dict[str, Any]:
        cheapest = seen.facts.get("cheapest")
        total = seen.facts.get("cheapest_total")
        budget = seen.facts.get("budget")
        return {
            "eligible": seen.facts.get("eligible"),
            "relaxed": seen.facts.get("relaxed") or {},
            "ignored": seen.facts.get("ignored") or [],
            "standing": seen.facts.get("standing") or [],
            "missing": seen.facts.get("missing") or [],
            "personal": seen.facts.get("personal"),
            "unmatched": seen.facts.get("unmatched"),
            "further": seen.facts.get("further"),
            "cheapest": None if cheapest is None else self._money(cheapest),
            "cheapest_total": None if total is None else self._money(total),
            "budget": None if budget is None else self._money(budget),
        }

    def _asked(self, seen: Observation) -> str:
        """Says in words which filters held, in the order people say them."""
        asked = dict(seen.facts.get("asked") or {})
        for name in seen.facts.get("relaxed") or ():
            asked.pop(name, None)
        words = [asked.get(key) for key in ("color", "pattern", "material")]
        words.append(_plural(str(asked.get("category") or "piece")))
        text = " ".join(dict.fromkeys(" ".join(str(word) for word in words if word).split()))
        for name in ("gender", "season"):
            text += f" for {asked[name]}" if asked.get(name) else ""
        if asked.get("price_max") is not None:
            limit = self._shop.catalog.to_minor(float(asked["price_max"]))
            text += f" up to {self._money(limit)}"
        return text

    def _outfit(self, seen: Observation) -> str:
        facts = self._facts(seen)
        if not seen.looks:
            return self._render("no_outfit", facts=facts)
        return self._render(
            "outfit",
            looks=[self._talk.lines.look(look) for look in seen.looks],
            anchor=seen.facts.get("anchor"),
            added=list(seen.facts.get("added") or ()),
            facts=facts,
        )

    def _swap(self, seen: Observation) -> str:
        facts = self._facts(seen)
        slot = seen.facts.get("slot")
        if seen.outfit is None or not seen.cards:
            return self._render("no_swap", slot=slot, facts=facts)
        return self._render(
            "swap",
            slot=slot,
            old=seen.facts.get("old"),
            new=self._talk.lines.card(seen.cards[0]),
            look=self._talk.lines.look(seen.outfit),
            facts=facts,
        )


def _closest(seen: Observation) -> str:
    """Returns the words of a wish that rank but don't filter: kind, cut, occasion."""
    asked = seen.facts.get("asked") or {}
    return " ".join(str(asked[key]) for key in ("style", "occasion") if asked.get(key))


def _plural(category: str) -> str:
    if category.endswith(("pants", "shorts", "shoes", "wear", "jewellery")):
        return category
    if category.endswith("s"):
        return f"{category}es" if category.endswith("ss") else category
    return f"{category}s"


def _reason(error: str) -> str | None:
    """Returns a tool's own words about why it could not; inner faults stay inside."""
    inner = error.endswith("Error") or " is lost" in error or "malformed" in error
    return None if inner or "'" in error else error
