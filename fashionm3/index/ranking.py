"""The fused score of a row: embedding, BM25, and votes on data, each of which can be absent."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from fashionm3.index.fields import MAIN
from fashionm3.index.filters import Columns
from fashionm3.index.neighbours import Matrix, Rows
from fashionm3.index.space import Labels, Space
from fashionm3.index.wishes import Wishes
from fashionm3.index.words import Words
from fashionm3.types import Item

VOTES = {
    "category": 1.5, "color": 3.0, "material": 0.6, "pattern": 0.6, "gender": 0.6, "season": 0.3,
    "occasion": 0.5, "style": 0.5,
}  # fmt: skip
"""What a fulfilled wish adds, in standard deviations of the embedding's score."""

WORDS = 2.0
"""What the best match in words of the whole catalogue adds."""

SYNONYMS = 0.5
"""The weight of a synonym beside a word that was said."""

SURE = 3.0
"""What a named category adds where the shop itself says the category."""

LABEL = 1.0
"""The weight of a category guessed from the query's embedding, where no words name one."""

DEGREE = 1.5
"""The weight of how typical an item is of a named category, where all labels are guesses."""

KIDS = 1.5
"""What children's things lose where nobody speaks of a gender: most who don't, ask for adults."""

TEMPERATURE = 0.04
LIKENESS = 0.5
"""The share of a colour vote that the likeness to another item's colours gets."""


@dataclass(frozen=True)
class Request:
    """A query that has been read and encoded once, whatever is relaxed later.

    Attributes:
        wishes: The words as the lexicon reads them.
        words: Normal words to look up.
        vectors: Pairs of a vector ``(d,) float32`` and its weight.
        like: The item whose likeness is wanted.
        color: The colour that the filters ask for; more of it ranks higher.
        gender: The gender that the filters ask for.
    """

    wishes: Wishes
    words: tuple[str, ...] = ()
    vectors: Sequence[tuple[Matrix, float]] = field(default=())
    like: Item | None = None
    color: str | None = None
    gender: str | None = None


class Ranking:
    """Scores rows of one catalogue.

    Args:
        columns: Data.
        words: Texts.
        space: Embeddings, or None where the catalogue has none.
        labels: The rows' categories.
    """

    def __init__(self, columns: Columns, words: Words, space: Space | None, labels: Labels) -> None:
        self._columns = columns
        self._words = words
        self._space = space
        self._labels = labels

    def scores(self, request: Request, rows: Rows) -> NDArray[np.float64]:
        """Returns the fused scores of some rows, ``(m,) float64``, higher is better."""
        total = np.zeros(len(rows), np.float64)
        if self._space is not None and request.vectors:
            vectors = [*request.vectors, *self._directions(request, self._space)]
            total += self._space.scores(vectors, rows)
            if not request.wishes.categories and request.like is None:
                likely = self._likely(request, self._space)
                total += LABEL * VOTES["category"] * likely[self._labels.codes[rows]]
        if request.words or request.wishes.synonyms:
            total += self._by_words(request, rows)
        for slot, value in self._votes(request):
            share = self._fulfilled(slot, value)[rows]
            total += VOTES[slot] * share
            if slot == "category":
                total += SURE * share * ~self._labels.guessed[rows]
        return total + self._unsaid(request, rows)

    def _unsaid(self, request: Request, rows: Rows) -> NDArray[np.float64]:
        """What counts though no words say it: adults' things, and the colours of a liked item."""
        total = np.zeros(len(rows), np.float64)
        if not (request.gender or request.like or "gender" in dict(request.wishes.votes)):
            total -= KIDS * self._fulfilled("gender", "kids")[rows]
        if request.like is not None and not request.wishes.colors:
            for color in request.like.color:
                weight = LIKENESS * VOTES["color"] * color.share
                total += weight * self._fulfilled("color", color.name)[rows]
        return total

    def _votes(self, request: Request) -> list[tuple[str, str]]:
        votes = [vote for vote in request.wishes.votes if vote[0] in VOTES]
        if request.like is not None and not request.wishes.categories:
            votes.append(("category", request.like.category))
        if request.color and request.color not in request.wishes.colors:
            votes.append(("color", request.color))
        return votes

    def _fulfilled(self, slot: str, value: str) -> NDArray[np.float32]:
        share = self._columns.fields[slot].share(self._columns.keys(slot, value))
        # Half for being a colour that a card names, half for how much of it there is.
        return (share + (share >= MAIN)) / np.float32(2) if slot == "color" else share

    def _by_words(self, request: Request, rows: Rows) -> NDArray[np.float32]:
        found = self._words.scores(list(request.words))
        if request.wishes.synonyms:
            found = found + SYNONYMS * self._words.scores(list(request.wishes.synonyms))
        return np.asarray(WORDS * found[rows] / max(float(found.max(initial=0)), 1e-9), np.float32)

    def _directions(self, request: Request, space: Space) -> list[tuple[Matrix, float]]:
        """Where labels are guesses, a named category counts by degree too, not only by label."""
        found = (space.direction(category) for category in request.wishes.categories)
        return [(vector, DEGREE * share) for vector, share in filter(None, found) if share]

    def _likely(self, request: Request, space: Space) -> NDArray[np.float32]:
        """How likely each category is, by the query's heaviest vector."""
        vector = max(request.vectors, key=lambda pair: pair[1])[0]
        return space.likely(vector, TEMPERATURE)
