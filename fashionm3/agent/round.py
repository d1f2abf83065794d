"""One round as the planner sees it, and what it decides: the form of ``fashionm3 plan --jsonl``.

The graph builds a `Round` from its state, ``fashionm3 plan --jsonl`` reads one from a line, and the
training data are made of them: one form everywhere.
"""

import json
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from fashionm3.actions import ACTIONS
from fashionm3.config import brief
from fashionm3.errors import InputError


class Part(BaseModel):
    """A part of a round; unknown keys are ignored, null counts as missing."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    @classmethod
    def model_validate(cls, obj: Any, **options: Any) -> Self:  # noqa: ANN401
        """Validates like pydantic's own, after dropping keys whose value is null."""
        return super().model_validate(_without_nulls(obj), **options)


def _without_nulls(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        return {key: _without_nulls(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_without_nulls(inner) for inner in value if inner is not None]
    return value


class Thing(Part):
    """A piece of the look or an item of the shown list; the price is in major units."""

    ref: str
    category: str | None = None
    color: str | None = None
    price: float | None = None
    title: str | None = None
    pattern: str | None = None
    picture: str | None = None

    @field_validator("ref", mode="before")
    @classmethod
    def _text(cls, value: object) -> object:
        return str(value) if isinstance(value, int) else value


class ShownLook(Part):
    """A look that was shown: its reference and those of its pieces."""

    ref: str
    items: tuple[str, ...] = ()


class Owned(Part):
    """A piece that the shopper has at home."""

    category: str | None = None
    color: str | None = None


class Profile(Part):
    """What is known of the shopper; ``budget`` is in major units."""

    gender: str | None = None
    size: str | None = None
    likes: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()
    owns: tuple[Owned, ...] = ()
    budget: float | None = None

    @field_validator("size", mode="before")
    @classmethod
    def _text(cls, value: object) -> object:
        return str(value) if isinstance(value, int | float) else value


class Context(Part):
    """What is on the screen and known before the shopper speaks."""

    photo: bool = False
    outfit: tuple[Thing, ...] = ()
    shown: tuple[Thing, ...] = ()
    looks: tuple[ShownLook, ...] = ()
    profile: Profile = Profile()


class Call(Part):
    """A tool call: name and arguments as the planner may say them."""

    tool: str
    args: dict[str, Any] = {}


class Past(Part):
    """An earlier round: the words and what was decided."""

    user: str = ""
    decision: Call | None = None

    @field_validator("decision", mode="before")
    @classmethod
    def _named(cls, value: object) -> object:
        return {"tool": value} if isinstance(value, str) else value


class Round(Part):
    """Everything the planner may read for one decision."""

    text: str
    context: Context = Context()
    history: tuple[Past, ...] = ()
    picture: str | None = None
    done: tuple[Call, ...] = ()

    @classmethod
    def parse_line(cls, line: str) -> Self:
        """Reads one line of JSON.

        Raises:
            InputError: It is not a JSON object with a ``text``, or a value has the wrong type.
        """
        try:
            data = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            raise InputError(f"not valid JSON: {error}") from None
        if not isinstance(data, dict) or not isinstance(data.get("text"), str):
            raise InputError('expected a JSON object with a text, e.g. {"text": "black boots"}')
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            raise InputError(brief(error)) from None


Outcome = Literal["calls", "ask", "reply", "malformed", "empty"]


class Decision(BaseModel):
    """What the planner wants, typed.

    Attributes:
        outcome: ``calls`` runs tools; ``ask`` and ``reply`` answer; the others are repaired.
        calls: At least one for ``calls``; for ``ask`` and ``reply`` their own arguments.
        note: What the shopper declared for good, each with its fixed first word.
        more: The words ask for another action after this one.
        text: Free words of a model that writes; the question of an ``ask``.
        problem: One line for the repair of a malformed output.
        probability: Of the action among those that could be called, as the model saw it; None where
            the model doesn't tell.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    outcome: Outcome
    calls: tuple[Call, ...] = ()
    note: tuple[str, ...] = ()
    more: bool = False
    text: str = ""
    problem: str = Field("", max_length=500)
    probability: float | None = None

    def line(self) -> dict[str, Any]:
        """Returns the decision as a line of ``fashionm3 plan --jsonl``."""
        call = self.calls[0] if self.calls else Call(tool="reply", args={"kind": "other"})
        args = dict(call.args)
        if self.outcome == "ask" and self.text:
            args.setdefault("question", self.text)
        if self.note:
            args["note"] = list(self.note)
        sure = {} if self.probability is None else {"p": round(self.probability, 4)}
        return {"tool": call.tool, "args": args, "more": self.more, **sure}


def checked_args(tool: str, args: dict[str, Any]) -> dict[str, Any]:
    """Validates arguments of one of the seven actions and drops the ones left at their default.

    Raises:
        InputError: The action is unknown or an argument has the wrong type.
    """
    schema = ACTIONS.get(tool)
    if schema is None:
        raise InputError(f"unknown action {tool!r}: expected one of {', '.join(ACTIONS)}")
    try:
        value = schema.model_validate(args)
    except ValidationError as error:
        raise InputError(f"{tool}: {brief(error)}") from None
    return value.model_dump(by_alias=True, exclude_defaults=True, mode="json")
