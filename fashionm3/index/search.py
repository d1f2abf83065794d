"""Search of a catalogue: filters first, then an exact ranking of everything that is left."""

import time
from collections.abc import Sequence
from functools import cached_property, lru_cache
from threading import RLock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fashionm3.errors import InputError, UsageError
from fashionm3.index.catalog import Catalog
from fashionm3.index.fields import Mask
from fashionm3.index.filters import RELAXED, Columns, Filters, all_of
from fashionm3.index.lexicon import Lexicon
from fashionm3.index.neighbours import FaissNeighbours, Matrix, Neighbours, Rows
from fashionm3.index.ranking import Ranking, Request
from fashionm3.index.space import Labels, Space
from fashionm3.index.wishes import read_wishes
from fashionm3.index.words import Words
from fashionm3.types import Item, Value

if TYPE_CHECKING:
    from PIL.Image import Image

    from fashionm3.index.encoder import Encoder

__all__ = ["Filters", "Found", "Hit", "Query", "Search"]

_PICTURE = 1.0  # weight of a picture's embedding
_TEXT = 1.0  # weight of the words' embedding
_DIGITS = 6  # scores closer than this are a tie, which the rows' order breaks


class Query(Value):
    """What is searched; everything can be absent.

    Attributes:
        text: Words, in any form.
        like: An item id whose likeness is wanted.
    """

    text: str = ""
    like: str | None = None


class Hit(Value):
    """One item that was found; higher scores are better within one search."""

    item_id: str
    score: float


class Found(Value):
    """The answer to a search.

    Attributes:
        hits: Best first, never more than were asked for.
        eligible: Items that passed the filters, variants counted each.
        relaxed: Filters that were given up because nothing was left, in order.
        ignored: Filters on a field that no item of the catalogue has.
        generation: Of the catalogue.
        ms: Milliseconds.
    """

    hits: tuple[Hit, ...] = ()
    eligible: int = 0
    relaxed: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    generation: int = 0
    ms: float = 0.0


class Search:
    """Searches one open catalogue; safe to share between threads.

    Args:
        catalog: An open catalogue.
        encoder: Encodes words and pictures; without it words alone search.
        lexicon: Reads words.
        backend: How embeddings are compared.

    Raises:
        UsageError: The catalogue's embeddings come from another encoder.
    """

    def __init__(
        self,
        catalog: Catalog,
        encoder: "Encoder | None",
        lexicon: Lexicon,
        backend: type[Neighbours] = FaissNeighbours,
    ) -> None:
        known = catalog.manifest.encoder_id
        if encoder is not None and known is not None and known != encoder.id:
            raise UsageError(
                f"the catalogue was built with encoder {known!r}, not with {encoder.id!r}: "
                "open it with its own encoder or build it again"
            )
        self._catalog = catalog
        self._lexicon = lexicon
        self._backend = backend
        self._encoder = encoder if catalog.embeddings.shape[1] else None
        self._lock = RLock()
        self._encode_text = lru_cache(maxsize=512)(self._encoded_text)

    def open(self) -> None:
        """Builds all indexes now; the first search does so otherwise."""
        with self._lock:
            self._words.open()
            _ = self._ranking, self._groups
            if self._space is not None:
                self._space.open()

    def search(
        self,
        query: Query,
        filters: Filters,
        k: int = 5,
        image: "Image | None" = None,
        relax: bool = True,
        variants: bool = False,
    ) -> Found:
        """Finds the k best items among those that satisfy the filters.

        Args:
            query: Words and likeness; empty words rank by data alone.
            filters: Hard limits.
            k: The most hits, at least 1.
            image: A picture whose likeness is wanted.
            relax: Give up season, material, pattern and colour, one after the other, while nothing
                is left.
            variants: Show each variant of a product instead of the best matching one.

        Raises:
            InputError: ``like`` is no item of the catalogue.
            UsageError: k is less than 1.
        """
        start = time.perf_counter()
        if k < 1:
            raise UsageError(f"k={k}: expected at least 1")
        like = None if query.like is None else self._catalog.item(query.like)
        with self._lock:
            columns, ranking = self._columns, self._ranking
        masks, ignored = columns.masks(filters)
        eligible, relaxed = _narrow(masks, columns.n, relax)
        rows = np.flatnonzero(eligible)
        hits: tuple[Hit, ...] = ()
        if len(rows):
            request = self._request(query, filters, like, image)
            hits = self._best(ranking.scores(request, rows), rows, k, variants)
        return Found(
            hits=hits,
            eligible=len(rows),
            relaxed=relaxed,
            ignored=ignored,
            generation=self._catalog.generation,
            ms=round((time.perf_counter() - start) * 1000, 3),
        )

    def _request(
        self, query: Query, filters: Filters, like: Item | None, image: "Image | None"
    ) -> Request:
        wishes = read_wishes(query.text, self._lexicon)
        vectors: list[tuple[Matrix, float]] = []
        said = query.text
        if like is not None:
            vector = np.asarray(self._catalog.embeddings[self._catalog.row(like.item_id)])
            if vector.any():
                vectors.append((vector, _PICTURE))
            else:
                said = f"{said} {like.title}"
        if self._encoder is not None:
            if image is not None:
                vectors.append((self._encoder.encode_images([image])[0], _PICTURE))
            if wishes.text:
                text = _named(wishes.text, wishes.categories, filters)
                vectors.append((self._encode_text(text), _TEXT))
        words = tuple(self._words.read_query(said)) if said.strip() else ()
        return Request(wishes, words, vectors, like, filters.color, filters.gender)

    def _best(
        self, scores: NDArray[np.float64], rows: Rows, k: int, variants: bool
    ) -> tuple[Hit, ...]:
        scores = np.round(scores, _DIGITS)
        groups = None if variants else self._groups
        room = min(len(rows), 4 * k + 16)
        while True:
            # Everything that ties with the last place stays in, so that ties fall by row.
            place = np.partition(scores, len(scores) - room)[len(scores) - room]
            chosen = np.flatnonzero(scores >= place)
            chosen = chosen[np.lexsort((rows[chosen], -scores[chosen]))]
            if groups is not None:
                _, first = np.unique(groups[rows[chosen]], return_index=True)
                chosen = chosen[np.sort(first)]
            if len(chosen) >= k or room == len(rows):
                break
            room = min(len(rows), room * 8)
        chosen = chosen[:k]
        ids = self._catalog.table["item_id"].take(rows[chosen]).to_pylist()
        best = zip(ids, scores[chosen].tolist(), strict=True)
        return tuple(Hit(item_id=item_id, score=score) for item_id, score in best)

    def _encoded_text(self, text: str) -> Matrix:
        assert self._encoder is not None
        return np.asarray(self._encoder.encode_texts([text])[0], np.float32)

    def _row(self, item_id: str) -> int | None:
        try:
            return self._catalog.row(item_id)
        except InputError:
            return None

    @cached_property
    def _words(self) -> Words:
        return Words.read(self._catalog.table)

    @cached_property
    def _columns(self) -> Columns:
        return Columns(self._catalog.table, self._words, self._lexicon, self._row)

    @cached_property
    def _labels(self) -> Labels:
        return Labels.read(self._catalog.table)

    @cached_property
    def _space(self) -> Space | None:
        embeddings = self._catalog.embeddings
        if not embeddings.size:
            return None
        return Space(embeddings, self._backend(embeddings), self._labels)

    @cached_property
    def _ranking(self) -> Ranking:
        return Ranking(self._columns, self._words, self._space, self._labels)

    @cached_property
    def _groups(self) -> NDArray[np.int64]:
        """Each row's product: variants share one, other items are alone."""
        coded = self._catalog.table["variant_group"].combine_chunks().dictionary_encode()
        codes = np.asarray(coded.indices.fill_null(-1).to_numpy(zero_copy_only=False), np.int64)
        alone = codes < 0
        codes[alone] = len(coded.dictionary) + np.flatnonzero(alone)
        return codes


def _narrow(masks: dict[str, Mask], n: int, relax: bool) -> tuple[Mask, tuple[str, ...]]:
    """Returns what passes, and which filters had to be given up for it."""
    kept = dict(masks)
    eligible = all_of(kept.values(), n)
    given_up: list[str] = []
    for name in RELAXED if relax else ():
        if eligible.any():
            break
        if name in kept:
            del kept[name]
            given_up.append(name)
            eligible = all_of(kept.values(), n)
    # Where giving up everything helps nothing, nothing was given up: 0 results is an answer.
    return eligible, tuple(given_up) if eligible.any() else ()


def _named(text: str, categories: Sequence[str], filters: Filters) -> str:
    """Adds the kind where the words leave it out: "oversized" of what?"""
    kind = categories[0] if categories else filters.category
    return text if not kind or kind in text.lower() else f"{text} {kind}"
