"""Who is who in a swap: what goes out is worn, what comes in is shown."""

import re
from typing import Any

from fashionm3.agent.heard import Heard
from fashionm3.agent.pointing import Pointing
from fashionm3.agent.round import Call, Round
from fashionm3.index.outfits import slot_of

_OUT = re.compile(
    r"\b(?:instead of|in place of|replace|replacing|rather than|where|take out|takes? the place of|"
    r"swap(?: out)?|change|exchange|switch|lose|ditch|for)\s+(?:the|my|that|those|these)\b",
    re.IGNORECASE,
)


class Swapping:
    """Puts the roles of a swap right.

    Args:
        round_: The round.
        heard: Its words, read.
        pointing: Its pointers, read.
    """

    def __init__(self, round_: Round, heard: Heard, pointing: Pointing) -> None:
        self._heard, self._pointing = heard, pointing
        context = round_.context
        self._worn = {thing.ref: thing.category for thing in context.outfit}
        self._shown = {thing.ref: thing.category for thing in context.shown}

    def settled(self, call: Call) -> Call:
        """Returns a swap whose target is worn where something worn is meant."""
        args = dict(call.args)
        target, comes = str(args.get("target")), args.get("with")
        if comes is not None:
            self._exchanged(args, target, str(comes))
        elif self._comes_in(target):
            out = self._named() or self._worn_like(target)
            if out is not None:
                args |= {"target": out, "with": target}
        elif target in self._worn:
            self._put_right(args, target)
        return Call(tool=call.tool, args=args)

    def _exchanged(self, args: dict[str, Any], target: str, comes: str) -> None:
        if target in self._shown and target not in self._worn and comes in self._worn:
            args["target"], args["with"] = comes, target
        elif target not in self._worn and target not in self._worn.values():
            out = self._named() or self._worn_like(comes)
            if out is not None:
                args["target"] = out
        if args["with"] not in self._pointing.explicit():
            found = self._pointing.among_shown()
            if len(found) == 1:
                args["with"] = found[0]
        out = self._worn_like(args["with"])
        if out is not None and args["target"] in self._worn and not self._fits(args["target"]):
            args["target"] = out

    def _fits(self, target: str) -> bool:
        """Tells whether a worn piece's kind, or its reference, is in the words."""
        return self._worn[target] in self._kinds() or target in self._pointing.explicit()

    def _comes_in(self, target: str) -> bool:
        explicit = target in self._pointing.explicit() and target not in self._worn
        return target in self._shown and explicit and _OUT.search(self._heard.text) is not None

    def _put_right(self, args: dict[str, Any], target: str) -> None:
        named = self._named()
        if named is not None and not self._fits(target):
            args["target"] = named

    def _kinds(self) -> set[str]:
        reads = self._heard.reads
        return {read.span.value for read in reads if read.span.slot == "category"}

    def _named(self) -> str | None:
        """Returns the only worn piece whose kind is in the words."""
        kinds = self._kinds()
        exact = [ref for ref, kind in self._worn.items() if kind in kinds]
        if exact:
            return _only(exact)
        # "The top" of a look may be a blouse.
        slots = {slot_of(kind) for kind in kinds}
        return _only([ref for ref, kind in self._worn.items() if kind and slot_of(kind) in slots])

    def _worn_like(self, ref: str) -> str | None:
        """Returns the only other worn piece that is of the kind of a shown one."""
        kind = self._shown.get(ref)
        fits = [worn for worn, other in self._worn.items() if other == kind and worn != ref]
        return _only(fits) if kind else None


def _only(refs: list[str]) -> str | None:
    return refs[0] if len(refs) == 1 else None
