import pytest

from fashionm3.agent.bound_tools import bound_tools, tool_dicts
from fashionm3.agent.choice import callable_tools, chosen, seven
from fashionm3.errors import UsageError

PARAMETERS = {"type": "object", "properties": {}}
TOOLS = bound_tools(
    tool_dicts([{"name": name, "parameters": PARAMETERS} for name in ("camera", "timer")])
)


def names(choice: object) -> list[str]:
    return [tool.name for tool in chosen(TOOLS, choice)]


@pytest.mark.parametrize(
    "choice",
    [
        "timer",
        {"type": "tool", "name": "timer"},
        {"type": "function", "function": {"name": "timer"}},
    ],
)
def test_a_named_tool_is_the_only_one(choice):
    assert names(choice) == ["timer"]


@pytest.mark.parametrize("choice", ["any", "required", True, {"type": "any"}])
def test_a_demanded_call_leaves_no_reply(choice):
    assert names(choice) == ["camera", "timer"]


@pytest.mark.parametrize("choice", [None, "auto", False, {"type": "auto"}])
def test_a_free_choice_adds_a_reply(choice):
    assert names(choice) == ["camera", "timer", "reply"]


@pytest.mark.parametrize("choice", ["none", {"type": "none"}])
def test_no_tool_leaves_the_seven_said_as_text(choice):
    assert chosen(TOOLS, choice) == seven()
    assert callable_tools(TOOLS, choice) == ()
    assert callable_tools(TOOLS, "auto") == TOOLS


def test_a_choice_that_is_not_bound_is_an_error():
    with pytest.raises(UsageError, match="'hat' is not bound"):
        names({"type": "tool", "name": "hat"})


def test_the_same_tool_twice_is_bound_once():
    twice = tool_dicts([{"name": "camera", "parameters": PARAMETERS}] * 2)
    assert len(bound_tools(twice)) == 1
