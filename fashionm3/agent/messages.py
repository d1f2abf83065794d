"""Renders a round as LangChain messages, so that any chat model can be the planner."""

from base64 import b64decode, b64encode
from typing import Any

from langchain_core.messages import (
    AIMessage,
    BaseMessage,
    HumanMessage,
    SystemMessage,
    ToolMessage,
)

from fashionm3.agent.form import first_read, one_line, state_line
from fashionm3.agent.round import Call, Round
from fashionm3.errors import InputError
from fashionm3.index.lexicon import Lexicon
from fashionm3.prompts import render

ROUND_KEY = "fashionm3_round"
"""Key of the last message's ``additional_kwargs`` under which the round itself travels."""


def messages_of(
    round_: Round,
    lexicon: Lexicon,
    words: str | None = None,
    problem: str = "",
    picture: bytes | None = None,
) -> list[BaseMessage]:
    """Returns rules, history, the screen, the words, and what is already done for them.

    Args:
        round_: The round.
        lexicon: Names the kinds of the things on the screen.
        words: The words as code rewrote them, or None for the shopper's own.
        problem: Why the last answer could not be used.
        picture: The one that came with the words, for a model that reads pictures.
    """
    said = one_line(round_.text if words is None else words)
    messages: list[BaseMessage] = [SystemMessage(render("planner/rules.jinja"))]
    for n, past in enumerate(round_.history[first_read(len(round_.history)) :]):
        messages.append(HumanMessage(one_line(past.user)))
        if past.decision is not None:
            messages += _carried_out(past.decision, f"h{n}", "done")
    state = state_line(round_.context, lexicon)
    screen = render("planner/screen.jinja", state=state, problem=problem)
    text = f"{screen}\n{said}" if screen else said
    rewritten = round_.model_copy(update={"text": said})
    extra = {ROUND_KEY: rewritten.model_dump(mode="json"), "problem": problem}
    content: Any = text if picture is None else [_image(picture), {"type": "text", "text": text}]
    messages.append(HumanMessage(content, additional_kwargs=extra))
    for n, call in enumerate(round_.done):
        messages += _carried_out(call, f"d{n}", "done; go on with the rest of the message")
    return messages


def _image(data: bytes) -> dict[str, Any]:
    """Returns a picture as LangChain's standard content block."""
    kinds = {b"\x89PNG": "image/png", b"RIFF": "image/webp"}
    mime = kinds.get(data[:4], "image/jpeg")
    return {"type": "image", "base64": b64encode(data).decode("ascii"), "mime_type": mime}


def pictures_of(message: BaseMessage) -> list[bytes]:
    """Returns the pictures of a message: LangChain's blocks, OpenAI's data URLs, Anthropic's.

    Raises:
        InputError: A picture is given by an address that would have to be fetched.
    """
    if isinstance(message.content, str):
        return []
    return [data for block in message.content_blocks for data in _data(dict(block))]


def _data(block: dict[str, Any]) -> list[bytes]:
    """Returns the picture of a block; LangChain has brought the common spellings into one form."""
    inner = block.get("value")
    if block["type"] == "non_standard" and isinstance(inner, dict):
        block = inner
    if block.get("type") not in ("image", "image_url"):
        return []
    url = str(block.get("url") or "")
    coded = block.get("base64") or (url.partition(",")[2] if url.startswith("data:") else None)
    if not coded:
        raise InputError("a picture must come with its bytes (base64), not as an address")
    return [b64decode(str(coded))]


def _carried_out(call: Call, call_id: str, result: str) -> list[BaseMessage]:
    entry: dict[str, Any] = {"name": call.tool, "args": dict(call.args), "id": call_id}
    return [
        AIMessage(content="", tool_calls=[entry]),
        ToolMessage(content=result, tool_call_id=call_id),
    ]
