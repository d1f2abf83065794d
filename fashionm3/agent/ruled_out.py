"""No-gos: what the words rule out, and which of a model's no-gos the words back."""

import re
from collections.abc import Iterable
from typing import Any

from fashionm3.agent.heard import Heard, Read

_SLOTS = ("color", "material", "pattern", "style")
_FILL = r"(?:(?:too|so|that|any|a|an|the|in|with|more|made|of|at|all|really|quite)\s+)*"
_PHRASE = re.compile(
    rf"(?:^|[,.;!?:(–-]\s*|\b(?:and|but|with|has|had|have|please|pls|n|or)\s+|\b)"
    rf"(?P<cue>no|without|w/o|nothing|not|minus|sans)\s+{_FILL}"
    r"(?P<what>[^\W\d_][\w'-]*(?:\s+[^\W\d_][\w'-]*)??)\b"
    r"(?=\s*(?:$|[,.;!?:)–]|(?:and|or|but|please|pls|at all|whatsoever|mind|though|that|remember|"
    r"this "
    r"time|with|in|for|same|on)\b))",
    re.IGNORECASE,
)
_HAS = re.compile(r"\b(?:has|have|had|got|got|is|'s|are|there's|make)\s+$")
_LOOSE_NOT = re.compile(r"(?:^|[,.;!?:(–-]\s*|\b(?:and|but|n|or)\s+)$", re.IGNORECASE)
_NOTHING_RULED_OUT_WORDS = """
problem problems idea ideas thanks thank more one wait sorry sure really worries worry rush
matter way need longer doubt stress biggie chance clue luck point joke offence else yet now bad
much many only just for to over above under below interested fussed bothered happy this that
these those it them they me he she you we i is are was here there fan mine going working looking
buying price limit budget money preference less least even bigger hurry go good nice great
exceeding dearer cheaper new from on up down hope such what which who luckily please special
particular hidden feelin feeling liking loving than same another other rules show shows see
love caps trying looking being having getting spending going breaking feeling thinking
not object rest mad clever yes expense ever hang no but well honestly really nope nah
"""
_NOTHING_RULED_OUT = frozenset(_NOTHING_RULED_OUT_WORDS.split())
_CUES = (
    r"\b(?:no|not|non|without|nothing|nowt|never|minus|sans|ohne|sin|kein\w*|avoid|except|hate|"
    r"w/o|nor|instead of|rather than|other than|anything but|leave|leaving|skip|lose|done with|"
    r"sick of|tired of|\w+n['’]?t|cannot|dislikes?|hates?|loathe|detest|despise|allergic|rid of|"
    r"ban\w*|"
    r"look (?:dead|ill|awful|terrible|pale|sick|washed)|fed up|enough of|zero|hardly)\b"
)
_BEHIND = (
    r"(?:free|not|no|out|off|annoys?|itch\w*|scratch\w*|sweat\w*|isn['’]?t|aren['’]?t|never|"
    r"makes? me|"
    r"washes me|irritates?|bothers?)\b"
)
_CUE = re.compile(rf"\b(?:no|not|without|nothing|sans)\s+{_FILL}$")
_OWNED = re.compile(r"\b(?:i have|i've|i got|have|got|there's|has)\s+\w+\s+$")
_COMPARED = re.compile(
    r"\b(?:better than|more than|sooner than|rather than|instead of|replac\w+)\s+"
    r"(?:in |a |an |the )?$"
)
_NO_TRAITS = frozenset({"gender", "season", "occasion", "category"})
_MAX_WORDS = 4


class RuledOut:
    """Reads the no-gos of one message.

    Args:
        heard: The message, read.
        before: What was said and decided earlier, lower case.
    """

    def __init__(self, heard: Heard, before: str) -> None:
        self._text, self._before = heard.text.lower(), before
        self._reads, self._foreign = heard.reads, heard.foreign

    def all_of(self, said: Iterable[str], notes: Iterable[str]) -> list[str]:
        """Returns the model's no-gos that are backed, and those of the words that it missed.

        Args:
            said: The model's.
            notes: Declarations of this message; what is disliked is a no-go at once.
        """
        kept = [negative for negative in said if self._backed(negative)]
        for negative in (*self._read(), *self._phrases(), *_disliked(notes)):
            if not _has(kept, negative):
                kept.append(negative)
        return list(dict.fromkeys(kept))

    def kinds(self) -> list[str]:
        """Returns the garments that are ruled out, which only a whole look can do without."""
        ruled = [read.span for read in self._reads if read.negated and read.span.slot == "category"]
        if self._foreign:
            return [f"no {span.extra.get('kind', span.value)}" for span in ruled]
        return [
            f"no {span.surface.lower()}"
            for span in ruled
            if _CUE.search(self._text[: span.start]) and not _OWNED.search(self._text[: span.start])
        ]

    def unstyle(self, args: dict[str, Any]) -> None:
        """Takes out of a style what is a no-go or said to be too much of: "too formal".

        Args:
            args: A call's arguments, no-gos included; changed.
        """
        for slot in ("style", "pattern"):
            said = str(args.get(slot) or "")
            if not said:
                continue
            barred = {
                word for negative in args.get("negatives") or [] for word in _content(negative)
            }
            too = [word for word in said.split() if self._too(word)]
            kept = [w for w in said.split() if w not in barred and w not in too]
            if too and slot == "style":
                kept.append(f"less {too[0]}")
            args[slot] = " ".join(kept)

    def _too(self, word: str) -> bool:
        return re.search(rf"\btoo (?:\w+ )?{re.escape(word)}\b", self._text) is not None

    def _backed(self, negative: str) -> bool:
        words = _content(negative)
        if re.search(r"\d", negative) or len(words) > _MAX_WORDS or not words:
            return False
        if words[0] in _NOTHING_RULED_OUT:
            return False
        if all(word[:4] in self._before for word in words):
            return True
        values = " ".join(read.span.value for read in self._reads if read.negated)
        if self._foreign and values:
            return all(word in values for word in words)
        return any(self._ruled(word) for word in words)

    def _ruled(self, word: str) -> bool:
        stem = re.escape(word[:4])
        after = rf"{_CUES}(?:[\s,]+[\w'’-]+){{0,5}}?[\s,]+{stem}"
        behind = rf"\b{stem}[\w-]*(?:[\s,]+[\w'’-]+){{0,5}}?[\s,-]+{_BEHIND}"
        return re.search(f"{after}|{behind}", self._text) is not None

    def _read(self) -> list[str]:
        ruled = [read for read in self._reads if read.negated and read.span.slot in _SLOTS]
        # What is only less wanted than something else is no no-go.
        return [
            self._negative(read)
            for read in ruled
            if not _COMPARED.search(self._text[: read.span.start])
        ]

    def _negative(self, read: Read) -> str:
        """Writes a no-go in the words; of another language in the lexicon's."""
        what = read.span.value if self._foreign else read.span.surface.lower()
        return f"{'no' if read.span.slot == 'material' else 'not'} {what}"

    def _phrases(self) -> list[str]:
        """Things that the lexicon does not know: "no laces", "nothing strappy"."""
        found: list[str] = []
        if self._foreign:
            return found
        for match in _PHRASE.finditer(self._text):
            cue, what = match["cue"].lower(), match["what"]
            if _HAS.search(self._text[: match.start("cue")]):
                continue
            if cue == "not" and not _LOOSE_NOT.search(self._text[: match.start("cue")]):
                continue
            words = what.split()
            if any(self._named(word) or len(word) == 1 for word in words):
                continue
            if not any(word in _NOTHING_RULED_OUT for word in words):
                found.append(f"{'no' if cue in ('no', 'without', 'w/o') else 'not'} {what}")
        return found

    def _named(self, word: str) -> bool:
        """Tells whether a word is a person or a season, which are no traits."""
        others = [read.span for read in self._reads if read.span.slot in _NO_TRAITS]
        return any(word in span.surface.lower().split() for span in others)


def _disliked(notes: Iterable[str]) -> list[str]:
    return [f"no {note.partition(' ')[2]}" for note in notes if note.startswith("dislikes ")]


def _content(negative: str) -> list[str]:
    return re.findall(r"[\w-]{2,}", re.sub(r"^(?:no|not)\s+", "", negative.lower()))


def _has(kept: Iterable[str], negative: str) -> bool:
    stems = {word[:4] for old in kept for word in _content(old)}
    return any(word[:4] in stems for word in _content(negative))
