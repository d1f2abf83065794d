"""JSON Lines: one object a line; also a JSON array, and Python literals as old dumps hold them."""

import ast
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from fashionm3.errors import InputError
from fashionm3.index.readers.base import Row
from fashionm3.index.readers.text import head_bytes, mend, open_text

_N_SAMPLE = 1000
_MAX_ARRAY = 1 << 29
_LISTS = ("items", "products", "data", "rows", "@graph")


class JsonlReader:
    """Reads rows of a JSON Lines file; keys seen in the first thousand rows are the columns."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._array = _array(path)
        names: dict[str, None] = {}
        n_good = 0
        for row in islice(self.rows(), _N_SAMPLE):
            if row.fault is None:
                n_good += 1
                names.update(dict.fromkeys(row.cells))
        if not n_good:
            raise InputError(f"{path} is not JSON Lines: none of its first lines is an object")
        self.columns = tuple(names)

    def rows(self) -> Iterator[Row]:
        """Yields the rows in order; a line that is not an object is a fault.

        Raises:
            InputError: The file can't be read to its end.
        """
        if self._array is not None:
            for number, value in enumerate(self._array, 1):
                yield _row(number, value, ())
            return
        try:
            with open_text(self.path) as file:
                for number, line in enumerate(file, 1):
                    if line.strip():
                        yield _parsed(number, line)
        except (OSError, EOFError, UnicodeError) as error:
            raise InputError(f"{self.path} can't be read to its end: {error}") from None


def _parsed(number: int, line: str) -> Row:
    repairs: list[str] = []
    line, mended = mend(line.strip().lstrip("\ufeff"))
    if mended:
        repairs.append(mended)
    if "\x00" in line:
        line = line.replace("\x00", "")
        repairs.append("NUL bytes removed")
    try:
        return _row(number, json.loads(line, strict=False, parse_constant=_nothing), repairs)
    except (ValueError, RecursionError) as error:
        said = str(error).split(":")[0][:80]
    try:
        value = ast.literal_eval(line)
        return _row(number, value, [*repairs, "Python literal instead of JSON"])
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return Row(number, {"line": line[:200]}, tuple(repairs), f"not valid JSON: {said}")


def _nothing(_: str) -> None:
    """Reads NaN and Infinity as nothing."""


def _row(number: int, value: Any, repairs: list[str] | tuple[str, ...]) -> Row:  # noqa: ANN401
    if not isinstance(value, dict):
        kind = type(value).__name__
        return Row(number, {"line": str(value)[:200]}, tuple(repairs), f"not an object but {kind}")
    return Row(number, {str(key).strip(): cell for key, cell in value.items()}, tuple(repairs))


def _array(path: Path) -> list[Any] | None:
    """Returns the rows of a file that is one JSON value, or None for JSON Lines.

    Raises:
        InputError: It looks like one JSON value and is not, or holds no list of objects.
    """
    head = head_bytes(path).lstrip(b"\xef\xbb\xbf \r\n\t")
    first_line = head.split(b"\n", 1)[0].strip()
    if not head.startswith(b"[") and first_line not in (b"{", b"{}"):
        return None
    if path.stat().st_size > _MAX_ARRAY:
        raise InputError(f"{path} is one JSON value of over 512 MB: write one object a line")
    try:
        with open_text(path) as file:
            value = json.load(file, strict=False, parse_constant=_nothing)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path} is not valid JSON: {error}") from None
    if isinstance(value, dict):
        lists = [value[name] for name in _LISTS if isinstance(value.get(name), list)]
        value = lists[0] if lists else [value]
    return list(value)
