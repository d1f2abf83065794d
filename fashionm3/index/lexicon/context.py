"""Whether a form means clothes where it stands: traps and cues."""

from dataclasses import dataclass

from fashionm3.index.lexicon import tables
from fashionm3.index.lexicon.terms import Term

_BREAKS = frozenset(".;!?\n")
_SEPARATORS = frozenset("-–—/,(|:")
_JOINTS = frozenset({"and", "or", "with"})
_NEIGHBOURS = frozenset({"category", "material", "pattern", "color"})
_REACH = 2


@dataclass(slots=True)
class Match:
    """Words ``first`` to ``last`` (excluded) of a text and what they may mean."""

    first: int
    last: int
    form: str
    terms: tuple[Term, ...]
    fuzzy: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as words: folded forms and their offsets."""

    text: str
    words: list[str]
    offsets: list[tuple[int, int]]

    def gap(self, first: int, second: int) -> str:
        """The characters between two words."""
        return self.text[self.offsets[first][1] : self.offsets[second][0]]


class Context:
    """Decides on doubtful forms by the words around them, as the tables say."""

    def __init__(self) -> None:
        self._traps = {
            word: (_words(before), _words(after))
            for word, before, after in tables.rows("traps.tsv")
        }
        self._cues = {
            slot: (_words(before), _words(after)) for slot, before, after in tables.rows("cues.tsv")
        }

    def trapped(self, match: Match, reading: Reading) -> bool:
        """Whether an ordinary use of the word stands here ("suits me", "to watch")."""
        trap = self._traps.get(match.form)
        return trap is not None and _beside(match, reading, *trap)

    def holds(self, term: Term, k: int, matches: list[Match], reading: Reading) -> bool:
        """Whether the surroundings of match ``k`` bear out a weak term."""
        match = matches[k]
        if not term.weak:
            return True
        if match.first == 0 and match.last == len(reading.words):
            return True
        if _beside(match, reading, *self._cues[term.slot]):
            return True
        if _before_noun(k, matches, reading) or _in_list(k, matches, reading):
            return True
        return term.slot == "color" and _as_suffix(match, reading)


def _words(cell: str) -> frozenset[str]:
    return frozenset(tables.listed(cell))


def _beside(match: Match, reading: Reading, before: frozenset[str], after: frozenset[str]) -> bool:
    words = reading.words
    if match.first and words[match.first - 1] in before:
        return True
    return match.last < len(words) and words[match.last] in after


def _before_noun(k: int, matches: list[Match], reading: Reading) -> bool:
    match = matches[k]
    for other in matches[k + 1 :]:
        if other.first - match.last >= _REACH:
            return False
        gap = reading.gap(match.last - 1, other.first)
        if not _BREAKS.isdisjoint(gap) or "," in gap:
            return False
        if any(t.slot in _NEIGHBOURS and not t.weak for t in other.terms):
            return True
        match = other
    return False


def _in_list(k: int, matches: list[Match], reading: Reading) -> bool:
    """Whether a list with a sure term of the same slot holds it: "red, rust or mint"."""
    slots = {term.slot for term in matches[k].terms}
    for step in (-1, 1):
        j = k + step
        while 0 <= j < len(matches) and _joined(
            matches[min(j, j - step)], matches[max(j, j - step)], reading
        ):
            alike = [term for term in matches[j].terms if term.slot in slots]
            if not alike:
                break
            if not alike[0].weak:
                return True
            j += step
    return False


def _joined(left: Match, right: Match, reading: Reading) -> bool:
    between = reading.words[left.last : right.first]
    return not between or (len(between) == 1 and between[0] in _JOINTS)


def _as_suffix(match: Match, reading: Reading) -> bool:
    """Whether a title ends with it behind a dash or in brackets: "Crew Tee - Moss"."""
    start, end = reading.offsets[match.first][0], reading.offsets[match.last - 1][1]
    before, after = reading.text[:start].rstrip(), reading.text[end:].lstrip()
    return bool(before) and before[-1] in _SEPARATORS and (not after or after[0] in ")/,&|")
