import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fashionm3.index.neighbours import FaissNeighbours, NumpyNeighbours


@pytest.mark.parametrize("backend", [FaissNeighbours, NumpyNeighbours])
@given(n=st.integers(1, 60), seed=st.integers(0, 2**20), data=st.data())
@settings(max_examples=25, deadline=None)
def test_inner_products_are_those_of_the_definition(backend, n, seed, data):
    rng = np.random.default_rng(seed)
    matrix = rng.standard_normal((n, 9)).astype(np.float32)
    vector = rng.standard_normal(9).astype(np.float32)
    rows = np.array(data.draw(st.lists(st.integers(0, n - 1))), np.int64)
    expected = np.array(
        [sum(a * b for a, b in zip(r, vector, strict=True)) for r in matrix.tolist()]
    )
    found = backend(matrix)
    np.testing.assert_allclose(found.scores(vector), expected, atol=1e-4)
    np.testing.assert_allclose(found.scores(vector, rows), expected[rows], atol=1e-4)


def test_a_scan_dealt_to_threads_keeps_the_order(monkeypatch):
    import faiss

    monkeypatch.setattr("fashionm3.index.neighbours._WORTH_A_THREAD", 100)
    before = faiss.omp_get_max_threads()
    matrix = np.random.default_rng(0).standard_normal((1001, 8)).astype(np.float32)
    rows = np.arange(1000, -1, -1)
    found = FaissNeighbours(matrix, n_threads=3).scores(matrix[3], rows)
    np.testing.assert_allclose(found, NumpyNeighbours(matrix).scores(matrix[3], rows), atol=1e-4)
    assert faiss.omp_get_max_threads() == before
