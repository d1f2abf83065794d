"""The embedding space of one catalogue: standard scores of queries, and the labels' centres."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fashionm3.index.neighbours import Matrix, Neighbours, Rows

if TYPE_CHECKING:
    import pyarrow as pa

_SAMPLE = 4096
_LEAST_DEVIATION = 1e-3


@dataclass(frozen=True)
class Labels:
    """The categories of a catalogue's rows.

    Attributes:
        names: The distinct categories.
        codes: ``(n,) int32``, each row's category as an index into ``names``.
        guessed: ``(n,) bool``, whose category was read off a picture.
    """

    names: tuple[str, ...]
    codes: NDArray[np.int32]
    guessed: NDArray[np.bool_]

    @classmethod
    def read(cls, table: "pa.Table") -> "Labels":
        """Reads the category and where it comes from."""
        import pyarrow.compute as pc

        coded = table["category"].combine_chunks().dictionary_encode()
        source = pc.map_lookup(table["sources"], "category", "first")
        guessed = pc.fill_null(pc.equal(source, "picture"), False)
        return cls(
            tuple(coded.dictionary.to_pylist()),
            np.asarray(coded.indices.to_numpy(), np.int32),
            np.asarray(guessed.to_numpy(), bool),
        )


class Space:
    """Inner products with a catalogue's embeddings, in standard deviations over the catalogue.

    A cosine means different things for a text and a picture; how far it lies above the mean of all
    items does not. Mean and deviation follow from the embeddings' own mean and covariance, so that
    a filter never changes a score.

    Args:
        embeddings: ``(n, d) float32``, L2-normalised; a zero row is an item without embedding.
        neighbours: Compares a vector with the same rows.
        labels: The same rows' categories.
    """

    def __init__(self, embeddings: Matrix, neighbours: Neighbours, labels: Labels) -> None:
        self._embeddings = embeddings
        self._neighbours = neighbours
        self._labels = labels

    def open(self) -> None:
        """Computes what the first search needs."""
        _ = self.present, self._moments

    @cached_property
    def present(self) -> NDArray[np.bool_]:
        """Which rows have an embedding, ``(n,) bool``."""
        return np.asarray(np.any(self._embeddings[:, :8] != 0, axis=1) | self._late(), bool)

    def scores(self, vectors: Sequence[tuple[Matrix, float]], rows: Rows) -> Matrix:
        """Returns the weighted sum of standard scores; 0 where a row has no embedding.

        Args:
            vectors: Pairs of a vector ``(d,)`` and its weight.
            rows: ``(m,) int64``.

        Returns:
            ``(m,) float32``.
        """
        mean, covariance = self._moments
        joint = np.zeros(len(mean), np.float64)
        for vector, weight in vectors:
            deviation = float(np.sqrt(max(0.0, float(vector @ covariance @ vector))))
            joint += weight / max(deviation, _LEAST_DEVIATION) * vector
        whole = len(rows) == len(self._embeddings)
        found = self._neighbours.scores(joint.astype(np.float32), None if whole else rows)
        found = found - np.float32(joint @ mean)
        found[~self.present[rows]] = 0
        return found

    def direction(self, category: str) -> tuple[Matrix, float] | None:
        """Returns what sets a category's items apart, and how many of its labels are guesses.

        Returns:
            The centre of its items less that of all categories, ``(d,) float32``, and the share of
            its items whose category was read off a picture; None where nothing has the category.
        """
        if category not in self._labels.names:
            return None
        code = self._labels.names.index(category)
        centres, empty = self._centres
        if empty[code] or empty.sum() == len(empty) - 1:
            return None
        share = self._labels.guessed[self._labels.codes == code].mean()
        return centres[code] - centres[~empty].mean(axis=0), float(share)

    def likely(self, vector: Matrix, temperature: float) -> NDArray[np.float32]:
        """Returns how likely a query belongs to each category, ``(n_categories,) float32``.

        Args:
            vector: ``(d,) float32``.
            temperature: Of the softmax over the cosines with the categories' centres.
        """
        centres, empty = self._centres
        logits = centres @ vector / temperature
        logits[empty] = -np.inf
        shares = np.exp(logits - logits.max())
        return np.asarray(shares / shares.sum(), np.float32)

    def _late(self) -> NDArray[np.bool_]:
        """Rows whose first numbers are all zero but not the others."""
        blank = np.flatnonzero(~np.any(self._embeddings[:, :8] != 0, axis=1))
        late = np.zeros(len(self._embeddings), bool)
        late[blank] = np.any(self._embeddings[blank] != 0, axis=1)
        return late

    @cached_property
    def _moments(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        rows = np.flatnonzero(self.present)
        chosen = rows[:: max(1, len(rows) // _SAMPLE)]
        sample = np.asarray(self._embeddings[chosen], np.float64)
        dim = self._embeddings.shape[1]
        if not len(sample):
            return np.zeros(dim), np.zeros((dim, dim))
        mean = sample.mean(axis=0)
        return mean, (sample - mean).T @ (sample - mean) / len(sample)

    @cached_property
    def _centres(self) -> tuple[Matrix, NDArray[np.bool_]]:
        n = len(self._labels.names)
        centres = np.zeros((n, self._embeddings.shape[1]), np.float32)
        for category in range(n):
            rows = np.flatnonzero((self._labels.codes == category) & self.present)
            if len(rows):
                step = max(1, len(rows) // _SAMPLE)
                centres[category] = np.asarray(self._embeddings[rows[::step]]).mean(axis=0)
        lengths = np.linalg.norm(centres, axis=1, keepdims=True)
        return centres / np.maximum(lengths, 1e-9), lengths[:, 0] == 0
