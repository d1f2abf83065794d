"""Renders a round as LangChain messages, so that any chat model can be the planner."""

from typing import Any

from langchain_core.messages import (
    AIMessage,
    BaseMessage,
    HumanMessage,
    SystemMessage,
    ToolMessage,
)

from fashionm3.agent.form import HISTORY_ROUNDS, one_line, state_line
from fashionm3.agent.round import Call, Round
from fashionm3.index.lexicon import Lexicon
from fashionm3.prompts import render

ROUND_KEY = "fashionm3_round"
"""Key of the last message's ``additional_kwargs`` under which the round itself travels."""


def messages_of(
    round_: Round, lexicon: Lexicon, words: str | None = None, problem: str = ""
) -> list[BaseMessage]:
    """Returns rules, history, the screen, the words, and what is already done for them.

    Args:
        round_: The round.
        lexicon: Names the kinds of the things on the screen.
        words: The words as code rewrote them, or None for the shopper's own.
        problem: Why the last answer could not be used.
    """
    said = one_line(round_.text if words is None else words)
    messages: list[BaseMessage] = [SystemMessage(render("planner/rules.jinja"))]
    for n, past in enumerate(round_.history[-HISTORY_ROUNDS:]):
        messages.append(HumanMessage(one_line(past.user)))
        if past.decision is not None:
            messages += _carried_out(past.decision, f"h{n}", "done")
    state = state_line(round_.context, lexicon)
    screen = render("planner/screen.jinja", state=state, problem=problem)
    text = f"{screen}\n{said}" if screen else said
    rewritten = round_.model_copy(update={"text": said})
    extra = {ROUND_KEY: rewritten.model_dump(mode="json"), "problem": problem}
    messages.append(HumanMessage(text, additional_kwargs=extra))
    for n, call in enumerate(round_.done):
        messages += _carried_out(call, f"d{n}", "done; go on with the rest of the message")
    return messages


def _carried_out(call: Call, call_id: str, result: str) -> list[BaseMessage]:
    entry: dict[str, Any] = {"name": call.tool, "args": dict(call.args), "id": call_id}
    return [
        AIMessage(content="", tool_calls=[entry]),
        ToolMessage(content=result, tool_call_id=call_id),
    ]
