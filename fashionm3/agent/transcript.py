"""Renders LangChain messages in the written form that the small planner reads."""

from collections.abc import Sequence

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage

from fashionm3.agent.form import (
    HISTORY_ROUNDS,
    IMAGE,
    SAY,
    USER,
    history_lines,
    one_line,
    question_lines,
    say,
)
from fashionm3.agent.messages import ROUND_KEY, pictures_of
from fashionm3.agent.round import Call, Round
from fashionm3.errors import InputError
from fashionm3.index.lexicon import Lexicon


def round_of(messages: Sequence[BaseMessage]) -> Round | None:
    """Returns the round that travels with the last words, if one does."""
    last = _last_words(messages)
    carried = messages[last].additional_kwargs.get(ROUND_KEY) if last is not None else None
    return None if carried is None else Round.model_validate(carried)


def text_of(messages: Sequence[BaseMessage], round_: Round | None, lexicon: Lexicon) -> str:
    """Returns everything behind the head of the prompt, up to where the planner speaks.

    Args:
        messages: A conversation.
        round_: What `round_of` returned for it.
        lexicon: Names the kinds of the things on the screen.

    Raises:
        InputError: There are no words of a shopper.
    """
    if round_ is not None:
        shown = len(pictures_of(messages[_last_words(messages) or 0]))
        return history_lines(round_) + question_lines(round_, lexicon, n_pictures=shown)
    last = _last_words(messages)
    if last is None:
        raise InputError("the planner was given no words: expected a HumanMessage")
    words = [n for n, message in enumerate(messages) if isinstance(message, HumanMessage)]
    first = words[-HISTORY_ROUNDS - 1 :][0]
    lines = [_lines(message, n > last) for n, message in enumerate(messages) if n >= first]
    return "".join(lines) + SAY


def _last_words(messages: Sequence[BaseMessage]) -> int | None:
    found = [n for n, message in enumerate(messages) if isinstance(message, HumanMessage)]
    return found[-1] if found else None


def _lines(message: BaseMessage, done: bool) -> str:
    """Writes one message; what is ``done`` for the last words is written as the form has it."""
    if isinstance(message, HumanMessage):
        return f"{USER}{IMAGE * len(pictures_of(message))}{one_line(message.text)}\n"
    if not isinstance(message, AIMessage):
        return ""
    lines = ""
    for call in message.tool_calls:
        args = {key: value for key, value in call["args"].items() if key != "more"}
        lines += f"{SAY} {say(Call(tool=call['name'], args=args), more=done)}\n"
    return lines or f"{SAY} {say(Call(tool='reply', args={'kind': 'other'}))}\n"


def finished(messages: Sequence[BaseMessage]) -> str | None:
    """Returns the tool's words where the last call left nothing to do, None otherwise.

    A decision says itself whether the words ask for another one. One that does not is answered by
    what its tool returned, so that an agent's loop ends.
    """
    if not messages or not isinstance(messages[-1], ToolMessage) or round_of(messages) is not None:
        return None
    calls = [message for message in messages if isinstance(message, AIMessage)]
    asked = any(call["args"].get("more") for call in calls[-1].tool_calls) if calls else False
    return None if asked else messages[-1].text
