"""Categories: from a feed's own terms, from words, and from a picture by class prompts."""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fashionm3.index.lexicon import Kind, Lexicon
from fashionm3.types import CATEGORIES

LANGUAGES = ("de", "fr", "es")
"""Languages that are tried where English finds little, in this order."""

if TYPE_CHECKING:
    from fashionm3.index.encoder import Encoder

_SPELLINGS = {
    "outwear": "outerwear", "outerwear": "outerwear", "coats & jackets": "outerwear",
    "jackets & coats": "outerwear", "body": "bodysuit", "footwear": "shoes", "headwear": "hat",
    "long sleeve": "longsleeve", "trousers": "pants", "bottoms": "pants", "tops": "top",
    # Google's product taxonomy by number.
    "2271": "dress", "203": "outerwear", "204": "pants", "207": "shorts", "1581": "skirt",
    "187": "shoes", "173": "hat",
}  # fmt: skip
_CHOICES = {
    **dict.fromkeys(("suit", "suits"), ("blazer", "pants", "skirt", "outerwear", "shorts")),
    "bottoms": ("pants", "shorts", "skirt"),
}
"""Terms under which several categories are sold: the title tells which."""

_SEVERAL = re.compile(r"[&/+]|\b(?:and|und|et|y)\b")
_BROAD = frozenset({
    "apparel", "clothing", "clothes", "fashion", "topwear", "bottomwear", "accessories",
    "apparel & accessories", "new", "new in", "new arrivals", "sale", "women", "men", "kids",
    "boys", "girls", "unisex", "other", "others", "misc", "miscellaneous", "all",
    "garment upper body", "garment lower body", "garment full body", "clothing shoes & jewelry",
    "amazon fashion", "home", "featured", "uncategorized", "default", "product", "products", "item",
    "simple", "variable", "variation", "external", "garment", "garments", "upper body",
    "lower body", "full body", "home page", "apparel and accessories",
})  # fmt: skip
_REST = re.compile(
    r"\b(?:with|for|in|and|featuring|by|mit|für|aus|und|avec|pour|en|et|con|para|de)\b|[(,|–]",
    re.IGNORECASE,
)
_PHRASES = ("{}", "a photo of a {}", "{} for women", "{} for men", "a picture of a {} for sale")


def of_terms(
    terms: Iterable[str], lexicon: Lexicon, named: Kind | None = None
) -> tuple[str, Kind | None]:
    """Returns the category of a feed's own terms, best first, and the kind behind it.

    A term that the lexicon does not know is kept as it is, in lower case, unless it is too broad
    to name a category; then the category is empty.

    Args:
        terms: The feed's terms.
        lexicon: Knows the kinds.
        named: The kind that the title names: it decides among those of ``T-Shirts & Tops``.
    """
    own = ""
    for term in terms:
        word = re.sub(r"\s+", " ", term.lower()).strip()
        if named is not None and named.category in _choices(word, lexicon):
            return named.category, named
        if word in CATEGORIES:
            return word, lexicon.category(word)
        if word in _SPELLINGS:
            return _SPELLINGS[word], None
        kind = lexicon.category(word) or of_words(word, lexicon) or _foreign(word, lexicon)
        if kind is not None:
            return kind.category, kind
        if not own and word not in _BROAD and not word.isdigit() and len(word) <= 60:
            own = "" if lexicon.gender(word) else word
    return own, None


def _choices(word: str, lexicon: Lexicon) -> Iterable[str]:
    if word in _CHOICES or not _SEVERAL.search(word):
        return _CHOICES.get(word, ())
    return {span.value for span in lexicon.spans(word) if span.slot == "category"}


def _foreign(word: str, lexicon: Lexicon) -> Kind | None:
    return of_words(word, lexicon, language_of(word, lexicon))


def language_of(text: str, lexicon: Lexicon) -> str:
    """Returns the language whose names of garments and colours a title is written with.

    English, unless it finds at most a garment and another language finds more.
    """
    found = lexicon.spans(text)
    if len(found) > 1 or any(span.slot != "category" for span in found):
        return "en"
    for language in LANGUAGES:
        spans = lexicon.spans(text, fuzzy=False, language=language)
        kinds = [span for span in spans if span.slot == "category"]
        others = [span for span in spans if span.slot != "category" and len(span.surface) > 2]
        if kinds and (others or not found):
            return language
    return "en"


def of_words(text: str, lexicon: Lexicon, language: str = "en") -> Kind | None:
    """Returns the kind that a title names: the last name before "with", "for", "in", ..."""
    found = lexicon.spans(text, fuzzy=language == "en", language=language)
    spans = [span for span in found if span.slot == "category"]
    if not spans:
        return None
    rest = next((m.start() for m in _REST.finditer(text) if m.start() > spans[0].start), len(text))
    best = [span for span in spans if span.start < rest][-1]
    named = lexicon.category(best.extra.get("kind", best.surface), language)
    return named or lexicon.category(best.surface, language)


class PictureKinds:
    """Guesses categories of pictures by the encoder's class prompts.

    Args:
        encoder: Encodes the prompts, once.
        lexicon: Names the categories.
    """

    def __init__(self, encoder: "Encoder", lexicon: Lexicon) -> None:
        self._encoder = encoder
        self._lexicon = lexicon

    @cached_property
    def _centres(self) -> NDArray[np.float32]:
        rows = [
            np.asarray(self._encoder.encode_texts(self._prompts(category))).mean(axis=0)
            for category in CATEGORIES
        ]
        centres = np.stack(rows)
        norms = np.linalg.norm(centres, axis=1, keepdims=True)
        return np.asarray(centres / np.maximum(norms, 1e-9), np.float32)

    def _prompts(self, category: str) -> list[str]:
        plain = [kind.name for kind in self._lexicon.kinds(category) if not kind.style]
        names = dict.fromkeys([category, *plain])
        return [phrase.format(name) for name in names for phrase in _PHRASES]

    def guess(self, vectors: NDArray[np.float32]) -> list[str]:
        """Returns the nearest of the 17 categories for each of ``(n, d) float32`` embeddings."""
        if not len(vectors):
            return []
        return [CATEGORIES[best] for best in (vectors @ self._centres.T).argmax(axis=1)]
