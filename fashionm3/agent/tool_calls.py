"""Reads the tool calls in what an open model says, in the spellings that are common.

``<tool_call>{json}</tool_call>`` (Hermes, Qwen), ``<function=name><parameter=key>`` (Qwen 3.5),
``<|python_tag|>`` (Llama), ``[TOOL_CALLS]`` (Mistral), a fenced block, and a bare JSON object. What
is meant as a call but can't be read is kept as an invalid one, so that the model is asked again.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from langchain_core.messages import InvalidToolCall, ToolCall

OPENERS = ("<tool_call>", "<function_call>", "<function=", "<|python_tag|>", "[TOOL_CALLS]", "```")
"""What calls begin with; a bare object begins with a bracket."""

_SPELLED = re.compile(
    r"<(?P<tag>tool_call|function_call)>(?P<tagged>.*?)(?:</(?P=tag)>|(?=<(?P=tag)>)|$)"
    r"|(?P<marked><function=.*?(?:</function>|$))"
    r"|<\|python_tag\|>(?P<python>.*?)(?:<\|eom_id\|>|<\|eot_id\|>|$)"
    r"|\[TOOL_CALLS\](?P<mistral>.*?)(?=\[TOOL_CALLS\]|</s>|$)"
    r"|```(?:json|tool_call|tool_code)?[ \t]*\n?(?P<fenced>.*?)(?:```|$)",
    re.DOTALL,
)
_MARKED = re.compile(r"\s*<function=(?P<name>[^>\n]+)>(?P<rest>.*?)(?:</function>\s*)?$", re.DOTALL)
_PARAMETER = re.compile(r"<parameter=(?P<key>[^>\n]+)>\n?(?P<value>.*?)\n?</parameter>", re.DOTALL)
_NAMED = re.compile(
    r"\s*(?P<name>[\w.-]+)\s*(?:\[CALL_ID\]\w+)?\s*(?:\[ARGS\])?\s*(?P<args>\{.*)$", re.DOTALL
)
_NAME = re.compile(r'"(?:name|tool|function)"\s*:\s*"(?P<name>[^"\n]+)"')
_LONGEST = 2000

Schemas = Mapping[str, Mapping[str, Any]]
"""Names of the bound tools to the JSON schemas of their arguments."""


@dataclass(frozen=True)
class Speech:
    """What a model said, read.

    Attributes:
        text: Words beside the calls.
        calls: Those whose arguments are an object.
        invalid: Those that can't be read, with the reason.
        reasoning: What it thought aloud before.
    """

    text: str
    calls: tuple[ToolCall, ...] = ()
    invalid: tuple[InvalidToolCall, ...] = ()
    reasoning: str = ""


def schemas_of(tools: list[dict[str, Any]]) -> Schemas:
    """Returns the schemas of tools in OpenAI's form, by name."""
    functions = [tool["function"] for tool in tools]
    return {str(one["name"]): one.get("parameters") or {} for one in functions}


def read_calls(text: str, tools: Schemas) -> Speech:
    """Reads calls and the words around them.

    Args:
        text: What was said, without the tokens that end it.
        tools: The bound ones. Fenced blocks and bare objects are calls only of these.
    """
    if _is_bare(text, tools):
        return speech_of("", _read(text, tools))
    words: list[str] = []
    found: list[ToolCall | InvalidToolCall] = []
    end = 0
    for match in _SPELLED.finditer(text):
        body = str(match[match.lastgroup or 0])
        if match.lastgroup == "fenced" and not _means_call(body, tools):
            continue
        words.append(text[end : match.start()])
        end = match.end()
        found += _read(body, tools)
    words.append(text[end:])
    return speech_of("\n".join(part.strip() for part in words if part.strip()), found)


def speech_of(
    text: str, found: Iterable[ToolCall | InvalidToolCall], reasoning: str = ""
) -> Speech:
    """Returns a speech of words and the calls that were found."""
    calls: list[ToolCall] = []
    invalid: list[InvalidToolCall] = []
    for one in found:
        if one["type"] == "invalid_tool_call":
            invalid.append(one)
        else:
            calls.append(one)
    return Speech(text, tuple(calls), tuple(invalid), reasoning)


def call_of(data: Any, raw: str = "") -> ToolCall | InvalidToolCall:  # noqa: ANN401
    """Returns the call that a parsed object is.

    Args:
        data: ``{"name", "arguments"}``, also under ``function``, with ``parameters`` or ``args``
            for the arguments, which may be JSON in a string.
        raw: What was said, for an invalid call.
    """
    raw = raw or json.dumps(data, ensure_ascii=False, default=str)
    if not isinstance(data, dict):
        return invalid_call(raw, "expected an object with name and arguments")
    inner = data.get("function")
    data = inner if isinstance(inner, dict) else data
    name = data.get("name") or data.get("tool") or (inner if isinstance(inner, str) else None)
    args: Any = next((data[key] for key in _ARGUMENTS if data.get(key) is not None), {})
    if not isinstance(name, str):
        return invalid_call(raw, "the call has no name")
    if isinstance(args, str):
        try:
            args = _JSON.decode(args) if args.strip() else {}
        except (ValueError, RecursionError) as error:
            return invalid_call(args, f"the arguments are not valid JSON: {error}", name)
    if not isinstance(args, dict):
        return invalid_call(raw, "the arguments are not an object", name)
    return ToolCall(name=name.strip(), args=args, id=_call_id(), type="tool_call")


_ARGUMENTS = ("arguments", "parameters", "args")


def invalid_call(raw: str, reason: str, name: str | None = None) -> InvalidToolCall:
    """Returns a call that could not be read, with what was said and why."""
    if name is None:
        found = _NAME.search(raw)
        name = found["name"] if found else None
    return InvalidToolCall(
        name=name, args=raw[:_LONGEST], id=_call_id(), error=reason[:500], type="invalid_tool_call"
    )


def _is_bare(text: str, tools: Schemas) -> bool:
    """Tells whether a message is meant as nothing but JSON."""
    return re.match(r"\s*(?:\[\s*)?\{", text) is not None and _means_call(text, tools)


def _means_call(body: str, tools: Schemas) -> bool:
    found = _NAME.search(body)
    return bool(tools) and found is not None and found["name"].strip() in tools


def _read(body: str, tools: Schemas) -> Iterator[ToolCall | InvalidToolCall]:
    """Reads the calls between one pair of marks."""
    marked = _MARKED.match(body)
    if marked is not None:
        yield _of_parameters(marked["name"].strip(), marked["rest"], tools)
        return
    named = _NAMED.match(body)
    if named is not None:
        yield call_of({"name": named["name"], "arguments": named["args"].strip()})
        return
    try:
        values = list(_values(body))
    except (ValueError, RecursionError) as error:
        yield invalid_call(body.strip(), f"the call is not valid JSON: {error}")
        return
    if not values:
        yield invalid_call(body.strip(), "the call is empty")
    for value in values:
        for one in value if isinstance(value, list) else [value]:
            yield call_of(one)


def _of_parameters(name: str, rest: str, tools: Schemas) -> ToolCall | InvalidToolCall:
    """Reads ``<parameter=key>value</parameter>``; values are typed by the tool's schema."""
    if rest.count("<parameter=") != len(_PARAMETER.findall(rest)):
        return invalid_call(rest.strip(), "a <parameter=...> is not closed", name)
    properties = tools.get(name, {}).get("properties") or {}
    args = {
        one["key"].strip(): _typed(one["value"], properties.get(one["key"].strip()) or {})
        for one in _PARAMETER.finditer(rest)
    }
    return call_of({"name": name, "arguments": args})


def _typed(value: str, schema: Mapping[str, Any]) -> Any:  # noqa: ANN401
    kinds = [schema, *schema.get("anyOf", ())]
    if any(kind.get("type") == "string" for kind in kinds):
        return value
    try:
        return _JSON.decode(value)
    except (ValueError, RecursionError):
        return value


def _values(body: str) -> Iterator[Any]:
    """Yields the JSON values of a text, which blanks, commas or semicolons divide."""
    at = 0
    while True:
        at += len(body[at:]) - len(body[at:].lstrip(" \t\r\n,;"))
        if at >= len(body):
            return
        value, at = _JSON.raw_decode(body, at)
        yield value


def _refused(constant: str) -> float:
    raise ValueError(f"{constant} is no JSON number")


_JSON = json.JSONDecoder(parse_constant=_refused)


def _call_id() -> str:
    return f"call_{uuid4().hex[:12]}"
