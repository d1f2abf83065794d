"""A composed dialogue: its decisions in order, and the tools that the planner was given."""

from dataclasses import dataclass, field
from typing import Any

from fashionm3.agent.round import Call, Context
from fashionm3.training.dialogues.pictures import Picture


@dataclass
class Turn:
    """One decision of a dialogue: what the planner reads and what it should say.

    Attributes:
        context: The screen before the words.
        text: The words; empty for a second action on the same words.
        call: The decision.
        note: What was declared for good.
        more: Another action follows on the same words.
        section: The phrasing's section, for reports.
        picture: A picture that came with the words.
    """

    context: Context
    text: str
    call: Call
    note: tuple[str, ...] = ()
    more: bool = False
    section: str = ""
    picture: Picture | None = None


@dataclass
class Dialogue:
    """Decisions of one shopper.

    Attributes:
        turns: In order; the first has words.
        tools: OpenAI tools that are bound beside the seven actions.
        language: Of the shopper's words.
    """

    turns: list[Turn] = field(default_factory=list)
    tools: tuple[dict[str, Any], ...] = ()
    language: str = "en"
