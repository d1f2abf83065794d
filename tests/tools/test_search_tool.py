"""The search tool: filters, standing limits, honest facts."""

import pytest
from shops import runner, shop

from fashionm3.tools.base import Scene
from fashionm3.types import Constraints

RUNNER = runner()


def search(scene=None, **args):
    return RUNNER.run("search", args, scene or Scene(), "c1")


def ids(outcome):
    return [card.item_id for card in outcome.observation.cards]


def test_filters_are_obeyed_and_cards_carry_what_a_host_needs():
    outcome = search(category="shoes", color="brown", price_max=160)
    assert set(ids(outcome)) == {"b1", "b4"}
    card = outcome.observation.cards[0]
    assert (card.currency, card.category) == ("EUR", "shoes")
    assert card.ref == ""


def test_a_negative_is_a_hard_limit():
    found = ids(search(category="shoes", negatives=["no leather"]))
    assert set(found) == {"b2", "b3", "b5"}  # nor suede, but faux leather


def test_zero_results_say_what_the_cheapest_beyond_the_limit_costs():
    outcome = search(category="outerwear", price_max=100)
    assert ids(outcome) == []
    assert outcome.observation.facts["cheapest"] == 17900


def test_a_relaxed_filter_is_said():
    outcome = search(category="hat", color="purple")
    assert outcome.observation.facts["relaxed"] == {"color": "purple"}


def test_what_was_declared_for_good_holds():
    held = Constraints(negatives=("no leather",), dislikes=("brown",), budget=9000)
    outcome = search(Scene(constraints=held), category="shoes")
    assert set(ids(outcome)) <= {"b3", "b5"}
    assert "no leather" in outcome.observation.facts["standing"]


def test_a_disliked_colour_that_is_asked_for_now_is_shown():
    held = Constraints(dislikes=("brown",))
    assert ids(search(Scene(constraints=held), category="shoes", color="brown"))


def test_a_declared_size_leaves_sold_out_pieces_away():
    held = Constraints(sizes={"": "M"})
    assert "s1" not in ids(search(Scene(constraints=held), category="shirt"))
    assert "s2" in ids(search(Scene(constraints=held), category="shirt"))


def test_likeness_leaves_the_item_itself_away():
    assert "s1" not in ids(search(category="shirt", like="s1"))


def test_an_unknown_likeness_is_an_error_that_the_planner_reads():
    assert "not an item of the shop" in search(like="nowhere").error


@pytest.mark.parametrize("args", [{"category": ["a"]}, {"size": "M"}, {"price_max": "cheap"}])
def test_wrong_arguments_are_one_line_for_the_planner(args):
    error = search(**args).error
    assert error.startswith("search: ")
    assert "http" not in error
    assert "\n" not in error


def test_an_empty_shop_answers_with_nothing():
    empty = runner(shop(items=()))
    outcome = empty.run("search", {"category": "shoes"}, Scene(), "c1")
    assert outcome.observation.cards == ()
    assert empty.run("outfit", {}, Scene(), "c2").observation.looks == ()
