"""The lexicon: one object that knows what the words of shops and shoppers mean."""

import re
from functools import lru_cache

from fashionm3.errors import UsageError
from fashionm3.index.lexicon import tables, vocabulary
from fashionm3.index.lexicon.context import Context
from fashionm3.index.lexicon.inflection import key
from fashionm3.index.lexicon.matching import Matcher
from fashionm3.index.lexicon.spelling import Spelling
from fashionm3.index.lexicon.terms import Kind, Slot, Span, Term
from fashionm3.index.lexicon.vocabulary import Vocabulary

LANGUAGES = ("en", "es", "fr", "de", "zh")
"""Languages whose names of garments and colours are known, English in full."""

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_BESIDES = frozenset({"material", "season", "pattern", "color", "gender"})


class Lexicon:
    """Names of garments, colours, materials, patterns, people, seasons and occasions.

    Args:
        kinds: Every kind of garment.
        words: The English surface forms.
        spelling: Corrects misspelt words to words of ``words``.
        context: Decides on forms that also are ordinary words.
    """

    def __init__(
        self, kinds: tuple[Kind, ...], words: Vocabulary, spelling: Spelling, context: Context
    ) -> None:
        self._kinds = kinds
        self._words = words
        self._spelling = spelling
        self._context = context
        self._matchers = {"en": Matcher((words,), context, spelling)}

    @classmethod
    def load(cls) -> "Lexicon":
        """The lexicon of the package's data, read once a process."""
        return _load()

    def spans(self, text: str, fuzzy: bool = True, language: str = "en") -> list[Span]:
        """Finds everything that a text names, longest forms first and without overlap.

        Args:
            text: A query, a sentence or a title.
            fuzzy: Also read misspellings of words with five letters or more.
            language: One of `LANGUAGES`; another language than English is read before English.
                Chinese characters are always understood.

        Returns:
            Spans in the order of the text.

        Raises:
            UsageError: The language is not one of `LANGUAGES`.
        """
        if language == "en" and _CHINESE.search(text):
            language = "zh"
        return self._matcher(language).spans(text, fuzzy)

    def facts(self, text: str, language: str = "en") -> dict[str, tuple[str, ...]]:
        """The plain values that a title names, by slot, each once and in its order.

        What a name says besides counts too: "jeans" gives the material denim.
        """
        found: dict[str, dict[str, None]] = {}
        for span in self.spans(text, language=language):
            found.setdefault(span.slot, {})[span.value] = None
            if span.style:
                found.setdefault("style", {})[span.style] = None
            for slot in _BESIDES & span.extra.keys():
                found.setdefault(slot, {})[span.extra[slot]] = None
        return {slot: tuple(values) for slot, values in found.items()}

    def category(self, word: str, language: str = "en") -> Kind | None:
        """The kind that a name stands for, in any number and spelling."""
        for words in self._vocabularies(language):
            term = words.meaning(key(word), "category") or self._guess(words, word, "category")
            if term is not None:
                return term.kind
        return None

    def color(self, word: str, language: str = "en") -> str | None:
        """The plain colour of a colour's name, or None."""
        return self._value(word, "color", language)

    def material(self, word: str) -> str | None:
        """The plain name of a material, or None."""
        return self._value(word, "material")

    def pattern(self, word: str) -> str | None:
        """The plain word for a pattern, or None."""
        return self._value(word, "pattern")

    def gender(self, word: str) -> str | None:
        """``men``, ``women``, ``kids`` or ``unisex``, or None."""
        return self._value(word, "gender")

    def season(self, word: str) -> str | None:
        """The plain season, or None."""
        return self._value(word, "season")

    def occasion(self, word: str) -> str | None:
        """The usual name of an occasion, or None."""
        return self._value(word, "occasion")

    def kinds(self, category: str | None = None) -> list[Kind]:
        """All kinds, or those of one category."""
        return [kind for kind in self._kinds if category in (None, kind.category)]

    def names(self, category: str) -> list[str]:
        """Every name of a category's kinds, without inflected forms."""
        found = (name for kind in self.kinds(category) for name in (kind.name, *kind.aliases))
        return list(dict.fromkeys(found))

    def categories(self) -> list[str]:
        """The categories and further terms in the order of the data."""
        return list(dict.fromkeys(kind.category for kind in self._kinds))

    def surfaces(self, slot: Slot, value: str) -> list[str]:
        """The names that a plain value of a slot goes by ("green": olive, sage, ...)."""
        table = dict(vocabulary.TABLES)[slot]
        rows = (names for plain, names in tables.rows(table) if plain == value)
        return [name.rstrip("?!") for names in rows for name in tables.listed(names)]

    def values(self, slot: Slot) -> list[str]:
        """The plain values of a slot."""
        return [value for value, _ in tables.rows(dict(vocabulary.TABLES)[slot])]

    def _value(self, word: str, slot: Slot, language: str = "en") -> str | None:
        for words in self._vocabularies(language):
            term = words.meaning(key(word), slot) or self._guess(words, word, slot)
            if term is not None:
                return term.value
        return None

    def _guess(self, words: Vocabulary, word: str, slot: Slot) -> Term | None:
        corrected = [self._spelling.correct(part) or part for part in key(word).split()]
        joined = " ".join(corrected)
        return words.meaning(joined, slot) or words.meaning("".join(corrected), slot)

    @lru_cache(maxsize=len(LANGUAGES))  # noqa: B019
    def _vocabularies(self, language: str) -> tuple[Vocabulary, ...]:
        if language == "en":
            return (self._words,)
        if language not in LANGUAGES:
            raise UsageError(
                f"language {language!r} is not known to the lexicon; one of {', '.join(LANGUAGES)}"
            )
        kinds = {kind.name: kind for kind in self._kinds}
        return (vocabulary.foreign(language, kinds), self._words)

    def _matcher(self, language: str) -> Matcher:
        if language not in self._matchers:
            words = self._vocabularies(language)
            self._matchers[language] = Matcher(words, self._context, self._spelling)
        return self._matchers[language]


@lru_cache(maxsize=1)
def _load() -> Lexicon:
    read = tables.kinds()
    words = vocabulary.english(read)
    spelling = Spelling(words.meant, words.words.union(tables.text("ordinary.txt").split()))
    return Lexicon(tuple(kind for kind, _ in read), words, spelling, Context())
