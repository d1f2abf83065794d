"""Answers from the shop's own data."""

from itertools import pairwise

import pytest
from shops import item, shop, sizes
from talks import assistant, call

from fashionm3.agent.form import first_read
from fashionm3.graphs.answer import _history
from fashionm3.graphs.answers import asks_total, direct, topic
from fashionm3.graphs.state import ThreadState, TurnState

COAT = item("c1", "Hooded parka", "outerwear", "green", material="cotton", price=9900,
            sizes=sizes(M=2, L=0), description="Two deep pockets. Wash at 30 °C.",
            variant_group="parka")  # fmt: skip
NAVY = item("c2", "Hooded parka", "outerwear", "navy", variant_group="parka", price=9900)
OF = shop((COAT, NAVY))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("is it available in M?", {"point": "size", "state": "there"}),
        ("do you have it in a size L", {"point": "size", "state": "sold_out"}),
        ("does it come in XL?", {"point": "size", "state": "absent"}),
        ("what sizes do you have it in?", {"point": "sizes"}),
        ("does it come in navy?", {"point": "colors", "there": True}),
        ("does it come in red?", {"point": "colors", "there": False}),
        ("what is it made of?", {"point": "made", "material": "cotton"}),
        ("is A wool?", {"point": "is_made", "asked": "wool"}),
        ("does it have a hood?", {"point": "mentioned", "said": "Hooded parka."}),
        ("is it lined?", {"point": "mentioned", "said": None}),
        ("how much is it?", {"point": "price"}),
        ("tell me more", {}),
    ],
)
def test_a_question_is_answered_directly(text, expected):
    found = direct(text, COAT, OF)
    assert {key: found.get(key) for key in expected} == expected
    assert bool(found) == bool(expected)


@pytest.mark.parametrize(
    ("text", "name"),
    [("do you ship to Norway?", "service"), ("what do you know about me?", "known"),
     ("hi there", "hello"), ("bye", "bye"), ("hi, red shoes", None)],
)  # fmt: skip
def test_what_no_tool_serves_has_a_topic(text, name):
    assert topic(text) == name


def test_totals_are_asked_for_in_many_ways():
    assert asks_total("how much is the whole thing?")
    assert asks_total("what does it cost altogether now")
    assert not asks_total("how much is B?")


def test_the_price_of_a_look_and_the_cheapest_piece_are_said(tmp_path):
    script = {
        "a look for the office": [call("outfit", occasion="office", gender="men")],
        "what does it cost altogether?": [call("reply", kind="other")],
        "shoes": [call("search", category="shoes")],
        "which is the cheapest?": [call("ask")],
    }
    talk = assistant(tmp_path, script=script)
    look = talk.say("a look for the office").outfit
    reply = talk.say("what does it cost altogether?").reply
    assert f"{look.total / 100:.2f}" in reply
    cards = talk.say("shoes").cards
    best = min(cards, key=lambda card: card.price)
    assert f"{best.ref}. {best.title}" in talk.say("which is the cheapest?").reply


def test_the_transcript_moves_by_three_rounds_so_that_a_prompt_begins_as_before():
    thread, starts, sizes_ = ThreadState(), [], []
    for n in range(16):
        turn = TurnState(words=f"round {n}", outcome="reply")
        thread = thread.model_copy(update={"history": _history(thread, turn)})
        starts.append(thread.history[first_read(len(thread.history))].user)
        sizes_.append(len(thread.history))
    assert max(sizes_) == 9
    moves = [n for n, (a, b) in enumerate(pairwise(starts)) if a != b]
    assert all(after - before == 3 for before, after in pairwise(moves))
