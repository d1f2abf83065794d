"""Queries as shoppers write them, composed from the lexicon, for training the text tower."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from fashionm3.index.lexicon import Kind, Lexicon
from fashionm3.index.lexicon.inflection import plural
from fashionm3.index.lexicon.terms import Slot
from fashionm3.training.dialogues.noise import roughen
from fashionm3.types import CATEGORIES


@dataclass(frozen=True)
class Query:
    """What a shopper might write and what it says.

    Attributes:
        text: The words.
        category: One of `CATEGORIES`.
        color: A plain colour that the words demand, or None.
        pattern: A plain pattern that the words demand, or None.
    """

    text: str
    category: str
    color: str | None = None
    pattern: str | None = None


class QueryWriter:
    """Composes queries: a name of the lexicon, what people say around it, and how they type.

    Args:
        lexicon: Names of garments, colours, materials, patterns, occasions.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._kinds = {category: lexicon.kinds(category) for category in CATEGORIES}
        self._surfaces = {slot: _surfaces(lexicon, slot) for slot in _AROUND}
        self._garments = _read_garments()
        self._phrases = _read("phrases.txt")

    def write(
        self,
        category: str,
        rng: random.Random,
        color: str | None = None,
        pattern: str | None = None,
        free: bool = True,
    ) -> Query:
        """Returns one query for a category.

        Args:
            category: One of `CATEGORIES`.
            rng: Draws everything.
            color: Plain colour to name, or None.
            pattern: Plain pattern to name, or None.
            free: Whether colours and patterns that were not given may be said as well.
        """
        details, alone = self._garments[category]
        if free and rng.random() < 0.06:
            return Query(roughen(rng.choice(alone), rng), category)
        kind = self._kind(category, rng, free)
        said_color = color or (self._value("color", 0.3, rng) if free else None)
        said_pattern = pattern or (self._value("pattern", 0.1, rng) if free else None)
        before = [
            self._surface("style", 0.1, rng),
            self._named("color", said_color, rng),
            self._named("pattern", said_pattern, rng),
            self._surface("material", 0.15, rng),
        ]
        name = _name(kind, rng)
        detail = rng.choice(details) if rng.random() < 0.35 else ""
        if detail and rng.random() < 0.35:
            before.append(detail.removeprefix("with "))
            detail = ""
        words = [*_some(before, rng), name, detail, *self._behind(rng)]
        phrase = rng.choice(self._phrases).replace("{x}", " ".join(word for word in words if word))
        return Query(roughen(phrase, rng), category, said_color, said_pattern)

    def _kind(self, category: str, rng: random.Random, free: bool) -> Kind:
        """Draws the plain name and the broad names more often than special kinds."""
        kinds = self._kinds[category]
        if not free:
            kinds = [k for k in kinds if not k.extra and (k.broad or not k.style)] or kinds
        weights = [4.0 if not kind.style or kind.broad else 1.0 for kind in kinds]
        return rng.choices(kinds, weights)[0]

    def _behind(self, rng: random.Random) -> list[str]:
        gender = self._surface("gender", 0.12, rng)
        if gender and not gender.startswith("for "):
            gender = f"for {gender}"
        occasion, season = self._surface("occasion", 0.1, rng), self._surface("season", 0.05, rng)
        said = [gender, occasion and f"for {occasion}", season and f"for {season}"]
        return [word.replace("for for ", "for ") for word in said if word]

    def _value(self, slot: Slot, chance: float, rng: random.Random) -> str | None:
        return rng.choice(list(self._surfaces[slot])) if rng.random() < chance else None

    def _named(self, slot: Slot, value: str | None, rng: random.Random) -> str:
        if value is None or value not in self._surfaces[slot]:
            return value or ""
        return value if rng.random() < 0.5 else rng.choice(self._surfaces[slot][value])

    def _surface(self, slot: Slot, chance: float, rng: random.Random) -> str:
        return self._named(slot, self._value(slot, chance, rng), rng)


_AROUND: tuple[Slot, ...] = (
    "color", "pattern", "material", "gender", "season", "occasion", "style",
)  # fmt: skip


def class_prompts(lexicon: Lexicon, category: str) -> list[str]:
    """Returns the fixed prompts of a category: its plain names in a few plain phrases."""
    plain = [kind for kind in lexicon.kinds(category) if not kind.style]
    names = list(dict.fromkeys([category, *(kind.name for kind in plain)]))
    phrases = ("{}", "a photo of a {}", "{} for women", "{} for men", "a picture of a {} for sale")
    return [phrase.format(name) for name in names for phrase in phrases]


def _name(kind: Kind, rng: random.Random) -> str:
    name = kind.name if rng.random() < 0.5 else rng.choice([kind.name, *kind.aliases])
    return plural(name) if rng.random() < 0.3 and not kind.paired else name


def _some(words: Sequence[str], rng: random.Random) -> list[str]:
    kept = [word for word in words if word]
    if rng.random() < 0.2:
        rng.shuffle(kept)
    return kept


def _surfaces(lexicon: Lexicon, slot: Slot) -> dict[str, list[str]]:
    return {value: lexicon.surfaces(slot, value) for value in lexicon.values(slot)}


def _read(name: str) -> list[str]:
    file = files("fashionm3.training") / "words" / name
    return [line for line in file.read_text(encoding="utf-8").splitlines() if line]


def _read_garments() -> dict[str, tuple[list[str], list[str]]]:
    rows = [line.split("\t") for line in _read("garments.tsv")[1:]]
    return {name: (_listed(details), _listed(alone)) for name, details, alone in rows}


def _listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(",")]
