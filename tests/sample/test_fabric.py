import numpy as np
import pytest

from fashionm3.sample.fabric import FINISHES, SIDE, texture, weave
from fashionm3.sample.motifs import MOTIFS, paint

COLOURS = [(240.0, 240.0, 236.0), (30.0, 40.0, 80.0), (190.0, 40.0, 40.0), (60.0, 120.0, 60.0)]


@pytest.mark.parametrize("name", FINISHES)
def test_a_texture_neither_lightens_nor_darkens_much(name):
    tile = texture(name)
    assert tile.shape == (SIDE, SIDE)
    assert 0.8 < tile.mean() < 1.15


def test_a_weave_keeps_the_colour_of_its_yarn():
    rgb = np.array([200, 60, 40], np.float32)
    tile = weave("denim", rgb).tile
    assert np.abs(tile.reshape(-1, 3).mean(axis=0) - rgb).max() < 8


@pytest.mark.parametrize("name", MOTIFS)
@pytest.mark.parametrize("n", [2, 3, 4])
def test_shares_of_a_pattern_are_those_of_its_pixels(name, n):
    tile, shares = paint(MOTIFS[name](np.random.default_rng(3), n, False), COLOURS[:n])
    assert tile.shape == (SIDE, SIDE, 3)
    assert sum(shares) == pytest.approx(1)
    mixed = sum(s * np.array(c) for s, c in zip(shares, COLOURS[:n], strict=True))
    assert np.abs(mixed - tile.reshape(-1, 3).mean(axis=0)).max() < 14


@pytest.mark.parametrize("name", ["striped", "checked", "dotted", "floral"])
def test_a_pattern_runs_on_across_the_edge_of_its_tile(name):
    tile, _ = paint(MOTIFS[name](np.random.default_rng(5), 3, False), COLOURS[:3])
    inside = np.abs(np.diff(tile, axis=1)).mean()
    across = np.abs(tile[:, 0] - tile[:, -1]).mean()
    assert across < 4 * inside + 4
