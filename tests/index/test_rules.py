"""The rule engine: formality, season, occasion and customs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_shop import ITEMS, item

from fashionm3.index.rules import (
    RULES,
    RuleScorer,
    color_harmony,
    etiquette,
    formality,
    one_occasion,
    season_fit,
    silhouette,
)

BROGUES = item("r1", "Leather brogues", "shoes", "brown", occasion=("office", "wedding"))
WELLIES = item("r2", "Natural rubber wellington boots", "shoes", "orange",
               occasion=("rain", "outdoor"))  # fmt: skip
SHORTS = item("r3", "Pinstriped tailored shorts", "shorts", "grey", occasion=("office",))
LEGGINGS = item("r4", "Leggings", "pants", "grey", pattern="animal",
                occasion=("gym", "sport", "everyday"))  # fmt: skip
SHIRT = item("r5", "Poplin shirt", "shirt", "white", occasion=("office", "wedding"))
TWEED = item("r6", "Tweed waistcoat", "blazer", "red", material="tweed",
             season=("spring", "summer", "autumn", "winter"))  # fmt: skip
LINEN = item("r7", "Linen waistcoat", "blazer", "beige", material="linen",
             season=("spring", "summer", "autumn", "winter"))  # fmt: skip
SANDALS = item("r8", "Leather sandals", "shoes", "brown", season=("summer",))


def test_the_weights_add_up_to_one():
    assert sum(weight for _, weight in RULES.values()) == pytest.approx(1.0)


@given(st.lists(st.sampled_from(ITEMS), min_size=2, max_size=5))
def test_a_look_scores_between_zero_and_one_in_any_order(items):
    scored = RuleScorer().score(items).value
    assert 0.0 <= scored <= 1.0
    assert RuleScorer().score(items[::-1]).value == pytest.approx(scored)


def test_wellingtons_and_shorts_are_less_formal_than_brogues():
    assert formality(WELLIES) < 0.3 < formality(BROGUES)
    assert formality(SHORTS) <= 0.35


@pytest.mark.parametrize("occasion", ["wedding", "office", "job interview"])
def test_prints_of_animals_and_shorts_lose_where_people_dress_up(occasion):
    assert etiquette(LEGGINGS, occasion) < 0.5 * etiquette(SHIRT, occasion)
    assert etiquette(SHORTS, occasion) < 0.5 * etiquette(SHIRT, occasion)


def test_no_custom_speaks_at_the_gym():
    assert etiquette(LEGGINGS, "gym") == 1.0


def test_guests_leave_white_dresses_to_the_bride_and_mourners_wear_dark():
    white = item("r9", "Midi dress", "dress", "white", occasion=("wedding",))
    black = item("r10", "Midi dress", "dress", "black", occasion=("wedding",))
    pink = item("r11", "Midi dress", "dress", "pink", occasion=("wedding",))
    assert etiquette(white, "wedding") < etiquette(black, "wedding") == 1.0
    assert etiquette(pink, "funeral") < etiquette(black, "funeral") == 1.0


def test_fabric_decides_where_a_piece_is_for_the_whole_year():
    assert season_fit(TWEED, "summer") < 0.6 < season_fit(LINEN, "summer")
    assert season_fit(TWEED, "winter") > season_fit(LINEN, "winter")


def test_a_piece_for_another_season_hardly_fits():
    assert season_fit(SANDALS, "winter") < 0.1 < season_fit(SANDALS, "summer")


def test_pieces_that_share_an_occasion_belong_together():
    shared, reason = one_occasion([SHIRT, BROGUES])
    apart, silence = one_occasion([SHIRT, WELLIES])
    assert shared == 1.0
    assert reason == "the shop recommends every piece for office and wedding"
    assert (apart, silence) == (0.0, "")


def test_bright_shoes_under_smart_clothes_are_no_accent():
    bright = item("r12", "Oxford brogues", "shoes", "green")
    smart = [item("r13", "Formal shirt", "shirt", "white"), item("r14", "Suit", "blazer", "navy")]
    assert color_harmony([*smart, bright])[0] < color_harmony([*smart, BROGUES])[0]


def test_a_cardigan_under_a_blazer_is_one_jacket_too_many():
    cardigan = item("r15", "Wool cardigan", "longsleeve", "grey")
    assert silhouette([cardigan, LINEN])[0] < silhouette([SHIRT, LINEN])[0]
