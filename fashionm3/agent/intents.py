"""Puts an action right where the words and the screen leave no doubt which one is meant.

A small model confuses neighbours: a change of the piece that was just swapped with a fresh search,
a whole look with a piece, a request in a foreign language with small talk. The rules here are few
and each needs a cue in the words, or the subject of the round before.
"""

import re
from typing import Any

from fashionm3.agent.enquiry import Enquiry
from fashionm3.agent.heard import Heard
from fashionm3.agent.pointing import Pointing
from fashionm3.agent.round import Call, Round
from fashionm3.agent.trying import wants_try_on
from fashionm3.index.outfits import slot_of

_LOOK = re.compile(
    r"\b(?:outfits?|ootd|(?:whole|full|complete|entire) look|head to toe|top to toe|ensemble|"
    r"look for (?:an? |the |my |work|uni|school)|what (?:should|do|can|shall|would) i wear)\b",
    re.IGNORECASE,
)
_SEEK = re.compile(
    r"\b(?:show|find|search|look(?:ing)? for|do (?:you|u|ya) (?:have|sell|stock|do)|have (?:you|"
    r"u) got|"
    r"got any|any|need|want|after|buy|browse|list|where are|sell)\b|¿|\?$",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:other|another|different|instead|rather|swap|change|replace|lose|ditch|switch|exchange|"
    r"warmer|cooler|cheaper|lighter|smarter|brighter|darker|looser|tighter|longer|shorter|softer|"
    r"trop cher\w*|zu teuer|demasiado car\w*|muy car\w*|too (?:expensive|dear|pricey|much)|"
    r"less \w+|more \w+|not th(?:at|ose)|go and be|take out)\b",
    re.IGNORECASE,
)
_DRAW = re.compile(
    r"\b(?:draw\w*|design\w*|sketch\w*|pictures?|images?|illustrat\w*|generat\w*|render\w*|mock|"
    r"visuali[sz]e|imagine|dream up|creat\w*|paint\w*|invent|zeichne|dessine|dibuja|concept|"
    r"(?:make|do) (?:me|us|up)|what would .* look like|doodle|artwork|mood ?board)\b|画",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"\b(?:thank\w*|thx|ty|tks|cheers|ta|lovely|perfect|great|merci|danke|gracias|appreciate\w*|"
    r"love|"
    r"brilliant|nice|legend|sorted|good|awesome|amazing|fab\w*|superb|grand|wonderful|bye|happy|"
    r"helpful|star|done|all set|cool|sweet|excellent|beautiful|best|grateful|obliged|nailed|"
    r"spot on)\b",
    re.IGNORECASE,
)
_LIKE = re.compile(
    r"\b(?:more|similar|others?|stuff|things?|something|anything|ones|alternatives?) (?:like|to|"
    r"as)\b",
    re.IGNORECASE,
)
_LIKENESS = re.compile(
    r"\b(?:similar to|in the style of|along the lines of|close to|resembl\w+|vibe (?:as|of)|"
    r"same as|"
    r"lookalikes? of|in the direction of)\b",
    re.IGNORECASE,
)
_REPLACES = re.compile(r"\b(?:instead|swap|replace|change|rather|other than)\b", re.IGNORECASE)
_MATCHES = re.compile(
    r"\b(?:match\w*|goes? (?:well )?with|pair\w* with|wear with|combine\w*|style (?:it|this|that)|"
    r"around (?:it|this|that)|with (?:it|this one|that one))\b",
    re.IGNORECASE,
)
_PHOTO = re.compile(r"\b(?:photo|pic|picture|selfie|upload\w*|snap)\b", re.IGNORECASE)
_IMPERATIVE = re.compile(r"\b(?:swap|replace|change|exchange|switch)\b", re.IGNORECASE)
_DRAWS = re.compile(
    r"^\W*(?:(?:can|could|would|will) (?:you|u)|please|pls|now|ok|hey|hi)?\W*(?:draw|design|"
    r"sketch|paint|"
    r"illustrate|invent|dream up|dessine|dibuja|zeichne|render)\b",
    re.IGNORECASE,
)
_AS = re.compile(r"\b(?:like|similar to|based on|inspired by|in the style of|as)\b", re.IGNORECASE)
_DESIGNED = frozenset({"category", "color", "pattern", "material", "style"})
_NEEDS = re.compile(
    r"\b(?:needs?|finish\w*|complet\w*|missing|lacks?|add|still want\w*|goes with it)\b",
    re.IGNORECASE,
)
_THEM = re.compile(r"\b(?:them|these|those|they|ones)\b", re.IGNORECASE)
_POINTS = re.compile(
    r"\b(?:the|that|this|those|these|them|it|they|one|ones|which|[A-Z]|L\d)\b", re.IGNORECASE
)
_ARTICLE = re.compile(
    r"(?:^|\s)(?:the|those|these|my|die|der|das|den|le|la|les|el|los|las|mi|mis|mein\w*|mon|ma|"
    r"mes)$"
)
_BARE_WORDS = 4
_ATTRIBUTES = ("color", "material", "pattern", "style", "price_max", "negatives", "cheaper")


class Intents:
    """Reads one round.

    Args:
        round_: The round.
        heard: Its words, read.
        pointing: Its pointers, read.
        notes: What the words declare for good.
    """

    def __init__(
        self, round_: Round, heard: Heard, pointing: Pointing, notes: tuple[str, ...] = ()
    ) -> None:
        self._notes = notes
        self._round, self._heard, self._pointing = round_, heard, pointing
        self._text = round_.text
        self._enquiry = Enquiry(round_, pointing)
        told = [past.decision for past in round_.history if past.decision]
        self.later = bool(round_.done)
        self.last = [Call(tool="", args={}), *told, *round_.done][-1]

    def settled(self, call: Call, idle: bool, more: bool = False) -> Call:
        """Returns the action that is meant.

        Args:
            call: What the model wants.
            idle: It is small talk in which nothing was declared or asked about.
            more: The words ask for a second action too.
        """
        call = self._enquiry.settled(call)
        if call.tool == "ask":
            return self._asked(call)
        if call.tool == "reply":
            return self._spoken(call, idle)
        if call.tool == "design" and self.last.tool != "design" and not _DRAW.search(self._text):
            return Call(tool="search", args=dict(call.args))
        if call.tool == "search" and self._only_declares():
            return Call(tool="reply", args={"kind": "other"})
        if call.tool in ("search", "design") and not call.args.get("like"):
            call = self._drawn(call)
        if call.tool == "search" and not call.args.get("like"):
            return self._liked(call) or self._searched(call, more)
        if call.tool == "swap":
            return self._swapped(call)
        return self._composed(call) if call.tool == "outfit" else call

    def _composed(self, call: Call) -> Call:
        """A look: on the person where that is asked for, of a shown look, around a worn piece."""
        if self._trying():
            return self._try_on()
        args = dict(call.args)
        look = self._pointing.look()
        if look is not None:
            args["look"] = look
            if args.get("anchor") == look:
                args.pop("anchor")
        worn = {thing.ref: thing.category for thing in self._round.context.outfit}
        anchor = args.get("anchor")
        if anchor in worn and args.get("missing") == [worn[anchor]]:
            kept = {key: args[key] for key in _ATTRIBUTES if key in args}
            return Call(tool="swap", args={"target": anchor, **kept})
        return Call(tool="outfit", args=args)

    def _try_on(self) -> Call:
        return Call(tool="try_on", args={"target": self._pointing.worn_target(self._heard)})

    def _only_declares(self) -> bool:
        """Tells whether the words take something back for good and name no garment."""
        heard = self._heard
        return (
            any(note.startswith(("forget ", "lift ")) for note in self._notes)
            and not heard.wanted("category")
            and not _SEEK.search(self._text)
        )

    def _drawn(self, call: Call) -> Call:
        """A drawing, where the words ask for one; like the thing that they name."""
        args = dict(call.args)
        if call.tool == "search" and _DRAWS.search(self._text) and args.get("category"):
            call = Call(tool="design", args={k: v for k, v in args.items() if k in _DESIGNED})
        explicit = self._pointing.explicit()
        if call.tool == "design" and len(explicit) == 1 and _AS.search(self._text):
            return Call(tool="design", args={**call.args, "like": explicit[0]})
        return call

    def _asked(self, call: Call) -> Call:
        if self._trying():
            return self._try_on()
        return (
            self._changed_thing()
            or self._matched_thing()
            or self._finished()
            or self._gone_on()
            or call
        )

    def _finished(self) -> Call | None:
        """A look around its only piece, from the kinds that the words say it needs."""
        worn = self._round.context.outfit
        named = dict.fromkeys(span.value for span in self._heard.wanted("category"))
        missing = [kind for kind in named if all(thing.category != kind for thing in worn)]
        if len(worn) != 1 or not missing or not _NEEDS.search(self._text):
            return None
        return Call(tool="outfit", args={"anchor": worn[0].ref, "missing": missing})

    def _gone_on(self) -> Call | None:
        """The subject of the round before with another trait, or a kind that is plainly named."""
        traits = any(self._heard.wanted(slot) for slot in ("color", "material", "pattern", "style"))
        if traits and self.last.tool == "design":
            return self._on_with("design", Call(tool="design", args={}))
        if traits and self.last.tool == "search" and _THEM.search(self._text):
            kept = {k: v for k, v in self.last.args.items() if k not in ("like", "note")}
            return Call(tool="search", args=kept)
        if self._heard.wanted("category") and not _POINTS.search(self._text):
            return self._searched(Call(tool="search", args={}))
        return None

    def _swapped(self, call: Call) -> Call:
        if self.last.tool == "design" and not self._names_other_kind():
            return self._on_with("design", call)
        shown = {thing.ref: thing for thing in self._round.context.shown}
        thing = shown.get(str(call.args.get("target")))
        if thing and _LIKE.search(self._text) and not _REPLACES.search(self._text):
            kept = {key: call.args[key] for key in _SEARCHED if key in call.args}
            return Call(tool="search", args={"category": thing.category, **kept, "like": thing.ref})
        return call

    def _liked(self, call: Call) -> Call | None:
        """A search whose words say that it should be like a thing that they name."""
        found = self._pointing.explicit()
        if len(found) != 1 or not (_LIKE.search(self._text) or _LIKENESS.search(self._text)):
            return None
        context = self._round.context
        thing = next(t for t in (*context.shown, *context.outfit) if t.ref == found[0])
        args = {"category": thing.category, **call.args, "like": found[0]}
        return Call(tool="search", args=args)

    def _matched_thing(self) -> Call | None:
        """What goes with the one thing on the screen that the words point at."""
        if not _MATCHES.search(self._text):
            return None
        found = self._pointing.pointed().refs
        shown = self._round.context.shown
        if not found and len(shown) == 1 and not self._round.context.outfit:
            found = (shown[0].ref,)
        return Call(tool="outfit", args={"anchor": found[0]}) if len(found) == 1 else None

    def _trying(self) -> bool:
        if not self._round.context.photo:
            return False
        if wants_try_on(self._text):
            return True
        before = self._round.history[-1] if self._round.history else None
        asked = before is not None and wants_try_on(before.user) and self.last.tool == "ask"
        return asked and _PHOTO.search(self._text) is not None

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

    def _spoken(self, call: Call, idle: bool) -> Call:
        kind = call.args.get("kind")
        heard = self._heard
        named = bool(heard.wanted("category"))
        if kind in ("other", "off_topic", "about_item") and self._trying():
            return self._try_on()
        if kind == "other" and wants_try_on(self._text) and not self._round.context.photo:
            return Call(tool="try_on", args={"target": "outfit"})
        worn = self._worn_of_kind(call) if kind != "refuse" else None
        if worn is not None and _REPLACES.search(self._text) and _IMPERATIVE.search(self._text):
            return Call(tool="swap", args={"target": worn})
        idle = idle or (kind == "care" and not self._enquiry.about_care)
        if idle and self.last.tool == "swap" and (heard.rules_out or heard.limit is not None):
            changed = {} if heard.limit is None else {"price_max": heard.limit}
            return self._on_with("swap", Call(tool="swap", args=changed))
        seeks = _SEEK.search(self._text) is not None or heard.foreign
        empty = kind == "thanks" and not _THANKS.search(self._text)
        if named and (idle or empty or (kind == "off_topic" and seeks)):
            return self._searched(Call(tool="search", args={}))
        if (idle or empty) and self._narrows(seeks):
            carried = self.last.args if self.last.tool == "search" else {}
            kept = {k: v for k, v in carried.items() if k not in ("like", "note")}
            return Call(tool="search", args=kept)
        return call

    def _narrows(self, seeks: bool) -> bool:
        """Tells whether the words hold a limit or a trait, and not a declaration."""
        heard = self._heard
        traits = [slot for slot in ("color", "material", "pattern") if heard.wanted(slot)]
        short = len(self._text.split()) <= 4 and self.last.tool == "search"
        return bool(traits or heard.limit or heard.rules_out) and (seeks or short)

    def _searched(self, call: Call, more: bool = False) -> Call:
        if not self._heard.wanted("category") and _LOOK.search(self._text):
            args = {k: v for k, v in call.args.items() if k in _OUTFIT}
            if "price_max" in call.args:
                args["budget_max"] = call.args["price_max"]
            return Call(tool="outfit", args=args)
        goes_on = self.last.tool in ("swap", "design") and not self._names_other_kind()
        if goes_on and (self.last.tool == "design" or not _SEEK.search(self._text)):
            return self._on_with(self.last.tool, call)
        worn = self._worn_of_kind(call)
        if worn is not None and self._free(worn) and self._changes(worn):
            kept = {key: call.args[key] for key in _ATTRIBUTES if key in call.args}
            return Call(tool="swap", args={"target": worn, **kept})
        return call

    def _on_with(self, tool: str, call: Call) -> Call:
        """Goes on with the piece of the round before: what was said then still holds."""
        before: dict[str, Any] = {
            key: value for key, value in self.last.args.items() if key not in ("with", "note")
        }
        new = {key: call.args[key] for key in _ATTRIBUTES if key in call.args}
        if tool == "design":
            new.pop("price_max", None)
            new.pop("negatives", None)
            new.pop("cheaper", None)
        return Call(tool=tool, args={**before, **new})

    def _names_other_kind(self) -> bool:
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

    def _worn_of_kind(self, call: Call) -> str | None:
        named = [span.value for span in self._heard.wanted("category")]
        category = str(call.args.get("category") or (named[0] if named else ""))
        worn = self._round.context.outfit
        same = [thing.ref for thing in worn if thing.category == category]
        if not same and category:
            same = [t.ref for t in worn if t.category and slot_of(t.category) == slot_of(category)]
        return same[0] if len(same) == 1 else None

    def _changes(self, ref: str) -> bool:
        if _CHANGE.search(self._text):
            return True
        for span in self._heard.wanted("category"):
            if _ARTICLE.search(self._text[: span.start].lower().rstrip()):
                return True
        return self._bare()

    def _bare(self) -> bool:
        """Tells whether nothing but a kind and its traits is said, beside a look: its new piece."""
        few = len(self._text.split()) <= _BARE_WORDS and not _SEEK.search(self._text)
        return few and self.last.tool in ("outfit", "swap")


_OUTFIT = frozenset({"occasion", "color", "style", "season", "gender", "negatives"})
_SEARCHED = frozenset({"color", "material", "pattern", "style", "price_max", "negatives"})
