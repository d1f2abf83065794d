"""Style, material, pattern and occasion of a call held against the words."""

import re
from typing import Any

from fashionm3.agent.heard import Heard
from fashionm3.agent.phrasing import Phrasing
from fashionm3.index.lexicon import Lexicon, Span

_OWN_SLOTS = frozenset({"color", "gender", "season"})
_FREE = ("material", "pattern", "occasion", "style")
_DULL = frozenset({"for", "in", "a", "an", "the", "no", "not", "and", "of", "one", "ones", "any"})
_FOR = re.compile(
    r"\b(?:swap|change|switch|exchange|replace|trade)\b.*\b(?:for|with|into|to)\s+(?:an? |some )?$"
)
_ONE = re.compile(r"\s+ones?\b")
_MOTIF = re.compile(r"\b([a-z][\w-]*(?:\s[a-z][\w-]*)?)\s+(?:pattern|print|motif)s?\b")


class FreeValues:
    """Corrects the free values of one round's calls.

    Args:
        heard: The words, read.
        lexicon: The shared lexicon.
        before: What was said and decided earlier, lower case.
    """

    def __init__(self, heard: Heard, lexicon: Lexicon, before: str) -> None:
        self._heard, self._lexicon, self._before = heard, lexicon, before
        self._phrasing = Phrasing(heard, lexicon)
        self._text = heard.text.lower()
        self._replaced: str | None = None

    def correct(self, tool: str, args: dict[str, Any], replaced: str | None = None) -> None:
        """Puts right what a call says freely.

        Args:
            tool: The action.
            args: Its arguments; changed.
            replaced: Category of the piece that a swap replaces.
        """
        self._replaced = replaced
        self._moved(tool, args)
        for slot in ("material", "pattern"):
            self._named(tool, slot, args)
        self._kinds(tool, args)
        if tool in ("search", "swap", "design"):
            self._cuts(args)
        for slot in _FREE:
            if isinstance(args.get(slot), str):
                args[slot] = self._kept(slot, args)
        self._styled(tool, args)
        if tool in ("outfit", "search"):
            self._occasion(tool, args)
        if isinstance(args.get("anchor"), str):
            args["anchor"] = self._phrasing.own_piece(args["anchor"])

    def _moved(self, tool: str, args: dict[str, Any]) -> None:
        """Moves values that stand under a wrong name: a fabric that is none, a motif."""
        pattern = str(args.get("pattern") or "")
        if self._is_style(pattern):
            args["style"] = f"{args.get('style') or ''} {args.pop('pattern')}".strip()
        material = str(args.get("material") or "").lower()
        motifs = [match.group(1) for match in _MOTIF.finditer(self._text)]
        if material and any(material in motif for motif in motifs):
            args.setdefault("pattern", args.pop("material"))
        elif material and material in self._text and self._is_style(material):
            style = str(args.get("style") or "")
            args["style"] = f"{args.pop('material')} {style}".strip()
        style = str(args.get("style") or "")
        if style and tool == "outfit" and self._is_occasion(style):
            args.setdefault("occasion", args.pop("style"))
        occasion = str(args.get("occasion") or "")
        said_for = re.search(rf"\bfor (?:a |an )?{re.escape(occasion.lower())}\b", self._text)
        if self._phrasing.is_dress_code(occasion) and not args.get("style") and not said_for:
            args["style"] = args.pop("occasion")

    def _is_occasion(self, value: str) -> bool:
        slots = {span.slot for span in self._lexicon.spans(value, fuzzy=False)}
        return slots == {"occasion"} and self._phrasing.is_event(value)

    def _is_style(self, value: str) -> bool:
        slots = {span.slot for span in self._lexicon.spans(value, fuzzy=False)}
        return not slots & {"material", "pattern"} and (
            "style" in slots or value.startswith("non-")
        )

    def _kinds(self, tool: str, args: dict[str, Any]) -> None:
        """Puts the kind within the category, and what its name says besides, into a call."""
        if tool not in ("search", "design", "swap"):
            return
        category = args.get("category") if tool != "swap" else self._replaced
        spans = [span for span in self._heard.wanted("category") if span.value == category]
        if tool == "swap":
            spans = [span for span in spans if self._comes(span)]
        for span in spans:
            for slot in ("material", "pattern"):
                value = self._own_value(span, slot) if span.extra.get(slot) else None
                if value and not args.get(slot):
                    args[slot] = value
        styled = [span for span in spans if span.style]
        said = str(args.get("style") or "").lower()
        if not styled or any(_shares(said, span.style, span.surface) for span in styled):
            return
        span = styled[-1]
        own = self._phrasing.kind(span)
        if own and span.style not in (args.get("material"), args.get("pattern")):
            args["style"] = f"{said} {own}".strip()

    def _comes(self, span: Span) -> bool:
        """Tells whether a kind is what should come: "swap these for derbies", "a cap one"."""
        for_it = _FOR.search(self._text[: span.start])
        return bool(for_it or _ONE.match(self._text, span.end))

    def _cuts(self, args: dict[str, Any]) -> None:
        """Adds the cuts and fits that the words hold and the model missed."""
        spans = self._heard.wanted("style")
        said = str(args.get("style") or "").lower()
        for span in spans:
            if not _shares(said, span.value, span.surface):
                said = f"{said} {self._own(span)}".strip()
        if said:
            args["style"] = said

    def _own(self, span: Span) -> str:
        """Returns what was said; of another language what it means."""
        return span.value if self._heard.foreign else span.surface.lower()

    def _own_value(self, span: Span, slot: str) -> str | None:
        for word in span.surface.lower().split():
            known = self._lexicon.material if slot == "material" else self._lexicon.pattern
            if known(word) == span.extra[slot] and not word.startswith("print"):
                return word
        return span.extra[slot] if slot == "material" else None

    def _named(self, tool: str, slot: str, args: dict[str, Any]) -> None:
        spans = self._heard.wanted(slot)
        said = args.get(slot)
        if spans and tool in ("search", "design") and not self._covers(slot, said, spans):
            args[slot] = self._spelt(slot, self._own(spans[0]))
        elif said is not None and not spans and self._says_other(slot, str(said)):
            args.pop(slot)
        elif said is not None:
            args[slot] = self._spelt(slot, str(said))

    def _spelt(self, slot: str, said: str) -> str:
        """Returns a word as it was said, or as it is spelt where it was misspelt: "lether"."""
        if any(span.slot == slot for span in self._lexicon.spans(said, fuzzy=False)):
            return said
        known = self._lexicon.material if slot == "material" else self._lexicon.pattern
        return known(said) or said

    def _covers(self, slot: str, said: object, spans: list[Span]) -> bool:
        """Tells whether a value names its slot, or holds the words that do."""
        words = set(str(said or "").lower().split())
        if not words:
            return False
        if words <= set(re.findall(r"[\w-]+", self._text)) and slot == "pattern":
            return not all(self._says_other(slot, word) for word in words)
        if self._is_name(slot, said):
            return True
        return any(set(span.surface.lower().split()) <= words for span in spans)

    def _is_name(self, slot: str, said: object) -> bool:
        known = self._lexicon.material if slot == "material" else self._lexicon.pattern
        return bool(said) and known(str(said)) is not None

    def _says_other(self, slot: str, said: str) -> bool:
        """Tells whether a material or pattern is really a colour, a garment or a person."""
        slots = {span.slot for span in self._lexicon.spans(said, fuzzy=False)}
        return bool(slots) and slot not in slots and not self._is_name(slot, said)

    def _kept(self, slot: str, args: dict[str, Any]) -> str:
        """Keeps the words of a free value that were said, or that the lexicon reads in them."""
        said = str(args[slot]).lower()
        said = self._phrasing.style(said) if slot == "style" else self._phrasing.near(said)
        heard = f"{self._text} {self._before}"
        meant, dull = self._meant(slot), self._dull(slot, args)
        kept: list[str] = []
        for word in said.split():
            known = _stem(word) in heard or word in meant
            again = any(other.startswith(word[:4]) for other in kept if len(word) > 3)
            if known and word not in dull and not again:
                kept.append(word)
        return " ".join(kept)

    def _meant(self, slot: str) -> set[str]:
        meant: list[str] = []
        for read in self._heard.reads:
            span = read.span
            meant += [span.style, span.extra.get(slot, "")]
            meant += [span.value] if span.slot == slot else []
        return set(" ".join(meant).lower().split())

    def _dull(self, slot: str, args: dict[str, Any]) -> set[str]:
        """Words that say nothing in a slot because another one holds them."""
        if slot == "pattern":
            return {*_DULL, *self._colors(args)}
        if slot == "material":
            return {*_DULL, *self._colors(args)} - {"of"}
        if slot != "style":
            return set(_DULL) - {"of"}
        dull = {str(args.get("category")), f"{args.get('category')}s", *_DULL}
        for read in self._heard.reads:
            held = read.span.slot in ("material", "pattern") and args.get(read.span.slot)
            if read.span.slot in _OWN_SLOTS or (held and not read.negated):
                dull.add(read.span.surface.lower())
        for other in ("pattern", "occasion", "season"):
            dull |= set(str(args.get(other) or "").lower().split())
        return dull

    def _styled(self, tool: str, args: dict[str, Any]) -> None:
        """Writes a style as it is spelt, and a swap's direction as it was said."""
        style = self._spelt_kind(str(args.get("style") or ""))
        if tool == "swap":
            style = " ".join(map(self._compared, style.split()))
        if style:
            args["style"] = style

    def _spelt_kind(self, said: str) -> str:
        """Returns a kind as it is written: "raincoat" for "rain coat", mended where misspelt."""
        joined = said.replace(" ", "")
        kind = self._lexicon.category(joined)
        if joined != said and kind is not None and kind.style == joined:
            return joined
        spans = self._heard.wanted("category")
        return next((s.style for s in spans if s.fuzzy and s.surface.lower() == said), "") or said

    def _compared(self, word: str) -> str:
        """Returns a direction as the words have it: "softer", "more baggy"."""
        if re.search(rf"\bmore {re.escape(word)}\b", self._text):
            return f"more {word}"
        stem = word.removesuffix("e").removesuffix("y")
        longer = re.search(rf"\b{re.escape(stem)}\w?i?er\b", self._text)
        return longer.group() if longer and len(stem) > 2 else word

    def _colors(self, args: dict[str, Any]) -> set[str]:
        """Words for the colour of a call, which other values repeat: "white cotton"."""
        color = args.get("color") or "none"
        return {
            word for word in re.findall(r"[\w-]+", self._text) if self._lexicon.color(word) == color
        }

    def _occasion(self, tool: str, args: dict[str, Any]) -> None:
        if args.get("occasion"):
            args["occasion"] = self._phrasing.occasion(args["occasion"])
        elif tool == "outfit" and "look" not in args:
            missed = self._phrasing.missed_occasion()
            if missed is not None and not _shares(str(args.get("anchor") or ""), missed):
                if self._phrasing.is_dress_code(missed):
                    args.setdefault("style", missed)
                elif not _shares(str(args.get("style") or ""), missed):
                    args["occasion"] = missed


def _stem(word: str) -> str:
    """Returns what must be in the words for a word to be taken as said."""
    return word if len(word) < 5 else word[: max(4, len(word) - 3)]


def _shares(words: str, *others: str) -> bool:
    have = {word.rstrip("s") for word in words.replace("-", " ").split()}
    return any(
        have & {word.rstrip("s") for word in other.lower().replace("-", " ").split()}
        for other in others
    )
