import pytest
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

from fashionm3.actions import ACTIONS
from fashionm3.agent import opinion as module
from fashionm3.agent.bound_tools import bound_tools, tool_dicts
from fashionm3.agent.opinion import asked_words, opinion
from fashionm3.agent.round import Call, Past, Round
from fashionm3.agent.tool_matcher import Bounds, Match


def tool(name: str, *required: str) -> dict:
    properties = {key: {"type": "string"} for key in required}
    parameters = {"type": "object", "properties": properties, "required": list(required)}
    return {"type": "function", "function": {"name": name, "parameters": parameters}}


SEVEN = bound_tools(tool_dicts(list(ACTIONS.values())))
TIMER, PARCEL = bound_tools([tool("timer"), tool("parcel", "order")])


class Fixed:
    """Says always the same."""

    bounds = Bounds(take=0.5, leave=0.02)

    def __init__(self, share: float, any_: float) -> None:
        self._share, self._any = share, any_

    def match(self, words, tools):
        return Match(tools[0], self._share, self._any)


@pytest.fixture
def says(monkeypatch):
    def fix(share: float, any_: float) -> None:
        monkeypatch.setattr(module.ToolMatcher, "load", lambda: Fixed(share, any_))

    return fix


def names(found) -> list[str]:
    return [tool.name for tool in found.tools]


def test_a_sure_opinion_leaves_one_tool(says):
    says(0.9, 0.95)
    found = opinion((*SEVEN, TIMER, PARCEL), "set a timer")
    assert names(found) == ["timer"]
    assert found.share == 0.9


def test_a_tool_that_requires_something_may_be_asked_about(says):
    says(0.9, 0.95)
    assert names(opinion((*SEVEN, PARCEL), "my parcel")) == ["parcel", "ask"]


@pytest.mark.parametrize(
    ("words", "asks"),
    [("resole how much", False), ("it's resoling i need", False), ("my boots are done for", True)],
)
def test_a_choice_that_the_words_name_is_not_asked_for(says, words, asks):
    says(0.9, 0.95)
    work = {"type": "string", "enum": ["resole", "polish", "new_heels"]}
    parameters = {"type": "object", "properties": {"work": work}, "required": ["work"]}
    made = {"type": "function", "function": {"name": "cobbler", "parameters": parameters}}
    assert ("ask" in names(opinion((*SEVEN, *bound_tools([made])), words))) is asks


def test_words_for_the_seven_actions_rule_further_tools_out(says):
    says(0.005, 0.01)
    found = opinion((*SEVEN, TIMER), "black shoes")
    assert names(found) == list(ACTIONS)
    assert found.share == pytest.approx(0.99)


def test_in_between_the_planner_chooses_between_the_best_and_the_seven(says):
    says(0.3, 0.4)
    found = opinion((*SEVEN, TIMER, PARCEL), "hm")
    assert names(found) == [*ACTIONS, "timer"]
    assert found.share == 1


def test_where_only_further_tools_may_be_said_the_best_is_taken(says):
    says(0.01, 0.01)
    assert names(opinion((TIMER, PARCEL), "hm")) == ["timer"]


@pytest.mark.parametrize("tools", [SEVEN, (TIMER,)])
def test_nothing_is_asked_where_there_is_nothing_to_choose(tools):
    assert opinion(tools, "black shoes").tools == tools


def test_the_answer_to_a_question_is_read_with_what_it_was_asked_about():
    past = Past(user="where is my parcel", decision=Call(tool="ask", args={}))
    assert asked_words([], Round(text="A-1193", history=(past,))) == "where is my parcel A-1193"
    done = Past(user="black shoes", decision=Call(tool="search", args={}))
    assert asked_words([], Round(text="in brown", history=(done,))) == "in brown"


def test_the_rest_of_a_message_is_the_planners():
    done = (Call(tool="search", args={"category": "shoes"}),)
    assert asked_words([], Round(text="black shoes and my points", done=done)) == ""
    call = {"name": "timer", "args": {}, "id": "1"}
    called = [HumanMessage("a timer"), AIMessage("", tool_calls=[call])]
    assert asked_words([*called, ToolMessage("set", tool_call_id="1")], None) == ""


def test_messages_are_read_as_rounds_are():
    asked = AIMessage("", tool_calls=[{"name": "ask", "args": {}, "id": "1"}])
    talk = [HumanMessage("where is my parcel"), asked, HumanMessage("A-1193")]
    assert asked_words(talk, None) == "where is my parcel A-1193"
    said = [HumanMessage("where is it"), AIMessage('ask question="Which one?"'), HumanMessage("A")]
    assert asked_words(said, None) == "where is it A"
    told = [HumanMessage("black shoes"), AIMessage("Here they are."), HumanMessage("in brown")]
    assert asked_words(told, None) == "in brown"
    assert asked_words([], None) == ""


def test_a_number_that_is_there_is_not_asked_for(says):
    says(0.9, 0.95)
    assert names(opinion((*SEVEN, PARCEL), "where is FM-2039")) == ["parcel"]
    assert names(opinion((*SEVEN, PARCEL), "where is my size 42")) == ["parcel", "ask"]
