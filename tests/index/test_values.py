import pytest
from hypothesis import given
from hypothesis import strategies as st

from fashionm3.index import values
from fashionm3.index.markup import plain
from fashionm3.types import Size


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("in_stock", True),
        ("in stock", True),
        ("In Stock", True),
        ("https://schema.org/InStock", True),
        ("http://schema.org/OutOfStock", False),
        ("preorder", True),
        ("backorder", True),
        ("out_of_stock", False),
        ("sold out", False),
        ("discontinued", False),
        ("lieferbar", True),
        ("0.0", False),
        ("12", True),
        ("5+", True),
        ("In stock (3)", True),
        ("In stock (0)", False),
        ("temporarily out of stock", False),
        ("nicht verfügbar", False),
        ("en rupture", False),
        ("non disponible", False),
        ("coming soon", False),
        ("low stock", True),
        ("verfügbar", True),
        ("sofort lieferbar", True),
        ("schema:InStock", True),
        ("onbackorder", True),
        ("TRUE", True),
        ("0", False),
        ("perhaps", None),
        ("", None),
        (None, None),
        ("NA", None),
    ],
)
def test_availability_is_never_guessed(cell, said):
    assert values.available(cell) is said


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("M", ["M"]),
        ("S, M, L", ["S", "M", "L"]),
        ("S;M|L", ["S", "M", "L"]),
        ("38,5", ["38,5"]),
        ("37,5", ["37,5"]),
        ("38/40", ["38/40"]),
        (["S", "M"], ["S", "M"]),
        ('["S", "M"]', ["S", "M"]),
        ("['S', 'M']", ["S", "M"]),
        ("S/M/L", ["S", "M", "L"]),
        ("S M L", ["S", "M", "L"]),
        ("XS - S - M", ["XS", "S", "M"]),
        ("S/M", ["S/M"]),
        ("One Size", ["One Size"]),
        (True, []),
        ("Default Title", []),
        ("n/a", []),
        ("multisize", []),
        (42, ["42"]),
        (42.0, ["42"]),
        (None, []),
    ],
)
def test_sizes_in_any_form_become_names(cell, names):
    assert [size.name for size in values.sizes(cell)] == names


def test_stock_comes_with_the_size_where_it_is_given():
    assert values.sizes("S:3 M:0".replace(" ", ";")) == (
        Size(name="S", stock=3),
        Size(name="M", stock=0),
    )
    assert values.sizes([{"name": "S", "stock": 2}]) == (Size(name="S", stock=2),)
    assert values.sizes({"S": 1, "M": None}) == (Size(name="S", stock=1), Size(name="M"))
    assert values.sizes("{'S': 3}") == (Size(name="S", stock=3),)
    assert values.sizes("M, L (sold out)") == (Size(name="M"), Size(name="L", stock=0))
    assert values.sizes("M", stock=4) == (Size(name="M", stock=4),)
    assert values.sizes("S, M", stock=4) == (Size(name="S"), Size(name="M"))


def test_ids_keep_their_zeros_and_whole_floats_lose_their_point():
    assert values.raw("0108775015") == "0108775015"
    assert values.raw(108775015.0) == "108775015"


def test_words_that_say_nothing_are_empty():
    assert values.word("N/A") == values.word("Not sure") == ""
    assert values.word("navy") == "navy"


def test_negative_quantities_count_as_none_left():
    assert values.count("'-3") == 0
    assert values.count("12") == 12
    assert values.count("many") is None


def test_html_entities_and_control_characters_leave_plain_words():
    text, repairs = plain("<p>Soft&nbsp;&amp;amp; <b>warm</b></p><script>x()</script>\x0b\u200b")
    assert text == "Soft & warm"
    assert len(repairs) == 3


def test_text_with_a_lone_angle_bracket_is_left_alone():
    assert plain("size < 40 & up") == ("size < 40 & up", ())


def test_a_very_long_text_is_cut_and_told():
    text, repairs = values.text("soft " * 30_000, 10_000)
    assert len(text) <= 10_000
    assert repairs == ("text cut at 10000 characters",)


@given(st.text())
def test_plain_text_is_one_line_without_controls(text):
    clean, _ = plain(text)
    assert not any(ord(char) < 32 for char in clean)
    assert plain(clean)[0].split() == plain(clean)[0].split()


@pytest.mark.parametrize("cell", ["['S', __import__('os')]", "['" + "S" * 5000 + "']", "['" * 900])
def test_only_short_literals_are_read_and_nothing_is_run(cell):
    assert values.loads(cell) == cell
