"""Pointing: one thing is a reference, several are a question."""

import pytest

from fashionm3.agent.answering import answered
from fashionm3.agent.pointing import Pointing
from fashionm3.agent.round import Call, Round
from fashionm3.index.lexicon import Lexicon

LEXICON = Lexicon.load()
SHOWN = [
    {"ref": "A", "category": "shoes", "color": "white", "price": 55, "title": "Canvas trainers"},
    {"ref": "B", "category": "shoes", "color": "blue", "price": 90, "title": "Penny loafers"},
    {"ref": "C", "category": "shoes", "color": "blue", "price": 70, "title": "Running shoes"},
]
WORN = [
    {"ref": "1", "category": "shirt", "color": "white", "price": 40},
    {"ref": "2", "category": "shoes", "color": "brown", "price": 80},
]


def corrected(text, said, shown=SHOWN, worn=(), photo=False, history=(), tool="swap"):
    context = {"shown": list(shown), "outfit": list(worn), "photo": photo}
    round_ = Round.model_validate({"text": text, "context": context, "history": list(history)})
    name = {"outfit": "anchor", "search": "like"}.get(tool, "target")
    call = Pointing(text, round_, LEXICON).corrected(Call(tool=tool, args={name: said}))
    return call.args.get(name) if call.tool == tool else call.tool


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("the second one but without the zip", "B"),
        ("the last one please", "C"),
        ("the middle one", "B"),
        ("the white one in leather", "A"),
        ("the cheapest one, other colour", "A"),
        ("the most expensive one", "B"),
        ("item c in white", "C"),
        ("B in white", "B"),
        ("number A please", "A"),
    ],
)
def test_words_that_fit_one_thing_name_it_whatever_the_model_said(text, ref):
    assert corrected(text, "C" if ref != "C" else "A") == ref


@pytest.mark.parametrize("text", ["that one please", "the blue one in red", "can you change it"])
def test_words_that_fit_several_things_are_asked_back(text):
    assert corrected(text, "B") == "ask"


def test_a_bare_pointer_at_the_only_thing_is_clear():
    assert corrected("that one in red", "A", shown=SHOWN[:1]) == "A"


def test_a_bare_pointer_at_what_was_just_spoken_of_is_clear():
    history = [{"user": "is B warm", "decision": {"tool": "reply", "args": {"about": "B"}}}]
    assert corrected("ok that one in red", "B", history=history) == "B"


def test_an_article_is_no_reference():
    assert corrected("swap B for a red one", "B") == "B"


def test_a_piece_of_the_look_is_left_alone():
    assert corrected("other shoes please", "2", worn=WORN) == "2"


def test_a_try_on_without_a_photo_is_asked_back():
    assert corrected("how would it look on me", "outfit", tool="try_on") == "ask"
    assert corrected("put B on me", "B", tool="try_on", photo=True) == "B"


def test_references_of_any_alphabet_are_found():
    shown = [{"ref": "SKU-102", "category": "hat"}, {"ref": "p12", "category": "hat"}]
    assert corrected("more like sku-102", "p12", shown=shown, tool="search") == "SKU-102"


def test_an_answer_to_a_question_is_joined_with_what_was_asked_about():
    history = [{"user": "put that one in instead of the shoes", "decision": "ask"}]
    context = {"shown": SHOWN, "outfit": WORN}
    round_ = Round.model_validate(
        {"text": "the second one", "context": context, "history": history}
    )
    joined = answered(round_, LEXICON)
    assert joined.text == "put item B in instead of the shoes"
    assert joined.history == ()


def test_fresh_words_after_a_question_are_left_as_they_are():
    history = [{"user": "put that one in", "decision": "ask"}]
    round_ = Round.model_validate(
        {"text": "show me red hats", "context": {"shown": SHOWN}, "history": history}
    )
    assert answered(round_, LEXICON) == round_


def test_a_kind_that_is_worn_once_is_the_piece_to_swap():
    assert corrected("the shoes are too narrow", "2", worn=WORN) == "2"


def test_one_of_several_is_asked_back():
    assert corrected("change one of those for something blue", "2", shown=(), worn=WORN) == "ask"


def test_a_number_is_a_place_where_references_are_letters():
    assert corrected("number 3 in white", "A") == "C"
    assert corrected("#2 but cheaper", "A") == "B"


def asked_about(text, shown=SHOWN, history=()):
    round_ = Round.model_validate(
        {"text": text, "context": {"shown": list(shown)}, "history": list(history)}
    )
    call = Call(tool="reply", args={"kind": "care"})
    found = Pointing(text, round_, LEXICON).corrected(call)
    return found.args.get("about") if found.tool == "reply" else found.tool


def test_a_question_about_it_is_about_the_only_thing_there_is():
    assert asked_about("how should it be washed?", SHOWN[:1]) == "A"


def test_a_question_about_it_is_about_what_was_spoken_of():
    history = [{"user": "is B warm", "decision": {"tool": "reply", "args": {"about": "B"}}}]
    assert asked_about("does it shrink?", history=history) == "B"


def test_a_question_about_one_of_several_is_asked_back():
    assert asked_about("does it shrink?") == "ask"


def test_a_question_names_its_thing():
    assert asked_about("can C go in the wash?") == "C"


def test_a_question_in_general_is_about_nothing():
    assert asked_about("how do I wash wool?") is None


def test_that_one_of_several_is_asked_back_though_a_search_was_planned():
    round_ = Round.model_validate(
        {"text": "I'll have that one in green", "context": {"shown": SHOWN}}
    )
    call = Call(tool="search", args={"category": "shoes", "color": "green"})
    assert Pointing(round_.text, round_, LEXICON).corrected(call).tool == "ask"
