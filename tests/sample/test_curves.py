import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fashionm3.sample.curves import along, ellipse, mirror, rectangle, ribbon, trace

near = st.floats(-200, 200, allow_nan=False, width=32)


@given(st.lists(st.tuples(near, near), min_size=2, max_size=6))
def test_a_trace_ends_where_its_last_step_leads(points):
    path = trace(points[0], *points[1:])
    assert np.allclose(path[0], points[0], atol=1e-3)
    assert np.allclose(path[-1], points[-1], atol=1e-3)


@given(near, near, near, near)
def test_a_curve_stays_within_the_hull_of_its_points(a, b, c, d):
    path = trace((0, 0), ((a, b), (c, d)))
    assert path[:, 0].min() >= min(0, a, c) - 1e-2
    assert path[:, 1].max() <= max(0, b, d) + 1e-2


def test_a_mirrored_half_is_symmetric():
    out = mirror(trace((0, 0), (40, 10), ((60, 50), (30, 90)), (0, 95)))
    assert out[:, 0].max() == pytest.approx(-out[:, 0].min())
    assert out[:, 0].sum() == pytest.approx(0, abs=1e-3)


def test_points_along_a_path_keep_their_distance():
    steps = np.diff(along(trace((0, 0), (100, 0)), 5), axis=0)
    assert np.allclose(np.hypot(*steps.T), 5, atol=1e-3)


def test_a_ribbon_is_as_wide_as_asked():
    band = ribbon(trace((0, 0), (100, 0)), 12)
    assert np.ptp(band[:, 1]) == pytest.approx(12)


def test_ellipses_and_rectangles_span_their_measures():
    assert np.ptp(ellipse(5, 5, 20, 8)[:, 0]) == pytest.approx(40, abs=0.2)
    assert np.ptp(rectangle(0, 0, 30, 10, 3)[:, 1]) == pytest.approx(10)
