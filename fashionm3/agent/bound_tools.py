"""Tools as a chat model is given them, reduced to what a decision line can say.

A decision line knows numbers, flags, lists of words, choices and free words. Names of tools and
arguments that the written form can't hold (capitals, digits) are said by a plain alias.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from langchain_core.utils.function_calling import convert_to_openai_tool

from fashionm3.actions import ACTIONS
from fashionm3.agent.round import Call
from fashionm3.errors import UsageError

Sort = Literal["text", "choice", "number", "integer", "flag", "list"]
_SORTS: dict[str, Sort] = {
    "string": "text",
    "number": "number",
    "integer": "integer",
    "boolean": "flag",
    "array": "list",
}
_LISTED = ("string", "number", "integer")


@dataclass(frozen=True)
class Argument:
    """One argument of a tool.

    Attributes:
        name: As the tool knows it.
        alias: As a decision line says it.
        sort: What it holds.
        choices: The allowed values of a ``choice``, or of each part of a list.
        parts: What the parts of a list are.
        signed: A number may be negative.
    """

    name: str
    alias: str
    sort: Sort
    required: bool = False
    choices: tuple[str, ...] = ()
    parts: Sort = "text"
    signed: bool = False


@dataclass(frozen=True)
class BoundTool:
    """A tool that may be called; ``note`` and ``more`` say whether it takes these two."""

    name: str
    alias: str
    arguments: tuple[Argument, ...]
    note: bool = False
    more: bool = False

    @property
    def known(self) -> bool:
        """Whether it is one of the seven actions."""
        return self.name in ACTIONS

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


def bound_tools(dicts: Sequence[dict[str, Any]]) -> tuple[BoundTool, ...]:
    """Reads OpenAI tools.

    Raises:
        UsageError: Two names are the same in the written form, or a required argument is of a kind
            that a line can't hold.
    """
    tools = tuple(_bound(made["function"]) for made in dicts)
    _distinct([tool.alias for tool in tools], "tools")
    return tools


def _bound(function: dict[str, Any]) -> BoundTool:
    name = str(function["name"])
    parameters = function.get("parameters") or {}
    properties = dict(parameters.get("properties") or {})
    note = properties.pop("note", None) is not None
    more = properties.pop("more", None) is not None
    required = frozenset(parameters.get("required") or ())
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
    return BoundTool(name, _alias(name), tuple(arguments), note, more)


def _argument(
    name: str, schema: dict[str, Any], required: bool, defined: dict[str, Any]
) -> Argument | None:
    schema = _plain(schema, defined)
    parts = _plain(schema.get("items") or {}, defined)
    listed = parts.get("type", "string")
    sort = _SORTS.get(str(schema.get("type", "string" if _choices(schema) else "")))
    if sort is None or (sort == "list" and listed not in _LISTED):
        return None
    choices = _choices(parts if sort == "list" else schema)
    return Argument(
        name=name,
        alias=_alias(name),
        sort="choice" if choices and sort != "list" else sort,
        required=required,
        choices=choices,
        parts=_SORTS[listed],
        signed=schema.get("minimum", schema.get("exclusiveMinimum", -1)) < 0,
    )


def _plain(schema: dict[str, Any], defined: dict[str, Any]) -> dict[str, Any]:
    """Follows references and takes the first alternative that is not null."""
    if "$ref" in schema:
        schema = defined.get(str(schema["$ref"]).rsplit("/", 1)[-1], {})
    for key in ("anyOf", "oneOf", "allOf"):
        kinds = [kind for kind in schema.get(key, ()) if kind.get("type") != "null"]
        if kinds:
            return _plain(kinds[0], defined)
    return schema


def _choices(schema: dict[str, Any]) -> tuple[str, ...]:
    allowed = [schema["const"]] if "const" in schema else schema.get("enum", ())
    return tuple(str(value) for value in allowed if value is not None)


def _alias(name: str) -> str:
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    spelled = re.sub(r"[0-9]", lambda digit: "abcdefghij"[int(digit.group())], snake)
    return re.sub(r"[^a-z_]", "_", spelled) or "_"


def _distinct(names: list[str], what: str) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise UsageError(f"two {what} are both written {twice[0]!r}: rename one")


def _typed(argument: Argument | None, value: Any) -> Any:  # noqa: ANN401
    if argument is None:
        return value
    if argument.sort == "list":
        parts = value if isinstance(value, list) else [p.strip() for p in str(value).split(";")]
        return [_scalar(argument.parts, part) for part in parts if part]
    return _scalar(argument.sort, value)


def _scalar(sort: Sort, value: Any) -> Any:  # noqa: ANN401
    if sort == "flag":
        return value in (True, "true")
    if sort in ("number", "integer") and isinstance(value, str):
        return int(value) if sort == "integer" or "." not in value else float(value)
    return value
