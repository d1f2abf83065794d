"""Calibration and the trade-off of asking, by hand."""

import pytest

from fashionm3.training.calibration import Judged, bins, draw, expected_error, trades

JUDGED = [
    Judged(0.2, False, should_ask=True),
    Judged(0.4, False),
    Judged(0.6, True),
    Judged(1.0, True),
]


def test_bins_hold_probability_against_accuracy():
    found = bins(JUDGED, 2)
    assert [(b.n, b.probability, b.accuracy) for b in found] == [
        (2, pytest.approx(0.3), 0.0),
        (2, pytest.approx(0.8), 1.0),
    ]
    assert expected_error(found) == pytest.approx((0.3 + 0.2) / 2)
    assert expected_error([]) == 0


def test_asking_below_a_bar_catches_wrong_actions():
    none, some = trades(JUDGED, [0.0, 0.5])
    assert (none.asked, none.acted_right, none.caught, none.accuracy) == (0, 0.5, 0, 0.5)
    assert (some.asked, some.acted_right, some.caught, some.accuracy) == (0.5, 1.0, 1.0, 0.75)


def test_a_question_stays_a_question():
    (found,) = trades([Judged(0.1, True, asked=True, should_ask=True)], [0.5])
    assert (found.asked, found.accuracy) == (0, 1.0)


def test_both_are_drawn(tmp_path):
    draw(JUDGED, tmp_path / "drawn.png")
    assert (tmp_path / "drawn.png").stat().st_size > 5000
