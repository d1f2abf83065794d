"""Tools beside the seven actions: what a planner may be given, and how shoppers ask for them.

The files in ``training/toolbox`` describe each tool with several names and descriptions, so that
the planner learns to read a tool's line in the head of its prompt instead of learning tools.
"""

import hashlib
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from fashionm3.agent.round import Call
from fashionm3.config import brief
from fashionm3.errors import InputError
from fashionm3.training.dialogues.phrases import HOLE, LITERAL, labels

HELD_OUT = 10
"""One tool in so many is never trained on."""

STRICT = 0.6
"""Share of the offered tools that require what they are written to require."""

_TRUE = ("true", "yes")
_ANSWERS = (
    "{}",
    "{}",
    "it's {}",
    "{} please",
    "that would be {}",
    "sorry, {}",
    "ok: {}",
    "{} i think",
)


class ToolArgument(BaseModel):
    """One argument of a written tool.

    Attributes:
        values: What may stand for it in the words, as it is written there.
    """

    model_config = ConfigDict(extra="forbid")

    type: Literal["string", "integer", "number", "boolean", "array"] = "string"
    required: bool = False
    choices: tuple[str, ...] = ()
    values: tuple[str | int | float, ...] = ()

    def schema_(self) -> dict[str, Any]:
        """Returns its JSON schema."""
        listed = {"items": {"type": "string"}} if self.type == "array" else {}
        chosen = {"enum": list(self.choices)} if self.choices else {}
        return {"type": self.type, **listed, **chosen}

    def typed(self, text: str) -> Any:  # noqa: ANN401
        """Returns a label's text as the argument's type."""
        if self.type in ("integer", "number"):
            value = float(re.sub(r"[^\d.-]", "", text))
            return int(value) if value.is_integer() else value
        if self.type == "boolean":
            return text.strip().lower() in _TRUE
        spaced = {choice.replace("_", " "): choice for choice in self.choices}
        return spaced.get(text, text)


class WrittenTool(BaseModel):
    """One tool of a file, with phrasings that ask for it."""

    model_config = ConfigDict(extra="forbid")

    names: tuple[str, ...]
    descriptions: tuple[str, ...]
    arguments: dict[str, ToolArgument] = {}
    phrasings: tuple[str, ...]

    @property
    def held_out(self) -> bool:
        """Whether training never sees it."""
        return hashlib.sha256(self.names[0].encode()).digest()[0] % HELD_OUT == 0

    @model_validator(mode="after")
    def _labelled(self) -> "WrittenTool":
        for phrasing in self.phrasings:
            named = [key for _, key, _ in _labelled(phrasing)] + HOLE.findall(phrasing)
            unknown = set(named) - set(self.arguments)
            if unknown:
                raise ValueError(f"{phrasing!r} has no argument {sorted(unknown)}")
            for _, key, value in _labelled(phrasing):
                argument = self.arguments[key]
                if argument.choices and not HOLE.search(value) and value not in argument.choices:
                    raise ValueError(f"{phrasing!r}: {key}={value} is none of its choices")
        return self


@dataclass(frozen=True)
class Offered:
    """A written tool under one of its names.

    Attributes:
        strict: What the tool requires is required; else all its arguments are optional.
    """

    tool: WrittenTool
    name: str
    description: str
    strict: bool = True

    @property
    def schema(self) -> dict[str, Any]:
        """Returns it as an OpenAI tool."""
        arguments = self.tool.arguments
        parameters = {
            "type": "object",
            "properties": {key: argument.schema_() for key, argument in arguments.items()},
            "required": list(self.required),
        }
        function = {"name": self.name, "description": self.description, "parameters": parameters}
        return {"type": "function", "function": function}

    @property
    def required(self) -> tuple[str, ...]:
        """Arguments without which the tool can't be called."""
        arguments = self.tool.arguments.items()
        return tuple(key for key, argument in arguments if self.strict and argument.required)

    def missing(self, call: Call) -> list[str]:
        """Returns what a call lacks."""
        return [key for key in self.required if key not in call.args]

    def completed(self, call: Call, rng: random.Random) -> tuple[str, Call]:
        """Returns the words that answer what is missing, and the whole call."""
        said = {key: self._value(key, rng) for key in self.missing(call)}
        words = rng.choice(_ANSWERS).format(", ".join(said.values()))
        found = dict(call.args)
        for key, text in said.items():
            value = self.tool.arguments[key].typed(text)
            found[key] = [value] if self.tool.arguments[key].type == "array" else value
        args = {key: found[key] for key in self.tool.arguments if key in found}
        return words, Call(tool=self.name, args=args)

    def asked(self, rng: random.Random) -> tuple[str, Call]:
        """Returns words that ask for it, and the call."""
        phrasing = rng.choice(self.tool.phrasings)
        said = {hole: self._value(hole, rng) for hole in HOLE.findall(phrasing)}
        found: dict[str, Any] = {}
        quiet = {hole for words, _, _ in _labelled(phrasing) for hole in HOLE.findall(words)}
        for key, text in [(h, v) for h, v in said.items() if h not in quiet] + [
            (key, _filled(value, said)) for _, key, value in _labelled(phrasing)
        ]:
            value = self.tool.arguments[key].typed(text)
            listed = self.tool.arguments[key].type == "array"
            found[key] = [*found.get(key, []), value] if listed else value
        words = _filled(LITERAL.sub(r"\1", phrasing), said)
        args = {key: found[key] for key in self.tool.arguments if key in found}
        return words, Call(tool=self.name, args=args)

    def _value(self, name: str, rng: random.Random) -> str:
        argument = self.tool.arguments[name]
        spoken = argument.values or tuple(choice.replace("_", " ") for choice in argument.choices)
        return str(rng.choice(spoken or ("yes",)))


def offered(tools: list[WrittenTool], rng: random.Random, most: int = 12) -> list[Offered]:
    """Draws some tools as a planner is given them, each under one name."""
    n = rng.choice([1, 2, 3, 4, 5, 6, 8, most])
    found: dict[str, Offered] = {}
    for tool in rng.sample(tools, min(n, len(tools))):
        strict = rng.random() < STRICT
        offer = Offered(tool, rng.choice(tool.names), rng.choice(tool.descriptions), strict)
        found.setdefault(offer.name, offer)
    return list(found.values())


def shipped_tools() -> Iterator[WrittenTool]:
    """Yields the tools of the package.

    Raises:
        InputError: A file can't be read; the message names it and the tool.
    """
    folder = files("fashionm3.training") / "toolbox"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".yaml"):
            yield from read_tools(file.read_text(encoding="utf-8"), file.name)


def read_tools(text: str, name: str) -> Iterator[WrittenTool]:
    """Yields the tools of one file's text."""
    try:
        entries = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise InputError(f"{name} is not YAML: {str(error).splitlines()[0]}") from None
    if not isinstance(entries, list):
        raise InputError(f"{name}: expected a list of tools")
    for n, entry in enumerate(entries, 1):
        try:
            yield WrittenTool.model_validate(entry)
        except ValidationError as error:
            raise InputError(f"{name}, tool {n}: {brief(error)}") from None


def _labelled(phrasing: str) -> list[tuple[str, str, str]]:
    """Returns words, argument and value of each literal label."""
    return [
        (words, key, value)
        for words, text in LITERAL.findall(phrasing)
        for key, value in labels(text, phrasing)
    ]


def _filled(text: str, said: dict[str, str]) -> str:
    return HOLE.sub(lambda match: said.get(match.group(1), match.group()), text)
