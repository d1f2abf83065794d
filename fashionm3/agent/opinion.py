"""Holds a decision to the tool that the words ask for, where further tools are bound."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage

from fashionm3.agent.bound_tools import Argument, BoundTool
from fashionm3.agent.form import read
from fashionm3.agent.round import Round
from fashionm3.agent.tool_matcher import ToolMatcher
from fashionm3.errors import PlanError

_IDENTIFIER = re.compile(r"\d{4,}|#\w+|(?<!\w)(?=[\w-]*[A-Z])[A-Z\d]+[ -]?\d{2,}(?!\w)")
_STEM = 4
"""Letters from which a choice's name is known in other forms."""


@dataclass(frozen=True)
class Opinion:
    """Which tools may be said.

    Attributes:
        tools: What is left of the allowed ones.
        share: How sure the encoder is of them; 1 where it has no opinion.
    """

    tools: tuple[BoundTool, ...]
    share: float = 1.0


def opinion(tools: tuple[BoundTool, ...], words: str) -> Opinion:
    """Asks the encoder which of the allowed tools the words want.

    A tool that requires something may always be preceded by a question. Between sure and sure not
    the planner chooses between the likeliest tool and the seven actions.

    Args:
        tools: What may be said.
        words: As `asked_words` returns them; nothing means no opinion.
    """
    further = [tool for tool in tools if not tool.known]
    if not words or not further or len(tools) == 1:
        return Opinion(tools)
    matcher = ToolMatcher.load()
    known = tuple(tool for tool in tools if tool.known)
    match = matcher.match(words, further)
    if match.share >= matcher.bounds.take or not known:
        question = tuple(tool for tool in known if tool.name == "ask" and _lacks(match.best, words))
        return Opinion((match.best, *question), match.share)
    if match.any < matcher.bounds.leave:
        return Opinion(known, 1 - match.any)
    return Opinion((*known, match.best))


def _lacks(tool: BoundTool, words: str) -> bool:
    """Tells whether something that a tool requires may be missing from the words.

    A number of an order, a flight or a card is not missing where the words hold one, nor a choice
    that they name.
    """
    required = [argument for argument in tool.arguments if argument.required]
    texts = [argument for argument in required if argument.sort == "text"]
    identified = len(texts) == 1 and _IDENTIFIER.search(words)
    lacked = [argument for argument in required if not _named(argument, words)]
    return bool(set(lacked) - set(texts if identified else []))


def _named(argument: Argument, words: str) -> bool:
    """Tells whether the words name one of an argument's choices: "resoling" names "resole"."""
    for choice in argument.choices:
        stem = re.sub(r"[-_ ]+", " ", choice.lower())
        stem = stem.removesuffix("e") if len(stem) > _STEM else stem
        if len(stem) >= _STEM and re.search(rf"\b{re.escape(stem)}\w{{0,3}}\b", words.lower()):
            return True
    return False


def asked_words(messages: Sequence[BaseMessage], round_: Round | None) -> str:
    """Returns the last words, behind those that a question was asked about.

    Nothing where a part of them is done already: the rest of a message is the planner's business.
    """
    if round_ is not None:
        past = round_.history[-1:]
        before = [p.user for p in past if p.decision and p.decision.tool == "ask"]
        return "" if round_.done else " ".join([*before, round_.text])
    words = [n for n, message in enumerate(messages) if isinstance(message, HumanMessage)]
    if not words or words[-1] != len(messages) - 1:
        return ""
    asked = len(words) > 1 and _asks(messages[words[-1] - 1])
    return " ".join(messages[n].text for n in (words[-2:] if asked else words[-1:]))


def said_words(messages: Sequence[BaseMessage], round_: Round | None) -> str:
    """Returns what shopper and tools have said, the latest last, with semicolons between."""
    if round_ is not None:
        return "; ".join([*(past.user for past in round_.history), round_.text])
    spoken = [one for one in messages if isinstance(one, HumanMessage | ToolMessage)]
    return "; ".join(message.text for message in spoken)


def _asks(message: BaseMessage) -> bool:
    if not isinstance(message, AIMessage):
        return False
    if message.tool_calls:
        return bool(message.tool_calls[-1]["name"] == "ask")
    try:
        return read(message.text)[0].tool == "ask"
    except PlanError:
        return False
