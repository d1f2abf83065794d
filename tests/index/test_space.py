import numpy as np
import pytest

from fashionm3.index.neighbours import NumpyNeighbours
from fashionm3.index.space import Labels, Space


def unit(vectors):
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def vectors():
    found = unit(np.random.default_rng(3).standard_normal((200, 16)) + 0.4)
    found[7] = 0
    return found


def space(vectors):
    categories = (np.arange(len(vectors)) % 4).astype(np.int32)
    labels = Labels(tuple("abcd"), categories, categories == 2)
    return Space(vectors, NumpyNeighbours(vectors), labels)


def test_scores_are_standard_scores_over_the_catalogue(vectors):
    found = space(vectors).scores([(vectors[0], 1.0)], np.arange(200))
    present = np.arange(200) != 7
    assert found[present].mean() == pytest.approx(0, abs=1e-3)
    assert found[present].std() == pytest.approx(1, abs=1e-3)
    assert found[7] == 0
    assert found.argmax() == 0


def test_several_vectors_add_up_by_weight(vectors):
    s, rows = space(vectors), np.array([5, 7, 9, 100])
    first, second = s.scores([(vectors[1], 1)], rows), s.scores([(vectors[2], 1)], rows)
    both = s.scores([(vectors[1], 2.0), (vectors[2], 0.5)], rows)
    np.testing.assert_allclose(both, 2 * first + 0.5 * second, atol=1e-4)


def test_labels_are_shares_and_the_nearest_centre_has_most(vectors):
    centres = unit(np.random.default_rng(1).standard_normal((4, 16)))
    clustered = unit(centres[np.arange(200) % 4] + 0.1 * vectors)
    shares = space(clustered).likely(centres[2], 0.05)
    assert shares.sum() == pytest.approx(1)
    assert shares.argmax() == 2


def test_a_category_points_where_its_own_items_lie(vectors):
    centres = unit(np.random.default_rng(1).standard_normal((4, 16)))
    s = space(unit(centres[np.arange(200) % 4] + 0.1 * vectors))
    direction, guessed = s.direction("c")
    found = s.scores([(direction, 1.0)], np.arange(200))
    assert set(np.argsort(-found)[:50] % 4) == {2}
    assert (guessed, s.direction("a")[1]) == (1.0, 0.0)
    assert s.direction("spaceship") is None


def test_a_number_that_is_zero_does_not_make_an_item_absent():
    vectors = np.zeros((3, 16), np.float32)
    vectors[0, 12] = 1
    vectors[1, 0] = 1
    assert space(vectors).present.tolist() == [True, True, False]


def test_equal_embeddings_give_finite_scores():
    vectors = unit(np.ones((5, 16)))
    found = space(vectors).scores([(vectors[0], 1.0)], np.arange(5))
    assert np.isfinite(found).all()
    assert len(set(np.round(found, 4))) == 1
