"""Fills what a feed leaves out: from the data, otherwise from words, then from the picture.

`Item.sources` says of each filled field which of the three it was. Colours of a picture are
measured; its category comes from the encoder's class prompts; nothing else is read off pictures.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from fashionm3.index import traits
from fashionm3.index.colour import colors
from fashionm3.index.kinds import PictureKinds, language_of, of_terms, of_words
from fashionm3.index.lexicon import Kind, Lexicon, Span
from fashionm3.index.records import Draft
from fashionm3.index.vectors import Matrix
from fashionm3.types import CATEGORIES, SEASONS, Item, Provenance

if TYPE_CHECKING:
    from fashionm3.index.encoder import Encoder

_N_STYLES = 6
_FAUX_FUR = re.compile(r"\b(?:faux|fake)[ -]fur\b", re.IGNORECASE)


@dataclass(slots=True)
class Entry:
    """A draft with its kept pictures and the decoded main one."""

    draft: Draft
    pictures: tuple[str, ...] = ()
    image: Image.Image | None = None


@dataclass(slots=True)
class _Facts:
    """Fields found so far, and where each comes from."""

    found: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, Provenance] = field(default_factory=dict)

    def add(self, name: str, value: Any, source: Provenance) -> None:  # noqa: ANN401
        if value and name not in self.found:
            self.found[name] = value
            self.sources[name] = source


class Enrichment:
    """Turns entries into items with embeddings.

    Args:
        lexicon: Reads words.
        encoder: Encodes pictures and titles; without it no category comes from a picture.
    """

    def __init__(self, lexicon: Lexicon, encoder: "Encoder | None" = None) -> None:
        self._lexicon = lexicon
        self._encoder = encoder
        self._kinds = PictureKinds(encoder, lexicon) if encoder is not None else None

    def items(self, entries: Sequence[Entry]) -> tuple[list[Item], Matrix]:
        """Returns the items of a batch, and ``(n, d) float32`` embeddings (d = 0: no encoder)."""
        vectors, guesses = self._embed(entries)
        found = zip(entries, guesses, strict=True)
        return [self._item(entry, guess) for entry, guess in found], vectors

    def _embed(self, entries: Sequence[Entry]) -> tuple[Matrix, list[str]]:
        guesses = [""] * len(entries)
        if self._encoder is None or self._kinds is None:
            return np.zeros((len(entries), 0), np.float32), guesses
        vectors = np.zeros((len(entries), self._encoder.dim), np.float32)
        shown = [row for row, entry in enumerate(entries) if entry.image is not None]
        told = [
            row for row, entry in enumerate(entries) if entry.image is None and entry.draft.title
        ]
        images = [image for entry in entries if (image := entry.image) is not None]
        if images:
            vectors[shown] = self._encoder.encode_images(images)
            for row, guess in zip(shown, self._kinds.guess(vectors[shown]), strict=True):
                guesses[row] = guess
        if told:
            vectors[told] = self._encoder.encode_texts([entries[row].draft.title for row in told])
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.where(norms > 0, norms, 1), np.float32), guesses

    def _item(self, entry: Entry, guess: str) -> Item:
        draft, facts = entry.draft, _Facts()
        for name in _AS_GIVEN:
            facts.add(name, getattr(draft, name), "given")
        if draft.in_stock is not None:
            facts.sources["in_stock"] = "given"
        facts.add("title", title_of_name(draft.item_id) if not draft.title else "", "words")
        kind = self._category(draft, facts, guess)
        self._given(draft, facts)
        self._words(draft, facts, kind)
        if entry.image is not None and "color" not in facts.found:
            facts.add("color", colors(entry.image), "picture")
        facts.add("title", _title(facts.found), "picture")
        facts.add("pictures", entry.pictures, "given")
        fields = {"title": "", "category": "", **facts.found}
        fields |= {"item_id": draft.item_id, "in_stock": draft.in_stock}
        fields |= {"price": draft.price, "currency": draft.currency}
        if draft.price is not None:
            facts.sources["price"] = "given"
        return Item(**fields, sources=facts.sources)

    def _category(self, draft: Draft, facts: _Facts, guess: str) -> Kind | None:
        title = facts.found.get("title", "")
        named = of_words(title, self._lexicon, language_of(title, self._lexicon))
        category, kind = of_terms(draft.kinds, self._lexicon, named)
        is_own = kind is None and category not in CATEGORIES
        if named is not None and is_own:
            # "SS25 Collection" and "Best sellers" say less than the title.
            facts.add("category", named.category, "words")
        facts.add("category", category, "given")
        if named is not None:
            facts.add("category", named.category, "words")
        facts.add("category", guess, "picture")
        if named is not None and named.category == facts.found.get("category"):
            return named
        return kind

    def _given(self, draft: Draft, facts: _Facts) -> None:
        lexicon = self._lexicon
        facts.add("color", traits.shares(draft.colors, lexicon), "given")
        facts.add("pattern", traits.pattern(draft.pattern, lexicon), "given")
        facts.add("material", traits.material(draft.material, lexicon), "given")
        facts.add("gender", traits.gender(draft.genders, draft.age, lexicon), "given")
        facts.add("gender", traits.gender_of_paths(draft.kinds, lexicon), "given")
        facts.add("season", traits.seasons(draft.season, lexicon), "given")
        facts.add("style", tuple(draft.style), "given")
        facts.add("occasion", tuple(draft.occasion), "given")

    def _words(self, draft: Draft, facts: _Facts, kind: Kind | None) -> None:
        title = " | ".join([facts.found.get("title", ""), draft.words])
        language = language_of(title, self._lexicon)
        spans = self._lexicon.spans(title, fuzzy=language == "en", language=language)
        more = spans + self._lexicon.spans(draft.description[:2000])
        extra = dict(kind.extra) if kind is not None else {}
        if _FAUX_FUR.search(title):
            extra["material"] = "faux fur"
        if language != "en":
            told = traits.material_abroad(title), traits.gender_abroad(title)
            extra |= {k: v for k, v in zip(("material", "gender"), told, strict=True) if v}
            extra.setdefault("pattern", traits.pattern_abroad(title) or "")
        colours = [(span.value, None) for span in spans if span.slot == "color"]
        facts.add("color", traits.shares(colours, self._lexicon), "words")
        for slot in ("pattern", "material"):
            facts.add(slot, _first(more, slot) or extra.get(slot), "words")
        genders = _values(spans, "gender") or [extra.get("gender", "")]
        facts.add("gender", traits.gender(genders, None, self._lexicon), "words")
        named = set(_values(more, "season") or [extra.get("season", "")])
        facts.add("season", tuple(season for season in SEASONS if season in named), "words")
        styles = [kind.style if kind is not None else "", *_values(spans, "style")]
        facts.add("style", tuple(dict.fromkeys(filter(None, styles)))[:_N_STYLES], "words")
        facts.add("occasion", tuple(_values(spans, "occasion")), "words")


_AS_GIVEN = ("title", "description", "sizes", "brand", "url", "variant_group")


def _values(spans: Sequence[Span], slot: str) -> list[str]:
    return list(dict.fromkeys(span.value for span in spans if span.slot == slot))


def _first(spans: Sequence[Span], slot: str) -> str | None:
    return next((span.value for span in spans if span.slot == slot), None)


def title_of_name(name: str) -> str:
    """Returns the title that a file's name spells out, empty where it is a code.

    ``red-summer-dress_01`` names a thing, ``00003aeb-ace5`` and ``IMG_2034`` do not.
    """
    words = [word for word in re.split(r"[^0-9A-Za-zÀ-ÿ]+", name) if word]
    spoken = [word for word in words if word.isalpha() and len(word) > 2]
    coded = [word for word in words if not word.isalpha() and len(word) > 2]
    if len(spoken) < 2 or coded:
        return ""
    return " ".join(word for word in words if word.isalpha()).capitalize()


def _title(found: dict[str, Any]) -> str:
    """Names an item without title by what its picture shows; a colour alone is no name."""
    if not found.get("category"):
        return ""
    main = found["color"][0].name if found.get("color") else ""
    return " ".join(filter(None, [main, found["category"]])).capitalize()
