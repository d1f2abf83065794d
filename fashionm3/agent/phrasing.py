"""Puts free values into the shopper's own words, which is what they are meant to be in."""

import re
from difflib import get_close_matches
from itertools import pairwise

from fashionm3.agent.heard import Heard
from fashionm3.index.lexicon import Lexicon, Span

_EVENT_WORDS = """
party parties wedding night evening weekend week day dinner lunch do reunion trip opening
festival ceremony reception event tour cruise interview ball gala concert gig class shift season
celebration meeting walk practice
"""
_EVENT = frozenset(_EVENT_WORDS.split())
_STOP_WORDS = """
a an the my our your his her their this that these those own old some for to of in on at with
and or but is are was has have had got need needs want i i've i'd me you we it what which from
by as match matching goes go going around wear style pair
"""
_STOP = frozenset(_STOP_WORDS.split())
_DRESS_CODES = frozenset(
    {
        "smart casual",
        "business casual",
        "casual",
        "formal",
        "smart",
        "dressy",
        "elegant",
        "black tie",
    }
)
_WAYS = frozenset(
    {
        "casual",
        "smart casual",
        "formal",
        "sports",
        "sport",
        "sporty",
        "maternity",
        "athleisure",
        "lounge",
    }
)
_GOING = re.compile(
    r"(?:^|\b(?:for|to|at|on|attend\w*|have|got|a|an|the|my|our)\b(?:\s+[\w'’]+){0,2})\s*$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w'’-]*|\d+s?\b")
_LONGEST_GAP = 2


class Phrasing:
    """Knows the words of one message.

    Args:
        heard: The message, read.
        lexicon: The shared lexicon.
    """

    def __init__(self, heard: Heard, lexicon: Lexicon) -> None:
        self._heard, self._lexicon = heard, lexicon
        self._words = [match.group().lower() for match in _WORD.finditer(heard.text)]

    def kind(self, span: Span) -> str:
        """Returns the words for a kind within its category: "chelsea boots", "pencil"."""
        if self._heard.foreign:
            return span.style
        words = span.surface.lower().split()
        if len(words) > 1:
            last = self._lexicon.category(words[-1])
            if last is not None and not last.style and last.category == span.value:
                words = words[:-1]
        style = span.style.split()
        own = [word for word in words if word in style or self._lexicon.color(word) is None]
        return " ".join(word for word in own if not self._is_fabric(span, word))

    def _is_fabric(self, span: Span, word: str) -> bool:
        return "material" in span.extra and self._lexicon.material(word) == span.extra["material"]

    def style(self, said: str) -> str:
        """Returns a style in which plain names of kinds and cuts are as the shopper said them."""
        if self._heard.foreign:
            return said
        spans = [*self._heard.wanted("category"), *self._heard.wanted("style")]
        for span in spans:
            plain = (span.style or (span.value if span.slot == "style" else "")).lower()
            own = self.kind(span) if span.slot == "category" else span.surface.lower()
            if plain and own and not self._said(plain):
                said = _replaced(said, plain, own)
        return self.near(said)

    def _said(self, phrase: str) -> bool:
        """Tells whether each word of a phrase is in the message, in whatever number."""
        return all(
            any(own.startswith(word) and len(own) <= len(word) + 4 for own in self._words)
            for word in phrase.split()
        )

    def near(self, said: str) -> str:
        """Mends words that a model began rightly and ended wrongly (karaound: karaoke)."""
        return " ".join(self._mended(self._parted(word)) for word in said.split())

    def _parted(self, word: str) -> str:
        """Returns a compound as the message has it: long-sleeved, where it says long sleeves."""
        parts = word.lower().split("-")
        if len(parts) != 2 or word.lower() in self._words or not all(parts):
            return word
        for first, second in pairwise(self._words):
            if first == parts[0] and second[:4] == parts[1][:4]:
                return f"{first} {second}"
        return word

    def _mended(self, word: str) -> str:
        plain = word.lower()
        if len(plain) < 5 or self._said(plain):
            return word
        fits = {own for own in self._words if own[:5] == plain[:5] and len(own) > 4}
        fits |= {own for own in self._words if len(own) > 3 and _inflects(plain, own)}
        return fits.pop() if len(fits) == 1 else word

    def occasion(self, said: str) -> str:
        """Returns an occasion as the whole phrase that names it in the message."""
        said = self.near(said)
        places = [self._words.index(word) for word in said.lower().split() if word in self._words]
        if not places or len(places) < len(said.split()):
            return said
        first, last = min(places), max(places) + 1
        if last - first > len(places) + _LONGEST_GAP:
            return said
        while last < len(self._words) and self._words[last] in _EVENT and self._joined(last):
            last += 1
        if set(self._words[first:last]) & (_STOP - {"of", "the"}):
            return said
        return " ".join(self._words[first:last])

    def _joined(self, n: int) -> bool:
        pair = rf"\b{re.escape(self._words[n - 1])}\s+{re.escape(self._words[n])}\b"
        return re.search(pair, self._heard.text.lower()) is not None

    def missed_occasion(self) -> str | None:
        """Returns the first occasion that the message names."""
        for span in self._heard.wanted("occasion"):
            if self._heard.foreign:
                return span.value
            surface = span.surface.lower().removeprefix("for ").removeprefix("the ")
            code = self.is_dress_code(surface)
            if code or (self.is_event(surface) and _GOING.search(self._heard.text[: span.start])):
                return surface if code else self.occasion(surface)
        return None

    def is_event(self, occasion: str) -> bool:
        """Tells whether an occasion is something to go to, and not a way to dress."""
        return (self._lexicon.occasion(occasion) or occasion) not in _WAYS

    def is_dress_code(self, occasion: str) -> bool:
        """Tells whether an occasion is really a way to dress."""
        return occasion.lower() in _DRESS_CODES

    def own_piece(self, said: str) -> str:
        """Returns the phrase that names a piece of the shopper's, up to its last word."""
        if all(get_close_matches(word, self._words, 1, 0.75) for word in said.lower().split()):
            return said
        head = said.lower().split()[-1] if said.split() else ""
        if head not in self._words or self._said(said.lower()):
            return said
        end = self._words.index(head)
        first = end
        while first > 0 and self._words[first - 1] not in _STOP and end - first < 4:
            first -= 1
        return " ".join(self._words[first : end + 1])


def _inflects(word: str, own: str) -> bool:
    return word.startswith(own) and len(word) - len(own) <= 3


def _replaced(said: str, plain: str, own: str) -> str:
    """Writes ``own`` where ``said`` holds the words of ``plain`` side by side."""
    pattern = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", plain))
    return re.sub(rf"(?<![\w-]){pattern}(?![\w-])", lambda _: own, said.lower(), count=1)
