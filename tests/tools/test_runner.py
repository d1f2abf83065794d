"""The runner: one treatment for every tool, ours or not."""

import threading
import time

import pytest
from langchain_core.tools import tool
from shops import runner, shop

from fashionm3.config import ToolSettings
from fashionm3.errors import EngineError, UsageError
from fashionm3.tools.base import Scene
from fashionm3.tools.runner import ToolRunner
from fashionm3.types import Constraints

CALLS = []


@tool
def opening_hours(day: str) -> str:
    """Says when the shop is open."""
    CALLS.append(day)
    return f"{day}: 9 to 18"


@tool
def broken(day: str) -> str:
    """Raises."""
    CALLS.append(day)
    raise RuntimeError("secret detail")


@tool
def hung(day: str) -> str:
    """Hangs."""
    time.sleep(30)
    return day


@tool
def silent(day: str) -> str:
    """Says nothing."""
    return ""


@tool(response_format="content_and_artifact")
def nonsense(day: str) -> tuple[str, dict]:
    """Gives back an artifact that is no observation."""
    return "text", {"kind": 3, "what": "ever"}


@tool
def no_disk(day: str) -> str:
    """Fails for the operator."""
    raise EngineError("disk is full")


def run(*tools, name=None, settings=None, scene=None, cancelled=None, day="Monday"):
    made = ToolRunner(tools, settings)
    return made.run(name or tools[0].name, {"day": day}, scene or Scene(), "c1", cancelled)


def test_a_foreign_tool_becomes_a_text_card():
    seen = run(opening_hours).observation
    assert seen.kind == "text"
    assert seen.cards[0].text == "Monday: 9 to 18"


def test_a_tool_that_raises_is_an_error_without_inner_details():
    outcome = run(broken)
    assert outcome.error == "broken failed: RuntimeError"
    assert "secret" not in outcome.content


def test_a_failed_call_is_tried_again_as_often_as_set():
    CALLS.clear()
    run(broken, settings=ToolSettings(retries=2))
    assert len(CALLS) == 3


def test_a_hung_tool_is_abandoned_in_time():
    started = time.monotonic()
    outcome = run(hung, settings=ToolSettings(timeout=0.2))
    assert "did not answer within 0.2 s" in outcome.error
    assert time.monotonic() - started < 5


def test_a_cancel_gives_the_call_up():
    cancelled = threading.Event()
    threading.Timer(0.1, cancelled.set).start()
    started = time.monotonic()
    assert "cancelled" in run(hung, cancelled=cancelled).error
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("made", [silent, nonsense])
def test_nonsense_is_an_error_that_the_planner_reads(made):
    assert run(made).error.startswith(made.name)


def test_an_operators_fault_is_not_hidden():
    with pytest.raises(EngineError, match="disk is full"):
        run(no_disk)


def test_an_unknown_tool_is_named_with_the_known_ones():
    assert "there are opening_hours" in run(opening_hours, name="closing_hours").error


def test_two_tools_of_one_name_are_a_usage_error():
    with pytest.raises(UsageError, match="names must be unique"):
        ToolRunner([opening_hours, opening_hours])


def test_the_same_call_is_carried_out_once_until_its_scene_changes():
    CALLS.clear()
    made = ToolRunner([opening_hours])
    for scene in (Scene(), Scene(), Scene(constraints=Constraints(budget=1))):
        made.run("opening_hours", {"day": "Monday"}, scene, "c1")
    assert len(CALLS) == 2


def test_personal_results_are_kept_apart():
    CALLS.clear()
    made = ToolRunner([opening_hours])
    held = Constraints(likes=("linen",))
    for user in ("anna", "ben", "anna"):
        made.run("opening_hours", {"day": "Monday"}, Scene(constraints=held, user_id=user), "c1")
    assert len(CALLS) == 2


def test_observations_hold_no_bytes():
    for name in ("search", "outfit"):
        outcome = runner(shop()).run(name, {}, Scene(), "c1")
        assert "bytes" not in outcome.model_dump_json()
