"""Tools as a chat model is given them, reduced to what a decision line can say.

A decision line knows numbers, flags, lists of words, choices and free words. Names of tools and
arguments that the written form can't hold (capitals, digits) are said by a plain alias.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from langchain_core.utils.function_calling import convert_to_openai_tool

from fashionm3.actions import ACTIONS
from fashionm3.agent.form import SEE, Described, one_line, spelled
from fashionm3.agent.round import Call
from fashionm3.agent.schema_limits import NO_LIMITS, Limits, limits_of
from fashionm3.errors import InputError, UsageError

Sort = Literal["text", "choice", "number", "integer", "flag", "list"]
_SORTS: dict[str, Sort] = {
    "string": "text",
    "number": "number",
    "integer": "integer",
    "boolean": "flag",
    "array": "list",
}
_TOLD = 40
"""Characters that the choices of one argument may take in the head."""

_LISTED = ("string", "number", "integer")
_PLANNERS: dict[str, dict[str, Any]] = {
    "note": {"type": "array", "items": {"type": "string"}},
    "more": {"type": "boolean"},
}


@dataclass(frozen=True)
class Argument:
    """One argument of a tool.

    Attributes:
        name: As the tool knows it.
        alias: As a decision line says it.
        sort: What it holds.
        choices: The allowed values of a ``choice``, or of each part of a list, as a line writes
            them.
        parts: What the parts of a list are.
        values: What the choices stand for.
        limits: Of the value; of a list, how many parts it has.
        part_limits: Of each part of a list.
    """

    name: str
    alias: str
    sort: Sort
    required: bool = False
    choices: tuple[str, ...] = ()
    parts: Sort = "text"
    values: tuple[Any, ...] = ()
    limits: Limits = NO_LIMITS
    part_limits: Limits = NO_LIMITS


@dataclass(frozen=True)
class BoundTool:
    """A tool that may be called; ``note`` and ``more`` say whether it takes these two."""

    name: str
    alias: str
    arguments: tuple[Argument, ...]
    note: bool = False
    more: bool = False
    description: str = ""

    @property
    def known(self) -> bool:
        """Whether it is one of the seven actions."""
        return self.name in ACTIONS

    @property
    def described(self) -> Described:
        """What the head of the prompt tells of it."""
        return Described(self.alias, tuple(map(_told, self.arguments)), self.description)

    def typed(self, said: Call, note: Sequence[str], more: bool) -> dict[str, Any]:
        """Returns what was said as the tool's own arguments."""
        by_alias = {argument.alias: argument for argument in self.arguments}
        args: dict[str, Any] = {}
        for alias, value in said.args.items():
            argument = by_alias.get(alias)
            args[argument.name if argument else alias] = _typed(argument, value)
        if note:
            args["note"] = list(note)
        if more:
            args["more"] = True
        return args


def _told(argument: Argument) -> str:
    """Writes an argument's name, a star where it is required, and choices that take little room."""
    name = f"{argument.alias}*" if argument.required else argument.alias
    choices = "|".join(argument.choices)
    return f"{name}={choices}" if choices and len(choices) <= _TOLD else name


def unsaid(function: Mapping[str, Any], args: Mapping[str, Any]) -> bool:
    """Tells whether a required text only repeats the names of the tool and of that argument.

    Where nobody has said which flight, "flight delays" gives "flight" for a flight's number.

    Args:
        function: An OpenAI tool's function.
        args: Of a call of it.
    """
    parameters = function.get("parameters") or {}
    for name in parameters.get("required") or ():
        schema, value = (parameters.get("properties") or {}).get(name, {}), args.get(name)
        if schema.get("type") == "string" and not _choices(schema) and isinstance(value, str):
            own = _names_words(f"{function['name']} {name}")
            if own.issuperset(_names_words(value)):
                return True
    return False


def _names_words(name: str) -> set[str]:
    """Splits names into lower-case words: "trackFlight" -> track, flight."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return set(re.findall(r"[^\W_]+", spaced.lower()))


def tool_dicts(tools: Iterable[Any]) -> list[dict[str, Any]]:
    """Returns LangChain tools, pydantic classes, functions and schemas as OpenAI tools."""
    names = {schema: name for name, schema in ACTIONS.items()}
    dicts = []
    for tool in tools:
        made = convert_to_openai_tool(tool)
        if isinstance(tool, type) and tool in names:
            made["function"]["name"] = names[tool]
        dicts.append(made)
    return dicts


def read_tools(file: Path) -> list[dict[str, Any]]:
    """Reads a JSON file with a list of OpenAI tools.

    Raises:
        InputError: It is none; the message says what was expected.
    """
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"can't read tools from {file}: {error}") from None
    functions = [entry.get("function") for entry in found if isinstance(entry, dict)]
    if not functions or not all(isinstance(f, dict) and f.get("name") for f in functions):
        raise InputError(
            f'{file}: expected a list of tools, each {{"type": "function", "function": '
            '{"name": ..., "description": ..., "parameters": {...}}}'
        )
    return list(found)


def bound_tools(dicts: Sequence[dict[str, Any]]) -> tuple[BoundTool, ...]:
    """Reads OpenAI tools.

    Raises:
        UsageError: Two names are the same in the written form, or a required argument is of a kind
            that a line can't hold.
    """
    tools = tuple(dict.fromkeys(_bound(made["function"]) for made in dicts))
    _distinct([tool.alias for tool in tools], "tools")
    return tools


def _bound(function: dict[str, Any]) -> BoundTool:
    name = str(function["name"])
    description = str(function.get("description") or "")
    parameters = function.get("parameters") or {}
    properties = dict(parameters.get("properties") or {})
    required = frozenset(parameters.get("required") or ())
    note, more = (_planners(key, properties, required) for key in _PLANNERS)
    defined = {**parameters.get("$defs", {}), **parameters.get("definitions", {})}
    arguments = []
    for key, schema in properties.items():
        argument = _argument(key, schema, key in required, defined)
        if argument is not None:
            arguments.append(argument)
        elif key in required:
            raise UsageError(
                f"tool {name!r} requires {key!r}, which is neither text, number, flag nor a list "
                "of these: the planner can't call it; give it a flat argument"
            )
    _distinct([argument.alias for argument in arguments], f"arguments of tool {name!r}")
    alias = spelled(name)
    alias += "_" if alias in (*ACTIONS, SEE) and name not in ACTIONS else ""
    return BoundTool(name, alias, tuple(arguments), note, more, description)


def _planners(key: str, properties: dict[str, Any], required: frozenset[str]) -> bool:
    """Takes ``note`` or ``more`` out where it has the planner's own meaning and form."""
    schema = properties.get(key, {})
    form = {k: v for k, v in schema.items() if k not in ("title", "description", "default")}
    if key in required or form != _PLANNERS[key]:
        return False
    del properties[key]
    return True


def _argument(
    name: str, schema: dict[str, Any], required: bool, defined: dict[str, Any]
) -> Argument | None:
    schema = _plain(schema, defined)
    parts = _plain(schema.get("items") or {}, defined)
    listed = parts.get("type", "string")
    sort = _SORTS.get(str(schema.get("type", "string" if _choices(schema) else "")))
    if sort is None or (sort == "list" and listed not in _LISTED):
        return None
    allowed = _choices(parts if sort == "list" else schema)
    choices = _written(allowed, sort == "list")
    limits, part_limits = limits_of(schema), limits_of(parts)
    if limits.empty or part_limits.empty or (allowed and not choices):
        return None
    return Argument(
        name=name,
        alias=spelled(name) + ("_" if spelled(name) in _PLANNERS else ""),
        sort="choice" if choices and sort != "list" else sort,
        required=required,
        choices=tuple(choices),
        parts="choice" if choices and sort == "list" else _SORTS[listed],
        values=tuple(choices.values()),
        limits=limits,
        part_limits=part_limits,
    )


def _plain(schema: dict[str, Any], defined: dict[str, Any]) -> dict[str, Any]:
    """Follows references and takes the first alternative that is not null."""
    if "$ref" in schema:
        schema = defined.get(str(schema["$ref"]).rsplit("/", 1)[-1], {})
    for key in ("anyOf", "oneOf", "allOf"):
        kinds = [kind for kind in schema.get(key, ()) if kind.get("type") != "null"]
        if kinds:
            return _plain(kinds[0], defined)
    if isinstance(schema.get("type"), list):
        kinds = [kind for kind in schema["type"] if kind != "null"]
        return {**schema, "type": kinds[0] if kinds else "null"}
    return schema


def _choices(schema: dict[str, Any]) -> list[Any]:
    allowed = [schema["const"]] if "const" in schema else schema.get("enum", ())
    return [value for value in allowed if value is not None]


def _written(values: Iterable[Any], listed: bool) -> dict[str, Any]:
    """Returns allowed values by how a line writes them; those that it can't write are left out."""
    written: dict[str, Any] = {}
    for value in values:
        text = str(value).lower() if isinstance(value, bool) else str(value)
        text = one_line(text.replace('"', "'").replace(";", "," if listed else ";"))
        if text and not isinstance(value, dict | list):
            written.setdefault(text, value)
    return written


def _distinct(names: list[str], what: str) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise UsageError(f"two {what} are both written {twice[0]!r}: rename one")


def _typed(argument: Argument | None, value: Any) -> Any:  # noqa: ANN401
    if argument is None:
        return value
    choices = dict(zip(argument.choices, argument.values, strict=True))
    if argument.sort == "list":
        parts = value if isinstance(value, list) else [p.strip() for p in str(value).split(";")]
        typed = [choices.get(part, _scalar(argument.parts, part)) for part in parts if part]
        return list(dict.fromkeys(typed)) if argument.limits.unique else typed
    return choices.get(value, _scalar(argument.sort, value))


def _scalar(sort: Sort, value: Any) -> Any:  # noqa: ANN401
    if sort == "flag":
        return value in (True, "true")
    if sort in ("number", "integer") and isinstance(value, str):
        return int(value) if sort == "integer" or "." not in value else float(value)
    return value
