"""The sample shop: drawn garments with every field of an item."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from fashionm3.sample import assortment, wording
from fashionm3.sample.assortment import Product
from fashionm3.sample.palette import Shade
from fashionm3.sample.prints import NAMES
from fashionm3.sample.studio import photograph
from fashionm3.types import ColorShare, Item

QUALITY = 89
"""Of the JPEG files."""

Progress = Callable[[int, int], None]
"""Is told how many items are done, of how many."""


def sample_items(seed: int = 7, n: int = 640) -> Iterator[tuple[Item, Image.Image]]:
    """Draw the items of the shop, each with its picture of 384 x 512.

    Args:
        seed: The same seed and ``n`` give the same items and pixels.
        n: Number of items; 640 have at least 18 of each category and 8 bags.
    """
    for product in assortment.products(seed, n):
        yield from _variants(seed, product)


def write_shop(out: Path, seed: int = 7, n: int = 640, progress: Progress | None = None) -> Path:
    """Write ``items.jsonl`` and ``images/`` as a shop would hand them over.

    Args:
        out: Folder, made if missing.
        seed: See `sample_items`.
        n: Number of items.
        progress: Called after each item.

    Returns:
        The path of ``items.jsonl``.
    """
    (out / "images").mkdir(parents=True, exist_ok=True)
    path = out / "items.jsonl"
    with path.open("w", encoding="utf-8") as lines:
        for done, (item, image) in enumerate(sample_items(seed, n), 1):
            image.save(out / item.pictures[0], "JPEG", quality=QUALITY)
            lines.write(json.dumps(feed_row(item), ensure_ascii=False) + "\n")
            if progress is not None:
                progress(done, n)
    return path


def feed_row(item: Item) -> dict[str, Any]:
    """Return an item as a line of a feed: no provenance, the price in major units."""
    row = item.model_dump(mode="json", exclude={"sources"})
    row["price"] = None if item.price is None else f"{item.price / 100:.2f} {item.currency}"
    return row


def _variants(seed: int, product: Product) -> Iterator[tuple[Item, Image.Image]]:
    rng = np.random.default_rng([seed, 2, product.number])
    house = wording.brand(product, rng)
    shown = str(rng.choice(NAMES)) if product.pattern == "graphic" else None
    for k, shade in enumerate(product.shades):
        # One generator a product, so that its variants share folds, pattern and proportions.
        look = np.random.default_rng([seed, 3, product.number])
        image, shares = photograph(product, shade, shown, look)
        stock = assortment.sizes(product, np.random.default_rng([seed, 4, product.number, k]))
        item_id = f"fm{product.number}-{k + 1}"
        yield (
            _item(product, shade, house, shown, item_id, shares).model_copy(
                update={"sizes": stock, "in_stock": any(s.stock for s in stock)}
            ),
            image,
        )


def _item(
    product: Product, shade: Shade, house: str, shown: str | None, item_id: str,
    shares: dict[str, float],
) -> Item:  # fmt: skip
    kind = product.kind
    pattern = {"pinstripe": "striped"}.get(product.pattern, product.pattern)
    words = tuple(w.strip() for w in product.words.replace(" and ", ", ").split(","))
    several = len(product.shades) > 1
    item = Item(
        item_id=item_id,
        title=wording.title(product, shade, house),
        description=wording.description(product, shade, house, shown),
        category=kind.category,
        color=tuple(ColorShare(name=c, share=round(s, 3)) for c, s in shares.items()),
        pattern=pattern,
        material=product.stuff[0],
        gender=product.gender,
        season=kind.season,
        style=tuple(dict.fromkeys((*kind.style, *words))),
        occasion=kind.occasion,
        price=product.cents,
        currency="EUR",
        brand=house,
        url=f"https://shop.example/p/{item_id}",
        variant_group=f"fm{product.number}" if several else None,
        pictures=(f"images/{item_id}.jpg",),
    )
    filled = item.model_dump(exclude={"item_id"}, exclude_defaults=True)
    given = dict.fromkeys((*filled, "sizes", "in_stock"), "given")
    return item.model_copy(update={"sources": given})
