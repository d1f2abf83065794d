import colorsys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from fashionm3.index.colour import balanced, colors, garment
from fashionm3.types import COLORS

SHADES = {
    "black": "#151517", "white": "#fafafa", "grey": "#8a8a8c", "beige": "#d8c3a0",
    "brown": "#6b4226", "red": "#c0152a", "orange": "#ee7a1a", "yellow": "#f2d02c",
    "green": "#2f7d3b", "blue": "#3a72c4", "navy": "#1b2445", "purple": "#7a3fa0",
    "pink": "#f09ab5",
}  # fmt: skip


def shirt(fill, ground="#f4f4f2", size=(192, 256)):
    image = Image.new("RGB", size, ground)
    draw = ImageDraw.Draw(image)
    width, height = size
    draw.rectangle([width // 4, height // 6, width * 3 // 4, height * 5 // 6], fill=fill)
    return image


@pytest.mark.parametrize(("name", "shade"), SHADES.items())
def test_each_plain_colour_is_measured_on_a_grey_ground(name, shade):
    measured = colors(shirt(shade, "#c4c6c8"))
    assert measured[0].name == name
    assert measured[0].share > 0.8


def test_the_white_ground_is_not_counted():
    assert [color.name for color in colors(shirt(SHADES["red"], "#ffffff"))] == ["red"]


def test_two_colours_come_with_their_shares_the_larger_first():
    image = shirt(SHADES["navy"], "#d0d0d0")
    ImageDraw.Draw(image).rectangle([48, 160, 144, 213], fill=SHADES["red"])
    first, second = colors(image)
    assert (first.name, second.name) == ("navy", "red")
    assert 0.55 < first.share < 0.8
    assert 0.2 < second.share < 0.45


def test_no_dominant_colour_makes_it_multicolor():
    image = shirt(SHADES["red"], "#d0d0d0")
    draw = ImageDraw.Draw(image)
    for row, name in enumerate(["green", "blue", "yellow", "orange", "purple"] * 4):
        draw.rectangle([48, 43 + row * 8, 144, 50 + row * 8], fill=SHADES[name])
    assert colors(image)[0].name == "multicolor"


def test_the_garment_is_cut_from_a_busy_ground():
    noise = np.random.default_rng(1).integers(90, 200, (256, 192, 1), dtype=np.uint8)
    image = Image.fromarray(np.repeat(noise, 3, axis=2))
    image.paste(shirt(SHADES["blue"]).crop((48, 43, 145, 214)), (48, 43))
    assert colors(image)[0].name == "blue"


def test_the_same_picture_gives_the_same_colours_each_time():
    noise = np.random.default_rng(2).integers(0, 255, (90, 70, 3), dtype=np.uint8)
    image = Image.fromarray(noise)
    assert colors(image) == colors(image)


def test_half_of_a_warm_light_is_taken_out():
    rgb = np.full((8, 8, 3), (220, 200, 180), np.uint8)
    before = 220 - 180
    after = balanced(rgb)[0, 0] * 255
    assert 0 < after[0] - after[2] < before


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 255))
def test_a_picture_of_any_size_has_a_garment_and_shares_within_one(width, height, value):
    image = Image.new("RGB", (width, height), (value, value // 2, 255 - value))
    assert garment(np.asarray(image)).any()
    measured = colors(image)
    plain = [color for color in measured if color.name != "multicolor"]
    assert sum(color.share for color in plain) <= 1.01
    assert {color.name for color in measured} <= set(COLORS)


@pytest.mark.parametrize("hue", range(0, 360, 15))
def test_vivid_hues_are_never_called_neutral(hue):
    shade = tuple(round(255 * part) for part in colorsys.hsv_to_rgb(hue / 360, 0.9, 0.85))
    name = colors(shirt(shade, "#c8c8c8"))[0].name
    assert name not in ("black", "white", "grey", "beige")
