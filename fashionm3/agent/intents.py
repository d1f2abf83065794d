"""Puts an action right where the words and the screen leave no doubt which one is meant.

A small model confuses neighbours: a change of the piece that was just swapped with a fresh search,
a whole look with a piece, a request in a foreign language with small talk. The rules here are few
and each needs a cue in the words, or the subject of the round before.
"""

from fashionm3.agent import cues
from fashionm3.agent.continuing import ATTRIBUTES, Subject
from fashionm3.agent.enquiry import Enquiry
from fashionm3.agent.heard import Heard
from fashionm3.agent.pointing import Pointing
from fashionm3.agent.round import Call, Round
from fashionm3.agent.talking import Talking
from fashionm3.index.outfits import slot_of

_SEARCHED = frozenset({"color", "material", "pattern", "style", "price_max", "negatives"})
_DESIGNED = frozenset({"category", "color", "pattern", "material", "style"})
_START = 40


class Intents:
    """Reads one round.

    Args:
        round_: The round.
        heard: Its words, read.
        pointing: Its pointers, read.
        notes: What the words declare for good.

    Attributes:
        last: The decision that the words go on from.
        later: Something has already been carried out for these very words.
    """

    def __init__(
        self, round_: Round, heard: Heard, pointing: Pointing, notes: tuple[str, ...] = ()
    ) -> None:
        self._notes = notes
        self._round, self._heard, self._pointing = round_, heard, pointing
        self._text = round_.text
        self._enquiry = Enquiry(round_, pointing)
        self._subject = Subject(round_, heard)
        self._talking = Talking(round_, heard, pointing, self._subject, self._enquiry)
        self.last, self.later = self._subject.last, self._subject.later

    def settled(self, call: Call, idle: bool, more: bool = False) -> Call:
        """Returns the action that is meant.

        Args:
            call: What the model wants.
            idle: It is small talk in which nothing was declared or asked about.
            more: The words ask for a second action too.
        """
        call = self._enquiry.settled(call)
        if not self.later and call.tool in ("swap", "search", "outfit", "ask"):
            call = self._added(call) or self._elsewhere(call) or call
        if call.tool == "ask":
            return self._talking.asked(call)
        if call.tool == "reply":
            return self._talking.spoken(call, idle)
        return self._acted(call, more)

    def _acted(self, call: Call, more: bool) -> Call:
        if call.tool == "design" and self._subject.last.tool != "design" and not self._draws(call):
            return Call(tool="search", args=dict(call.args))
        if call.tool == "search" and self._only_declares():
            return Call(tool="reply", args={"kind": "other"})
        if call.tool in ("search", "design") and not call.args.get("like"):
            call = self._drawn(call)
        if call.tool == "search" and self._changes_it(call):
            kept = {key: call.args[key] for key in ATTRIBUTES if key in call.args}
            return Call(tool="swap", args={"target": call.args["like"], **kept})
        if call.tool == "search" and not call.args.get("like"):
            return self._liked(call) or self._subject.searched(call)
        if call.tool == "swap":
            return self._swapped(call)
        return self._composed(call, more) if call.tool == "outfit" else call

    def _added(self, call: Call) -> Call | None:
        """A further piece for the look: "add a hat", "a jacket over the top"."""
        worn = [thing.category for thing in self._round.context.outfit if thing.category]
        if not worn or "with" in call.args or not cues.ADDS.search(self._text):
            return None
        slots = {slot_of(category) for category in worn}
        named = dict.fromkeys(span.value for span in self._heard.wanted("category"))
        missing = [kind for kind in named if slot_of(kind) not in slots]
        if not missing:
            return None
        kept = {key: call.args[key] for key in ("color", "style") if key in call.args}
        return Call(tool="outfit", args={"missing": missing, **kept})

    def _elsewhere(self, call: Call) -> Call | None:
        """A kind that is nowhere on the screen is looked for, not put in another's place."""
        if call.tool != "swap" or "with" in call.args or self._pointing.explicit():
            return None
        context = self._round.context
        things = {t.ref: t.category for t in (*context.shown, *context.outfit) if t.category}
        named = {span.value for span in self._heard.wanted("category")}
        slots = {slot_of(category) for category in things.values()}
        if not named or {slot_of(kind) for kind in named} & slots:
            return None
        kept = {key: call.args[key] for key in _SEARCHED if key in call.args}
        return Call(tool="search", args={"category": min(named), **kept})

    def _composed(self, call: Call, more: bool) -> Call:
        """A look: on the person where that is asked for, of a shown look, around a worn piece."""
        on_person = cues.ON_PERSON.search(self._text[:_START] if more else self._text)
        if on_person and self._talking.trying():
            return self._talking.try_on()
        args = dict(call.args)
        look = self._pointing.look()
        if look is not None:
            args["look"] = look
            if args.get("anchor") == look:
                args.pop("anchor")
        worn = {thing.ref: thing.category for thing in self._round.context.outfit}
        if args.get("anchor") not in self._pointing.explicit() and self._wants_in_it():
            args.pop("anchor", None)
            named = dict.fromkeys(span.value for span in self._heard.wanted("category"))
            args["missing"] = list(named)
        anchor = args.get("anchor")
        if anchor in worn and args.get("missing") == [worn[anchor]]:
            kept = {key: args[key] for key in ATTRIBUTES if key in args}
            return Call(tool="swap", args={"target": anchor, **kept})
        return Call(tool="outfit", args=args)

    def _wants_in_it(self) -> bool:
        """Tells whether a new look should have some kinds in it: "an outfit with a coat"."""
        owned = cues.OWNED.search(self._text) or cues.POINTS.search(self._text)
        return not owned and cues.LOOK_WITH.search(self._text) is not None

    def _changes_it(self, call: Call) -> bool:
        """Tells whether a search for a thing's like only changes the thing: "C in black"."""
        alike = any(
            cue.search(self._text) for cue in (cues.LIKE, cues.LIKENESS, cues.AS, cues.MORE)
        )
        named = {span.value for span in self._heard.wanted("category")}
        only = self._pointing.pointed().refs == (call.args.get("like"),)
        told = self._heard.foreign or self._round.picture is not None or alike
        return only and not told and named <= {call.args.get("category")}

    def _draws(self, call: Call) -> bool:
        """Tells whether a drawing is asked for: by a word, or by a motif that no shop knows."""
        motif = call.args.get("pattern") and not self._heard.wanted("pattern")
        return bool(motif) or cues.DRAW.search(self._text) is not None

    def _only_declares(self) -> bool:
        """Tells whether the words take something back for good and name no garment."""
        heard = self._heard
        return (
            any(note.startswith(("forget ", "lift ")) for note in self._notes)
            and not heard.wanted("category")
            and not cues.SEEK.search(self._text)
        )

    def _drawn(self, call: Call) -> Call:
        """A drawing, where the words ask for one; like the thing that they name."""
        args = dict(call.args)
        if call.tool == "search" and cues.DRAWS.search(self._text) and args.get("category"):
            call = Call(tool="design", args={k: v for k, v in args.items() if k in _DESIGNED})
        explicit = self._pointing.explicit()
        if call.tool == "design" and len(explicit) == 1 and cues.AS.search(self._text):
            return Call(tool="design", args={**call.args, "like": explicit[0]})
        return call

    def _swapped(self, call: Call) -> Call:
        worn = {thing.ref for thing in self._round.context.outfit}
        drawn = self._subject.last.tool == "design" and str(call.args.get("target")) not in worn
        priced = {"with", "cheaper", "price_max"} & call.args.keys()
        if drawn and not priced and not self._subject.names_other_kind():
            return self._subject.on_with("design", call)
        shown = {thing.ref: thing for thing in self._round.context.shown}
        thing = shown.get(str(call.args.get("target")))
        if thing and cues.LIKE.search(self._text) and not cues.REPLACES.search(self._text):
            kept = {key: call.args[key] for key in _SEARCHED if key in call.args}
            return Call(tool="search", args={"category": thing.category, **kept, "like": thing.ref})
        return call

    def _liked(self, call: Call) -> Call | None:
        """A search whose words say that it should be like a thing that they name."""
        found = self._pointing.explicit()
        if len(found) != 1 or not (
            cues.LIKE.search(self._text) or cues.LIKENESS.search(self._text)
        ):
            return None
        context = self._round.context
        thing = next(t for t in (*context.shown, *context.outfit) if t.ref == found[0])
        args = {"category": thing.category, **call.args, "like": found[0]}
        return Call(tool="search", args=args)
