"""A few items in memory, and an encoder that knows words without a model."""

from pathlib import Path

import numpy as np

from fashionm3.index.catalog import Catalog
from fashionm3.index.lexicon import Lexicon
from fashionm3.index.manifest import Manifest
from fashionm3.index.table import to_table
from fashionm3.types import ColorShare, Item, Size

DIM = 32


class BagOfWords:
    """Sums a fixed random direction for each word."""

    id = "bag-of-words"
    dim = DIM

    def encode_texts(self, texts):
        return np.stack([self._encode(text) for text in texts])

    def encode_images(self, images):
        """Reads a picture by its file name, which a test sets."""
        return np.stack([self._encode(image.info.get("words", "red shirt")) for image in images])

    def _encode(self, text):
        total = np.zeros(DIM)
        for word in text.lower().split():
            total += np.random.default_rng(sum(word.encode())).standard_normal(DIM)
        length = np.linalg.norm(total)
        return (total / length if length else total).astype(np.float32)


def item(item_id, title, category, color=None, **fields):
    colors = (color,) if isinstance(color, str) else color or ()
    shares = [c if isinstance(c, tuple) else (c, 0.9) for c in colors]
    return Item(
        item_id=item_id,
        title=title,
        category=category,
        color=tuple(ColorShare(name=name, share=share) for name, share in shares),
        **fields,
    )


def sizes(**stock):
    return tuple(Size(name=name, stock=n) for name, n in stock.items())


ITEMS = (
    item("s1", "Oxford shirt", "shirt", "blue", material="cotton", gender="men", price=4900,
         sizes=sizes(S=3, M=0, L=None), variant_group="oxford", season=("spring", "summer")),
    item("s2", "Oxford shirt", "shirt", "white", material="cotton", gender="men", price=4900,
         sizes=sizes(S=1, M=2), variant_group="oxford", season=("spring",)),
    item("s3", "Linen camp collar shirt", "shirt", "green", material="linen", gender="unisex",
         price=6500, description="Breezy. No buttons to lose.", season=("summer",)),
    item("h1", "Hoodie with full zip", "hoodie", "grey", material="cotton", gender="men",
         price=5500, sizes=sizes(M=5)),
    item("h2", "Pullover hoodie", "hoodie", [("grey", 0.7), ("white", 0.25)], gender="women",
         price=4500, in_stock=False),
    item("h3", "Zipped track hoodie", "hoodie", "navy", gender="kids", price=2500, in_stock=True),
    item("b1", "Chelsea boots", "shoes", "brown", material="leather", style=("chelsea boots",),
         price=15900, gender="men", sizes=sizes(**{"EU 42": 1, "EU 43": 0}), occasion=("office",)),
    item("b2", "Vegan Chelsea boots", "shoes", "black", material="faux leather", price=12900,
         gender="women", sizes=sizes(**{"39": 1})),
    item("b3", "Canvas trainers", "shoes", [("white", 0.8), ("navy", 0.1)], material="canvas",
         price=3900, gender="unisex", sizes=sizes(**{"42": 4})),
    item("d1", "Floral midi dress", "dress", "red", pattern="floral", gender="women", price=8900,
         material="viscose", season=("summer",), occasion=("wedding",)),
    item("d2", "Striped shirt dress", "dress", [("navy", 0.5), ("white", 0.5)], pattern="striped",
         gender="women", price=7900, material="cotton"),
    item("d3", "Black cropped dress", "dress", "black", gender="women", price=None),
    item("g1", "Canvas tote", "bag", "beige", material="canvas", price=2900,
         description="Handles of nappa."),
    item("p1", "Selvedge jeans", "pants", "blue", material="denim", style=("jeans",), gender="men",
         price=9900, brand="Café Denim"),
    item("p2", "Wide chinos", "pants", "beige", material="98% cotton, 2% elastane",
         style=("chinos",), gender="men", price=5900),
    item("n1", "", "hat"),
)  # fmt: skip


def catalog(items=ITEMS, encoder=None):
    """A catalogue in memory; an item without title has a zero embedding."""
    dim = 0 if encoder is None else encoder.dim
    embeddings = np.zeros((len(items), dim), np.float32)
    if encoder is not None and items:
        words = [f"{i.title} {i.category}" if i.title else "" for i in items]
        embeddings = encoder.encode_texts(words)
    manifest = Manifest(
        generation=3,
        rows=len(items),
        files={},
        encoder_id=None if encoder is None else encoder.id,
        dim=dim,
        currency="EUR",
        categories=tuple(dict.fromkeys(i.category for i in items)),
        digest="-",
    )
    return Catalog(Path("-"), manifest, to_table(items), embeddings)


LEXICON = Lexicon.load()
