"""What the tools share: one open catalogue with its search, scorer, words and pictures."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fashionm3.artifacts import ArtifactStore
from fashionm3.index.catalog import Catalog
from fashionm3.index.lexicon import Lexicon
from fashionm3.index.outfits import OutfitScorer
from fashionm3.index.search import Filters, Found, Query, Search
from fashionm3.tools.base import Scene
from fashionm3.types import Card, Item

if TYPE_CHECKING:
    from PIL.Image import Image

    from fashionm3.index.encoder import Encoder

_HASH = re.compile(r"[0-9a-f]{64}")
UNSIZED = frozenset({"shoes", "hat", "bag"})
"""Categories whose size a general clothes size says nothing about."""


@dataclass(frozen=True)
class Shop:
    """The parts a tool works with; ``encoder`` may be absent, then words alone search."""

    catalog: Catalog
    search: Search
    lexicon: Lexicon
    scorer: OutfitScorer
    encoder: "Encoder | None" = None
    artifacts: ArtifactStore | None = None

    def item(self, item_id: str) -> Item:
        """Returns a row of the catalogue."""
        return self.catalog.item(item_id)

    def has(self, item_id: str) -> bool:
        """Tells whether an id is a row of the catalogue."""
        return item_id in self.catalog

    def card(self, item: Item) -> Card:
        """Makes a card of an item, without a reference yet."""
        return Card(
            item_id=item.item_id,
            title=item.title,
            category=item.category,
            color=item.main_color,
            price=item.price,
            currency=item.currency or self.catalog.currency,
            brand=item.brand,
            url=item.url,
            variant_group=item.variant_group,
            sizes=item.sizes,
            picture=item.pictures[0] if item.pictures else None,
        )

    def find(
        self,
        query: Query,
        filters: Filters,
        k: int,
        relax: bool = True,
        image: "Image | None" = None,
    ) -> Found:
        """Searches with what the shopper asked for now and declared for good."""
        return self.search.search(query, filters, k=k, relax=relax, image=image)

    def picture(self, said: str | None) -> "Image | None":
        """Returns the shopper's picture whose hash is said, or None where none is."""
        if said is None or self.artifacts is None or not _HASH.fullmatch(said):
            return None
        return self.artifacts.open(said)

    def under(self, filters: Filters, scene: Scene, category: str | None = None) -> Filters:
        """Adds the shopper's constraints to filters; the stricter price holds."""
        constraints = scene.constraints
        limits = [p for p in (filters.price_max, constraints.budget) if p is not None]
        kind = category or filters.category
        size = constraints.sizes.get(kind or "")
        if size is None and kind not in UNSIZED:
            size = constraints.sizes.get("")
        no_gos = [*filters.negatives, *constraints.negatives]
        no_gos += [f"no {word}" for word in constraints.dislikes if not _asked(word, filters)]
        return filters.model_copy(
            update={
                "price_max": min(limits) if limits else None,
                "size": filters.size or size,
                "negatives": tuple(dict.fromkeys(no_gos)),
            }
        )


def _asked(word: str, filters: Filters) -> bool:
    """Tells whether the shopper asks right now for what they said they dislike."""
    return word in (filters.color, filters.material, filters.pattern, filters.category)
