"""Chooses and fills the reply templates; every title, price and reference comes from a row."""

from collections.abc import Sequence
from typing import Any

from fashionm3.graphs.money import money
from fashionm3.graphs.screen import Screen
from fashionm3.graphs.state import ThreadState, TurnState
from fashionm3.prompts import render
from fashionm3.tools.shop import Shop
from fashionm3.types import Card, Item, Look, Observation

_CARE = {
    "wool": "wool", "cashmere": "wool", "merino": "wool", "silk": "silk", "satin": "silk",
    "leather": "leather", "suede": "leather", "denim": "denim", "linen": "linen",
    "cotton": "cotton", "viscose": "silk", "polyester": "synthetic", "nylon": "synthetic",
    "fleece": "synthetic",
}  # fmt: skip


class Replies:
    """Speaks one language about one shop.

    Args:
        shop: Names and prices.
        language: A folder of ``prompts/replies``.
    """

    def __init__(self, shop: Shop, language: str = "en") -> None:
        self._shop, self._language = shop, language

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
            parts.append(self._ask(turn, screen))
        elif turn.outcome == "reply" and not seen:
            parts.append(self._reply(turn, thread, screen))
        elif turn.errors and not seen:
            parts.append(self._render("failed", reason=_reason(turn.errors[-1])))
        if turn.note:
            parts.append(self._render("noted", notes=list(turn.note)))
        return "\n".join(part for part in parts if part)

    def _render(self, name: str, **values: Any) -> str:  # noqa: ANN401
        return render(f"replies/{self._language}/{name}.jinja", **values)

    def _price(self, card: Card | Item) -> str:
        return self._money(card.price)

    def _money(self, minor: int | None) -> str:
        return money(minor, self._shop.catalog.currency, self._shop.catalog.exponent)

    def _line(self, card: Card) -> dict[str, Any]:
        return {"ref": card.ref, "title": card.title, "price": self._price(card), "text": card.text}

    def _observed(self, seen: Observation) -> str:
        if seen.kind == "outfit":
            return self._outfit(seen)
        if seen.kind == "look" and seen.outfit is not None:
            return self._render("look", look=self._look(seen.outfit), ref=seen.outfit.ref)
        if seen.kind == "swap":
            return self._swap(seen)
        if seen.kind == "text":
            return "\n".join(card.text or card.title for card in seen.cards)
        return self._found(seen)

    def _found(self, seen: Observation) -> str:
        facts = self._facts(seen)
        if not seen.cards:
            return self._render("nothing", asked=self._asked(seen), facts=facts)
        return self._render(
            "found",
            cards=[self._line(card) for card in seen.cards],
            asked=self._asked(seen),
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
            "cheapest": None if cheapest is None else self._money(cheapest),
            "cheapest_total": None if total is None else self._money(total),
            "budget": None if budget is None else self._money(budget),
        }

    def _asked(self, seen: Observation) -> str:
        """Says in words what was looked for, in the order people say it."""
        asked = dict(seen.facts.get("asked") or {})
        style = str(asked.get("style") or "")
        category = str(asked.get("category") or "")
        words = [asked.get(key) for key in ("color", "pattern", "material")]
        words += [style if _names_kind(style, category) else f"{style} {category}".strip()]
        said = " ".join(str(word) for word in words if word).split()
        text = " ".join(dict.fromkeys(said)) or "pieces"
        if asked.get("gender"):
            text += f" for {asked['gender']}"
        if asked.get("occasion"):
            text += f" for {asked['occasion']}"
        if asked.get("price_max") is not None:
            limit = self._shop.catalog.to_minor(float(asked["price_max"]))
            text += f" up to {self._money(limit)}"
        return text

    def _look(self, look: Look) -> dict[str, Any]:
        return {
            "ref": look.ref,
            "pieces": [{"slot": slot, **self._line(card)} for slot, card in look.slots.items()],
            "total": self._money(look.total),
            "missing": list(look.missing),
            "reasons": list(look.reasons),
        }

    def _outfit(self, seen: Observation) -> str:
        facts = self._facts(seen)
        if not seen.looks:
            return self._render("no_outfit", facts=facts)
        return self._render(
            "outfit",
            looks=[self._look(look) for look in seen.looks],
            anchor=seen.facts.get("anchor"),
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
            new=self._line(seen.cards[0]),
            look=self._look(seen.outfit),
            facts=facts,
        )

    def _ask(self, turn: TurnState, screen: Screen) -> str:
        question = str(turn.said.get("question") or "")
        look = screen.outfit()
        cards = screen.shown() or tuple(look.slots.values() if look else ())
        choices = [self._line(card) for card in cards if card.ref][:8]
        if question in ("no_tool", "not_understood", "nothing_shown", "no_looks"):
            return self._render(question)
        if question == "which_look":
            return self._render("which_look", looks=[look.ref for look in screen.looks()])
        if question == "photo":
            return self._render("photo")
        if question == "which" or not question:
            return self._render("which" if choices else "more_words", **_given(choices))
        return question

    def _reply(self, turn: TurnState, thread: ThreadState, screen: Screen) -> str:
        kind = str(turn.said.get("kind") or "other")
        item = self._about(turn, thread, screen)
        if kind == "about_item":
            return self._about_item(item)
        if kind == "care":
            fabric = _CARE.get(
                (item.material or "").split()[-1:][0] if item and item.material else ""
            )
            return self._render("care", title=item.title if item else None, fabric=fabric)
        if kind == "other" and turn.note:
            return ""
        return self._render(kind if kind in ("thanks", "off_topic", "refuse") else "other")

    def _about(self, turn: TurnState, thread: ThreadState, screen: Screen) -> Item | None:
        said = turn.said.get("about")
        found = thread.refs.resolve(str(said)) if said else None
        if found is None and not said and len(screen.shown()) == 1:
            only = screen.shown()[0].item_id
            return self._shop.item(only) if only else None
        if found is None or not self._shop.has(found.id):
            return None
        return self._shop.item(found.id)

    def _about_item(self, item: Item | None) -> str:
        if item is None:
            return self._render("about_nothing")
        stocked = [size for size in item.sizes if size.stock is None or size.stock > 0]
        return self._render(
            "about_item",
            title=item.title,
            price=self._price(item),
            brand=item.brand,
            material=item.material,
            color=", ".join(share.name for share in item.color),
            sizes=[size.name for size in stocked],
            sold_out=[size.name for size in item.sizes if size.stock == 0],
            description=item.description,
            stock=item.in_stock,
        )


def _names_kind(style: str, category: str) -> bool:
    """Tells whether the style already names the garment (``chinos``, ``raincoat``)."""
    return bool(style) and (not category or style.split()[-1].endswith(("s", "coat", "jacket")))


def _given(choices: list[dict[str, Any]]) -> dict[str, Any]:
    return {"choices": choices} if choices else {}


def _reason(error: str) -> str | None:
    """Returns a tool's own words about why it could not; inner faults stay inside."""
    inner = error.endswith("Error") or " is lost" in error or "malformed" in error
    return None if inner or "'" in error else error
