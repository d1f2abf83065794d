"""The index from surface forms to terms, built once from the tables."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from fashionm3.index.lexicon import tables
from fashionm3.index.lexicon.inflection import is_plural, key, plural, singular
from fashionm3.index.lexicon.terms import Kind, Slot, Term

TABLES: tuple[tuple[Slot, str], ...] = (
    ("gender", "genders.tsv"),
    ("pattern", "patterns.tsv"),
    ("color", "colors.tsv"),
    ("material", "materials.tsv"),
    ("season", "seasons.tsv"),
    ("occasion", "occasions.tsv"),
    ("style", "styles.tsv"),
)
"""The slots of plain words, the one that wins a shared form first."""

_SLOTS: dict[str, Slot] = {slot: slot for slot, _ in TABLES}
_MIN_JOINED = 6
_ELIDING = ("a", "e", "i", "o", "u", "h")


@dataclass
class Vocabulary:
    """Surface forms of one language.

    Attributes:
        forms: Looked-up form to its terms, one a slot; no term where the phrase means no clothes.
        longest: First word to the number of words of the longest form that begins with it.
        words: Every word that occurs in a form.
        meant: Those of a form that has a meaning, which misspellings may stand for.
    """

    forms: dict[str, tuple[Term, ...]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    meant: set[str] = field(default_factory=set)

    def add(self, form: str, term: Term | None) -> None:
        """Give a form a meaning; the first meaning of a slot stands."""
        known = self.forms.get(form, ())
        if term is not None and all(other.slot != term.slot for other in known):
            # Sure meanings come before weak ones.
            known = tuple(sorted((*known, term), key=lambda each: each.weak))
        self.forms[form] = known
        words = form.split(" ")
        self.longest[words[0]] = max(self.longest.get(words[0], 0), len(words))
        self.words.update(words)
        if known:
            self.meant.update(words)

    def meaning(self, form: str, slot: Slot) -> Term | None:
        """The term of a form in one slot."""
        return next((term for term in self.forms.get(form, ()) if term.slot == slot), None)


def _kind_forms(kind: Kind, written: Iterable[str]) -> Iterable[tuple[str, Term]]:
    for name in written:
        plain, weak = name.rstrip("?!"), "?" in name
        many = is_plural(plain)
        yield key(plain), Term("category", kind.category, weak, kind, head=not many)
        if "!" not in name:
            other = singular(plain) if many else plural(plain)
            yield key(other), Term("category", kind.category, weak, kind, head=many)


def _add_kinds(vocabulary: Vocabulary, kinds: list[tuple[Kind, tuple[str, ...]]]) -> None:
    # Names come before aliases, so that a name is never taken for an alias of another kind.
    for kind, written in kinds:
        for form, term in _kind_forms(kind, written[:1]):
            vocabulary.add(form, term)
    for kind, written in kinds:
        for form, term in _kind_forms(kind, written[1:]):
            vocabulary.add(form, term)


def _add_plain(vocabulary: Vocabulary, slot: Slot, table: str) -> None:
    for value, names in tables.rows(table):
        for name in tables.listed(names):
            weak = name.endswith("?")
            vocabulary.add(key(name.rstrip("?!")), Term(slot, value, weak=weak))


def _add_joined(vocabulary: Vocabulary) -> None:
    meant = set(vocabulary.meant)
    for form, terms in list(vocabulary.forms.items()):
        joined = form.replace(" ", "")
        if form.count(" ") == 1 and terms and len(joined) >= _MIN_JOINED:
            for term in terms if joined not in vocabulary.forms else ():
                vocabulary.add(joined, term)
    # Too many ordinary words lie near "watershoes" and "dinnerdate".
    vocabulary.meant = meant


def english(kinds: list[tuple[Kind, tuple[str, ...]]]) -> Vocabulary:
    """The English vocabulary over the given kinds."""
    vocabulary = Vocabulary()
    _add_kinds(vocabulary, kinds)
    for slot, table in TABLES:
        _add_plain(vocabulary, slot, table)
    _add_joined(vocabulary)
    for line in tables.text("idioms.txt").splitlines():
        form = key(line)
        vocabulary.forms[form] = ()
        vocabulary.add(form, None)
    return vocabulary


def foreign(language: str, kinds: dict[str, Kind]) -> Vocabulary:
    """The names of another language for garments and for every slot of plain words.

    A row of the slot ``idiom`` holds phrases that mean no clothes.
    """
    vocabulary = Vocabulary()
    for tongue, slot, value, names in tables.rows("foreign.tsv"):
        if tongue != language:
            continue
        term = _foreign_term(slot, value, kinds)
        for form in map(key, tables.listed(names)):
            vocabulary.add(form, term)
            if language == "fr" and form.startswith(_ELIDING):
                # "l'hiver" and "d'hiver" are one word each.
                vocabulary.add(f"l{form}", term)
                vocabulary.add(f"d{form}", term)
    return vocabulary


def _foreign_term(slot: str, value: str, kinds: dict[str, Kind]) -> Term | None:
    if slot == "idiom":
        return None
    if slot == "category":
        return Term("category", kinds[value].category, kind=kinds[value])
    return Term(_SLOTS[slot], value)
