"""Questions about things that are there: care, and what a piece is like."""

import re

from fashionm3.agent import cues
from fashionm3.agent.pointing import Pointing
from fashionm3.agent.round import Call, Round

_CARE = re.compile(
    r"\b(?:wash\w*|cleaning|cleaned|to clean|iron(?:ed|ing)?|shrinks?|shrunk|tumble|"
    r"dry[- ]?clean\w*|bleach\w*|stains?|fade\w*|"
    r"pill(?:s|ing)?|care for|look after|get .{1,20} out of|steam(?:ed|ing)?|hand[- ]?wash\w*|"
    r"spin)\b",
    re.IGNORECASE,
)
_STOCK = re.compile(
    r"\b(?:got any|any|have (?:you|u)|do (?:you|u|ya)|stock|sell|show|find)\b", re.IGNORECASE
)
_HOW = re.compile(
    r"\b(?:how|why|keep|stop|mend|remove|repair|fix|best way|hole|smell|off)\b", re.IGNORECASE
)
_ASKED = re.compile(
    r"^\W*(?:(?:sorry|hi|hey|ok|so|and|does|is|has|are|will|would|do|please)\W+)*"
    r"(?:has|have|is|are|does|do|did|was|come|comes|got|will|would|feel|feels|run|runs)\b",
    re.IGNORECASE,
)


class Enquiry:
    """Reads one round's question.

    Args:
        round_: The round.
        pointing: Its pointers, read.
    """

    def __init__(self, round_: Round, pointing: Pointing) -> None:
        self._text, self._pointing = round_.text, pointing
        context = round_.context
        self._things = [thing.ref for thing in (*context.shown, *context.outfit)]

    @property
    def about_care(self) -> bool:
        """Whether the words ask how something is washed and kept."""
        return _CARE.search(self._text) is not None

    @property
    def asks_for_stock(self) -> bool:
        """Whether the words ask what the shop has and hold nothing of care."""
        return bool(_STOCK.search(self._text)) and not (
            self.about_care or _HOW.search(self._text) or self._things
        )

    def settled(self, call: Call) -> Call:
        """Returns a reply where a question about one thing was taken for something else."""
        if call.tool in ("search", "swap", "outfit", "ask") and self._of_service:
            return Call(tool="reply", args={"kind": "other"})
        if call.tool == "search" and cues.ENQUIRES.search(self._text):
            call = self._about_something() or call
        if call.tool == "reply" and call.args.get("kind") == "about_item" and self.about_care:
            return Call(tool="reply", args={**call.args, "kind": "care"})
        if call.tool == "ask" and self.about_care:
            found = self._pointing.pointed().refs or tuple(self._things)
            if len(set(found)) == 1:
                return Call(tool="reply", args={"kind": "care", "about": found[0]})
        if call.tool == "swap" and "with" not in call.args:
            ref = self._asked_about()
            if ref is not None:
                return Call(tool="reply", args={"kind": "about_item", "about": ref})
        return call

    @property
    def _of_service(self) -> bool:
        """Whether the words ask about delivery, payment or returns."""
        return cues.SERVICE.search(self._text) is not None

    def _about_something(self) -> Call | None:
        """A question about what is on the screen: of the thing that it points at, if it does."""
        if not self._things:
            return None
        found = self._pointing.pointed().refs or (self._pointing.spoken_of(),)
        known = [ref for ref in found if ref in self._things]
        if len(self._things) == 1:
            known = self._things
        kind = "care" if self.about_care else "about_item"
        if len(known) == 1:
            return Call(tool="reply", args={"kind": kind, "about": known[0]})
        return Call(tool="ask", args={})

    def _asked_about(self) -> str | None:
        """Returns the thing of "A has pockets?": its reference, a verb, a question mark."""
        explicit = self._pointing.explicit()
        if len(explicit) != 1 or not self._text.rstrip().endswith("?"):
            return None
        tail = re.split(rf"(?<![\w-]){re.escape(explicit[0])}(?![\w-])", self._text)[-1]
        return explicit[0] if _ASKED.match(tail) else None
