"""Correction of misspelt words to words of the lexicon."""

from collections.abc import Iterable

_SHORTEST = 5
_LONG = 8
_CACHE = 4096


class Spelling:
    """Finds the word of the lexicon that a misspelt word stands for.

    A word is corrected only when it has at least five letters, is no word of the lexicon and no
    ordinary word, and lies within one edit (two from eight letters on) of a word that begins alike.
    The distance is optimal string alignment: a swap of neighbours counts as one edit.

    Args:
        meant: The words that may be meant.
        known: Words that are spelt well: those of the lexicon and ordinary English ones.
    """

    def __init__(self, meant: Iterable[str], known: Iterable[str]) -> None:
        self._known = frozenset(known)
        self._by_letter: dict[str, list[str]] = {}
        for word in sorted(meant):
            if len(word) >= _SHORTEST and word.isalpha():
                self._by_letter.setdefault(word[0], []).append(word)
        self._answers: dict[str, str | None] = {}

    def correct(self, word: str) -> str | None:
        """The word that is meant, or None where it is not a misspelling of any."""
        if len(word) < _SHORTEST or word in self._known:
            return None
        if word not in self._answers:
            if len(self._answers) >= _CACHE:
                self._answers.clear()
            self._answers[word] = self._nearest(word) if word.isalpha() else None
        return self._answers[word]

    def _nearest(self, word: str) -> str | None:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        limit = 1 if len(word) < _LONG else 2
        best: tuple[float, str] | None = None
        # A swapped beginning ("rtainers") is looked for under the second letter.
        for letter in dict.fromkeys(word[:2]):
            hit = process.extractOne(
                word, self._by_letter.get(letter, ()), scorer=OSA.distance, score_cutoff=limit
            )
            if hit is not None and (best is None or hit[1] < best[0]):
                best = (hit[1], hit[0])
        if best is None or (best[0] > 1 and len(best[1]) < _LONG):
            return None
        return best[1]
