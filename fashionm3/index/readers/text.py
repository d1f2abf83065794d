"""Text files of unknown encoding, decoded as a stream.

UTF-8 is expected. Single rows in another encoding are read as windows-1252, which is what shops
that break UTF-8 nearly always mean; a file that is mostly neither is refused as a whole.
"""

import gzip
import io
from pathlib import Path
from typing import IO, cast

from fashionm3.errors import InputError

_SAMPLE = 1 << 16
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_KINDS = (
    (b"PK\x03\x04", "an Excel workbook or ZIP archive: export it as CSV (UTF-8)"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Office file: export it as CSV (UTF-8)"),
    (b"%PDF", "a PDF document: expected a table"),
    (b"\x89PNG", "a picture: give the folder it lies in"),
    (b"\xff\xd8\xff", "a picture: give the folder it lies in"),
    (b"SQLite format 3", "an SQLite database: export a table as CSV"),
)
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<rss", b"<feed")


def open_bytes(path: Path) -> IO[bytes]:
    """Opens a file for reading, through gzip where its content is gzip."""
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return cast(IO[bytes], gzip.open(path, "rb")) if packed else path.open("rb")


def open_text(path: Path) -> IO[str]:
    """Opens a file as text; bytes that are not UTF-8 come as lone surrogates.

    Line ends are left as they are.
    """
    encoding = text_encoding(path)
    return io.TextIOWrapper(open_bytes(path), encoding, errors="surrogateescape", newline="")


def text_encoding(path: Path) -> str:
    """Finds the encoding of a text file.

    Raises:
        InputError: It is missing, empty, not text, or in an encoding other than UTF-8, UTF-16 or
            windows-1252.
    """
    head = head_bytes(path)
    if not head.strip(b"\x00\r\n\t "):
        raise InputError(f"{path} is empty: expected a table with a header")
    for mark, kind in _KINDS:
        if head.startswith(mark):
            raise InputError(f"{path} is {kind}")
    if head.lstrip().lower().startswith(_MARKUP):
        raise InputError(f"{path} is HTML or XML: expected CSV, TSV, JSON Lines or Parquet")
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    return _unmarked(path, head)


def head_bytes(path: Path) -> bytes:
    """Returns the first bytes of a file, unpacked.

    Raises:
        InputError: It does not exist or can't be read.
    """
    try:
        with open_bytes(path) as file:
            return file.read(_SAMPLE)
    except FileNotFoundError:
        raise InputError(f"{path} does not exist") from None
    except (OSError, EOFError) as error:
        raise InputError(f"{path} can't be read: {error}") from None


def _unmarked(path: Path, head: bytes) -> str:
    n_null = head.count(0)
    if n_null > len(head) // 4:
        even, odd = head[::2].count(0), head[1::2].count(0)
        if max(even, odd) > 20 * min(even, odd):
            return "utf-16-le" if odd > even else "utf-16-be"
    controls = sum(head.count(byte) for byte in range(1, 32)) - sum(
        head.count(byte) for byte in b"\t\n\r\x0b\x0c"
    )
    if n_null > len(head) // 10 or controls > len(head) // 50:
        raise InputError(f"{path} is a binary file: expected CSV, TSV, JSON Lines or Parquet")
    if _foreign(head):
        raise InputError(
            f"{path} is neither UTF-8 nor windows-1252 text: save it as UTF-8 and try again"
        )
    return "utf-8"


def _foreign(head: bytes) -> bool:
    """Tells whether the bytes outside UTF-8 are too many for a western text."""
    text = head.decode("utf-8", errors="surrogateescape")
    n_bad = sum("\udc80" <= char <= "\udcff" for char in text[:-3])
    return n_bad * 5 > len(text)


def mend(text: str) -> tuple[str, str | None]:
    """Turns lone surrogates into windows-1252 characters.

    Returns:
        The text, and what was mended or None.
    """
    if text.isascii():
        return text, None
    try:
        text.encode("utf-8")
        return text, None
    except UnicodeEncodeError:
        data = text.encode(
            "utf-8",
            errors="surrogateescape",
        )
    fixed = "".join(_western(line) for line in data.splitlines(keepends=True))
    return fixed, "encoding: read as windows-1252"


def _western(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
