"""What pictures say beside words: they give the kind and the colour that words leave open."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fashionm3.agent.heard import Heard
from fashionm3.agent.patterned import bearers, pattern_meant
from fashionm3.agent.round import Call, Round, Thing
from fashionm3.errors import InputError
from fashionm3.index.lexicon import Lexicon


@dataclass(frozen=True)
class Seen:
    """What one picture shows.

    Attributes:
        category: One of the catalogue's.
        color: A plain colour word.
        pattern: The likeliest pattern.
        patterns: How likely each pattern is, 0..1; empty where a model does not tell.
    """

    category: str
    color: str
    pattern: str
    patterns: dict[str, float] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """What is shown in words: "blue striped shirt"."""
        words = (self.color, self.pattern, self.category)
        return " ".join(word for word in words if word != "plain")


See = Callable[[bytes], Seen]

_BY_LOOKS = re.compile(
    r"\b(?:stripe\w*|stripy|strip(?:ed|ey)|pattern\w*|print\w*|plain|check\w*|plaid|tartan|dot\w*|"
    r"spot\w*|polka|flor\w*|flower\w*|animal|leopard|zebra|camo\w*|graphic|logo)\b",
    re.IGNORECASE,
)


_OF_SUBJECT = (
    *("style", "material", "pattern", "occasion", "season", "negatives", "missing"),
    *("price_min", "price_max", "budget_max"),
)
"""Arguments that belong to what was looked for, not to whom it is for."""


def read_picture(path: str) -> bytes:
    """Returns the bytes of a picture file.

    Raises:
        InputError: It can't be read.
    """
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise InputError(f"picture {path[:200]!r} can't be read: {error}") from None


def pictured(call: Call, seen: Seen, heard: Heard) -> Call:
    """Returns a call with what the picture shows, wherever the words say nothing else.

    Args:
        call: The decision, held against its words.
        seen: Category, colour and pattern of the picture.
        heard: The words, read.
    """
    args: dict[str, Any] = dict(call.args)
    if call.tool == "search" and "like" not in args:
        if not heard.wanted("category"):
            args["category"] = seen.category
        ruled_out = {read.span.value for read in heard.reads if read.negated}
        for slot, shown in (("color", seen.color), ("pattern", seen.pattern)):
            if heard.wanted(slot) or shown in ruled_out or shown == "plain":
                continue
            args[slot] = shown
    elif call.tool == "outfit" and not _points(args.get("anchor")):
        args["anchor"] = f"{seen.color} {seen.category}"
    return Call(tool=call.tool, args=args)


def afresh(call: Call, last: Call, heard: Heard) -> Call:
    """Returns a call without what it repeats of the round before: a picture is a new subject.

    Args:
        call: The decision for words that came with a picture.
        last: The decision of the round before.
        heard: The words, read.
    """
    said = heard.text.lower()
    repeated = {
        name
        for name in _OF_SUBJECT
        if name in call.args
        and call.args[name] == last.args.get(name)
        and not heard.wanted(name)
        and str(call.args[name]).lower() not in said
    }
    if not repeated or call.tool not in ("search", "outfit"):
        return call
    return Call(tool=call.tool, args={k: v for k, v in call.args.items() if k not in repeated})


def as_seen(call: Call, said: Call, heard: Heard) -> Call:
    """Returns a corrected call with what the model itself saw, wherever the words say nothing else.

    Args:
        call: The decision, held against its words: what they don't bear out is gone.
        said: The decision as the model made it, with the picture before it.
        heard: The words, read.
    """
    if call.tool != said.tool:
        return call
    args: dict[str, Any] = dict(call.args)
    ruled_out = {read.span.value for read in heard.reads if read.negated}
    for slot in ("category", "color", "pattern", "material"):
        shown = said.args.get(slot)
        if shown is None or slot in args or heard.wanted(slot) or shown in ruled_out:
            continue
        args[slot] = shown
    if "anchor" in said.args and not _points(args.get("anchor")):
        args["anchor"] = said.args["anchor"]
    return Call(tool=call.tool, args=args)


def _points(anchor: object) -> bool:
    """Tells whether an anchor is a reference, which no words of a picture replace."""
    return anchor is not None and " " not in str(anchor) and len(str(anchor)) < 8


def with_patterns(round_: Round, see: See, lexicon: Lexicon) -> Round:
    """Looks at shown things where the words point by looks and the data know no pattern.

    Raises:
        InputError: A picture can't be read.
    """
    shown = round_.context.shown
    unknown = [thing for thing in shown if thing.pattern is None and thing.picture is not None]
    if not unknown or not _BY_LOOKS.search(round_.text):
        return round_
    seen = {thing.ref: see(read_picture(str(thing.picture))) for thing in unknown}
    meant = pattern_meant(round_.text, lexicon)
    chosen = _chosen(meant, shown, seen) if meant else frozenset()
    looked = tuple(
        _looked(thing, seen[thing.ref], meant, thing.ref in chosen) if thing.ref in seen else thing
        for thing in shown
    )
    return round_.model_copy(
        update={"context": round_.context.model_copy(update={"shown": looked})}
    )


def _chosen(meant: str, shown: Sequence[Thing], seen: dict[str, Seen]) -> frozenset[str]:
    """Returns the references of the things that have the pattern that the words point by."""
    shares = {thing.ref: float(thing.pattern == meant) for thing in shown}
    for ref, found in seen.items():
        shares[ref] = found.patterns.get(meant, float(found.pattern == meant))
    return bearers(shares)


def _looked(thing: Thing, seen: Seen, meant: str | None, chosen: bool) -> Thing:
    """Returns a thing with what its picture shows; of a pattern meant, others show the next."""
    pattern: str | None = seen.pattern
    if chosen:
        pattern = meant
    elif pattern == meant:
        others = {name: share for name, share in seen.patterns.items() if name != meant}
        pattern = max(others, key=lambda name: others[name], default=None)
    update = {"pattern": pattern}
    for slot, value in (("color", seen.color), ("category", seen.category)):
        if getattr(thing, slot) is None:
            update[slot] = value
    return thing.model_copy(update=update)
