import base64

import pytest
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage, ToolMessage

from fashionm3.agent.messages import messages_of, pictures_of
from fashionm3.agent.round import Round
from fashionm3.agent.transcript import finished, pictures_in, round_of, text_of
from fashionm3.index.lexicon import Lexicon

LEXICON = Lexicon.load()


def block(data: bytes) -> dict:
    return {"type": "image", "base64": base64.b64encode(data).decode(), "mime_type": "image/png"}


def called(name: str = "draw", more: bool = False, **args: object) -> AIMessage:
    args |= {"more": True} if more else {}
    return AIMessage("", tool_calls=[{"name": name, "args": args, "id": "1"}])


def result(*content: object) -> ToolMessage:
    return ToolMessage(list(content), tool_call_id="1")


def test_pictures_of_tools_are_lines_of_their_own_in_the_order_of_the_text():
    messages = [
        HumanMessage([block(b"1"), {"type": "text", "text": "like this"}]),
        called(),
        result(block(b"2"), block(b"3")),
        AIMessage("a dress"),
        HumanMessage("that one"),
    ]
    assert text_of(messages, None, LEXICON) == (
        "u: \ufffclike this\n> draw\np: \ufffc\np: \ufffc\nu: that one\n>"
    )
    assert pictures_in(messages, None) == [b"1", b"2", b"3"]


def test_pictures_of_rounds_that_are_not_read_are_left_out():
    messages = [HumanMessage([block(b"old")]), AIMessage("a dress")]
    messages += [HumanMessage(f"words {n}") for n in range(9)]
    text = text_of(messages, None, LEXICON)
    assert "\ufffc" not in text
    assert pictures_in(messages, None) == []


def test_a_round_that_travels_shows_the_pictures_of_its_own_words_only():
    round_ = Round(text="one like this")
    messages = [*messages_of(round_, LEXICON, picture=b"now"), called(), result(block(b"later"))]
    carried = round_of(messages)
    assert text_of(messages, carried, LEXICON).count("\ufffc") == 1
    assert pictures_in(messages, carried) == [b"now"]


def test_decisions_said_as_text_are_read_back_as_decisions():
    messages = [HumanMessage("shoes"), AIMessage("search category=shoes"), HumanMessage("red")]
    assert text_of(messages, None, LEXICON) == "u: shoes\n> search category=shoes\nu: red\n>"


def test_words_behind_a_tools_result_add_no_decision():
    messages = [HumanMessage("x"), called(), result("done"), AIMessage("done"), HumanMessage("y")]
    assert text_of(messages, None, LEXICON) == "u: x\n> draw\nu: y\n>"


def test_all_results_of_the_last_call_finish_a_loop_unless_more_is_wanted():
    ended = [HumanMessage("x"), called(), result("one"), result("two")]
    assert [message.text for message in finished(ended)] == ["one", "two"]
    assert finished([HumanMessage("x"), called(more=True), result("one")]) == []
    assert finished([*ended, HumanMessage("y")]) == []
    assert finished([SystemMessage("x")]) == []


@pytest.mark.parametrize(
    "spelled",
    [
        block(b"abc"),
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,YWJj"}},
        {"type": "image", "url": "data:image/png;base64,YWJj"},
        {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "YWJj"}},
        {"type": "image", "source_type": "base64", "data": "YWJj", "mime_type": "image/png"},
    ],
)
def test_pictures_are_found_in_every_common_spelling(spelled):
    assert pictures_of(HumanMessage([spelled])) == [b"abc"]
    assert pictures_of(result(spelled)) == [b"abc"]
