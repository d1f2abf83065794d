"""What open models say, cut anywhere, is told apart into words, thoughts and calls."""

import pytest
from agent.big_model import WEATHER

from fashionm3.agent.listener import Listener
from fashionm3.agent.tool_calls import OPENERS, read_calls, schemas_of

TOOLS = schemas_of([WEATHER])
CALL = '{"name": "weather", "arguments": {"city": "Oslo", "days": 2}}'
SPELLED = [
    f"<tool_call>\n{CALL}\n</tool_call>",
    f"<tool_call>{CALL}",
    f"<function_call>{CALL}</function_call>",
    "<tool_call>\n<function=weather>\n<parameter=city>\nOslo\n</parameter>\n"
    "<parameter=days>\n2\n</parameter>\n</function>\n</tool_call>",
    f"```json\n{CALL}\n```",
    f"<|python_tag|>{CALL}<|eom_id|>",
    '{"name": "weather", "parameters": {"city": "Oslo", "days": 2}}',
    '{"type": "function", "function": ' + CALL + "}",
    f"[TOOL_CALLS][{CALL}]</s>",
    '[TOOL_CALLS]weather[ARGS]{"city": "Oslo", "days": 2}',
    '[TOOL_CALLS] weather{"city": "Oslo", "days": 2}',
    '{"name": "weather", "arguments": "{\\"city\\": \\"Oslo\\", \\"days\\": 2}"}',
    f"<think>\nwhich <tool_call>?\n</think>\n\n<tool_call>{CALL}</tool_call>",
]
MALFORMED = [
    '<tool_call>{"name": "weather", "arguments": {"city": "Oslo"</tool_call>',
    "<tool_call>weather in Oslo</tool_call>",
    "<tool_call></tool_call>",
    '<tool_call>{"arguments": {"city": "Oslo"}}</tool_call>',
    '<tool_call>{"name": "weather", "arguments": ["Oslo"]}</tool_call>',
    '<tool_call>{"name": "weather", "arguments": {"days": NaN}}</tool_call>',
    "<tool_call><function=weather><parameter=city>Oslo</function></tool_call>",
    '{"name": "weather", "arguments": {"city": "Os',
    '```json\n{"name": "weather", "arguments": {city: Oslo}}\n```',
    '<|python_tag|>weather.call(city="Oslo")',
    "[TOOL_CALLS]weather[ARGS]{city}",
]


def heard(text, step):
    listener = Listener(TOOLS, ends=("</s>",))
    words = [listener.feed(text[n : n + step]) for n in range(0, len(text), step)]
    rest, speech = listener.finish()
    return [word for word in [*words, rest] if word], speech


@pytest.mark.parametrize("step", [1, 7, 10_000])
@pytest.mark.parametrize("text", SPELLED)
def test_every_spelling_of_a_call_is_read_however_it_is_cut(text, step):
    words, speech = heard(text, step)
    assert words == []
    assert speech.text == ""
    assert speech.invalid == ()
    (call,) = speech.calls
    assert (call["name"], call["args"]) == ("weather", {"city": "Oslo", "days": 2})


@pytest.mark.parametrize("text", MALFORMED)
def test_every_malformed_call_is_kept_as_an_invalid_one(text):
    words, speech = heard(text, 3)
    assert words == []
    assert speech.calls == ()
    (bad,) = speech.invalid
    assert bad["error"]


def test_several_calls_and_the_words_around_them_are_kept():
    text = f"First.\n<tool_call>{CALL}</tool_call>\n<tool_call>{CALL}</tool_call>\nThen wait."
    words, speech = heard(text, 5)
    assert "".join(words) == speech.text == "First.\nThen wait."
    assert len(speech.calls) == 2
    assert len({call["id"] for call in speech.calls}) == 2
    assert len(read_calls(f"<|python_tag|>{CALL}; {CALL}", TOOLS).calls) == 2


@pytest.mark.parametrize(
    "text",
    [
        'As JSON: {"name": "weather"} is no call here.',
        '{"name": "Anna", "arguments": {}}',
        '```json\n{"size": 42}\n```',
        "[1, 2] are numbers, < and [TOOL too",
        "a <tool that is none",
    ],
)
def test_words_that_only_look_like_a_call_stay_words(text):
    words, speech = heard(text, 2)
    assert "".join(words) == speech.text == text
    assert speech.calls == speech.invalid == ()


def test_without_tools_json_is_what_was_asked_for():
    listener = Listener({})
    said = listener.feed(CALL)
    rest, speech = listener.finish()
    assert said + rest == speech.text == CALL
    assert speech.calls == ()


def test_thoughts_are_kept_beside_the_words_also_where_the_prompt_opened_them():
    for thinking, text in ((False, "<think>hm</think>Yes."), (True, "hm</think>\nYes.")):
        listener = Listener(TOOLS, thinking=thinking)
        said = "".join(listener.feed(sign) for sign in text)
        rest, speech = listener.finish()
        assert said + rest == speech.text == "Yes."
        assert speech.reasoning == "hm"


def test_no_part_of_a_mark_is_ever_said_as_words():
    for opener in OPENERS:
        listener = Listener(TOOLS)
        said = "".join(listener.feed(sign) for sign in f"well {opener}")
        assert said == "well"
