"""Reads a search that is asked for once more: others are wanted, or cheaper ones."""

import re

from fashionm3.agent.round import Call
from fashionm3.graphs.state import ThreadState, TurnState

_SAME = re.compile(r"\b(?:again|once more|repeat|back to|show me those)\b", re.IGNORECASE)
_CHEAPER = re.compile(
    r"\b(?:cheap\w*|less (?:expensive|pricey|money|dear)|lower pric\w*|less price|"
    r"too (?:expensive|pricey|dear|much)|(?:bit )?(?:expensive|pricey|dear)|"
    r"more affordable|affordable|on a budget)\b",
    re.IGNORECASE,
)


def repeats(call: Call, thread: ThreadState, turn: TurnState) -> bool:
    """Tells whether a search says nothing that the search before did not say."""
    if call.tool != "search" or turn.done or not thread.history or _SAME.search(turn.words):
        return False
    last = thread.history[-1]
    before = {key: value for key, value in last.args.items() if key != "note"}
    return last.tool == "search" and bool(thread.shown) and before == call.args


def cheaper(words: str) -> bool:
    """Tells whether lower prices are asked for without a figure."""
    return _CHEAPER.search(words) is not None
