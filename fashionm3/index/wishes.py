"""What a query's words wish for: soft votes on data, words to look up, a text to encode.

Nothing here filters; a vote only moves an item up.
"""

from dataclasses import dataclass

from fashionm3.index.lexicon import Lexicon, Span
from fashionm3.index.tokens import content, tokenize

_EXTRAS = ("material", "pattern", "season", "color", "gender")
_MOST_NAMES = 12


@dataclass(frozen=True)
class Wishes:
    """A query as the lexicon reads it.

    Attributes:
        votes: Pairs of field and plain value, without repetition.
        synonyms: Normal words of other names of the same kinds.
        text: The query with misspelt names corrected.
    """

    votes: tuple[tuple[str, str], ...] = ()
    synonyms: tuple[str, ...] = ()
    text: str = ""

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories that the words name."""
        return tuple(value for slot, value in self.votes if slot == "category")

    @property
    def colors(self) -> tuple[str, ...]:
        """The plain colours that the words name."""
        return tuple(value for slot, value in self.votes if slot == "color")


def read_wishes(text: str, lexicon: Lexicon) -> Wishes:
    """Reads a query's words."""
    spans = lexicon.spans(text) if text.strip() else []
    votes: list[tuple[str, str]] = []
    synonyms: list[str] = []
    for span in spans:
        votes.append((span.slot, span.value))
        votes += [(slot, span.extra[slot]) for slot in _EXTRAS if slot in span.extra]
        if span.slot == "category":
            synonyms += _names(span, lexicon)
    said = set(tokenize(text))
    other = (word for word in dict.fromkeys(synonyms) if word not in said)
    return Wishes(tuple(dict.fromkeys(votes)), tuple(other), _corrected(text, spans))


def _names(span: Span, lexicon: Lexicon) -> list[str]:
    name = span.extra.get("kind", "")
    kind = next((kind for kind in lexicon.kinds(span.value) if kind.name == name), None)
    if kind is None:
        return [*content(tokenize(span.value))]
    names = (kind.name, *kind.aliases)[:_MOST_NAMES]
    return [word for name in names for word in content(tokenize(name))]


def _corrected(text: str, spans: list[Span]) -> str:
    parts, end = [], 0
    for span in spans:
        meant = span.extra.get("kind", span.value) if span.fuzzy else span.surface
        parts += [text[end : span.start], meant]
        end = span.end
    return " ".join("".join([*parts, text[end:]]).split())
