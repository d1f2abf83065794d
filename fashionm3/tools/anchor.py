"""What a look is built around: an item of the shop, the shopper's own piece, or a picture."""

import re

from PIL.Image import Image

from fashionm3.errors import ToolError
from fashionm3.index.lexicon import Lexicon
from fashionm3.tools.base import Scene
from fashionm3.tools.shop import Shop
from fashionm3.types import CATEGORIES, ColorShare, Item

OWN = "own:"
"""Prefix of the id of a piece that the shopper owns; it is never shown as an item of the shop."""

_HASH = re.compile(r"[0-9a-f]{64}")


def resolve_anchor(anchor: str, shop: Shop, scene: Scene) -> Item:
    """Returns the piece that an anchor means.

    Args:
        anchor: An item id, the hash of a picture, a category of the look, or words.
        shop: The shop.
        scene: The conversation.

    Raises:
        ToolError: The words name no kind of garment, or the picture shows none.
    """
    if shop.has(anchor):
        return shop.item(anchor)
    worn = scene.worn(anchor)
    if worn is not None and worn[1].item_id is not None:
        return shop.item(worn[1].item_id)
    if _HASH.fullmatch(anchor):
        return _from_picture(anchor, shop)
    return from_words(anchor, shop.lexicon)


def from_words(words: str, lexicon: Lexicon) -> Item:
    """Reads an own piece from words like "grey blazer".

    Raises:
        ToolError: No kind of garment is named.
    """
    spans = lexicon.spans(words)
    kinds = [span for span in spans if span.slot == "category"]
    if not kinds:
        raise ToolError(f"{words[:60]!r} names no kind of garment: ask which piece it is")
    color = next((span.value for span in spans if span.slot == "color"), None)
    material = next((span.value for span in spans if span.slot == "material"), None)
    pattern = next((span.value for span in spans if span.slot == "pattern"), None)
    return Item(
        item_id=f"{OWN}{words}",
        title=words,
        category=kinds[0].value,
        color=(ColorShare(name=color, share=1.0),) if color else (),
        material=material,
        pattern=pattern,
        style=(kinds[0].style,) if kinds[0].style else (),
        price=0,
    )


def _from_picture(sha256: str, shop: Shop) -> Item:
    from fashionm3.index.colour import colors

    if shop.artifacts is None or shop.encoder is None:
        raise ToolError("a picture can't be read here: describe the piece in words")
    image = shop.artifacts.open(sha256)
    category = closest_category(shop, image)
    return Item(
        item_id=f"{OWN}{sha256}",
        title=f"your {category}",
        category=category,
        color=colors(image),
        price=0,
    )


def closest_category(shop: Shop, image: Image) -> str:
    """Names the kind of garment of a picture by the encoder's class prompts."""
    assert shop.encoder is not None
    prompts = [f"a photo of a {category}" for category in CATEGORIES]
    pictures = shop.encoder.encode_images([image])
    scores = pictures @ shop.encoder.encode_texts(prompts).T
    return CATEGORIES[int(scores[0].argmax())]
