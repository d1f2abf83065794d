"""Reading of the lexicon's tables, which are package data."""

from collections.abc import Iterator
from importlib.resources import files
from types import MappingProxyType

from fashionm3.index.lexicon.inflection import is_plural
from fashionm3.index.lexicon.terms import NOTHING, Kind

_PAIRED = frozenset(
    {"pants", "shorts", "shoes", "socks", "tights", "gloves", "glasses", "underwear", "nightwear"}
)


def text(name: str) -> str:
    """The content of a data file."""
    return (files("fashionm3.index.lexicon") / "data" / name).read_text(encoding="utf-8")


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a tab-separated table as lists as long as its header."""
    lines = text(name).splitlines()
    width = lines[0].count("\t") + 1
    for line in lines[1:]:
        cells = line.split("\t")
        yield cells + [""] * (width - len(cells))


def listed(cell: str) -> tuple[str, ...]:
    """The names of a cell, which commas separate."""
    return tuple(name for name in (part.strip() for part in cell.split(",")) if name)


def attributes(cell: str) -> dict[str, str]:
    """Pairs of a cell: ``material=faux leather season=winter``."""
    pairs: dict[str, str] = {}
    last = ""
    for word in cell.split():
        name, sign, value = word.partition("=")
        if sign:
            pairs[name], last = value, name
        elif last:
            pairs[last] += f" {word}"
    return pairs


def kinds() -> list[tuple[Kind, tuple[str, ...]]]:
    """Every kind with its names as written.

    Behind a name ``!`` says that it is not inflected, ``?`` that it also is an ordinary word.
    """
    found = []
    for category, name, style, aliases, cell in rows("kinds.tsv"):
        plain = name.rstrip("?!")
        written = (name, *listed(aliases))
        broad, extra = cell.split()[:1] == ["broad"], attributes(cell)
        kind = Kind(
            name=plain,
            category=category,
            style=style,
            aliases=tuple(alias.rstrip("?!") for alias in written[1:]),
            extra=MappingProxyType(extra) if extra else NOTHING,
            broad=broad,
            paired=category in _PAIRED and is_plural(plain),
        )
        found.append((kind, written))
    return found
