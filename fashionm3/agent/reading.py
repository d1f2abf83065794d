"""Reads what a model said into a typed decision: tolerant of syntax, strict on meaning."""

import json
import re
from typing import Any

from langchain_core.messages import AIMessage

from fashionm3.actions import ACTIONS
from fashionm3.agent.form import read
from fashionm3.agent.round import Call, Decision, checked_args
from fashionm3.errors import InputError, PlanError

_FENCE = re.compile(r"```(?:json|tool_call)?\s*(.*?)```", re.DOTALL)
_TAG = re.compile(
    r"<(?:tool_call|function_call)>\s*(.*?)\s*(?:</(?:tool_call|function_call)>|$)", re.DOTALL
)


def read_message(message: AIMessage) -> Decision:
    """Returns the typed decision of a model's message, with its probability where one is told."""
    told = message.response_metadata.get("action_probability")
    return _read(message).model_copy(update={"probability": told})


def _read(message: AIMessage) -> Decision:
    if message.tool_calls:
        return _from_calls([(call["name"], call["args"]) for call in message.tool_calls])
    if message.invalid_tool_calls:
        bad = message.invalid_tool_calls[0]
        return _malformed(f"the arguments of {bad.get('name')!r} are not valid JSON")
    text = message.text.strip()
    if not text:
        return Decision(outcome="empty", problem="nothing was said")
    return _from_text(text)


def _malformed(problem: str) -> Decision:
    return Decision(outcome="malformed", problem=problem[:500])


def _from_calls(calls: list[tuple[str, dict[str, Any]]]) -> Decision:
    notes: list[str] = []
    made: list[Call] = []
    more = False
    for name, args in calls:
        given = {key: value for key, value in args.items() if value is not None}
        noted = given.pop("note", [])
        notes += [noted] if isinstance(noted, str) else [str(note) for note in noted]
        more = bool(given.pop("more", False)) or more
        try:
            checked = checked_args(name, given) if name in ACTIONS else given
        except InputError as error:
            return _malformed(str(error))
        made.append(Call(tool=name, args=checked))
    return _typed(made, tuple(notes), more)


def _typed(calls: list[Call], note: tuple[str, ...], more: bool) -> Decision:
    running = [call for call in calls if call.tool not in ("ask", "reply")]
    if running:
        return Decision(outcome="calls", calls=tuple(running), note=note, more=more)
    first = calls[0]
    outcome = "ask" if first.tool == "ask" else "reply"
    text = str(first.args.get("question") or "") if outcome == "ask" else ""
    return Decision(outcome=outcome, calls=(first,), note=note, more=False, text=text)


def _from_text(text: str) -> Decision:
    for candidate in (*_TAG.findall(text), *_FENCE.findall(text), text):
        found = _json_call(candidate)
        if found is not None:
            return _from_calls([found])
    head = re.match(r"\W*([a-z_]+)\b", text)
    if head and head.group(1) in ACTIONS:
        try:
            call, note, more = read(text.lstrip("> "))
            return _from_calls([(call.tool, {**call.args, "note": list(note), "more": more})])
        except PlanError as error:
            return _malformed(str(error))
    if re.match(r"[\[{<(]", text) or text in ("null", "None"):
        return _malformed(f"{text[:60]!r} is not a call of a tool")
    reply = Call(tool="reply", args={"kind": "other"})
    return Decision(outcome="reply", calls=(reply,), text=text)


def _json_call(text: str) -> tuple[str, dict[str, Any]] | None:
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return None
    if isinstance(data, list) and len(data) == 1:
        data = data[0]
    if not isinstance(data, dict):
        return None
    name = data.get("tool") or data.get("name")
    args = data.get("args", data.get("arguments", data.get("parameters", {})))
    if not isinstance(name, str) or not isinstance(args, dict) or name not in ACTIONS:
        return None
    return name, args
