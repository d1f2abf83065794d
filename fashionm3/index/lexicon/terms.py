"""The values of the lexicon: kinds of garment, terms of a slot, spans of a text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from fashionm3.index.lexicon.inflection import article, plural, singular

Slot = Literal["category", "color", "material", "pattern", "gender", "season", "occasion", "style"]
"""What a span says; ``style`` is a cut, a length or a fit that stands for itself."""

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of garment as shops and shoppers name it.

    Attributes:
        name: Its usual name: "chelsea boots", "duffle coat".
        category: One of the planner's categories or a further term ("bag").
        style: The kind within the category; empty for the category's plain name.
        aliases: Other names, spellings, regional words and slang.
        extra: What the name says besides: ``material``, ``season``, ``pattern``, ``color`` or
            ``gender``.
        broad: A wide everyday name ("coat", "jumper") that says little more than the category.
        paired: The name is a plural that people count in pairs ("a pair of jeans").
    """

    name: str
    category: str
    style: str = ""
    aliases: tuple[str, ...] = ()
    extra: Mapping[str, str] = field(default_factory=lambda: NOTHING, hash=False)
    broad: bool = False
    paired: bool = False

    @property
    def singular(self) -> str:
        """One of it: "chelsea boot"; "jeans" where the word has no other form."""
        return self.name if self.paired and self.category in _NO_SINGULAR else singular(self.name)

    @property
    def plural(self) -> str:
        """Several of it: "duffle coats"."""
        return self.name if self.paired else plural(self.name)

    @property
    def with_article(self) -> str:
        """How a sentence names one: "an anorak", "a pair of brogues"."""
        return f"a pair of {self.name}" if self.paired else article(self.name)


_NO_SINGULAR = frozenset({"pants", "shorts", "tights", "glasses", "underwear", "nightwear"})


@dataclass(frozen=True, slots=True)
class Term:
    """What one surface form means in one slot.

    Attributes:
        weak: It also is an ordinary word and counts only where its surroundings agree.
        head: A singular noun that another noun may follow ("shirt" in "shirt dress").
    """

    slot: Slot
    value: str
    weak: bool = False
    kind: Kind | None = None
    head: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text that names something.

    Attributes:
        slot: What it speaks about.
        surface: The text's own characters, ``text[start:end]``.
        start: Offset of the first character.
        end: Offset behind the last character.
        value: The plain word: a category, one of the plain colours, a material, ...
        style: For a category, the kind within it; empty for its plain name.
        extra: What it says besides (``material`` of jeans). For a category ``kind`` is the kind's
            name, ``said`` the form that was used where it differs from the style, ``broad`` marks
            a wide everyday name and ``head`` a singular.
        fuzzy: A misspelling was read.
    """

    slot: Slot
    surface: str
    start: int
    end: int
    value: str
    style: str = ""
    extra: Mapping[str, str] = field(default_factory=lambda: NOTHING, hash=False)
    fuzzy: bool = False
