"""The words of the catalogue: BM25 scores, and exactly which items mention a word or phrase."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from fashionm3.index.tokens import BREAK, content, normal, split_column, tokenize

if TYPE_CHECKING:
    import pyarrow as pa

Mask = NDArray[np.bool_]

_FIELDS = (
    "title", "style", "material", "pattern", "occasion", "season", "color", "category", "brand",
    "description",
)  # fmt: skip
_K1 = 1.2
_B = 0.5
_SHORTEST = 4  # letters of a word whose misspelling is looked for
_LONG = 8  # letters from which two edits are allowed


class Words:
    """Tokens of all items in order, with their positions.

    Args:
        n: Rows of the catalogue.
        tokens: ``(m,) int32``, all items' tokens one after the other.
        rows: ``(m,) int32``, the row of each token.
        vocabulary: Token to its number.
    """

    def __init__(
        self,
        n: int,
        tokens: NDArray[np.int32],
        rows: NDArray[np.int32],
        vocabulary: dict[str, int],
    ) -> None:
        self.n = n
        self._tokens = tokens
        self._rows = rows
        self.vocabulary = vocabulary

    @classmethod
    def read(cls, table: "pa.Table") -> "Words":
        """Splits the text columns of a catalogue's table."""
        import pyarrow.compute as pc

        words, lengths = split_column(_texts(table))
        coded = words.dictionary_encode()
        forms = [normal(word) if word else BREAK for word in coded.dictionary.to_pylist()]
        vocabulary = {form: code for code, form in enumerate(dict.fromkeys([BREAK, *forms]))}
        meaning = np.array([vocabulary[form] for form in forms], np.int32)
        codes = coded.indices.to_numpy()
        tokens = meaning[codes] if len(codes) else np.zeros(0, np.int32)
        rows = np.repeat(np.arange(table.num_rows, dtype=np.int32), lengths.to_numpy())
        blank = pc.equal(words, "").to_numpy(zero_copy_only=False)
        return cls(table.num_rows, tokens[~blank], rows[~blank], vocabulary)

    def mentions(self, phrase: list[str]) -> Mask:
        """Tells which items have some normal words side by side in a field, ``(n,) bool``."""
        mask = np.zeros(self.n, bool)
        codes = [self.vocabulary.get(word, -1) for word in phrase]
        if not codes or min(codes) < 0:
            return mask
        positions = self._positions(codes[0])
        for step, code in enumerate(codes[1:], 1):
            after = positions + step
            inside = after < len(self._tokens)
            after, positions = after[inside], positions[inside]
            positions = positions[self._tokens[after] == code]
        # Two items always have a break between them, so that a phrase lies within one.
        mask[self._rows[positions]] = True
        return mask

    def scores(self, words: list[str]) -> NDArray[np.float32]:
        """Returns the BM25 score of every item for some normal words, ``(n,) float32``."""
        codes = [self.vocabulary[word] for word in words if word in self.vocabulary]
        if not codes or not len(self._tokens):
            return np.zeros(self.n, np.float32)
        return np.asarray(self._bm25.get_scores_from_ids(codes), np.float32)

    def read_query(self, text: str) -> list[str]:
        """Returns the content words of a query in the catalogue's spelling."""
        found: list[str] = []
        tokens = content(tokenize(text))
        for k, token in enumerate(tokens):
            joined = token + tokens[k + 1] if k + 1 < len(tokens) else ""
            if joined in self.vocabulary:
                found.append(joined)
            found += self.respell(token)
        return list(dict.fromkeys(found))

    def respell(self, token: str) -> list[str]:
        """Returns a token that the catalogue has, or those it stands for; empty if none."""
        if token in self.vocabulary:
            return [token]
        for cut in range(3, len(token) - 2):
            first, second = token[:cut], normal(token[cut:])
            if first in self.vocabulary and second in self.vocabulary:
                return [first, second]
        meant = self._nearest(token)
        return [] if meant is None else [meant]

    def open(self) -> None:
        """Builds what the first search needs; `scores` does so where it has not been done."""
        if len(self._tokens):
            _ = self._bm25, self._by_letter

    def _positions(self, code: int) -> NDArray[np.int64]:
        order, starts = self._order
        return order[starts[code] : starts[code + 1]]

    def _nearest(self, token: str) -> str | None:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        if len(token) < _SHORTEST or not token.isalpha():
            return None
        limit = 1 if len(token) < _LONG else 2
        best: tuple[float, str] | None = None
        for letter in dict.fromkeys(token[:2]):
            known = self._by_letter.get(letter, ())
            hit = process.extractOne(token, known, scorer=OSA.distance, score_cutoff=limit)
            if hit is not None and (best is None or hit[1] < best[0]):
                best = (hit[1], hit[0])
        return None if best is None else best[1]

    @cached_property
    def _by_letter(self) -> dict[str, list[str]]:
        known: dict[str, list[str]] = {}
        for word in self.vocabulary:
            if len(word) >= _SHORTEST and word.isalpha():
                known.setdefault(word[0], []).append(word)
        return known

    @cached_property
    def _order(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        order = np.argsort(self._tokens, kind="stable")
        starts = np.searchsorted(self._tokens[order], np.arange(len(self.vocabulary) + 1))
        return order, starts

    @cached_property
    def _bm25(self) -> Any:  # noqa: ANN401
        from bm25s import BM25

        order, _ = self._order
        index = BM25(k1=_K1, b=_B, method="lucene", auto_compile=False)
        index.nonoccurrence_array = None
        index.vocab_dict = self.vocabulary
        index.scores = _relevance(self._tokens[order], self._rows[order], self.n, self.vocabulary)
        return index


def _relevance(
    tokens: NDArray[np.int32], rows: NDArray[np.int32], n: int, vocabulary: dict[str, int]
) -> dict[str, Any]:
    """Returns bm25s's matrix of scores; its own builder walks through the items in Python.

    Lucene's variant of BM25 (Kamphuis et al., ECIR 2020), as bm25s computes it.
    """
    real = tokens != vocabulary[BREAK]
    tokens, rows = tokens[real], rows[real]
    lengths = np.bincount(rows, minlength=n).astype(np.float32)
    keys = tokens.astype(np.int64) * n + rows
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    counts = np.diff(first, append=len(keys)).astype(np.float32)
    token, row = tokens[first], rows[first]
    n_items = np.bincount(token, minlength=len(vocabulary))
    idf = np.log(1 + (n - n_items + 0.5) / (n_items + 0.5)).astype(np.float32)
    pull = _K1 * (1 - _B + _B * lengths[row] / max(float(lengths.mean()), 1e-9))
    return {
        "data": idf[token] * counts / (counts + pull),
        "indices": row,
        "indptr": np.concatenate([[0], np.cumsum(n_items)]).astype(np.int64),
        "num_docs": n,
    }


def _texts(table: "pa.Table") -> "pa.ChunkedArray":
    import pyarrow as pa
    import pyarrow.compute as pc

    parts = []
    for name in _FIELDS:
        column = table[name].combine_chunks()
        if name == "color":
            names = pc.struct_field(column.values, "name")
            column = pa.ListArray.from_arrays(column.offsets, names, mask=column.is_null())
        if pa.types.is_list(column.type):
            column = pc.binary_join(column, f" {BREAK} ")
        parts.append(column)
    end = pa.scalar("")
    return pc.binary_join_element_wise(
        *parts, end, f" {BREAK} ", null_handling="replace", null_replacement=""
    )
