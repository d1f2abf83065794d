"""What holds for a whole thread once it was asked for: whom it is for, and materials barred.

A shopper who wants boots "for men" or without leather wants the next pieces so too, though they
speak of another garment. Both give way to newer words.
"""

import re
from collections.abc import Iterable
from typing import Any

from fashionm3.agent.carrying import taken_back
from fashionm3.agent.round import Call
from fashionm3.graphs.state import ThreadState
from fashionm3.index.lexicon import Lexicon
from fashionm3.types import Constraints

_BARE = re.compile(r"^(?:no|not)\s+", re.IGNORECASE)
_FOR_ANYONE = re.compile(
    r"\b(?:for me|for myself|any gender|unisex|for (?:any|every)one|men'?s or women'?s)\b",
    re.IGNORECASE,
)
_WOMEN = frozenset({"dress", "skirt", "blouse", "bodysuit"})


def remembered(
    held: Constraints, calls: Iterable[Call], text: str, lexicon: Lexicon
) -> Constraints:
    """Returns the constraints after some decisions.

    Args:
        held: What was held so far.
        calls: What was decided for the words.
        text: The words.
        lexicon: Tells materials from other words.
    """
    gender = None if _FOR_ANYONE.search(text) else held.gender
    barred = list(held.negatives)
    for call in calls:
        gender = call.args.get("gender") or gender
        barred += [
            said.lower() for said in map(str, call.args.get("negatives") or ())
            if lexicon.material(_BARE.sub("", said)) is not None
        ]  # fmt: skip
        wanted = str(call.args.get("material") or "").lower()
        barred = [said for said in barred if _BARE.sub("", said) != wanted]
    barred = [said for said in barred if not taken_back(said, text)]
    negatives = tuple(dict.fromkeys(barred))
    return held.model_copy(update={"gender": gender, "negatives": negatives[-20:]})


def inherited(
    args: dict[str, Any], call: Call, thread: ThreadState, pictured: bool = False
) -> dict[str, Any]:
    """Returns a tool's arguments with what holds for the thread where the words leave it open.

    Args:
        args: Arguments with their references resolved.
        call: The decision.
        thread: What is remembered.
        pictured: A picture came with the words: they are about something new.
    """
    added: dict[str, Any] = {}
    gender = thread.constraints.gender
    women = args.get("category") in _WOMEN and gender == "men"
    if call.tool in ("search", "outfit") and gender and not women and "anchor" not in args:
        added["gender"] = gender
    last = thread.history[-1] if thread.history else None
    goes_on = last is not None and last.tool == "search" and not pictured
    if last is not None and goes_on and call.tool == "search" and "like" in args:
        added |= {key: last.args[key] for key in ("price_max", "price_min") if key in last.args}
    return {**added, **args}
