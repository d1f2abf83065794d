"""What suits an occasion: the shop's word first, then how formal a piece is."""

import pytest
from shops import item

from fashionm3.tools.suiting import suitable, suits

BROGUES = item("x1", "Leather brogues", "shoes", "brown", style=("brogues",), occasion=("wedding",))
WELLIES = item("x2", "Wellington boots", "shoes", "orange", occasion=("rain", "outdoor"))
UNSAID = item("x3", "Running shoes", "shoes", "white", style=("sporty",))


def test_what_the_shop_names_for_the_occasion_suits_best():
    assert suits(BROGUES, "a wedding in June") == 1.0
    assert suits(WELLIES, "wedding") < 0.5


@pytest.mark.parametrize("occasion", [None, "", "my cat's birthday"])
def test_an_occasion_that_says_nothing_leaves_all_alike(occasion):
    assert suits(BROGUES, occasion) == suits(WELLIES, occasion) == 0.5


def test_a_piece_without_occasions_goes_by_its_formality():
    assert suits(UNSAID, "gym") > suits(UNSAID, "office")


def test_unsuitable_pieces_stay_only_where_nothing_else_is_there():
    assert suitable([BROGUES, UNSAID], "wedding") == [BROGUES]
    assert suitable([UNSAID], "wedding") == [UNSAID]
