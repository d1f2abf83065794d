"""Carrying and limits: what holds for the subject stays until it is changed or taken back."""

import pytest

from fashionm3.agent.carrying import carried, taken_back
from fashionm3.agent.heard import Heard
from fashionm3.agent.limits import last_limit, relative
from fashionm3.agent.round import Call, Round
from fashionm3.index.lexicon import Lexicon

LEXICON = Lexicon.load()
BEFORE = {
    "category": "shoes",
    "color": "black",
    "style": "boots",
    "price_max": 90,
    "negatives": ["no leather"],
}


def after(text, before=BEFORE, tool="search", **args):
    last = Call(tool=tool, args=before)
    return carried(Call(tool=tool, args=args), last, text, Heard(text, LEXICON)).args


def test_a_short_change_keeps_the_rest():
    assert after("in brown", color="brown") == {**BEFORE, "color": "brown"}


def test_a_fresh_start_keeps_nothing():
    assert after("something else: hats", category="hat") == {"category": "hat"}


def test_another_kind_keeps_nothing():
    assert after("now a dress", category="dress") == {"category": "dress"}


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("forget the price", "price_max"),
        ("any colour", "color"),
        ("the colour doesn't matter", "color"),
        ("never mind the budget", "price_max"),
        ("I don't care about the style", "style"),
    ],
)
def test_what_is_taken_back_goes(text, gone):
    assert gone not in after(text)


def test_a_no_go_stays_until_it_is_allowed():
    assert after("in brown")["negatives"] == ["no leather"]
    assert "negatives" not in after("leather is fine after all")


def test_new_no_gos_join_the_old_ones():
    assert after("and no laces", negatives=["no laces"])["negatives"] == ["no leather", "no laces"]


def test_another_piece_of_the_look_starts_afresh():
    before = {"target": "3", "color": "white"}
    assert after("and the blazer in grey", before, "swap", target="1", color="grey") == {
        "target": "1",
        "color": "grey",
    }


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("double it", "up to 160"),
        ("half that limit", "up to 40"),
        ("knock another ten off", "up to 70"),
        ("raise the limit by 20", "up to 100"),
        ("lower it by fifteen please", "up to 65"),
        ("ten less than before", "up to 70"),
        ("another 20 more", "up to 100"),
        ("in red", "in red"),
        ("less than 50", "less than 50"),
        ("5 more hats with a brim", "5 more hats with a brim"),
    ],
)
def test_limits_relative_to_the_last_are_reckoned(text, read):
    assert relative(text, 80).startswith(read)


def test_without_a_limit_words_stay():
    assert relative("double it", None) == "double it"


def test_the_last_limit_is_the_latest_one_said():
    history = [
        {"user": "x", "decision": {"tool": "search", "args": {"price_max": 50}}},
        {"user": "y", "decision": {"tool": "outfit", "args": {"budget_max": 200}}},
        {"user": "thanks", "decision": "reply"},
    ]
    assert last_limit(Round.model_validate({"text": "z", "history": history})) == 200
    assert last_limit(Round(text="z")) is None


def test_a_value_is_taken_back_by_its_name():
    before = {"category": "longsleeve", "color": "pink", "material": "wool"}
    text = "oh ignore the wool requirement, it makes her itch"
    call = Call(tool="search", args={"category": "longsleeve"})
    found = carried(call, Call(tool="search", args=before), text, Heard(text, LEXICON))
    assert found.args == {"category": "longsleeve", "color": "pink"}


def test_only_the_no_go_that_is_named_is_taken_back():
    assert taken_back("not beige", "ok beige can come back, white still no")
    assert not taken_back("not white", "ok beige can come back, white still no")
