"""One sample of FashionRec, typed.

The form is that of the FashionRec data set (`FashionM3`, arXiv 2504.17826): a picture of a partial
outfit, a conversation about it, and the pieces it is about. The original keys are kept; ``labels``
is the one key more that this project's own samples carry.
"""

import json
from typing import Any, Literal, Self

from pydantic import ConfigDict, Field, ValidationError, field_validator, model_validator

from fashionm3.agent.round import Part
from fashionm3.config import brief
from fashionm3.errors import InputError

Task = Literal["basic", "personalised", "alternative"]
TASKS: tuple[Task, ...] = ("basic", "personalised", "alternative")

PARTS = ("train", "valid", "test")
"""Sides of the split."""

PICTURES = ("jpg", "jpeg", "png", "webp")
"""Endings of the picture of a sample, the usual one first."""


class Piece(Part):
    """A garment of a sample.

    Attributes:
        item_id: The shop's own id.
        path: Of its picture, relative to the catalogue.
        subcategory: Its kind: "chelsea boots".
        description: A few words: "brown leather chelsea boots".
    """

    item_id: str
    path: str = ""
    subcategory: str = ""
    description: str = ""

    @field_validator("item_id", mode="before")
    @classmethod
    def _text(cls, value: object) -> object:
        return str(value) if isinstance(value, int) else value


class Said(Part):
    """One turn of the conversation."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    speaker: Literal["human", "gpt"] = Field(alias="from")
    value: str


class Labels(Part):
    """What the words of a sample ask for, in the planner's vocabulary."""

    tool: Literal["outfit", "swap"]
    args: dict[str, Any] = {}


class Sample(Part):
    """A sample without its picture.

    Attributes:
        key: Names it within its set.
        conversation: At least one turn of a human and one of gpt.
        partial_outfit: The pieces of the picture, row by row.
        target_items: What the answer recommends.
        uid: The shopper, in personalised samples.
        history: Pieces the shopper chose before.
        changeable_items: In alternative samples the target and the piece that it replaces.
        labels: Only in samples that this project built.
    """

    key: str
    conversation: tuple[Said, ...]
    partial_outfit: tuple[Piece, ...] = ()
    target_items: tuple[Piece, ...] = ()
    uid: str | None = None
    history: tuple[Piece, ...] = ()
    changeable_items: tuple[Piece, ...] = ()
    labels: Labels | None = None

    @field_validator("key", "uid", mode="before")
    @classmethod
    def _text(cls, value: object) -> object:
        return str(value) if isinstance(value, int) else value

    @field_validator("history", mode="before")
    @classmethod
    def _flat(cls, value: object) -> object:
        """Accepts a list of outfits as well as a list of pieces."""
        if not isinstance(value, list | tuple):
            return value
        return [p for entry in value for p in (entry if isinstance(entry, list) else [entry])]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        for speaker in ("human", "gpt"):
            if not any(said.speaker == speaker for said in self.conversation):
                raise ValueError(f"the conversation has no turn of {speaker}")
        if len(self.changeable_items) not in (0, 2):
            n = len(self.changeable_items)
            raise ValueError(f"changeable_items are [target, replaced], got {n}")
        return self

    @property
    def task(self) -> Task:
        """Which of the three tasks it is, by the keys that it has."""
        if self.changeable_items:
            return "alternative"
        return "personalised" if self.uid is not None or self.history else "basic"

    @property
    def question(self) -> str:
        """The human's first words, without a mark for the picture."""
        said = next(said.value for said in self.conversation if said.speaker == "human")
        return said.replace("<image>", "").strip()

    @property
    def answer(self) -> str:
        """What gpt says first."""
        return next(said.value for said in self.conversation if said.speaker == "gpt").strip()

    @classmethod
    def parse(cls, text: bytes | str, key: str) -> Self:
        """Reads the JSON of a sample.

        Args:
            text: The JSON.
            key: Its name in the shard, for samples that carry no ``key``.

        Raises:
            InputError: It is not JSON, a key is missing, or a value has the wrong type.
        """
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise InputError(f"its JSON can't be read: {error}") from None
        if not isinstance(data, dict):
            raise InputError(f"its JSON is a {type(data).__name__}: expected an object")
        try:
            return cls.model_validate({"key": key, **data})
        except ValidationError as error:
            raise InputError(brief(error)) from None

    def dump(self) -> bytes:
        """Writes the JSON in the original's key order, without keys that its task has not."""
        data = self.model_dump(mode="json", by_alias=True, exclude_none=True)
        for name in ("history", "changeable_items"):
            if not data[name]:
                del data[name]
        return json.dumps(data, ensure_ascii=False).encode()
