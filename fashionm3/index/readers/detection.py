"""Decides by content which reader a source needs."""

from pathlib import Path

from fashionm3.errors import InputError
from fashionm3.index.readers.base import Reader, Source
from fashionm3.index.readers.delimited import DelimitedReader
from fashionm3.index.readers.folder import PictureReader, table_files
from fashionm3.index.readers.jsonl import JsonlReader
from fashionm3.index.readers.text import head_bytes, text_encoding


def open_source(path: str | Path) -> Source:
    """Opens a table, a folder of pictures, or a folder with both.

    Raises:
        InputError: It is missing, empty, binary or not a table; one line says which.
    """
    place = Path(path)
    try:
        return _opened(place)
    except OSError as error:
        raise InputError(f"source {place} can't be read: {error.strerror}") from None


def _opened(place: Path) -> Source:
    if not place.exists():
        raise InputError(f"source {place} does not exist: expected a table or a folder")
    if not place.is_dir():
        return _table(place, (place,), place.parent)
    files = table_files(place)
    if files:
        return _table(place, files, files[0].parent)
    reader = PictureReader(place)
    return Source(place, place, reader.columns, "pictures", reader, tuple(reader.files))


def _table(place: Path, files: tuple[Path, ...], folder: Path) -> Source:
    head = head_bytes(files[0])
    if head.startswith(b"PAR1") or files[0].suffix == ".parquet":
        from fashionm3.index.readers.parquet import ParquetReader

        if not head:
            raise InputError(f"{files[0]} is empty: expected a Parquet file")
        shards = ParquetReader(files)
        return Source(place, folder, shards.columns, "parquet", shards, files)
    text_encoding(files[0])
    reader: Reader
    if head.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t\x00")[:1] in (b"{", b"["):
        reader = json_lines = JsonlReader(files[0])
        return Source(place, folder, json_lines.columns, "jsonl", reader, files[:1])
    reader = delimited = DelimitedReader(files[0])
    return Source(place, folder, delimited.columns, "csv", reader, files[:1])
