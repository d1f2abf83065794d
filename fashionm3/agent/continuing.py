"""Going on with the subject of the round before: its piece, its search, its drawing."""

from typing import Any

from fashionm3.agent import cues
from fashionm3.agent.carrying import subject
from fashionm3.agent.heard import Heard
from fashionm3.agent.round import Call, Round
from fashionm3.index.outfits import slot_of

ATTRIBUTES = ("color", "material", "pattern", "style", "price_max", "negatives", "cheaper")
"""Arguments that say how a piece should be."""

_OUTFIT = frozenset({"occasion", "color", "style", "season", "gender", "negatives"})
_BARE_WORDS = 4


class Subject:
    """What a message goes on with.

    Args:
        round_: The round.
        heard: Its words, read.

    Attributes:
        last: The decision that the words go on from.
        later: Something has already been carried out for these very words.
    """

    def __init__(self, round_: Round, heard: Heard) -> None:
        self._round, self._heard = round_, heard
        self._text = round_.text
        told = [past.decision for past in round_.history if past.decision]
        self.later = bool(round_.done)
        self.last = subject([*told, *round_.done], heard)

    def searched(self, call: Call) -> Call:
        """Returns what a search is where it goes on with a look, a swap or a drawing."""
        if not self._heard.wanted("category") and cues.LOOK.search(self._text):
            args = {k: v for k, v in call.args.items() if k in _OUTFIT}
            if "price_max" in call.args:
                args["budget_max"] = call.args["price_max"]
            return Call(tool="outfit", args=args)
        goes_on = self.last.tool in ("swap", "design") and not self.names_other_kind()
        goes_on = goes_on and not self.later
        if self.last.tool == "design" and cues.REAL.search(self._text):
            return call
        if goes_on and not cues.SEEK.search(self._text):
            return self.on_with(self.last.tool, call)
        worn = self.worn_of_kind(call)
        if worn is not None and self._free(worn) and self._changes(worn):
            kept = {key: call.args[key] for key in ATTRIBUTES if key in call.args}
            return Call(tool="swap", args={"target": worn, **kept})
        return call

    def on_with(self, tool: str, call: Call) -> Call:
        """Goes on with the piece of the round before: what was said then still holds."""
        before: dict[str, Any] = {
            key: value for key, value in self.last.args.items() if key not in ("with", "note")
        }
        new = {key: call.args[key] for key in ATTRIBUTES if key in call.args}
        if tool == "design":
            new.pop("price_max", None)
            new.pop("negatives", None)
            new.pop("cheaper", None)
        return Call(tool=tool, args={**before, **new})

    def names_other_kind(self) -> bool:
        """Tells whether the words name a kind that is not that of the piece before."""
        named = {span.value for span in self._heard.wanted("category")}
        if not named:
            return False
        target = str(self.last.args.get("target") or self.last.args.get("category") or "")
        context = self._round.context
        things = {thing.ref: thing.category for thing in (*context.shown, *context.outfit)}
        return things.get(target, target) not in named

    def _free(self, ref: str) -> bool:
        """Tells whether nothing shown is of a worn piece's kind: only the look can be meant."""
        kinds = {thing.ref: thing.category for thing in self._round.context.outfit}
        return all(thing.category != kinds[ref] for thing in self._round.context.shown)

    def worn_of_kind(self, call: Call) -> str | None:
        """Returns the only worn piece of the kind that the words or the call name."""
        named = [span.value for span in self._heard.wanted("category")]
        said = str(call.args.get("category") or "")
        category = named[0] if named and said not in named else said
        worn = self._round.context.outfit
        same = [thing.ref for thing in worn if thing.category == category]
        if not same and category and cues.REPLACES.search(self._text):
            same = [t.ref for t in worn if t.category and slot_of(t.category) == slot_of(category)]
        return same[0] if len(same) == 1 else None

    def _changes(self, ref: str) -> bool:
        if cues.CHANGE.search(self._text):
            return True
        for span in self._heard.wanted("category"):
            if cues.ARTICLE.search(self._text[: span.start].lower().rstrip()):
                return True
        return self._bare()

    def _bare(self) -> bool:
        """Tells whether nothing but a kind and its traits is said, beside a look: its new piece."""
        heard = self._heard
        told = heard.wanted("gender") or heard.limit is not None
        few = (
            len(self._text.split()) <= _BARE_WORDS and not told and not cues.SEEK.search(self._text)
        )
        return few and self.last.tool in ("outfit", "swap")
