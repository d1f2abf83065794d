"""Rows with more cells than columns: which cells belong together.

The usual cause is an unquoted separator inside a title. Joining the surplus cells at each column
in turn, the right place is where all the other cells look like their columns.
"""

import re
from collections.abc import Sequence

_NUMBER = re.compile(r"[^\d]{0,4}[-+]?\d[\d.,' ]*[^\d]{0,5}$")
_LINK = re.compile(r"https?://|//|\S+\.(?:jpe?g|png|webp|gif)\b", re.IGNORECASE)
_TRUTH = {"true", "false", "yes", "no", "0", "1", "y", "n"}
_N_LEARNED = 200


def _shape(cell: str) -> str:
    if _LINK.match(cell):
        return "link"
    if cell.lower() in _TRUTH:
        return "truth"
    return "number" if _NUMBER.match(cell) else "text"


class Surplus:
    """Learns what the columns look like from whole rows, and joins surplus cells.

    Args:
        n_columns: Cells that a whole row has.
    """

    def __init__(self, n_columns: int) -> None:
        self._n = n_columns
        self._seen = 0
        self._shapes: list[set[str]] = [set() for _ in range(n_columns)]
        self._terms: list[set[str]] = [set() for _ in range(n_columns)]

    def learn(self, cells: Sequence[str]) -> None:
        """Takes in a row that has the right number of cells."""
        if self._seen >= _N_LEARNED:
            return
        self._seen += 1
        for column, cell in enumerate(cells):
            if cell:
                self._shapes[column].add(_shape(cell))
                self._terms[column].add(cell)

    def join(self, cells: Sequence[str], separator: str) -> list[str]:
        """Joins surplus cells where the others fit best; the last column wins ties."""
        n_extra = len(cells) - self._n
        best = max(range(self._n), key=lambda column: (self._fit(cells, column, n_extra), column))
        joined = separator.join(cells[best : best + n_extra + 1])
        return [*cells[:best], joined, *cells[best + n_extra + 1 :]]

    def _fit(self, cells: Sequence[str], column: int, n_extra: int) -> float:
        score = 0.0
        for place in range(self._n):
            if place == column:
                # A text may hold a separator; a number, a link or a word of a short list may not.
                parts = cells[place + 1 : place + n_extra + 1]
                score += sum(part.startswith(" ") for part in parts) * 0.5
                score += 1.0 if self._is_text(place) else -1.0
                continue
            cell = cells[place if place < column else place + n_extra]
            score += self._cell_fit(cell, place)
        return score

    def _is_text(self, column: int) -> bool:
        return "text" in self._shapes[column] and len(self._terms[column]) > self._seen // 2

    def _cell_fit(self, cell: str, column: int) -> float:
        shapes = self._shapes[column]
        if not cell or not shapes:
            return 0.5
        if cell in self._terms[column] and len(self._terms[column]) <= max(3, self._seen // 2):
            return 1.5
        return 1.0 if _shape(cell) in shapes else -1.0
