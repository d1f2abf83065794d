"""Questions back to the shopper, and answers that need no tool."""

from typing import Any

from fashionm3.graphs.answers import asks_total, direct, extreme, topic
from fashionm3.graphs.lines import Lines
from fashionm3.graphs.screen import Screen
from fashionm3.graphs.state import ThreadState, TurnState
from fashionm3.prompts import render
from fashionm3.tools.shop import Shop
from fashionm3.types import Card, Constraints, Item

_CARE = {
    "wool": "wool", "cashmere": "wool", "merino": "wool", "silk": "silk", "satin": "silk",
    "leather": "leather", "suede": "leather", "denim": "denim", "linen": "linen",
    "cotton": "cotton", "viscose": "silk", "polyester": "synthetic", "nylon": "synthetic",
    "fleece": "synthetic",
}  # fmt: skip
_PLAIN = ("thanks", "off_topic", "refuse")


class Talk:
    """Talks in one language about one shop.

    Args:
        shop: Names and prices.
        language: A folder of ``prompts/replies``.

    Attributes:
        lines: Writes cards and looks.
    """

    def __init__(self, shop: Shop, language: str) -> None:
        self._shop, self._language = shop, language
        self.lines = Lines(shop)

    def _render(self, name: str, **values: Any) -> str:  # noqa: ANN401
        return render(f"replies/{self._language}/{name}.jinja", **values)

    def ask(self, turn: TurnState, screen: Screen) -> str:
        """Returns a question, with what can be chosen from."""
        question = str(turn.said.get("question") or "")
        cards = _cards(screen)
        choices = [self.lines.card(card) for card in cards if card.ref][:8]
        found = extreme(turn.words, cards)
        if found is not None and len(cards) > 1:
            return self._render("extreme", which=found[0], card=self.lines.card(found[1]))
        if question in ("no_tool", "not_understood", "nothing_shown", "no_looks"):
            return self._render(question)
        if question == "which_look":
            return self._render("which_look", looks=[look.ref for look in screen.looks()])
        if question == "photo":
            return self._render("photo")
        if question == "which" or not question:
            return self._render(
                "which" if choices else "more_words", **({"choices": choices} if choices else {})
            )
        return question

    def reply(self, turn: TurnState, thread: ThreadState, screen: Screen) -> str:
        """Returns what is said where nothing is to be done."""
        kind = str(turn.said.get("kind") or "other")
        if kind == "undone":
            return self._undone(thread, screen)
        if kind in ("refuse", "care"):
            return self._render(kind) if kind == "refuse" else self._care(turn, thread, screen)
        known = self._known(turn.words, thread, screen)
        if known:
            return known
        if kind == "about_item":
            return self._about_item(turn.words, self._about(turn, thread, screen))
        if kind == "other" and turn.note:
            return ""
        return self._render(kind if kind in _PLAIN else "other")

    def _known(self, words: str, thread: ThreadState, screen: Screen) -> str | None:
        """Answers what the screen or the thread itself knows: totals, extremes, what was told."""
        look, cards = screen.outfit(), _cards(screen)
        if look is not None and asks_total(words):
            return self._render("total", look=self.lines.look(look))
        found = extreme(words, cards)
        if found is not None and len(cards) > 1:
            return self._render("extreme", which=found[0], card=self.lines.card(found[1]))
        name = topic(words)
        if name == "known":
            return self._render("known", facts=self._facts(thread.constraints))
        return self._render(name) if name else None

    def _facts(self, held: Constraints) -> list[str]:
        facts = [f"the pieces are for {held.gender}"] if held.gender else []
        facts += [f"size {size} {kind}".strip() for kind, size in held.sizes.items()]
        facts += [f"you like {', '.join(held.likes)}"] if held.likes else []
        facts += [f"you don't like {', '.join(held.dislikes)}"] if held.dislikes else []
        facts += [f"you own {', '.join(held.owns)}"] if held.owns else []
        facts += list(held.negatives)
        return facts + ([f"up to {self.lines.money(held.budget)}"] if held.budget else [])

    def _undone(self, thread: ThreadState, screen: Screen) -> str:
        look = screen.outfit()
        searched = bool(thread.history) and thread.history[-1].tool == "search"
        cards = [self.lines.card(card) for card in screen.shown()]
        shown = None if look is None or (searched and cards) else self.lines.look(look)
        return self._render("undone", look=shown, cards=cards)

    def _care(self, turn: TurnState, thread: ThreadState, screen: Screen) -> str:
        item = self._about(turn, thread, screen)
        words = (item.material or "").split() if item else []
        title = item.title if item else None
        said = next((line for line in _sentences(item) if "wash" in line.lower()), None)
        return self._render(
            "care", title=title, fabric=_CARE.get(words[-1]) if words else None, said=said
        )

    def _about(self, turn: TurnState, thread: ThreadState, screen: Screen) -> Item | None:
        said = turn.said.get("about")
        found = thread.refs.resolve(str(said)) if said else None
        if found is None and not said and len(screen.shown()) == 1:
            only = screen.shown()[0].item_id
            return self._shop.item(only) if only else None
        if found is None or not self._shop.has(found.id):
            return None
        return self._shop.item(found.id)

    def _about_item(self, words: str, item: Item | None) -> str:
        if item is None:
            return self._render("about_nothing")
        sizes = [size.name for size in item.sizes if size.stock is None or size.stock > 0]
        price = self.lines.money(item.price)
        point = direct(words, item, self._shop)
        if point:
            blank = dict.fromkeys(("size", "state", "asked", "there", "colors", "word", "said"))
            values = {**blank, "material": item.material, **point}
            return self._render("direct", title=item.title, price=price, sizes=sizes, **values)
        return self._render(
            "about_item",
            title=item.title,
            price=price,
            brand=item.brand,
            material=item.material,
            color=", ".join(share.name for share in item.color),
            sizes=sizes,
            sold_out=[size.name for size in item.sizes if size.stock == 0],
            description=item.description,
            stock=item.in_stock,
        )


def _cards(screen: Screen) -> tuple[Card, ...]:
    look = screen.outfit()
    return screen.shown() or tuple(look.slots.values() if look else ())


def _sentences(item: Item | None) -> list[str]:
    text = item.description if item else ""
    return [f"{part.strip().rstrip('.')}." for part in text.split(". ") if part.strip()]
