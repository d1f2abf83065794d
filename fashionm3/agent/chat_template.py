"""A model's own chat template, fed with LangChain messages."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from langchain_core.messages import (
    AIMessage,
    BaseMessage,
    ChatMessage,
    HumanMessage,
    SystemMessage,
    ToolMessage,
)

from fashionm3.agent.messages import pictures_of
from fashionm3.artifacts import decode
from fashionm3.errors import InputError, UsageError

_PICTURES = ("image", "image_url")
_ROLES = {SystemMessage: "system", HumanMessage: "user", AIMessage: "assistant"}


@dataclass(frozen=True)
class ChatTemplate:
    """A processor's or tokenizer's template with the shape of messages that it wants.

    `fashionm3.agent.template_probe.probed` finds the shape.

    Attributes:
        processor: What renders and tokenises: an ``AutoProcessor`` or a tokenizer.
        template: A Jinja template in place of the processor's own.
        options: Further variables of the template, e.g. ``enable_thinking``.
        blocks: Contents are always lists of blocks; else only those with pictures are.
        spelled: Arguments of calls are JSON in a string, not an object.
        answered: The assistant says something between a tool's result and the user's next words.
        pictures: Pictures are rendered.
        tool_pictures: Pictures in tools' results are rendered where they stand; else they follow as
            the user's.
    """

    processor: Any
    template: str | None = None
    options: dict[str, Any] = field(default_factory=dict)
    blocks: bool = False
    spelled: bool = False
    answered: bool = False
    pictures: bool = False
    tool_pictures: bool = False

    @property
    def tokenizer(self) -> Any:  # noqa: ANN401
        """The tokenizer itself."""
        return getattr(self.processor, "tokenizer", self.processor)

    def render(self, messages: Sequence[BaseMessage], tools: list[dict[str, Any]]) -> str:
        """Returns the prompt as text, up to where the model speaks."""
        return str(self._apply(messages, tools, tokenize=False))

    def encode(
        self, messages: Sequence[BaseMessage], tools: list[dict[str, Any]], answering: bool = True
    ) -> Any:  # noqa: ANN401
        """Returns the model's inputs as tensors for a batch of one.

        The last message is the model's own where it is not ``answering``.

        Control tokens within messages and tools are read as plain text, so that no title of the
        shop can end a turn.
        """
        return self._apply(
            messages,
            tools,
            tokenize=True,
            return_dict=True,
            return_tensors="pt",
            sanitize_control_tokens=True,
            add_generation_prompt=answering,
        )

    def _apply(
        self,
        messages: Sequence[BaseMessage],
        tools: list[dict[str, Any]],
        **how: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        return self.processor.apply_chat_template(
            list(self.conversation(messages)),
            chat_template=self.template,
            tools=tools or None,
            **{"add_generation_prompt": True, **how},
            **self.options,
        )

    def conversation(self, messages: Sequence[BaseMessage]) -> Iterator[dict[str, Any]]:
        """Yields messages as templates know them.

        Raises:
            InputError: A picture can't be read, or the model reads none.
        """
        names: dict[str, str] = {}
        before = ""
        for message in messages:
            if isinstance(message, AIMessage):
                names |= {_id(call["id"]): call["name"] for call in message.tool_calls}
            for turn in self._turns(message, names):
                if self.answered and (before, turn["role"]) == ("tool", "user"):
                    done = self._content([{"type": "text", "text": "Done."}])
                    yield {"role": "assistant", "content": done}
                before = turn["role"]
                yield turn

    def _turns(self, message: BaseMessage, names: dict[str, str]) -> Iterator[dict[str, Any]]:
        parts = list(_parts(message))
        if not self.pictures and any(part["type"] == "image" for part in parts):
            raise InputError("the planner reads no pictures: send the words alone")
        if not isinstance(message, ToolMessage):
            turn = {"role": _role(message), "content": self._content(parts)}
            if isinstance(message, AIMessage) and message.tool_calls:
                turn["tool_calls"] = [self._call(call) for call in message.tool_calls]
            yield turn
            return
        called = _id(message.tool_call_id)
        moved = [part for part in parts if part["type"] == "image" and not self.tool_pictures]
        kept = [part for part in parts if part not in moved]
        name = message.name or names.get(called, "tool")
        content = self._content(kept)
        yield {"role": "tool", "name": name, "tool_call_id": called, "content": content}
        if moved:
            words = {"type": "text", "text": f"(the picture that {name} returned)"}
            yield {"role": "user", "content": [*moved, words]}

    def _content(self, parts: list[dict[str, Any]]) -> Any:  # noqa: ANN401
        if self.blocks or any(part["type"] == "image" for part in parts):
            return parts
        return "\n".join(part["text"] for part in parts)

    def _call(self, call: Any) -> dict[str, Any]:  # noqa: ANN401
        args = json.dumps(call["args"], ensure_ascii=False) if self.spelled else call["args"]
        function = {"name": call["name"], "arguments": args}
        return {"type": "function", "id": _id(call["id"]), "function": function}


def read_template(file: str | Path | None) -> str | None:
    """Returns the text of a Jinja file, or None where there is none.

    Raises:
        UsageError: The file can't be read.
    """
    if file is None:
        return None
    try:
        return Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"chat template {file} can't be read: {error}") from None


def _parts(message: BaseMessage) -> Iterator[dict[str, Any]]:
    """Yields text and pictures in their order; other kinds of blocks are left out."""
    content = message.content if isinstance(message.content, list) else [message.content]
    for part in content:
        if isinstance(part, str):
            if part:
                yield {"type": "text", "text": part}
        elif part.get("type") == "text":
            yield {"type": "text", "text": str(part["text"])}
        elif part.get("type") in _PICTURES:
            for data in pictures_of(HumanMessage([part])):
                yield {"type": "image", "image": decode(data)}


def _role(message: BaseMessage) -> str:
    if isinstance(message, ChatMessage):
        return message.role
    return next((role for kind, role in _ROLES.items() if isinstance(message, kind)), "user")


def _id(call_id: str | None) -> str:
    """Returns nine letters and digits for an id: Mistral's templates take nothing else."""
    return hashlib.sha256(str(call_id).encode()).hexdigest()[:9]
