"""Answers questions about what is on the screen from the shop's own data, never from a guess."""

import re
from collections.abc import Sequence
from typing import Any

from fashionm3.tools.shop import Shop
from fashionm3.types import Card, Item

_TOTAL = re.compile(
    r"\b(?:whole (?:thing|look|outfit|lot)|altogether|in total|the total|total (?:price|cost)|"
    r"all (?:of (?:it|them)|in all|together|three|four|five|that)|everything|"
    r"(?:the|this) (?:look|outfit))\b",
    re.IGNORECASE,
)
_COST = re.compile(r"\b(?:how much|cost\w*|price\w*|total|come to|pay)\b", re.IGNORECASE)
_CHEAPEST = re.compile(r"\b(?:cheapest|least expensive|lowest price)\b", re.IGNORECASE)
_DEAREST = re.compile(r"\b(?:most expensive|dearest|priciest)\b", re.IGNORECASE)
_MADE = re.compile(
    r"\b(?:made (?:of|from|out of)|materials?|fabrics?|what'?s it made)\b", re.IGNORECASE
)
_SIZES = re.compile(r"\b(?:sizes?|fit|in (?:an? )?(?:xs|s|m|l|xl|xxl|\d{2})\b)", re.IGNORECASE)
_WHICH_SIZES = re.compile(r"\b(?:what|which|any|other|all) (?:\w+ )?sizes?\b", re.IGNORECASE)
_SIZE = re.compile(r"\b(?:in|size|an?)\s+(?:an?\s+)?(x{0,3}s|m|x{0,3}l|\d{2}(?:[.,]5)?)\b", re.I)
_COLORS = re.compile(r"\b(?:colou?rs?|come in|comes in|available in|have it in|get it in)\b", re.I)
_HAS = re.compile(
    r"\b(?:has?|have|got|with|is|are)\b[\w\s']{0,24}?\b(hoods?|hooded|pockets?|zips?|zippers?|"
    r"buttons?|collars?|linings?|lined|laces?|belts?|straps?|waterproof|water-resistant|warm|"
    r"stretch\w*|elastic\w*|see-through|sheer|padded|machine wash\w*|heels?|sleeves?)\b",
    re.IGNORECASE,
)
_SERVICE = re.compile(
    r"\b(?:deliver\w*|ship\w*|postage|returns?|refunds?|exchange policy|pay(?:ment|pal)?|klarna|"
    r"credit card|vouchers?|discount codes?|opening hours|store hours|customer service)\b",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    r"\b(?:(?:do|did) you (?:know|remember|have) (?:about|of|on)? ?me|about me|"
    r"what (?:have i|did i) (?:told|tell) you|what do you (?:know|remember))\b",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"\W*(?:hi|hiya|hello|hey|good (?:morning|afternoon|evening)|hallo|hola|bonjour|yo)"
    r"(?:\W+(?:there|all|again))?\W*",
    re.IGNORECASE,
)
_BYE = re.compile(r"\W*(?:good)?bye(?: bye)?\W*|\W*see (?:you|ya)\b.*", re.IGNORECASE)


def asks_total(text: str) -> bool:
    """Tells whether the words ask for the price of a whole look."""
    return _COST.search(text) is not None and _TOTAL.search(text) is not None


def extreme(text: str, cards: Sequence[Card]) -> tuple[str, Card] | None:
    """Returns the cheapest or dearest card where the words ask which it is."""
    priced = [card for card in cards if card.price is not None]
    if not priced:
        return None
    if _CHEAPEST.search(text):
        return "cheapest", min(priced, key=lambda card: card.price or 0)
    if _DEAREST.search(text):
        return "most expensive", max(priced, key=lambda card: card.price or 0)
    return None


def topic(text: str) -> str | None:
    """Returns what a message is about that no tool serves: service, memory, a greeting, a bye."""
    for name, pattern in (("known", _KNOWN), ("service", _SERVICE)):
        if pattern.search(text):
            return name
    if _GREETING.fullmatch(text):
        return "hello"
    return "bye" if _BYE.fullmatch(text) else None


def direct(text: str, item: Item, shop: Shop) -> dict[str, Any]:
    """Returns facts that answer a question about one item directly; empty where none is asked.

    Returns:
        ``point`` (which sentence answers) and the values that it names.
    """
    size = _SIZE.search(text)
    if size is not None and item.sizes:
        return _sized(size.group(1).upper(), item)
    if _WHICH_SIZES.search(text) and item.sizes:
        return {"point": "sizes"}
    if _COLORS.search(text):
        return _colored(text, item, shop)
    if _MADE.search(text):
        return {"point": "made", "material": item.material}
    asked = shop.lexicon.material(_last_word(text))
    if asked is not None and item.material is not None and "?" in text:
        return {"point": "is_made", "asked": asked, "material": item.material}
    has = _HAS.search(text)
    if has is not None:
        return _mentioned(has.group(1).lower(), item)
    if _SIZES.search(text) and item.sizes:
        return {"point": "sizes"}
    return {"point": "price"} if _COST.search(text) else {}


def _sized(size: str, item: Item) -> dict[str, Any]:
    found = next((entry for entry in item.sizes if entry.name.upper() == size), None)
    state = "absent" if found is None else "sold_out" if found.stock == 0 else "there"
    return {"point": "size", "size": size, "state": state}


def _colored(text: str, item: Item, shop: Shop) -> dict[str, Any]:
    asked = [span.value for span in shop.lexicon.spans(text) if span.slot == "color"]
    others = [item]
    if item.variant_group is not None:
        others = [o for o in _variants(item, shop)] or others
    names = list(dict.fromkeys(other.main_color for other in others if other.main_color))
    wanted = asked[0] if asked else None
    return {"point": "colors", "asked": wanted, "colors": names, "there": wanted in names}


def _variants(item: Item, shop: Shop) -> list[Item]:
    import pyarrow.compute as pc

    table = shop.catalog.table
    same = table.filter(pc.equal(table["variant_group"], item.variant_group))
    return [shop.item(item_id) for item_id in same["item_id"].to_pylist()]


def _mentioned(word: str, item: Item) -> dict[str, Any]:
    stem = re.sub(r"(?:ed|s|ing|able)$", "", word)
    sentences = re.split(r"(?<=[.!?])\s+", f"{item.title}. {item.description}")
    said = next((text for text in sentences if stem in text.lower()), None)
    return {"point": "mentioned", "word": word, "said": said}


def _last_word(text: str) -> str:
    words = re.findall(r"[\w-]+", text)
    return words[-1] if words else ""
