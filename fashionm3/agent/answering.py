"""Joins the answer to a question with the words that were asked about.

"Put that one in instead of the shoes" was asked back; "the second one" names it. The round is
decided as if the shopper had said it clearly at once.
"""

import re

from fashionm3.agent.pointing import Pointing
from fashionm3.agent.round import Round
from fashionm3.index.lexicon import Lexicon

_BARE = re.compile(
    r"\b(?:that one|this one|the other one|those|these|that|this|it|the \w+ one)\b", re.IGNORECASE
)
LONGEST = 6
"""Words of an answer that does nothing but point."""


def answered(round_: Round, lexicon: Lexicon) -> Round:
    """Returns the round with its pointer put into the words that were asked about, if it is one."""
    last = round_.history[-1] if round_.history else None
    if last is None or last.decision is None or last.decision.tool != "ask" or round_.done:
        return round_
    if len(round_.text.split()) > LONGEST or not _BARE.search(last.user):
        return round_
    found = Pointing(round_.text, round_, lexicon).pointed().refs
    if len(found) != 1:
        return round_
    words = _BARE.sub(f"item {found[0]}", last.user, count=1)
    return round_.model_copy(update={"text": words, "history": round_.history[:-1]})
