"""What every reader gives: rows of cells, or faults where a row can't be read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a source.

    Attributes:
        line: Where it starts: line of the file, or row counted from 1 where there are no lines.
        cells: Column name to the cell as it came (text, or JSON-like values).
        repairs: What the reader mended, one reason each.
        fault: Why the row can't be read at all; ``cells`` then holds what is left of it.
        merged: Why the row is no item of its own but part of others (a further photo, a parent).
    """

    line: int
    cells: dict[str, Any]
    repairs: tuple[str, ...] = ()
    fault: str | None = None
    merged: str | None = None


@dataclass(frozen=True)
class Source:
    """A source that has been opened.

    Attributes:
        path: The file or folder.
        folder: Where relative names of pictures start.
        columns: Names of the columns, in order.
        format: ``csv``, ``jsonl``, ``parquet`` or ``pictures``.
        reader: Gives the rows, from the start each time.
        files: The files whose bytes decide what is read.
    """

    path: Path
    folder: Path
    columns: tuple[str, ...]
    format: str
    reader: "Reader"
    files: tuple[Path, ...] = field(default=())


class Reader(Protocol):
    """Gives the rows of a source in order; can be asked again."""

    def rows(self) -> Iterator[Row]:
        """Yields the rows from the first one on."""
        ...
