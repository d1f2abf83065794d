"""Tables as text: comma, tab, semicolon, pipe or tilde between the cells.

Mixed line ends, a byte order mark, NUL bytes, comment lines above the header, surplus and missing
cells, and a quote that is never closed are mended and reported with the row.
"""

import csv
import re
from collections import deque
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO

from fashionm3.errors import InputError
from fashionm3.index.readers.base import Row
from fashionm3.index.readers.surplus import Surplus
from fashionm3.index.readers.text import mend, open_text

SEPARATORS = (",", "\t", ";", "|", "~")
_MAX_CELL = 1 << 22
_MAX_LINES = 1000
_N_SAMPLE = 50
_EXCEL = re.compile(r"\"?sep=.?\"?", re.IGNORECASE)


class _Lines:
    """Physical lines that can be given back; remembers those of the current record."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._back: deque[str] = deque()
        self.record: list[str] = []
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.record) > _MAX_LINES:
            raise StopIteration
        line = self._back.popleft() if self._back else next(self._file)
        self.number += 1
        self.record.append(line)
        return line

    def give_back(self, lines: list[str]) -> None:
        """Takes lines that another record starts with."""
        self._back.extendleft(reversed(lines))
        self.number -= len(lines)


class DelimitedReader:
    """Reads rows of a delimited text file.

    Attributes:
        columns: Names from the header; a name that occurs again gets ``#2``, ``#3``.
        separator: The sign between cells.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.separator, self.columns = _header(path)

    def rows(self) -> Iterator[Row]:
        """Yields the rows below the header.

        Raises:
            InputError: The file can't be read to its end.
        """
        try:
            with open_text(self.path) as file:
                yield from self._rows(file)
        except (OSError, EOFError, UnicodeError) as error:
            raise InputError(f"{self.path} can't be read to its end: {error}") from None

    def _rows(self, file: IO[str]) -> Iterator[Row]:
        surplus = Surplus(len(self.columns))
        header_seen = False
        for line, cells, repairs in _records(file, self.separator):
            if not header_seen:
                header_seen = not _is_comment(cells)
                continue
            if not any(cells):
                continue
            yield self._row(line, cells, repairs, surplus)

    def _row(self, line: int, cells: list[str], repairs: list[str], surplus: Surplus) -> Row:
        n = len(self.columns)
        while len(cells) > n and not cells[-1].strip():
            cells = cells[:-1]
        if len(cells) > n:
            cells = surplus.join(cells, self.separator)
            repairs = [*repairs, "surplus cells joined"]
        elif len(cells) < n:
            repairs = [*repairs, "missing cells left empty"]
            cells = [*cells, *[""] * (n - len(cells))]
        else:
            surplus.learn(cells)
        return Row(line, dict(zip(self.columns, cells, strict=True)), tuple(repairs))


def _records(file: IO[str], separator: str) -> Iterator[tuple[int, list[str], list[str]]]:
    """Yields line number, cells and repairs of each logical record."""
    # The limit is the csv module's own and belongs to the process; its default breaks real feeds.
    if csv.field_size_limit() < _MAX_CELL:
        csv.field_size_limit(_MAX_CELL)
    lines = _Lines(file)
    while True:
        lines.record = []
        first = lines.number + 1
        repairs: list[str] = []
        try:
            cells = next(csv.reader(lines, delimiter=separator), None)
        except csv.Error:
            cells = []
        if not lines.record:
            return
        if cells is None or _unclosed(lines.record, cells):
            cells = _first_line(lines, separator)
            repairs.append("quote never closed")
        cells, mended = _clean(cells)
        yield first, cells, repairs + mended


def _unclosed(record: list[str], cells: list[str]) -> bool:
    """Tells whether a record of several lines ran away because a quote was never closed."""
    if not cells or len(record) > _MAX_LINES:
        return True
    return len(record) > 1 and "".join(record).count('"') % 2 == 1


def _first_line(lines: _Lines, separator: str) -> list[str]:
    """Reads the first line of a record on its own, quotes as plain text."""
    lines.give_back(lines.record[1:])
    return next(csv.reader([lines.record[0]], delimiter=separator, quoting=csv.QUOTE_NONE), [])


def _clean(cells: list[str]) -> tuple[list[str], list[str]]:
    """Removes NUL bytes and mends the encoding."""
    repairs = []
    if any("\x00" in cell for cell in cells):
        cells = [cell.replace("\x00", "") for cell in cells]
        repairs.append("NUL bytes removed")
    mended = [mend(cell) for cell in cells]
    repairs += sorted({reason for _, reason in mended if reason})
    return [text for text, _ in mended], repairs


def _is_comment(cells: list[str]) -> bool:
    """Tells a line above the header: empty, a comment, or the ``sep=;`` that Excel reads."""
    first = cells[0].strip().strip("\ufeff") if cells else ""
    if _EXCEL.fullmatch(first) and not any(cells[1:]):
        return True
    return not any(cells) or (first.startswith("#") and len(first) > 1)


def _header(path: Path) -> tuple[str, tuple[str, ...]]:
    """Finds the separator and the names of the columns.

    Raises:
        InputError: No separator makes a table of the first lines.
    """
    found: list[tuple[float, str, list[str]]] = []
    for separator in SEPARATORS:
        with open_text(path) as file:
            sample = [
                cells
                for _, cells, _ in islice(_records(file, separator), _N_SAMPLE)
                if not _is_comment(cells)
            ]
        if sample:
            same = sum(len(cells) == len(sample[0]) for cells in sample) / len(sample)
            found.append((len(sample[0]) * (0.2 + same), separator, sample[0]))
    if not found:
        raise InputError(f"{path} has no header: expected a first line with column names")
    _, separator, names = max(found, key=lambda entry: entry[0])
    return separator, unique_names(names)


def unique_names(names: list[str]) -> tuple[str, ...]:
    """Strips names and tells equal ones apart by ``#2``, ``#3``; empty ones become ``column 3``."""
    seen: dict[str, int] = {}
    result = []
    for place, raw in enumerate(names, 1):
        name = raw.strip().strip("\ufeff") or f"column {place}"
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return tuple(result)
