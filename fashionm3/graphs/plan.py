"""Asks the planner, repairs malformed output at most twice, and resolves references.

Its outcome is typed: calls to carry out, a question, or a reply. A reference that fits nothing or
several things becomes a question before anything runs.
"""

import io
import threading
from typing import Any

from langchain_core.runnables import RunnableConfig

from fashionm3.agent.notes import declared
from fashionm3.agent.round import Call, Decision
from fashionm3.errors import Cancelled
from fashionm3.graphs.events import emit
from fashionm3.graphs.parts import Parts
from fashionm3.graphs.remembering import inherited, remembered
from fashionm3.graphs.repeating import cheaper, repeats
from fashionm3.graphs.resolving import Resolver
from fashionm3.graphs.screen import Screen
from fashionm3.graphs.state import (
    CallState,
    ConfiguredNode,
    State,
    ThreadState,
    TurnState,
    dump,
    thread_of,
    turn_of,
)

REPAIRS = 2
TERMINAL = frozenset({"ask", "reply"})


def make_plan(parts: Parts) -> ConfiguredNode:
    """Makes the node."""

    def plan(state: State, config: RunnableConfig) -> dict[str, Any]:
        thread, turn = thread_of(state), turn_of(state)
        screen = Screen(thread, parts.shop)
        if turn.undone is not None:
            turn = turn.model_copy(update={"outcome": "reply", "said": {"kind": "undone"}})
            return {"thread": dump(thread), "turn": dump(turn), "results": None}
        decision = _decide(parts, screen, turn, parts.cancelled(config))
        notes = tuple(dict.fromkeys([*turn.note, *decision.note]))
        lexicon = parts.shop.lexicon
        held = declared(thread.constraints, decision.note, parts.shop.catalog.to_minor, lexicon)
        held = remembered(held, decision.calls, turn.words, lexicon)
        thread = thread.model_copy(update={"constraints": held})
        turn = turn.model_copy(update={"note": notes, "steps": turn.steps + 1, "calls": ()})
        turn = _planned(decision, thread, turn, screen, parts)
        calls = [{"tool": call.tool, "args": call.args} for call in turn.calls]
        emit("plan", data={"outcome": turn.outcome, "calls": calls, "note": list(decision.note)})
        return {"thread": dump(thread), "turn": dump(turn), "results": None}

    return plan


def _decide(
    parts: Parts, screen: Screen, turn: TurnState, cancelled: threading.Event | None
) -> Decision:
    problem = turn.errors[-1] if turn.errors else ""
    picture = _picture(parts, turn)
    decision = parts.planner.decide(screen.round(turn), problem, cancelled, picture)
    for _ in range(REPAIRS):
        if decision.outcome not in ("malformed", "empty"):
            break
        problem = decision.problem or "nothing was said"
        decision = parts.planner.decide(screen.round(turn), problem, cancelled, picture)
    if cancelled is not None and cancelled.is_set():
        raise Cancelled("the round was given up: a newer message came")
    return decision


def _picture(parts: Parts, turn: TurnState) -> bytes | None:
    """Returns the last picture that came with the words, as PNG."""
    wanted = parts.planner.capabilities.pictures and turn.pictures
    if not wanted or parts.shop.artifacts is None:
        return None
    written = io.BytesIO()
    parts.shop.artifacts.open(turn.pictures[-1]).save(written, "PNG")
    return written.getvalue()


def _planned(
    decision: Decision, thread: ThreadState, turn: TurnState, screen: Screen, parts: Parts
) -> TurnState:
    if decision.outcome in ("malformed", "empty"):
        return _ask(turn, {"question": "not_understood"})
    if decision.outcome in TERMINAL or not decision.calls:
        said = dict(decision.calls[0].args) if decision.calls else {}
        kind = decision.outcome if decision.outcome in TERMINAL else "reply"
        return turn.model_copy(
            update={"outcome": kind, "said": said, "text": decision.text, "more": False}
        )
    return _resolved(decision, thread, turn, screen, parts)


def _resolved(
    decision: Decision, thread: ThreadState, turn: TurnState, screen: Screen, parts: Parts
) -> TurnState:
    resolver = Resolver(thread, screen.outfit(), screen.shown())
    calls = []
    for n, call in enumerate(decision.calls):
        if call.tool not in parts.runner.tools:
            return _ask(turn, {"question": "no_tool", "tool": call.tool})
        call = _with_picture(call, thread, turn)
        resolved = resolver.resolve(call)
        if resolved.question is not None:
            return _ask(turn, {"question": resolved.question, **resolved.values, "call": call.tool})
        number = len(turn.done) + n
        again = repeats(call, thread, turn)
        lower = again and cheaper(turn.words)
        calls.append(
            CallState(
                id=f"r{thread.round}c{number}",
                tool=call.tool,
                args=dict(call.args),
                resolved=inherited(resolved.args, call, thread, bool(turn.pictures)),
                skip=tuple(thread.refs.items.values()) if again and not lower else (),
                cheaper=lower,
            )
        )
    return turn.model_copy(
        update={"outcome": "calls", "calls": tuple(calls), "more": decision.more, "said": {}}
    )


def _with_picture(call: Call, thread: ThreadState, turn: TurnState) -> Call:
    """A picture that came with the words is what they are about, unless they point elsewhere."""
    name = {"search": "like", "outfit": "anchor"}.get(call.tool)
    if not turn.pictures or name is None:
        return call
    said = call.args.get(name)
    if said is not None and thread.refs.resolve(str(said)) is not None:
        return call
    _, ref = thread.refs.with_picture(turn.pictures[-1])
    return Call(tool=call.tool, args={**call.args, name: ref})


def _ask(turn: TurnState, said: dict[str, Any]) -> TurnState:
    return turn.model_copy(update={"outcome": "ask", "said": said, "more": False, "text": ""})
