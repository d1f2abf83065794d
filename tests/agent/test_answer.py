from hypothesis import given
from hypothesis import strategies as st

from fashionm3.agent.answer import Parts, Stops, message_of
from fashionm3.agent.bound_tools import bound_tools, tool_dicts

SEARCH = {
    "name": "findIt",
    "description": "Finds it.",
    "parameters": {
        "type": "object",
        "properties": {"what": {"type": "string"}, "n": {"type": "integer"}},
        "required": ["what"],
    },
}
TOOLS = bound_tools(tool_dicts([SEARCH]))
LINE = ' find_it what="a red, or blue one" n=3\n'


def streamed(line: str, stops: Stops, tools=TOOLS):
    """Gives a line letter by letter, as it grows while it is said."""
    parts = Parts(tools, stops)
    chunks = []
    for end in range(1, len(line) + 1):
        chunks += parts.new(line[:end], ended=end == len(line))
        if parts.stopped:
            break
    whole = chunks[0]
    for chunk in chunks[1:]:
        whole += chunk
    return whole


def test_a_call_streamed_is_the_call_said_at_once():
    once = message_of(LINE, TOOLS, Stops()).tool_calls[0]
    made = streamed(LINE, Stops()).tool_calls[0]
    assert once["args"] == made["args"] == {"what": "a red, or blue one", "n": 3}
    assert once["name"] == made["name"] == "findIt"


def test_a_stop_sequence_is_no_matter_of_a_call():
    assert message_of(LINE, TOOLS, Stops(["red"])).tool_calls
    assert streamed(LINE, Stops(["red"])).tool_calls[0]["args"]["n"] == 3


@given(st.text("ab ", min_size=1, max_size=12), st.lists(st.text("ab ", max_size=3), max_size=3))
def test_a_text_streamed_ends_where_it_ends_said_at_once(words, sequences):
    line = f" x{words}\n"
    once = message_of(line, (), Stops(sequences)).text
    parts = Parts((), Stops(sequences))
    chunks = [
        chunk.text
        for end in range(1, len(line) + 1)
        for chunk in parts.new(line[:end], ended=end == len(line))
    ]
    assert "".join(chunks) == once


def test_empty_stop_sequences_end_nothing():
    assert Stops(["", "x"]).cut("ab") == "ab"
