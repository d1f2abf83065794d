"""Folders: pictures alone, or pictures beside a table.

A picture that no row of the table names becomes a row of its own, with the stem of its file as id.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from fashionm3.errors import InputError
from fashionm3.index.readers.base import Reader, Row

SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".jfif", ".jpe")
TABLES = (".csv", ".tsv", ".psv", ".txt", ".jsonl", ".ndjson", ".json", ".parquet", ".gz")
_KNOWN = ("items", "articles", "styles", "products", "metadata", "catalog", "images", "feed")
ID_COLUMN = "item_id"
PICTURE_COLUMN = "image_link"


def table_files(folder: Path) -> tuple[Path, ...]:
    """Finds the table of a folder, or its Parquet shards; empty where there is none.

    Raises:
        InputError: There are several tables and none has a usual name.
    """
    files = sorted(p for p in folder.iterdir() if p.is_file() and _is_table(p))
    shards = [p for p in files if p.suffix == ".parquet"]
    shards = shards or sorted((folder / "data").glob("*.parquet"))
    others = [p for p in files if p.suffix != ".parquet"]
    if not others:
        return tuple(shards)
    for name in _KNOWN:
        named = [p for p in others if p.name.split(".")[0].lower() == name]
        if named:
            return (named[0],)
    if len(others) == 1:
        return (others[0],)
    names = ", ".join(p.name for p in others[:5])
    raise InputError(f"{folder} holds several tables ({names}): give the one to build from")


def _is_table(path: Path) -> bool:
    name = path.name.lower()
    is_note = name.startswith((".", "readme", "license", "licence", "requirements"))
    return name.endswith(TABLES) and not is_note


def pictures(folder: Path) -> list[Path]:
    """Lists the pictures below a folder by name, sorted."""
    found = (p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
    return sorted(p for p in found if not any(part.startswith(".") for part in p.parts[-3:]))


class PictureReader:
    """Reads a folder of pictures as rows of an id and a picture."""

    columns = (ID_COLUMN, PICTURE_COLUMN)

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.files = pictures(folder)
        if not self.files:
            raise InputError(f"{folder} has neither a table nor pictures (JPEG, PNG, WebP)")

    def rows(self) -> Iterator[Row]:
        """Yields one row a picture, sorted by path."""
        yield from _picture_rows(self._folder, self.files, 1)


class TableAndPictures:
    """Reads a table, then the pictures that none of its rows named.

    Args:
        table: The rows of the table.
        folder: Where the pictures lie.
        named: Gives the picture files that a row names.
    """

    def __init__(
        self, table: Reader, folder: Path, named: Callable[[dict[str, Any]], list[Path]]
    ) -> None:
        self._table = table
        self._folder = folder
        self._named = named

    def rows(self) -> Iterator[Row]:
        """Yields the table's rows, then the pictures left over."""
        used: set[Path] = set()
        number = 0
        for row in self._table.rows():
            number = row.line
            used.update(path.resolve() for path in self._named(row.cells))
            yield row
        left = [path for path in pictures(self._folder) if path.resolve() not in used]
        yield from _picture_rows(self._folder, left, number + 1)


def _picture_rows(folder: Path, files: list[Path], start: int) -> Iterator[Row]:
    stems: set[str] = set()
    for number, path in enumerate(files, start):
        inside = path.relative_to(folder)
        # Equal stems in several folders are several pictures: the folder tells them apart.
        item_id = path.stem if path.stem not in stems else inside.with_suffix("").as_posix()
        stems.add(path.stem)
        cells = {ID_COLUMN: item_id, PICTURE_COLUMN: inside.as_posix()}
        yield Row(number, cells)
