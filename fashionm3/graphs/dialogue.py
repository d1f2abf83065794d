"""The state machine of a conversation, edges to read in one file.

::

    words → listen → plan → act → observe → answer
                      ↑ ask, reply ─────────→
                      └── tool error (≤ 2) or "more" (≤ 4) ──┘
"""

from typing import Any, Literal

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import Send

from fashionm3.graphs.act import make_act, tasks
from fashionm3.graphs.answer import make_answer
from fashionm3.graphs.listen import make_listen
from fashionm3.graphs.observe import after_observe, make_observe
from fashionm3.graphs.parts import Parts
from fashionm3.graphs.plan import make_plan
from fashionm3.graphs.state import State, turn_of


def after_plan(state: State) -> list[Send] | Literal["answer"]:
    """Carries the calls out, or answers at once."""
    return tasks(state) if turn_of(state).outcome == "calls" else "answer"


def dialogue(parts: Parts) -> StateGraph[State, None, State, State]:
    """Builds the graph, not compiled yet."""
    graph: StateGraph[State, None, State, State] = StateGraph(State)
    graph.add_node("listen", make_listen())
    graph.add_node("plan", make_plan(parts))
    graph.add_node("act", make_act(parts))
    graph.add_node("observe", make_observe())
    graph.add_node("answer", make_answer(parts))
    graph.add_edge(START, "listen")
    graph.add_edge("listen", "plan")
    graph.add_conditional_edges("plan", after_plan, ["act", "answer"])
    graph.add_edge("act", "observe")
    graph.add_conditional_edges("observe", after_observe, ["plan", "answer"])
    graph.add_edge("answer", END)
    return graph


def build_graph(
    parts: Parts, checkpointer: BaseCheckpointSaver[Any] | None = None
) -> CompiledStateGraph[State, None, State, State]:
    """Compiles the graph; ``langgraph dev`` brings its own checkpointer, others pass one."""
    return dialogue(parts).compile(checkpointer=checkpointer)
