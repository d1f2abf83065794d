"""Reading of a text: longest forms first, without overlap."""

from collections.abc import Mapping
from types import MappingProxyType

from fashionm3.index.lexicon.context import Context, Match, Reading
from fashionm3.index.lexicon.inflection import WORD, fold
from fashionm3.index.lexicon.spelling import Spelling
from fashionm3.index.lexicon.terms import NOTHING, Span, Term
from fashionm3.index.lexicon.vocabulary import Vocabulary

_SHADES = frozenset(
    [
        "dark",
        "light",
        "pale",
        "bright",
        "deep",
        "soft",
        "muted",
        "dusty",
        "vivid",
        "warm",
        "cool",
        "pastel",
        "medium",
        "mid",
        "faded",
        "neon",
        "washed",
        "dusky",
        "rich",
        "hot",
        "burnt",
        "vibrant",
    ]
)
_SUFFIXES = frozenset({"coloured", "colored", "colour", "color", "tone", "toned", "ish"})
_MIN_PART = 3
_MARKS = frozenset({"broad", "head"})
_HEADS = frozenset({"dress", "outerwear", "bag", "socks", "set"})
"""Categories whose nouns take a garment before them: "jumper dress", "cardigan coat"."""


class Matcher:
    """Finds spans in texts over one or more vocabularies, the first of which wins."""

    def __init__(
        self, vocabularies: tuple[Vocabulary, ...], context: Context, spelling: Spelling
    ) -> None:
        self._vocabularies = vocabularies
        self._context = context
        self._spelling = spelling

    def spans(self, text: str, fuzzy: bool) -> list[Span]:
        """The spans of a text in order; see `Lexicon.spans`."""
        found = list(WORD.finditer(text))
        reading = Reading(text, [fold(m[0]) for m in found], [m.span() for m in found])
        matches = self._matches(reading, fuzzy)
        chosen = self._chosen(matches, reading)
        return self._merged([_span(match, term, reading) for match, term in chosen], text)

    def _matches(self, reading: Reading, fuzzy: bool) -> list[Match]:
        words, changed = reading.words, set()
        if fuzzy:
            words = list(words)
            for k, word in enumerate(words):
                meant = self._spelling.correct(word)
                if meant is not None and not self._joins(reading.words, k):
                    words[k] = meant
                    changed.add(k)
        matches, k = [], 0
        while k < len(words):
            match = self._longest(words, k)
            if match is None:
                k += 1
                continue
            match.fuzzy = not changed.isdisjoint(range(match.first, match.last))
            if match.terms:
                matches.append(match)
            k = match.last
        return matches

    def _joins(self, words: list[str], k: int) -> bool:
        """Whether word ``k`` makes a known word with a neighbour ("over shirt")."""
        return any(
            self._joined(words, first) is not None
            for first in (k - 1, k)
            if 0 <= first < len(words)
        )

    def _joined(self, words: list[str], k: int) -> Match | None:
        pair = words[k : k + 2]
        if len(pair) < 2 or min(map(len, pair)) < _MIN_PART:
            return None
        form = "".join(pair)
        for vocabulary in self._vocabularies:
            if terms := vocabulary.forms.get(form):
                return Match(k, k + 2, form, terms)
        return None

    def _longest(self, words: list[str], k: int) -> Match | None:
        reach = max(v.longest.get(words[k], 0) for v in self._vocabularies)
        for n in range(min(reach, len(words) - k), 0, -1):
            if n == 1 and (joined := self._joined(words, k)):
                return joined
            form = words[k] if n == 1 else " ".join(words[k : k + n])
            for vocabulary in self._vocabularies:
                if form in vocabulary.forms:
                    return Match(k, k + n, form, vocabulary.forms[form])
        return None if reach else self._joined(words, k)

    def _chosen(self, matches: list[Match], reading: Reading) -> list[tuple[Match, Term]]:
        matches = [m for m in matches if not self._context.trapped(m, reading)]
        chosen: list[tuple[Match, Term]] = []
        for k, match in enumerate(matches):
            for term in _ordered(k, matches, reading):
                shaded = term.slot == "color" and _shade(match, reading)
                if shaded or self._context.holds(term, k, matches, reading):
                    chosen.append((match, term))
                    break
        return chosen

    @staticmethod
    def _merged(spans: list[Span], text: str) -> list[Span]:
        """Noun before noun: "parka coat" and "blazer dress" are one kind, named by the last."""
        merged: list[Span] = []
        for span in spans:
            last = merged[-1] if merged else None
            if last is not None and _compound(last, span, text):
                merged[-1] = _joint(last, span, text)
            else:
                merged.append(span)
        return merged


def _ordered(k: int, matches: list[Match], reading: Reading) -> tuple[Term, ...]:
    """The terms of match ``k``; before a noun an adjective ("fleece leggings") comes first."""
    terms = matches[k].terms
    if len(terms) < 2 or terms[0].slot != "category" or k + 1 == len(matches):
        return terms
    last, other = matches[k].last, matches[k + 1]
    near = other.first == last and reading.gap(last - 1, last) in {" ", "-"}
    if near and any(t.slot == "category" and not t.weak for t in other.terms):
        return (*terms[1:], terms[0])
    return terms


def _shade(match: Match, reading: Reading) -> bool:
    first = match.first
    return (
        first > 0 and reading.words[first - 1] in _SHADES and reading.gap(first - 1, first) in " -"
    )


def _span(match: Match, term: Term, reading: Reading) -> Span:
    first, last = match.first, match.last
    if term.slot == "color":
        if _shade(match, reading):
            first -= 1
        if last < len(reading.words) and reading.words[last] in _SUFFIXES:
            last += 1
    start, end = reading.offsets[first][0], reading.offsets[last - 1][1]
    extra: Mapping[str, str] = NOTHING
    if term.kind is not None:
        extra = _extra(term, match.form)
    return Span(
        slot=term.slot,
        surface=reading.text[start:end],
        start=start,
        end=end,
        value=term.value,
        style=term.kind.style if term.kind else "",
        extra=extra,
        fuzzy=match.fuzzy,
    )


def _extra(term: Term, form: str) -> Mapping[str, str]:
    kind = term.kind
    assert kind is not None
    marks = {"broad": kind.broad, "head": term.head}
    said = {"said": form} if kind.style and form != kind.style else {}
    flags = {name: "yes" for name, holds in marks.items() if holds}
    return MappingProxyType({"kind": kind.name, **said, **flags, **kind.extra})


def _compound(first: Span, second: Span, text: str) -> bool:
    if first.slot != "category" or second.slot != "category" or "head" not in first.extra:
        return False
    if second.value != first.value and second.value not in _HEADS:
        return False
    return text[first.end : second.start] in {" ", "-"}


def _joint(first: Span, second: Span, text: str) -> Span:
    inherited = {k: v for k, v in first.extra.items() if k not in {"kind", "said", *_MARKS}}
    own = {k: v for k, v in second.extra.items() if k not in _MARKS}
    same = first.value == second.value
    style = second.style
    if not style or "broad" in second.extra:
        style = first.style or (style if same else first.extra["kind"])
    return Span(
        slot="category",
        surface=text[first.start : second.end],
        start=first.start,
        end=second.end,
        value=second.value,
        style=style,
        extra=MappingProxyType({**inherited, **own}),
        fuzzy=first.fuzzy or second.fuzzy,
    )
