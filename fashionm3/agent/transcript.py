"""Renders LangChain messages in the written form that the small planner reads."""

from collections.abc import Sequence

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage

from fashionm3.actions import ACTIONS
from fashionm3.agent.form import (
    IMAGE,
    PICTURE,
    SAY,
    USER,
    first_read,
    history_lines,
    one_line,
    question_lines,
    read,
    say,
)
from fashionm3.agent.messages import ROUND_KEY, pictures_of
from fashionm3.agent.round import Call, Round
from fashionm3.errors import InputError, PlanError
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
        shown = len(pictures_in(messages, round_))
        return history_lines(round_) + question_lines(round_, lexicon, n_pictures=shown)
    last = _last_words(messages)
    if last is None:
        raise InputError("the planner was given no words: expected a HumanMessage")
    lines = [_lines(messages, n, n > last) for n in range(_window(messages), len(messages))]
    return "".join(lines) + SAY


def pictures_in(messages: Sequence[BaseMessage], round_: Round | None) -> list[bytes]:
    """Returns the pictures that `text_of` writes, in order: of the words and of tools' results.

    Raises:
        InputError: A picture is given by an address that would have to be fetched.
    """
    if round_ is not None:
        return pictures_of(messages[_last_words(messages) or 0])
    seeing = messages[_window(messages) :]
    shown = (message for message in seeing if isinstance(message, HumanMessage | ToolMessage))
    return [data for message in shown for data in pictures_of(message)]


def _window(messages: Sequence[BaseMessage]) -> int:
    """Returns where the earliest words stand that are read."""
    words = [n for n, message in enumerate(messages) if isinstance(message, HumanMessage)]
    return words[first_read(len(words) - 1)]


def _last_words(messages: Sequence[BaseMessage]) -> int | None:
    found = [n for n, message in enumerate(messages) if isinstance(message, HumanMessage)]
    return found[-1] if found else None


def _lines(messages: Sequence[BaseMessage], n: int, done: bool) -> str:
    """Writes one message; what is ``done`` for the last words is written as the form has it."""
    message = messages[n]
    if isinstance(message, HumanMessage):
        return f"{USER}{IMAGE * len(pictures_of(message))}{one_line(message.text)}\n"
    if isinstance(message, ToolMessage):
        return f"{PICTURE}{IMAGE}\n" * len(pictures_of(message))
    if not isinstance(message, AIMessage):
        return ""
    lines = ""
    for call in message.tool_calls:
        args = {key: value for key, value in call["args"].items() if key != "more"}
        lines += f"{SAY} {say(Call(tool=call['name'], args=args), more=done)}\n"
    # Words behind a tool's result only hand it on: the decision is written already.
    told = n > 0 and isinstance(messages[n - 1], ToolMessage)
    return lines if lines or told else f"{SAY} {say(_said(message.text))}\n"


def _said(text: str) -> Call:
    """Returns the decision that a message's text is, or a reply in words."""
    try:
        call, note, _ = read(text)
    except PlanError:
        call, note = Call(tool="", args={}), ()
    if call.tool not in ACTIONS:
        return Call(tool="reply", args={"kind": "other"})
    return Call(tool=call.tool, args={**call.args, "note": list(note)})


def finished(messages: Sequence[BaseMessage]) -> list[ToolMessage]:
    """Returns the last results of tools where they leave nothing to do, nothing otherwise.

    A decision says itself whether the words ask for another one. One that does not is answered by
    what its tool returned, so that an agent's loop ends.
    """
    if round_of(messages) is not None:
        return []
    results: list[ToolMessage] = []
    for message in reversed(messages):
        if not isinstance(message, ToolMessage):
            break
        results.insert(0, message)
    calls = [message for message in messages if isinstance(message, AIMessage)]
    asked = any(call["args"].get("more") for call in calls[-1].tool_calls) if calls else False
    return [] if asked else results
