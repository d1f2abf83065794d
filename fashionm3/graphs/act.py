"""Carries out planned calls, each as a task of its own, in parallel where there are several."""

from typing import Any, Protocol, TypedDict

from langchain_core.runnables import RunnableConfig
from langgraph.types import Send

from fashionm3.graphs.events import emit
from fashionm3.graphs.parts import Parts
from fashionm3.graphs.screen import Screen, seen_of
from fashionm3.graphs.state import CallState, State, ThreadState, dump, turn_of


class Task(TypedDict):
    """What a task sees: its own call and the thread's small state, not the graph's state."""

    call: dict[str, Any]
    thread: dict[str, Any]


class TaskNode(Protocol):
    """A step that sees its task, not the graph's state."""

    def __call__(self, state: Task, config: RunnableConfig) -> dict[str, Any]:
        """Returns what changes."""


def tasks(state: State) -> list[Send]:
    """Makes one task for each pending call."""
    calls = turn_of(state).calls
    return [
        Send("act", {"call": call.model_dump(mode="json"), "thread": state["thread"]})
        for call in calls
    ]


def make_act(parts: Parts) -> TaskNode:
    """Makes the node."""

    def act(state: Task, config: RunnableConfig) -> dict[str, Any]:
        call = CallState.model_validate(state["call"])
        thread = ThreadState.model_validate(state["thread"])
        scene = Screen(thread, parts.shop).scene()
        scene = scene.model_copy(update={"skip": call.skip, "cheaper": call.cheaper})
        emit("progress", text=call.tool, data={"call": call.id, "done": False})
        cancelled = parts.cancelled(config)
        outcome = parts.runner.run(call.tool, call.resolved, scene, call.id, cancelled)
        emit("progress", text=call.tool, data={"call": call.id, "done": True})
        if outcome.observation is None:
            return {"results": [{"id": call.id, "error": outcome.error or "unknown error"}]}
        return {"results": [{"id": call.id, "seen": dump(seen_of(outcome.observation))}]}

    return act
