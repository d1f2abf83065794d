"""Wordings of samples: templates by section, and names of pieces in words."""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from fashionm3.index.kinds import of_words
from fashionm3.index.lexicon import Kind, Lexicon
from fashionm3.index.lexicon.inflection import article, is_plural
from fashionm3.index.outfits import spoken
from fashionm3.types import Item

_MARK = re.compile(r"\{(\w+)\}")
_NOUNS = {
    "outerwear": "jacket", "longsleeve": "long-sleeved top", "pants": "trousers",
    "undershirt": "vest",
}  # fmt: skip
"""Names of categories that nobody would say."""

_START = re.compile(r"(?:^|[.?!] )[a-z]")


@dataclass(frozen=True)
class Wording:
    """A template and the marks that must be filled."""

    text: str
    marks: frozenset[str]

    def fill(self, values: Mapping[str, str]) -> str:
        """Fills the marks; sentences start with a capital unless the template is careless."""
        filled = _MARK.sub(lambda mark: values[mark.group(1)], self.text)
        if self.text[:1].islower():
            return filled
        return _START.sub(lambda start: start.group().upper(), filled)


@cache
def wordings(section: str) -> tuple[Wording, ...]:
    """Returns the templates of a section, e.g. ``human.basic``."""
    return tuple(Wording(line, frozenset(_MARK.findall(line))) for line in _sections()[section])


@cache
def surfaces(section: str) -> dict[str, tuple[str, ...]]:
    """Returns value to the words for it: of ``item`` or ``occasion``."""
    rows = (line.partition(": ") for line in _sections()[section])
    return {value: tuple(words.split(" | ")) for value, _, words in rows}


@cache
def _sections() -> dict[str, tuple[str, ...]]:
    text = (files("fashionm3.training.fashionrec") / "words.txt").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith("## "):
            lines = found.setdefault(line[3:], [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return {name: tuple(lines) for name, lines in found.items()}


def say(section: str, values: Mapping[str, str], rng: random.Random) -> tuple[str, frozenset[str]]:
    """Draws a wording whose marks are all known, and fills it.

    Returns:
        The words, and the marks that they said.
    """
    usable = [wording for wording in wordings(section) if wording.marks <= values.keys()]
    chosen = rng.choice(usable)
    return chosen.fill(values), chosen.marks


def listed(names: Sequence[str]) -> str:
    """Joins names as a sentence does: "a, b and c"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def printed(word: str) -> str:
    """Returns a value as people say it before a noun: "animal-print"."""
    return f"{word}-print" if word in ("animal", "graphic") else word


class Namer:
    """Names pieces in plain words: colour, pattern, material and kind, never brand or title.

    Args:
        lexicon: Knows the kinds.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._kinds: dict[tuple[str, str], Kind | None] = {}

    def kind(self, item: Item) -> Kind | None:
        """Returns the kind that the title names, or the plain kind of the category."""
        place = (item.title, item.category)
        if place not in self._kinds:
            named = of_words(item.title, self._lexicon)
            right = named is not None and named.category == item.category
            plain = _NOUNS.get(item.category, item.category)
            self._kinds[place] = named if right else self._lexicon.category(plain)
        return self._kinds[place]

    def noun(self, item: Item) -> str:
        """Returns the kind in words: "chelsea boots"."""
        kind = self.kind(item)
        if kind is not None and kind.category == item.category:
            return _NOUNS.get(kind.name, kind.name)
        return _NOUNS.get(item.category, item.category)

    def bare(self, item: Item) -> str:
        """Returns "brown leather chelsea boots", each word once."""
        pattern = printed(item.pattern or "plain").replace("plain", "")
        color = "multicoloured" if item.main_color == "multicolor" else item.main_color
        words = [w for part in (color, pattern, item.material) if part for w in part.split()]
        noun = self.noun(item)
        said = {*noun.split(), *(f"{word}-print" for word in noun.split())}
        kept = [word for word in dict.fromkeys(words) if word not in said]
        return " ".join([*kept, noun])

    def short(self, item: Item) -> str:
        """Returns colour and kind: "brown chelsea boots"."""
        color = item.main_color if item.main_color != "multicolor" else "multicoloured"
        noun = self.noun(item)
        return noun if color is None or color in noun.split() else f"{color} {noun}"

    def is_plural(self, item: Item) -> bool:
        """Tells whether a sentence calls the piece "they"."""
        kind = self.kind(item)
        return kind.paired if kind is not None else is_plural(item.category)

    def one(self, item: Item) -> str:
        """Returns "a pair of brown leather chelsea boots" or "a navy coat"."""
        kind = self.kind(item)
        bare = self.bare(item)
        return f"a pair of {bare}" if kind is not None and kind.paired else article(bare)

    def asked(self, category: str, rng: random.Random) -> str:
        """Returns words that ask for a category: "a bag", "shoes"."""
        return rng.choice(surfaces("item").get(category) or (article(spoken(category)),))
