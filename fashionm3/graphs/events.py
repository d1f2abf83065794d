"""How nodes tell the surfaces what happens: one typed event each, through LangGraph's stream."""

from typing import Any

from langgraph.config import get_stream_writer

from fashionm3.types import Card


def emit(
    kind: str, text: str = "", card: Card | None = None, data: dict[str, Any] | None = None
) -> None:
    """Writes an event to whoever streams the run; thread and round are added by the assistant."""
    event: dict[str, Any] = {"type": kind, "text": text, "data": data or {}}
    if card is not None:
        event["card"] = card.model_dump(mode="json", exclude_defaults=True)
    get_stream_writer()(event)
