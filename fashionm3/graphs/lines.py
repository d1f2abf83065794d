"""Cards and looks as the lines that reply templates print."""

from dataclasses import dataclass
from typing import Any

from fashionm3.graphs.money import money
from fashionm3.tools.shop import Shop
from fashionm3.types import Card, Look


@dataclass(frozen=True)
class Lines:
    """Writes for one shop; every title and price comes from a row."""

    shop: Shop

    def money(self, minor: int | None) -> str:
        """Writes a price of the shop's currency, from minor units."""
        return money(minor, self.shop.catalog.currency, self.shop.catalog.exponent)

    def card(self, card: Card) -> dict[str, Any]:
        """Returns reference, title, price and text of a card."""
        price = self.money(card.price)
        return {"ref": card.ref, "title": card.title, "price": price, "text": card.text}

    def look(self, look: Look) -> dict[str, Any]:
        """Returns a look's pieces in wearing order, with its total."""
        return {
            "ref": look.ref,
            "pieces": [{"slot": slot, **self.card(card)} for slot, card in look.slots.items()],
            "total": self.money(look.total),
            "missing": list(look.missing),
            "reasons": list(look.reasons),
        }
