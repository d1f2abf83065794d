"""Whom the pieces are for and what they must not be made of holds for the whole thread."""

import pytest
from shops import LEXICON
from talks import assistant, call

from fashionm3.agent.round import Call
from fashionm3.graphs.remembering import remembered
from fashionm3.types import Constraints

SCRIPT = {
    "men's hats": [call("search", category="hat", gender="men")],
    "and shoes": [call("search", category="shoes")],
    "shoes, no leather": [call("search", category="shoes", negatives=["no leather"])],
    "bags": [call("search", category="bag")],
    "leather is fine after all": [call("search", category="shoes")],
}


def held(text, constraints=None, **args):
    found = Call(tool="search", args=args)
    return remembered(constraints or Constraints(), [found], text, LEXICON)


def test_the_gender_of_one_search_holds_for_the_next(tmp_path):
    talk = assistant(tmp_path, script=SCRIPT)
    talk.say("men's hats")
    found = talk.say("and shoes")
    shop = talk.parts.shop
    assert found.cards
    assert {shop.item(card.item_id).gender for card in found.cards} <= {"men", "unisex", None}


def test_a_barred_material_holds_until_it_is_allowed(tmp_path):
    talk = assistant(tmp_path, script=SCRIPT)
    talk.say("shoes, no leather")
    found = talk.say("and shoes")
    assert all(
        "leather" not in (talk.parts.shop.item(c.item_id).material or "")
        or talk.parts.shop.item(c.item_id).material == "faux leather"
        for c in found.cards
    )
    assert "no leather" in found.reply
    assert "no leather" not in talk.say("leather is fine after all").reply


@pytest.mark.parametrize(
    ("text", "args", "gender"),
    [("hats for me", {}, None), ("hats", {}, "men"), ("for my wife", {"gender": "women"}, "women")],
)
def test_newer_words_decide_whom_it_is_for(text, args, gender):
    assert held(text, Constraints(gender="men"), **args).gender == gender


def test_only_materials_hold_for_other_kinds():
    assert held("x", negatives=["no silk", "not cropped"]).negatives == ("no silk",)
