"""What a model answered in words although the shopper wants something done."""

from fashionm3.agent import cues
from fashionm3.agent.continuing import Subject
from fashionm3.agent.enquiry import Enquiry
from fashionm3.agent.heard import Heard
from fashionm3.agent.pointing import Pointing
from fashionm3.agent.round import Call, Round
from fashionm3.agent.trying import wants_try_on


class Talking:
    """Reads one round in which the model asks or replies.

    Args:
        round_: The round.
        heard: Its words, read.
        pointing: Its pointers, read.
        subject: What the words go on with.
        enquiry: What the words ask about.
    """

    def __init__(
        self,
        round_: Round,
        heard: Heard,
        pointing: Pointing,
        subject: Subject,
        enquiry: Enquiry,
    ) -> None:
        self._round, self._heard, self._pointing = round_, heard, pointing
        self._subject, self._enquiry = subject, enquiry
        self._text = round_.text

    def asked(self, call: Call) -> Call:
        """Returns what is wanted where the model asks although the words are clear."""
        if self.trying():
            return self.try_on()
        return (
            self._changed_thing()
            or self._by_looks()
            or (None if self._subject.later else self._matched_thing())
            or self._finished()
            or self._gone_on()
            or call
        )

    def _finished(self) -> Call | None:
        """A look around its only piece, from the kinds that the words say it needs."""
        worn = self._round.context.outfit
        named = dict.fromkeys(span.value for span in self._heard.wanted("category"))
        missing = [kind for kind in named if all(thing.category != kind for thing in worn)]
        if len(worn) != 1 or not missing or not cues.NEEDS.search(self._text):
            return None
        return Call(tool="outfit", args={"anchor": worn[0].ref, "missing": missing})

    def _gone_on(self) -> Call | None:
        """The subject of the round before with another trait, or a kind that is plainly named."""
        traits = any(self._heard.wanted(slot) for slot in ("color", "material", "pattern", "style"))
        if traits and self._subject.last.tool == "design":
            return self._subject.on_with("design", Call(tool="design", args={}))
        if traits and self._subject.last.tool == "search" and cues.THEM.search(self._text):
            kept = {k: v for k, v in self._subject.last.args.items() if k not in ("like", "note")}
            return Call(tool="search", args=kept)
        if self._heard.wanted("category") and not cues.POINTS.search(self._text):
            return self._subject.searched(Call(tool="search", args={}))
        return None

    def _matched_thing(self) -> Call | None:
        """What goes with the one thing on the screen that the words point at."""
        if not cues.MATCHES.search(self._text):
            return None
        found = self._pointing.pointed().refs
        shown = self._round.context.shown
        if not found and len(shown) == 1 and not self._round.context.outfit:
            found = (shown[0].ref,)
        return Call(tool="outfit", args={"anchor": found[0]}) if len(found) == 1 else None

    def _by_looks(self) -> Call | None:
        """What is wanted of the one thing that its pattern points at, where the model asks."""
        shown = self._round.context.shown
        found = self._pointing.patterned()
        if len(found) != 1:
            return None
        ref, things = found[0], {thing.ref: thing for thing in shown}
        if cues.LIKE.search(self._text):
            return Call(tool="search", args={"category": things[ref].category, "like": ref})
        if cues.CHANGE.search(self._text):
            return Call(tool="swap", args={"target": ref})
        return None

    def _changed_thing(self) -> Call | None:
        """A pointer that fits one shown thing, beside a colour or fabric that it should have."""
        found = self._pointing.pointed().refs
        shown = {thing.ref: thing for thing in self._round.context.shown}
        if len(found) != 1 or found[0] not in shown:
            return None
        colors = [s.value for s in self._heard.wanted("color")]
        wanted = [color for color in colors if color != shown[found[0]].color]
        if not wanted:
            return None
        return Call(tool="swap", args={"target": found[0], "color": wanted[-1]})

    def spoken(self, call: Call, idle: bool) -> Call:
        """Returns what is wanted where the model only talks.

        Args:
            call: The reply.
            idle: It is small talk in which nothing was declared or asked about.
        """
        acted = self._acted(call)
        if acted is not None:
            return acted
        kind, heard = call.args.get("kind"), self._heard
        named = bool(heard.wanted("category"))
        idle = idle or (kind == "care" and self._enquiry.asks_for_stock)
        if (
            idle
            and self._subject.last.tool == "swap"
            and (heard.rules_out or heard.limit is not None)
        ):
            changed = {} if heard.limit is None else {"price_max": heard.limit}
            return self._subject.on_with("swap", Call(tool="swap", args=changed))
        seeks = cues.SEEK.search(self._text) is not None or heard.foreign
        empty = kind == "thanks" and not cues.THANKS.search(self._text)
        if named and (idle or empty or (kind == "off_topic" and seeks)):
            return self._subject.searched(Call(tool="search", args={}))
        if (idle or empty) and self._narrows(seeks):
            carried = self._subject.last.args if self._subject.last.tool == "search" else {}
            kept = {k: v for k, v in carried.items() if k not in ("like", "note")}
            return Call(tool="search", args=kept)
        return call

    def _acted(self, call: Call) -> Call | None:
        """A try-on or a swap that the words plainly ask for."""
        kind = call.args.get("kind")
        if kind in ("other", "off_topic", "about_item") and self.trying():
            return self.try_on()
        on_person = cues.IT.search(self._text) is not None and wants_try_on(self._text)
        if kind == "other" and on_person and not self._round.context.photo:
            return Call(tool="try_on", args={"target": "outfit"})
        worn = self._subject.worn_of_kind(call) if kind != "refuse" else None
        replaces = cues.REPLACES.search(self._text) and cues.IMPERATIVE.search(self._text)
        return Call(tool="swap", args={"target": worn}) if worn and replaces else None

    def _narrows(self, seeks: bool) -> bool:
        """Tells whether the words hold a limit or a trait, and not a declaration."""
        heard = self._heard
        traits = [slot for slot in ("color", "material", "pattern") if heard.wanted(slot)]
        short = len(self._text.split()) <= 4 and self._subject.last.tool == "search"
        return bool(traits or heard.limit or heard.rules_out) and (seeks or short)

    def trying(self) -> bool:
        """Tells whether something should be seen on the person of the photograph."""
        if not self._round.context.photo:
            return False
        if wants_try_on(self._text):
            return True
        before = self._round.history[-1] if self._round.history else None
        asked = (
            before is not None and wants_try_on(before.user) and self._subject.last.tool == "ask"
        )
        return asked and cues.PHOTO.search(self._text) is not None

    def try_on(self) -> Call:
        """Returns a try-on of the piece that the words name, or of the look."""
        return Call(tool="try_on", args={"target": self._pointing.worn_target(self._heard)})
