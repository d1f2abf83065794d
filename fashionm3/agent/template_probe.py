"""Asks a chat template, before the first shopper does, whether it drops what a planner needs.

Many templates were written for talk alone: they leave out tools, results or pictures without a
word, and the model then decides without having read them.
"""

import io
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import product
from secrets import token_hex
from typing import Any

from jinja2 import TemplateError
from langchain_core.messages import (
    AIMessage,
    BaseMessage,
    HumanMessage,
    SystemMessage,
    ToolMessage,
)
from PIL import Image

from fashionm3.agent.chat_template import ChatTemplate
from fashionm3.errors import UsageError

FAULTS = (TemplateError, ValueError, TypeError, LookupError, AttributeError)
"""What a template raises that can't render a conversation."""
_RAW = ("{'type': 'text'", "{'type': 'image'")
_SIDE = 64


def _word(of: str) -> Any:  # noqa: ANN401
    return field(default_factory=lambda: f"{of}_{token_hex(4)}")


@dataclass(frozen=True)
class Probe:
    """A conversation whose words nobody can know: each must be found again in the prompt."""

    system: str = _word("rule")
    tool: str = _word("tool")
    description: str = _word("does")
    argument: str = _word("takes")
    called: str = _word("called")
    value: str = _word("value")
    result: str = _word("result")
    said: str = _word("said")

    @property
    def tools(self) -> list[dict[str, Any]]:
        """Two tools in OpenAI's form: one that is never called, and the one that was."""
        return [
            _tool(self.tool, self.description, self.argument),
            _tool(self.called, "another", "word"),
        ]

    def messages(self, pictures: int = 0, tool_pictures: int = 0) -> list[BaseMessage]:
        """Returns rules, a call, its result, and words, with as many pictures as wanted."""
        call = {"name": self.called, "args": {"word": self.value}, "id": "call_1"}
        return [
            SystemMessage(self.system),
            HumanMessage("hello"),
            AIMessage("", tool_calls=[call]),
            ToolMessage(_content(self.result, tool_pictures), tool_call_id="call_1"),
            HumanMessage(_content(self.said, pictures)),
        ]

    def dropped(self, template: ChatTemplate) -> Iterator[str]:
        """Yields what a template drops, or why it can't be rendered."""
        try:
            prompt = template.render(self.messages(), self.tools)
            wanted = {
                "the system message": self.system,
                "the tool's name": self.tool,
                "the tool's description": self.description,
                "the tool's arguments": self.argument,
                "the tool call of an earlier turn": self.value,
                "the tool's result": self.result,
                "the shopper's words": self.said,
            }
            yield from (what for what, word in wanted.items() if word not in prompt)
            if any(raw in prompt for raw in _RAW):
                yield "the form of contents, printed as they are,"
            if template.pictures and not self.shows(template, "pictures"):
                yield "the picture's placeholder"
        except FAULTS as error:
            yield f"the conversation as a whole ({line(error)})"

    def shows(self, template: ChatTemplate, where: str) -> bool:
        """Tells whether one more picture changes the prompt; of ``pictures``, ``tool_pictures``."""
        one, two = (template.render(self.messages(**{where: n}), self.tools) for n in (1, 2))
        return one != two and not any(raw in one for raw in _RAW)


def probed(template: ChatTemplate, name: str) -> ChatTemplate:
    """Returns the template with the shape of messages that it renders whole.

    Args:
        template: The template, its shape not yet known.
        name: The model's, for errors.

    Raises:
        UsageError: Something is dropped in every shape, or the picture can't be encoded.
    """
    probe = Probe()
    dropped: list[str] = []
    for answered, spelled, blocks in product((False, True), repeat=3):
        shaped = replace(template, blocks=blocks, spelled=spelled, answered=answered)
        found = list(probe.dropped(shaped))
        if not found:
            return _encoded(_of_tools(shaped, probe), probe, name)
        if not dropped or len(found) < len(dropped):
            dropped = found
    advice = (
        "take a model whose chat template renders it, or give another template by "
        'template = "file.jinja" in [planner.options]'
    )
    if any("picture" in what for what in dropped):
        advice += ", or plan by words alone with pictures = false"
    raise UsageError(f"the chat template of {name!r} drops {' and '.join(dropped)}: {advice}")


def _of_tools(template: ChatTemplate, probe: Probe) -> ChatTemplate:
    """Finds out whether pictures in tools' results are rendered where they stand."""
    if not template.pictures:
        return template
    there = replace(template, tool_pictures=True)
    try:
        return there if probe.shows(there, "tool_pictures") else template
    except FAULTS:
        return template


def _encoded(template: ChatTemplate, probe: Probe, name: str) -> ChatTemplate:
    n = int(template.pictures)
    try:
        template.encode(probe.messages(n, n), probe.tools)
    except (*FAULTS, RuntimeError, OSError) as error:
        raise UsageError(
            f"the prompt of {name!r} can't be turned into tokens: {line(error)}; "
            "check that its processor and its chat template belong together"
        ) from error
    return template


def line(error: BaseException) -> str:
    """Returns an error's first line, shortened."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0][:200]


def _tool(name: str, description: str, argument: str) -> dict[str, Any]:
    properties = {argument: {"type": "string", "description": "a word"}}
    parameters = {"type": "object", "properties": properties, "required": [argument]}
    function = {"name": name, "description": description, "parameters": parameters}
    return {"type": "function", "function": function}


def _content(words: str, pictures: int) -> Any:  # noqa: ANN401
    if not pictures:
        return words
    stream = io.BytesIO()
    Image.new("RGB", (_SIDE, _SIDE), "white").save(stream, "PNG")
    coded = b64encode(stream.getvalue()).decode("ascii")
    block = {"type": "image", "base64": coded, "mime_type": "image/png"}
    return [*[block] * pictures, {"type": "text", "text": words}]
