"""Intents: the action that the words and the screen mean, whatever the model took them for."""

import pytest

from fashionm3.agent.heard import Heard
from fashionm3.agent.intents import Intents
from fashionm3.agent.pointing import Pointing
from fashionm3.agent.round import Call, Round
from fashionm3.agent.swapping import Swapping
from fashionm3.index.lexicon import Lexicon

LEXICON = Lexicon.load()
LOOK = [
    {"ref": "1", "category": "shirt", "color": "white", "price": 40},
    {"ref": "2", "category": "pants", "color": "navy", "price": 60},
    {"ref": "3", "category": "shoes", "color": "brown", "price": 80},
]
SHOWN = [
    {"ref": "A", "category": "shoes", "color": "white", "price": 55},
    {"ref": "B", "category": "shoes", "color": "blue", "price": 90},
]


def settled(text, tool, context=None, history=(), notes=(), **args):
    round_ = Round.model_validate(
        {"text": text, "context": context or {}, "history": list(history)}
    )
    heard = Heard(text, LEXICON, tuple(notes))
    pointing = Pointing(text, round_, LEXICON)
    call = Call(tool=tool, args=args)
    idle = args.get("kind") == "other" and not notes
    call = Intents(round_, heard, pointing, tuple(notes)).settled(call, idle)
    return Swapping(round_, heard, pointing).settled(call) if call.tool == "swap" else call


def said(tool, user="earlier words", **args):
    return [{"user": user, "decision": {"tool": tool, "args": args}}]


@pytest.mark.parametrize(
    ("text", "tool", "args", "context", "meant"),
    [
        ("other shoes please", "search", {"category": "shoes"}, {"outfit": LOOK}, "swap"),
        ("show me some shoes", "search", {"category": "shoes"}, {"outfit": LOOK}, "search"),
        ("a whole outfit for brunch", "search", {"occasion": "brunch"}, {}, "outfit"),
        ("got any camo trousers", "reply", {"kind": "other"}, {}, "search"),
        ("any coats in camo", "reply", {"kind": "care"}, {}, "search"),
        ("how do I wash a wool coat", "reply", {"kind": "care"}, {}, "reply"),
        ("thanks, lovely", "reply", {"kind": "thanks"}, {}, "reply"),
        ("navy hats", "design", {"category": "hat"}, {}, "search"),
        ("draw me a hat", "design", {"category": "hat"}, {}, "design"),
        ("sketch a hat with foxes", "search", {"category": "hat"}, {}, "design"),
        ("A has pockets?", "swap", {"target": "A"}, {"shown": SHOWN}, "reply"),
        (
            "show me in it",
            "outfit",
            {"anchor": "1"},
            {"outfit": LOOK, "photo": True},
            "try_on",
        ),
        ("it looks good on me", "outfit", {}, {"outfit": LOOK}, "outfit"),
        ("swap these shoes for loafers", "reply", {"kind": "other"}, {"outfit": LOOK}, "swap"),
        ("more like B", "search", {"category": "shoes"}, {"shown": SHOWN}, "search"),
    ],
)
def test_the_action_is_the_one_that_is_meant(text, tool, args, context, meant):
    assert settled(text, tool, context, **args).tool == meant


def test_likeness_names_the_thing():
    call = settled("more like B", "search", {"shown": SHOWN}, category="shoes")
    assert call.args == {"category": "shoes", "like": "B"}


def test_a_question_of_care_is_answered_for_the_only_thing():
    call = settled("can I iron it?", "ask", {"shown": SHOWN[:1]})
    assert call == Call(tool="reply", args={"kind": "care", "about": "A"})


def test_a_look_is_named_by_its_place():
    context = {"looks": [{"ref": "L1"}, {"ref": "L2"}]}
    assert settled("look two please", "outfit", context, look="L1").args == {"look": "L2"}
    assert settled("L1 but cheaper", "outfit", context, anchor="L1").args == {"look": "L1"}


def test_another_piece_of_a_kind_that_is_worn_is_a_swap():
    call = settled("another shirt", "outfit", {"outfit": LOOK}, anchor="1", missing=["shirt"])
    assert call == Call(tool="swap", args={"target": "1"})


def test_a_look_is_finished_around_its_only_piece():
    call = settled("it needs shoes and a hat", "ask", {"outfit": LOOK[:1]})
    assert call == Call(tool="outfit", args={"anchor": "1", "missing": ["shoes", "hat"]})


def test_a_drawing_goes_on_and_a_real_thing_is_searched():
    history = said("design", category="hat", color="red")
    context = {"shown": [{"ref": "D1", "category": "hat", "color": "red"}]}
    assert settled("make it blue", "swap", context, history, target="D1").tool == "design"
    assert settled("real ones like that?", "search", context, history, like="D1").tool == "search"


def test_what_is_only_taken_back_is_no_search():
    call = settled("beige is fine again", "search", notes=["forget beige"], color="beige")
    assert call == Call(tool="reply", args={"kind": "other"})


@pytest.mark.parametrize(
    ("text", "args", "meant"),
    [
        ("put B in instead of the shoes", {"target": "B"}, {"target": "3", "with": "B"}),
        ("use B in place of mine", {"target": "B", "with": "3"}, {"target": "3", "with": "B"}),
        ("plain trousers", {"target": "3"}, {"target": "2"}),
        ("don't like the shirt, another", {"target": "2"}, {"target": "1"}),
        ("B goes in for the shoes", {"target": "A", "with": "B"}, {"target": "3", "with": "B"}),
        ("the blue ones in, please", {"target": "3", "with": "A"}, {"target": "3", "with": "B"}),
    ],
)
def test_what_goes_out_is_worn_and_what_comes_in_is_shown(text, args, meant):
    context = {"outfit": LOOK, "shown": SHOWN}
    assert settled(text, "swap", context, **args).args == meant


@pytest.mark.parametrize(
    ("text", "args"),
    [
        ("custom boots with my dog's paw prints", {"category": "shoes", "pattern": "paw prints"}),
        ("boots with little foxes", {"category": "shoes", "pattern": "little foxes"}),
    ],
)
def test_a_motif_that_no_shop_knows_is_drawn(text, args):
    assert settled(text, "design", **args).tool == "design"


def test_a_price_is_never_asked_of_a_drawing():
    history = said("design", category="shoes", style="cyberpunk")
    call = settled(
        "one at a lower price", "swap", {"shown": SHOWN[:1]}, history, target="A", cheaper=True
    )
    assert call.tool == "swap"


@pytest.mark.parametrize(
    ("text", "tool", "args", "context", "meant"),
    [
        ("add a hat", "swap", {"target": "1"}, {"outfit": LOOK}, "outfit"),
        ("what about a jacket over the top", "swap", {"target": "1"}, {"outfit": LOOK}, "outfit"),
        ("a different bag", "swap", {"target": "3"}, {"outfit": LOOK}, "search"),
        ("the coat not too long", "swap", {"target": "A"}, {"shown": SHOWN}, "search"),
        ("can I pay with paypal", "search", {"category": "jewellery"}, {}, "reply"),
        ("is it warm enough for minus 10?", "search", {}, {"shown": SHOWN[:1]}, "reply"),
        ("are these waterproof?", "search", {}, {"shown": SHOWN}, "ask"),
        ("do you have these in green?", "search", {"color": "green"}, {"shown": SHOWN}, "search"),
    ],
)
def test_what_is_added_elsewhere_or_asked_is_no_swap(text, tool, args, context, meant):
    assert settled(text, tool, context, **args).tool == meant


def test_an_added_piece_is_what_the_look_misses():
    call = settled("add a black hat", "swap", {"outfit": LOOK}, target="1", color="black")
    assert call.args == {"missing": ["hat"], "color": "black"}


def test_the_top_of_a_look_may_be_a_blouse():
    look = [{"ref": "1", "category": "blouse"}, {"ref": "2", "category": "shoes"}]
    call = settled("can the top be white instead", "swap", {"outfit": look}, target="2")
    assert call.args["target"] == "1"


def test_a_thing_with_a_change_is_swapped_and_its_like_is_searched():
    context = {"shown": SHOWN}
    changed = settled("B in black?", "search", context, category="shoes", like="B", color="black")
    assert (changed.tool, changed.args) == ("swap", {"target": "B", "color": "black"})
    for words in ("more like B in black", "something similar to B in black"):
        assert settled(words, "search", context, category="shoes", like="B").tool == "search"
