"""The planner: a chat model with code around it, whatever the model says."""

import threading

import pytest
from langchain_core.messages import AIMessage

from fashionm3.agent.capabilities import Capabilities, capabilities_of
from fashionm3.agent.loading import load_planner
from fashionm3.agent.planner import Planner
from fashionm3.agent.round import Round
from fashionm3.config import PlannerSettings
from fashionm3.errors import Cancelled, UsageError
from fashionm3.index.lexicon import Lexicon
from fashionm3.testing import ScriptedPlanner

LEXICON = Lexicon.load()
LOOK = [
    {"ref": "1", "category": "blazer", "color": "grey", "price": 89},
    {"ref": "2", "category": "pants", "color": "navy", "price": 60},
    {"ref": "3", "category": "shoes", "color": "brown", "price": 70},
]
SHOWN = [
    {"ref": "A", "category": "shoes", "color": "white", "price": 55},
    {"ref": "B", "category": "shoes", "color": "blue", "price": 90},
]


class Model(ScriptedPlanner):
    """Says one decision and keeps what it was asked."""

    says: dict = {}
    asked: list = []
    capabilities: Capabilities = Capabilities()

    def _generate(self, messages, stop=None, run_manager=None, **kwargs):
        self.asked.append((messages, kwargs))
        return super()._generate(messages)

    def _decision(self, messages):
        return self.says


def model(tool="reply", note=(), more=False, **args):
    says = {"tool": tool, "args": args, "note": list(note), "more": more}
    return Model(says=says, asked=[])


def decide(says, text, context=None, history=(), **rest):
    data = {"text": text, "context": context or {}, "history": list(history), **rest}
    return Planner(says, LEXICON).decide(Round.model_validate(data))


def line(says, text, context=None, history=(), **rest):
    said = decide(says, text, context, history, **rest).line()
    return said["tool"], said["args"]


def search(**args):
    return [{"user": "earlier words", "decision": {"tool": "search", "args": args}}]


def test_unsafe_words_never_reach_the_model():
    says = model("design", category="dress")
    decision = decide(says, "draw her naked")
    assert decision.line() == {"tool": "reply", "args": {"kind": "refuse"}, "more": False}
    assert says.asked == []


def test_the_model_reads_numbers_as_digits():
    says = model("search", category="pants")
    decide(says, "chinos for ten less than fifty quid")
    assert says.asked[0][0][-1].text == "chinos for 40"


def test_a_limit_relative_to_the_one_before_is_reckoned():
    says = model("search", category="shoes")
    tool, args = line(
        says, "another 20 less", history=search(category="shoes", price_max=90, color="black")
    )
    assert (tool, args["price_max"]) == ("search", 70)


def test_a_price_and_a_colour_that_the_model_missed_are_put_in():
    assert line(model("search", category="shoes"), "burgundy brogues under 90 for men") == (
        "search",
        {
            "category": "shoes",
            "color": "red",
            "style": "brogues",
            "gender": "men",
            "price_max": 90,
        },
    )


def test_what_nobody_said_does_not_run():
    says = model("search", category="shoes", color="red", material="leather", price_max=40)
    assert line(says, "any shoes?") == ("search", {"category": "shoes"})


def test_what_holds_for_the_subject_is_carried():
    history = search(category="pants", color="navy", gender="men", price_max=70)
    tool, args = line(model("search", category="pants"), "same but in olive", history=history)
    assert tool == "search"
    assert args == {"category": "pants", "color": "green", "gender": "men", "price_max": 70}


def test_a_new_subject_carries_nothing():
    history = search(category="pants", color="navy", price_max=70)
    assert line(model("search", category="hat"), "show me hats", history=history) == (
        "search",
        {"category": "hat"},
    )


def test_a_try_on_without_a_photo_becomes_a_question():
    decision = decide(model("try_on", target="outfit"), "how would it look on me", {"outfit": LOOK})
    assert decision.outcome == "ask"
    assert "photo" in decision.text


def test_a_try_on_with_a_photo_runs():
    context = {"outfit": LOOK, "photo": True}
    assert line(model("try_on", target="outfit"), "how would it look on me", context) == (
        "try_on",
        {"target": "outfit"},
    )


def test_a_pointer_that_fits_several_things_becomes_a_question():
    context = {"shown": SHOWN}
    assert decide(model("swap", target="A"), "that one in red", context).outcome == "ask"


def test_a_swap_without_a_target_becomes_a_question_and_never_runs_empty():
    decision = decide(Model(says={"raw": "swap"}, asked=[]), "change it", {"outfit": LOOK})
    assert decision.outcome == "malformed"


@pytest.mark.parametrize("raw", ["", "{", "[]", '{"tool": "fly"}', "null"])
def test_what_can_not_be_read_is_typed_and_holds_no_calls(raw):
    decision = decide(Model(says={"raw": raw}, asked=[]), "red shoes")
    assert decision.outcome in ("malformed", "empty")
    assert decision.problem
    assert decision.calls == ()


def test_the_reason_of_a_repair_reaches_the_model():
    says = model("search", category="shoes")
    Planner(says, LEXICON).decide(Round(text="red shoes"), problem="swap: target is missing")
    assert "swap: target is missing" in says.asked[0][0][-1].text


def test_notes_that_were_declared_stay_and_invented_ones_go():
    says = model("search", note=["size shoes 42", "likes linen"], category="shoes", color="brown")
    decision = decide(says, "I'm a 42 in shoes by the way, brown boots?")
    assert decision.note == ("size shoes 42",)


def test_a_plain_declaration_that_the_model_missed_is_noted():
    assert decide(model(kind="other"), "I hate beige").note == ("dislikes beige",)


@pytest.mark.parametrize(
    ("flight", "outcome"),
    [("flight", "ask"), ("track flight", "ask"), ("", "ask"), ("KL1009", "calls")],
)
def test_a_required_text_that_only_repeats_the_tools_name_becomes_a_question(flight, outcome):
    text = {"type": "string"}
    parameters = {"type": "object", "properties": {"flight": text, "date": text}}
    parameters["required"] = ["flight"]
    tool = {"type": "function", "function": {"name": "trackFlight", "parameters": parameters}}
    planner = Planner(model("trackFlight", flight=flight), LEXICON, [tool])
    round_ = Round.model_validate({"text": "flight delays KL1009"})
    assert planner.decide(round_).outcome == outcome


class Sure(Model):
    """Tells how sure it is of its action."""

    share: float

    def _generate(self, messages, stop=None, run_manager=None, **kwargs):
        said = super()._generate(messages)
        told = {"action_probability": self.share}
        said.generations[0].message.response_metadata.update(told)
        return said


@pytest.mark.parametrize(
    ("share", "bar", "outcome"),
    [(0.3, 0.4, "ask"), (0.5, 0.4, "calls"), (0.3, 0.0, "calls"), (0.3, 0.3, "calls")],
)
def test_an_action_less_likely_than_the_bar_becomes_a_question(share, bar, outcome):
    says = {"tool": "search", "args": {"category": "coat"}, "note": [], "more": False}
    planner = Planner(Sure(says=says, asked=[], share=share), LEXICON, ask_below=bar)
    assert planner.decide(Round(text="a warm coat")).outcome == outcome


def test_a_model_that_tells_no_probability_is_not_held_to_the_bar():
    planner = Planner(model("search", category="coat"), LEXICON, ask_below=1.0)
    assert planner.decide(Round(text="a warm coat")).outcome == "calls"


def test_the_settings_bar_reaches_the_planner():
    settings = PlannerSettings(
        name="langchain", model="tests.agent.test_planner:Model", options={}, ask_below=0.7
    )
    planner = load_planner(settings)
    assert planner._ask_below == planner.with_tools([])._ask_below == 0.7


def test_a_second_action_is_asked_for_with_more():
    says = model("swap", more=True, target="shoes")
    decision = decide(says, "other shoes, and then show me in it", {"outfit": LOOK, "photo": True})
    assert decision.more
    assert decision.calls[0].tool == "swap"


def test_a_set_event_gives_the_decision_up():
    event = threading.Event()
    event.set()
    with pytest.raises(Cancelled, match="given up"):
        Planner(model(), LEXICON).decide(Round(text="hello"), cancelled=event)


def test_only_a_model_that_can_cancel_is_given_the_event():
    event = threading.Event()
    for capable in (False, True):
        says = Model(says={"tool": "reply"}, asked=[], capabilities=Capabilities(cancels=capable))
        Planner(says, LEXICON).decide(Round(text="hello"), cancelled=event)
        assert ("cancelled" in says.asked[0][1]) is capable


def test_a_model_without_a_record_has_no_capabilities():
    assert capabilities_of(ScriptedPlanner()) == Capabilities()
    assert Planner(ScriptedPlanner(), LEXICON).capabilities.constrained is False


def test_any_chat_model_is_loaded_by_its_path():
    settings = PlannerSettings(
        name="langchain",
        model="fashionm3.testing:ScriptedPlanner",
        options={"script": {"hello": [{"tool": "reply", "args": {"kind": "thanks"}}]}},
    )
    decision = load_planner(settings).decide(Round(text="hello"))
    assert decision.calls[0].args == {"kind": "thanks"}


def test_a_plugin_is_loaded_by_its_entry_point(tmp_path):
    script = tmp_path / "script.json"
    script.write_text('{"hats": [{"tool": "search", "args": {"category": "hat"}}]}')
    planner = load_planner(PlannerSettings(name="scripted", options={"script": str(script)}))
    assert planner.decide(Round(text="hats")).calls[0].tool == "search"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"name": "langchain"}, 'wants model = "package.module:Class"'),
        ({"name": "langchain", "model": "json"}, "not of the form"),
        ({"name": "langchain", "model": "json:nothing"}, "can't import"),
        ({"name": "langchain", "model": "collections:Counter"}, "not a chat model"),
        ({"name": "unheard-of"}, "no plugin 'unheard-of'"),
    ],
)
def test_a_planner_that_is_none_is_the_developers_matter(settings, message):
    with pytest.raises(UsageError, match=message):
        load_planner(PlannerSettings(**settings))


def test_a_foreign_models_parallel_calls_all_run():
    class Two(ScriptedPlanner):
        def _generate(self, messages, stop=None, run_manager=None, **kwargs):
            result = super()._generate(messages)
            calls = [
                {"name": "search", "args": {"category": "hat"}, "id": "1"},
                {"name": "search", "args": {"category": "shoes"}, "id": "2"},
            ]
            result.generations[0].message = AIMessage(content="", tool_calls=calls)
            return result

    decision = decide(Two(), "hats and shoes")
    assert [call.args["category"] for call in decision.calls] == ["hat", "shoes"]
