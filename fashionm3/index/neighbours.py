"""Exact inner products between a query vector and some rows of the catalogue.

Two backends with one behaviour: FAISS, and plain NumPy as the reference. Approximate and filtered
graph indexes lose results under a filter; a scan of exactly the eligible rows does not.
"""

from abc import ABC, abstractmethod
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
Rows = NDArray[np.int64]

_WORTH_A_THREAD = 1 << 18  # below it, waking a second thread costs more than it scans


class Neighbours(ABC):
    """Embeddings that can be compared with a query.

    Args:
        embeddings: ``(n, d) float32``.
    """

    def __init__(self, embeddings: Matrix) -> None:
        self.n, self.dim = embeddings.shape
        self._embeddings = embeddings

    @abstractmethod
    def scores(self, vector: Matrix, rows: Rows | None = None) -> Matrix:
        """Returns the inner product with each of some rows, or with all, in order.

        Args:
            vector: ``(d,) float32``.
            rows: ``(m,) int64``, each from 0 to n - 1.

        Returns:
            ``(m,) float32``.
        """


class NumpyNeighbours(Neighbours):
    """The reference: one matrix product."""

    def scores(self, vector: Matrix, rows: Rows | None = None) -> Matrix:
        """Returns the inner products; see `Neighbours.scores`."""
        chosen = self._embeddings if rows is None else self._embeddings[rows]
        return np.asarray(chosen @ vector, np.float32)


class FaissNeighbours(Neighbours):
    """FAISS's flat index; a subset is scanned where it lies, without a copy.

    Args:
        embeddings: ``(n, d) float32``; copied into the index on first use.
        n_threads: Threads of one scan; FAISS's own setting by default.
    """

    def __init__(self, embeddings: Matrix, n_threads: int | None = None) -> None:
        super().__init__(embeddings)
        self._index: Any = None
        self._n_threads = n_threads

    def open(self) -> None:
        """Builds the index; `scores` does so where it has not been done."""
        import faiss

        index = faiss.IndexFlatIP(self.dim)
        index.add(np.ascontiguousarray(self._embeddings, np.float32))
        self._n_threads = self._n_threads or faiss.omp_get_max_threads()
        self._index = index

    def scores(self, vector: Matrix, rows: Rows | None = None) -> Matrix:
        """Returns the inner products; see `Neighbours.scores`."""
        import faiss

        if self._index is None:
            self.open()
        ids = np.arange(self.n, dtype=np.int64) if rows is None else rows
        if not len(ids):
            return np.zeros(0, np.float32)
        # FAISS runs one thread a query: the rows are dealt to as many copies of the query.
        n_parts = min(int(self._n_threads or 1), 1 + len(ids) // _WORTH_A_THREAD)
        width = -(-len(ids) // n_parts)
        labels = np.full(n_parts * width, -1, np.int64)
        labels[: len(ids)] = ids
        queries = np.ascontiguousarray(np.tile(vector, (n_parts, 1)), np.float32)
        found = np.empty(n_parts * width, np.float32)
        query, out, subset = (faiss.swig_ptr(array) for array in (queries, found, labels))
        # Of this thread alone, as OpenMP has it; an idle thread would have to be waited for.
        before = faiss.omp_get_max_threads()
        faiss.omp_set_num_threads(n_parts)
        try:
            self._index.compute_distance_subset(n_parts, query, width, out, subset)
        finally:
            faiss.omp_set_num_threads(before)
        return found[: len(ids)]
