"""Counts what a pointer fits: one thing is a reference, several are a question.

Models guess when they should count. Explicit references, places (the second one, the last),
superlatives of price, colours and kinds are read from the words; a bare "that one" with several
things on the screen is asked back.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fashionm3.agent import cues
from fashionm3.agent.heard import Heard
from fashionm3.agent.patterned import by_pattern
from fashionm3.agent.round import Call, Round, Thing
from fashionm3.agent.spelled import PLACES, spelled, spelled_look
from fashionm3.index.lexicon import Lexicon

_PLACE = re.compile(
    r"\b(?:the|your|that)\s+"
    r"(first|1st|second|2nd|third|3rd|fourth|4th|fifth|5th|sixth|6th|last|middle)"
    r"(?:\s+(?:one|item|option|pair|piece)s?\b|\s+(?:of|in|on)\s+(?:them|these|those|the (?:list|"
    r"lot))\b|"
    r"(?=\s*(?:$|[,.!?]|but|in|it|with|without|and|please|instead|is|for|to)))",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:\b(?:number|no\.?|nr\.?)\s*|#)([1-9])\b", re.IGNORECASE)
_CHEAPEST = re.compile(r"\bthe\s+(?:cheapest|least expensive)\b", re.IGNORECASE)
_DEAREST = re.compile(r"\bthe\s+(?:most expensive|priciest|dearest)\b", re.IGNORECASE)
_BARE = re.compile(
    r"\b(?:that one|this one|that|this|it|the other one|those|these)\b", re.IGNORECASE
)
_ONE = re.compile(r"\b(?:the|that|this)\s+([\w-]+)\s+(?:ones?|pair|number)\b", re.IGNORECASE)
_DEFINITE = re.compile(r"\b(?:the|that|those|this|these)\s+$", re.IGNORECASE)
_AROUND = re.compile(
    r"\b(?:around|with|from|on|about)\s+(?:it|that|them|one|the (?:first|second|third|last|best|"
    r"cheapest)|one of (?:them|those))\b",
    re.IGNORECASE,
)
PHOTO = "Could you add a photo of yourself? I need one for that."
_ONE_OF = re.compile(r"\b(?:one|any|either) of (?:those|these|them)\b", re.IGNORECASE)
_REFS = {"swap": ("target",), "search": ("like",), "outfit": ("anchor",), "try_on": ("target",)}


@dataclass(frozen=True)
class Pointed:
    """The references that the words point at; empty where they don't point."""

    refs: tuple[str, ...] = ()
    bare: bool = False


class Pointing:
    """Reads the pointers of one message on one screen.

    Args:
        text: The words.
        round_: Its round.
        lexicon: The shared lexicon.
    """

    def __init__(self, text: str, round_: Round, lexicon: Lexicon) -> None:
        self._text, self._round, self._lexicon = text, round_, lexicon
        context = round_.context
        self._shown, self._worn = context.shown, context.outfit

    def corrected(self, call: Call) -> Call:
        """Returns the call, its reference put right, or a question where it fits several things."""
        if call.tool == "try_on" and not self._round.context.photo:
            return Call(tool="ask", args={"question": PHOTO})
        if call.tool == "search" and "like" not in call.args and self._one_of_several():
            return Call(tool="ask", args={})
        if call.tool == "try_on" and (
            call.args.get("target") in (None, "outfit") or self.look() is not None
        ):
            return self._tried()
        return self._about(call) if call.tool == "reply" else self._referred(call)

    def _referred(self, call: Call) -> Call:
        for name in _REFS.get(call.tool, ()):
            said = call.args.get(name)
            if said is None or not self._is_thing(str(said)):
                continue
            pointed = self.pointed()
            if call.tool == "swap" and self._unsettled(call):
                return Call(tool="ask", args={})
            if call.tool == "swap" and said in self._worn_among(pointed):
                return call
            if len(pointed.refs) > 1 and call.tool != "search":
                named = "with" in call.args or str(said) in self.explicit()
                return call if named and not pointed.bare else Call(tool="ask", args={})
            if len(pointed.refs) == 1 and self._may_replace(call, str(said), pointed.refs[0]):
                return Call(tool=call.tool, args={**call.args, name: pointed.refs[0]})
            if self._guessed(pointed, str(said)):
                return Call(tool="ask", args={})
        return call

    def _one_of_several(self) -> bool:
        """Tells whether "that one" stands alone, with several things shown."""
        if len(self._shown) < 2 or not cues.THAT_ONE.search(self._text) or self.pointed().refs:
            return False
        kinds = any(span.slot == "category" for span in self._lexicon.spans(self._text))
        return not kinds and self.spoken_of() is None

    def _worn_among(self, pointed: Pointed) -> tuple[str, ...]:
        """Returns the only worn piece of several that a kind names, which a swap is about."""
        worn = {thing.ref for thing in self._worn}
        found = tuple(ref for ref in pointed.refs if ref in worn)
        return found if len(found) == 1 and not pointed.bare else ()

    def _unsettled(self, call: Call) -> bool:
        """Tells whether the words leave open which piece goes, or which one comes."""
        if self.explicit():
            return False
        several = len(self.among_shown()) > 1
        return ("with" in call.args and several) or _ONE_OF.search(self._text) is not None

    def _tried(self) -> Call:
        """Resolves what "it" is in a try-on: a pointed thing, the look, or the only thing shown."""
        look, found = self.look(), self.pointed().refs
        if look is not None or len(found) == 1:
            return Call(tool="try_on", args={"target": look or found[0]})
        if len(found) > 1 or (not self._worn and len(self._shown) > 1):
            return Call(tool="ask", args={})
        if not self._worn and self._shown:
            return Call(tool="try_on", args={"target": self._shown[0].ref})
        return Call(tool="try_on", args={"target": "outfit"})

    def _about(self, call: Call) -> Call:
        """Asks back where a question is about one of several things and no words say which."""
        said = call.args.get("about")
        if call.args.get("kind") not in ("about_item", "care"):
            return call
        found = self.pointed().refs
        if said is None:
            return self._about_it(call, found)
        if len(found) == 1 and found[0] != said and said not in self.explicit():
            return Call(tool="reply", args={**call.args, "about": found[0]})
        if len(found) > 1 and not self.explicit():
            return Call(tool="ask", args={})
        return Call(tool="ask", args={}) if self._guessed(Pointed(found), str(said)) else call

    def _about_it(self, call: Call, found: Sequence[str]) -> Call:
        """Gives a question about "it" what was spoken of last, or the only thing there is."""
        things = self._shown or self._worn
        if not found and not _BARE.search(self._text):
            return call
        if not found and self._is_thing(str(self.spoken_of())):
            found = (str(self.spoken_of()),)
        found = found or tuple(thing.ref for thing in things)
        if len(found) > 1 and not self.explicit():
            return Call(tool="ask", args={})
        return Call(tool="reply", args={**call.args, "about": found[0]}) if found else call

    def worn_target(self, heard: Heard) -> str:
        """Returns the one piece of the look whose kind the words name, or the whole outfit."""
        named = {span.value for span in heard.wanted("category")}
        things = [*self._round.context.outfit, *self._round.context.shown]
        fits = [thing.ref for thing in things if thing.category in named]
        said = re.findall(r"[\w-]+", self._text)
        fits += [thing.ref for thing in things if len(thing.ref) > 1 and thing.ref in said]
        fits += [t.ref for t in things if t.ref in said and t.ref.isupper() and t.ref != "A"]
        return fits[0] if len(set(fits)) == 1 else "outfit"

    def anchored(self, call: Call) -> Call:
        """Gives a look its anchor where it is the second action: around what was just found."""
        if "anchor" in call.args or not self._shown or not _AROUND.search(self._text):
            return call
        found = self.pointed().refs
        anchor = found[0] if len(found) == 1 else self._shown[0].ref
        return Call(tool=call.tool, args={**call.args, "anchor": anchor})

    def _is_thing(self, ref: str) -> bool:
        return ref in {thing.ref for thing in (*self._shown, *self._worn)}

    def _may_replace(self, call: Call, said: str, found: str) -> bool:
        explicit = self.explicit()
        if said in explicit or "with" in call.args or (call.tool == "swap" and "like" in call.args):
            return False
        return said != found

    def _guessed(self, pointed: Pointed, said: str) -> bool:
        """Tells whether a bare pointer was turned into one of several shown things."""
        if pointed.refs or said not in {thing.ref for thing in self._shown}:
            return False
        if len(self._shown) < 2 or not _BARE.search(self._text):
            return False
        return self.spoken_of() != said and not self._names_kind(said)

    def _names_kind(self, ref: str) -> bool:
        thing = next(thing for thing in self._shown if thing.ref == ref)
        return any(span.value == thing.category for span in self._lexicon.spans(self._text))

    def spoken_of(self) -> str | None:
        """Returns the reference that the round before was about."""
        told = [past.decision for past in self._round.history if past.decision is not None]
        for call in [*told, *self._round.done][-1:]:
            for name in ("about", "target", "like", "anchor", "with"):
                if call.args.get(name):
                    return str(call.args[name])
        return None

    def pointed(self) -> Pointed:
        """Returns what the words point at, the most explicit way first."""
        explicit = self.explicit()
        if explicit:
            return Pointed(tuple(explicit))
        things = self._shown or self._worn
        if not things:
            return Pointed()
        for found in (self._place(things), self._price(things), self._look(things)):
            if found is not None:
                return found
        return Pointed()

    def explicit(self) -> list[str]:
        """Returns the references that the words spell out."""
        return spelled(self._text, [thing.ref for thing in (*self._shown, *self._worn)])

    def look(self) -> str | None:
        """Returns the look that the words name where looks are shown."""
        return spelled_look(self._text, [look.ref for look in self._round.context.looks])

    def patterned(self) -> tuple[str, ...]:
        """Returns the shown things whose pattern the words point at."""
        return by_pattern(self._text, self._shown, self._lexicon)

    def among_shown(self) -> tuple[str, ...]:
        """Returns the shown things that a place, a price or a look at the words picks."""
        for found in (self._place(self._shown), self._price(self._shown), self._look(self._shown)):
            if found is not None:
                shown = {thing.ref for thing in self._shown}
                return tuple(ref for ref in found.refs if ref in shown)
        return ()

    def _place(self, things: Sequence[Thing]) -> Pointed | None:
        match = _PLACE.search(self._text)
        numbered = _NUMBERED.search(self._text)
        if numbered and not any(thing.ref.isdigit() for thing in things):
            position = int(numbered.group(1)) - 1
            return Pointed((things[position].ref,)) if position < len(things) else None
        if match is None or not things:
            return None
        word = match.group(1).lower()
        if word == "last":
            return Pointed((things[-1].ref,))
        if word == "middle":
            return Pointed((things[len(things) // 2].ref,)) if len(things) % 2 else None
        position = PLACES[word]
        return Pointed((things[position].ref,)) if position < len(things) else None

    def _price(self, things: Sequence[Thing]) -> Pointed | None:
        priced = [thing for thing in things if thing.price is not None]
        for pattern, pick in ((_CHEAPEST, min), (_DEAREST, max)):
            if priced and pattern.search(self._text):
                best = pick(thing.price or 0.0 for thing in priced)
                return Pointed(tuple(thing.ref for thing in priced if thing.price == best))
        return None

    def _look(self, things: Sequence[Thing]) -> Pointed | None:
        patterned = by_pattern(self._text, things, self._lexicon)
        if patterned:
            return Pointed(patterned)
        match = _ONE.search(self._text)
        if match is None:
            return self._named(things)
        word = match.group(1)
        color, kind = self._lexicon.color(word), self._lexicon.category(word)
        if color is not None:
            fits = [thing.ref for thing in things if thing.color == color]
        elif kind is not None:
            fits = [thing.ref for thing in things if thing.category == kind.category]
        else:
            return None
        return Pointed(tuple(fits)) if fits else None

    def _named(self, things: Sequence[Thing]) -> Pointed | None:
        """Reads "the red dress" and "the shoes": things of that kind, and colour if one is said."""
        spans = self._lexicon.spans(self._text)
        for n, span in enumerate(spans):
            if span.slot != "category":
                continue
            start, color = span.start, None
            if n and spans[n - 1].slot == "color" and spans[n - 1].end + 1 >= span.start:
                start, color = spans[n - 1].start, spans[n - 1].value
            if not _DEFINITE.search(self._text[:start]):
                continue
            pool = [*self._worn, *self._shown] if things is self._shown else list(things)
            fits = [
                thing.ref
                for thing in pool
                if thing.category == span.value and color in (None, thing.color)
            ]
            if fits:
                return Pointed(tuple(fits))
        return None
