"""References: short, stable, bounded, tolerant to read."""

from hypothesis import given
from hypothesis import strategies as st

from fashionm3.references import LETTERS, References, plain

ids = st.lists(st.text("abcdef", min_size=1, max_size=3), min_size=1, max_size=8, unique=True)


@given(st.lists(ids, max_size=12))
def test_every_shown_item_has_a_letter_that_resolves_to_it(lists):
    refs = References()
    for shown in lists:
        refs = refs.with_items(shown)
        for item_id in shown:
            letter = refs.letter_of(item_id)
            assert letter in LETTERS
            assert refs.resolve(letter).id == item_id
        assert len(refs.items) <= len(LETTERS)


def test_an_item_keeps_its_letter():
    refs = References().with_items(["x", "y"]).with_items(["z", "x"])
    assert refs.letter_of("x") == "A"
    assert refs.letter_of("z") == "C"


def test_pieces_are_numbered_and_looks_are_named():
    refs, minted = References().with_pieces(["x", ""]).with_looks([("x",), ("y",)])
    assert minted == ["L1", "L2"]
    assert refs.resolve("2").id == ""
    assert refs.resolve("look 2").ref == "L2"
    _, later = refs.with_looks([("z",)])
    assert later == ["L3"]


def test_a_picture_is_minted_once():
    refs, first = References().with_picture("a" * 64)
    refs, again = refs.with_picture("a" * 64)
    assert (first, again) == ("P1", "P1")
    assert refs.resolve("picture p1").kind == "picture"


def test_reading_is_tolerant_of_syntax():
    for said in ("b", "[B]", "item b", "option B.", "'B'", "#b"):
        assert plain(said) == "B"
    assert plain("number 2") == "2"


def test_an_unknown_reference_is_none():
    assert References().with_items(["x"]).resolve("Z") is None
