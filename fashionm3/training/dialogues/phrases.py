"""Reads the written phrasings: sections of templates with placeholders and literal labels.

A line is what a shopper could say: ``{color} {kinds} for [my lad](gender=kids), up to {max}``.
``{...}`` is filled by the composer and becomes a label; ``[words](key=value)`` are the words
themselves, carrying the label.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files

from fashionm3.errors import InputError

_NAMES = """color color2 kind kinds a_kind kind2 kinds2 a_kind2 material pattern style occasion
season gender max min budget no ref ref2 piece look owned missing size likes dislikes amount
visual"""
LANGUAGES = ("en", "de", "fr", "es", "zh")
"""Languages that phrasings are written in; a file of another one than English is named by it."""

PLACEHOLDERS = frozenset(_NAMES.split())
LITERAL = re.compile(r"\[([^\[\]]+)\]\(([^()]*)\)")
HOLE = re.compile(r"\{([a-z_0-9]+)\}")
_KEY = re.compile(r"(?:^|,\s*)([a-z_]+)=")


@dataclass(frozen=True)
class Phrase:
    """One written phrasing.

    Attributes:
        section: ``search.new`` and so on.
        text: The words with ``{placeholders}``; literal labels are already taken out.
        labels: Key and value of each literal label; a value may hold placeholders.
        holes: The placeholders, in order.
        quiet: Placeholders inside the words of a literal label: the literal alone labels them.
        tool: For ``more.then``: the second action's tool.
        language: Of the words; labels are English in every language.
    """

    section: str
    text: str
    labels: tuple[tuple[str, str], ...]
    holes: tuple[str, ...]
    quiet: frozenset[str] = frozenset()
    tool: str | None = None
    language: str = "en"

    @property
    def held_out(self) -> bool:
        """Whether this phrasing belongs to the twentieth that training never sees."""
        return self.digest[0] % 20 == 0

    @property
    def digest(self) -> bytes:
        """What draws are made by, so that they are the same for everybody."""
        return hashlib.sha256(f"{self.section}:{self.text}".encode()).digest()


def parse(line: str, section: str, where: str = "phrase", language: str = "en") -> Phrase:
    """Reads one line.

    Raises:
        InputError: A placeholder is unknown or a literal label is malformed.
    """
    tool = None
    if section == "more.then":
        tool, _, line = line.partition(":")
    found: list[tuple[str, str]] = []
    quiet: set[str] = set()

    def keep(match: re.Match[str]) -> str:
        quiet.update(HOLE.findall(match.group(1)))
        found.extend(labels(match.group(2), where))
        return match.group(1)

    text = LITERAL.sub(keep, line.strip())
    holes = tuple(HOLE.findall(text))
    unknown = set(holes) - PLACEHOLDERS
    if unknown:
        raise InputError(f"{where}: unknown placeholder {sorted(unknown)}")
    if "](" in text:
        raise InputError(f"{where}: malformed literal label in {text!r}")
    second = tool.strip() if tool else None
    return Phrase(section, text, tuple(found), holes, frozenset(quiet), second, language)


def labels(text: str, where: str) -> list[tuple[str, str]]:
    """Returns key and value of each part of a literal label."""
    starts = list(_KEY.finditer(text))
    if not starts or starts[0].start() != 0:
        raise InputError(f"{where}: expected key=value, got {text!r}")
    ends = [match.start() for match in starts[1:]] + [len(text)]
    return [
        (match.group(1), text[match.end() : end].strip().strip(","))
        for match, end in zip(starts, ends, strict=True)
    ]


def shipped() -> Iterator[Phrase]:
    """Yields every phrasing of the package, in the files' order.

    Raises:
        InputError: A line can't be read; the message names file and line.
    """
    folder = files("fashionm3.training") / "phrases"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".txt"):
            yield from read(file.read_text(encoding="utf-8"), file.name)


def part_of(phrases: Iterable[Phrase], share: float) -> list[Phrase]:
    """Returns a share of the phrasings of every section and language, at least one of each.

    A smaller share is a part of a larger one.

    Args:
        phrases: To draw from.
        share: 0..1.
    """
    if share >= 1:
        return list(phrases)
    sections: dict[tuple[str, str], list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        sections[phrase.language, phrase.section].append(phrase)
    kept: list[Phrase] = []
    for section in sections.values():
        drawn = sorted(section, key=lambda phrase: phrase.digest[1:])
        kept += drawn[: max(round(share * len(section)), 1)]
    return kept


def read(text: str, name: str) -> Iterator[Phrase]:
    """Yields the phrasings of one file's text."""
    section = ""
    stem = name.partition(".")[0]
    language = stem if stem in LANGUAGES else "en"
    for n, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if line.startswith("## "):
            section = line[3:].strip()
        elif line and not line.startswith("#"):
            yield parse(line, section, f"{name}:{n}", language)
