"""Reading what models say: thirty kinds of malformed output are repaired or reported."""

import pytest
from langchain_core.messages import AIMessage

from fashionm3.agent.reading import read_message

READABLE = [
    '{"tool": "search", "args": {"category": "shoes"}}',
    '{"name": "search", "arguments": {"category": "shoes"}}',
    '{"name": "search", "parameters": {"category": "shoes"}}',
    '[{"name": "search", "arguments": {"category": "shoes"}}]',
    '```json\n{"tool": "search", "args": {"category": "shoes"}}\n```',
    '```\n{"tool": "search", "args": {"category": "shoes"}}\n```',
    '<tool_call>{"name": "search", "arguments": {"category": "shoes"}}</tool_call>',
    '<tool_call>\n{"name": "search", "arguments": {"category": "shoes"}}',
    'Sure! <tool_call>{"name": "search", "arguments": {"category": "shoes"}}</tool_call>',
    "search category=shoes",
    "> search category=shoes",
    'search category="shoes"',
    '{"tool": "search", "args": {"category": "shoes", "color": null}}',
]
BROKEN = [
    '{"tool": "search", "args": {"category": "shoes"',
    '{"tool": "search", "args": ["shoes"]}',
    '{"tool": "fly", "args": {}}',
    '{"args": {}}',
    '{"tool": 3}',
    "{}",
    "[]",
    "[[[[",
    "null",
    "None",
    'search style="open',
    "search price_max=cheap",
    "search category=shoes ???",
    '{"tool": "search", "args": {"size": "M"}}',
    '{"tool": "search", "args": {"season": "monsoon"}}',
    '{"tool": "swap", "args": {}}',
    "<tool_call></tool_call>",
    "[" * 3000,
]


@pytest.mark.parametrize("text", READABLE)
def test_forms_that_can_be_read_are_read(text):
    decision = read_message(AIMessage(content=text))
    assert decision.outcome == "calls"
    assert decision.calls[0].tool == "search"
    assert decision.calls[0].args == {"category": "shoes"}


@pytest.mark.parametrize("text", BROKEN)
def test_what_can_not_be_read_is_malformed_and_never_runs(text):
    decision = read_message(AIMessage(content=text))
    assert decision.outcome == "malformed"
    assert decision.calls == ()
    assert decision.problem
    assert "\n" not in decision.problem.strip()


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_silence_is_empty(text):
    assert read_message(AIMessage(content=text)).outcome == "empty"


def test_plain_words_are_a_reply():
    decision = read_message(AIMessage(content="You're welcome!"))
    assert (decision.outcome, decision.text) == ("reply", "You're welcome!")


def test_invalid_tool_calls_do_not_end_a_round_silently():
    bad = {"name": "search", "args": "{", "id": "1", "error": None, "type": "invalid_tool_call"}
    decision = read_message(AIMessage(content="", invalid_tool_calls=[bad]))
    assert decision.outcome == "malformed"


def test_note_and_more_are_taken_off_the_arguments():
    call = {
        "name": "swap",
        "args": {"target": "A", "note": ["likes linen"], "more": True},
        "id": "1",
    }
    decision = read_message(AIMessage(content="", tool_calls=[call]))
    assert decision.calls[0].args == {"target": "A"}
    assert decision.note == ("likes linen",)
    assert decision.more


def test_a_question_beside_a_call_does_not_stop_the_call():
    calls = [
        {"name": "ask", "args": {"question": "hm?"}, "id": "1"},
        {"name": "search", "args": {}, "id": "2"},
    ]
    decision = read_message(AIMessage(content="", tool_calls=calls))
    assert [call.tool for call in decision.calls] == ["search"]
