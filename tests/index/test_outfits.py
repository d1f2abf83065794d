"""What a look needs: shapes, slots and the words for them."""

import pytest
from small_shop import item

from fashionm3.index.outfits import (
    OUTER,
    SLOTS,
    open_slots,
    outer_kinds,
    purpose,
    spoken,
    whole_looks,
)

CARRIED = ("shirt", "undershirt", "dress", "pants", "skirt", "shoes", "blazer", "outerwear", "hat")
BLAZER = item("f1", "Blazer", "blazer", "grey")
DRESS = item("f2", "Dress", "dress", "red")


def shapes(*args, **options):
    return [set(plan.needed) for plan in whole_looks(*args, **options)]


def test_a_whole_look_is_clothes_or_a_dress_with_shoes():
    assert shapes({}, [], CARRIED, ()) == [{"top", "bottom", "shoes"}, {"dress", "shoes"}]
    assert shapes({}, [], CARRIED, (), dresses=False) == [{"top", "bottom", "shoes"}]
    assert shapes({"dress": DRESS}, [], CARRIED, ()) == [{"shoes"}]


def test_what_is_wanted_settles_the_shape_and_fills_its_slot():
    (plan,) = whole_looks({}, ["pants", "hat"], CARRIED, ())
    assert plan.needed["bottom"] == ("pants",)
    assert plan.needed["hat"] == ("hat",)
    assert "undershirt" not in plan.needed["top"]


def test_an_outer_layer_may_be_left_out_unless_it_is_wanted_or_there():
    assert [plan.extra for plan in whole_looks({}, ["pants"], CARRIED, ("blazer",))] == [
        {OUTER: ("blazer",)}
    ]
    (wanted,) = whole_looks({}, ["pants", "outerwear"], CARRIED, ("blazer",))
    assert (wanted.needed[OUTER], wanted.extra) == (("outerwear",), {})
    assert all(not plan.extra for plan in whole_looks({OUTER: BLAZER}, [], CARRIED, ("blazer",)))


def test_a_coat_over_an_own_blazer_has_a_slot_that_people_can_name():
    assert open_slots(["outerwear", "shoes", "blazer"], {OUTER: BLAZER}) == {
        "coat or jacket": ("outerwear",),
        "shoes": ("shoes",),
    }


@pytest.mark.parametrize("name", [*SLOTS, *(kind for kinds in SLOTS.values() for kind in kinds)])
def test_no_slot_is_named_by_a_number(name):
    assert not any(sign.isdigit() for sign in spoken(name))


@pytest.mark.parametrize(
    ("season", "occasion", "kinds"),
    [
        (None, "", ()),
        ("winter", "wedding", ("outerwear",)),
        ("summer", "wedding", ("blazer",)),
        ("autumn", "", ("blazer", "outerwear")),
    ],
)
def test_season_and_occasion_say_what_goes_over_a_look(season, occasion, kinds):
    assert outer_kinds(CARRIED, season, occasion) == kinds


def test_an_occasion_without_rules_is_read_as_one_that_dresses_alike():
    assert purpose("Beach", None) == "beach holiday"
    assert purpose(None, "business casual") == "business casual"
