"""Pictures of a source: finding, checking and keeping them by content."""

import base64
import hashlib
import io
import os
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import Image

from fashionm3.artifacts import decode
from fashionm3.errors import EngineError, InputError
from fashionm3.index.readers.folder import SUFFIXES
from fashionm3.index.values import loads

FOLDER = "pictures"
N_PICTURES = 10
"""Pictures that are kept of one item, as Google's feed allows."""

SIDE = 1024
"""Longest side at which a picture is held for encoder and colour, pixels; files stay whole."""

_KEYS = ("hi_res", "large", "url", "path", "src", "image", "thumb", "contentUrl", "file_name")
_EXTENSIONS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
_URL = re.compile(r"^(?:https?:)?//", re.IGNORECASE)
# A separator inside a name is left alone: only what stands before another link or name counts.
_BETWEEN = re.compile(r"\s*[;|]\s*|,\s*(?=https?://|//)|,\s+|\s+(?=https?://)")


@dataclass(frozen=True, slots=True)
class Found:
    """A picture that could be read: where it is kept, and its pixels, at most 1024 a side."""

    name: str
    image: Image.Image


def references(cell: Any) -> list[str | bytes]:  # noqa: ANN401
    """Lists what a cell names: paths, links, or bytes of an embedded picture.

    Lists, objects with a link inside, records of lists and JSON in text are read as such.
    """
    return list(dict.fromkeys(_references(loads(cell))))


def _references(cell: Any) -> Iterator[str | bytes]:  # noqa: ANN401
    if isinstance(cell, bytes):
        yield cell
    elif isinstance(cell, dict):
        yield from _of_object(cell)
    elif isinstance(cell, list | tuple):
        for entry in cell:
            yield from _references(entry)
    elif isinstance(cell, str):
        yield from _of_text(cell)
    elif isinstance(cell, int) and not isinstance(cell, bool):
        yield str(cell)


def _of_text(cell: str) -> Iterator[str | bytes]:
    if not cell.startswith("data:image/"):
        yield from filter(None, (part.strip() for part in _BETWEEN.split(cell)))
        return
    try:
        yield base64.b64decode(cell.partition(",")[2], validate=True)
    except ValueError:
        return


def _of_object(cell: dict[str, Any]) -> Iterator[str | bytes]:
    if isinstance(cell.get("bytes"), bytes):
        yield cell["bytes"]
        return
    columns = [cell[key] for key in _KEYS if isinstance(cell.get(key), list)]
    if columns:
        # A record of lists: the best resolution that each picture has.
        for versions in zip(*columns, strict=False):
            yield from _named(next((version for version in versions if version), None))
        return
    yield from _named(next((cell[key] for key in _KEYS if cell.get(key)), None))


def _named(value: Any) -> Iterator[str | bytes]:  # noqa: ANN401
    """Yields one link of an object as it is: commas and blanks belong to it."""
    if isinstance(value, str):
        yield value
    else:
        yield from _references(value)


class Album:
    """Finds pictures relative to a source folder and keeps them under a folder by content.

    Args:
        source: Where relative names start.
        target: Directory that gets ``pictures/ab/<sha256>.jpg``.
    """

    def __init__(self, source: Path, target: Path) -> None:
        self._source = source
        self._target = target
        self._folders = [
            source,
            *(source / name for name in ("images", "pictures", "image", "img")),
        ]

    def locate(self, name: str) -> Path | None:
        """Returns the local file of a name, with or without suffix, or None; links have none.

        A name never leads out of the source folder.
        """
        if _URL.match(name) or "\x00" in name or len(name) > 1000:
            return None
        inside, _, base = name.replace("\\", "/").removeprefix("file://").rpartition("/")
        for folder in self._folders:
            place = f"{folder}/{inside}" if not name.startswith("/") else inside
            found = self._listing(place)
            for suffix in ("", *SUFFIXES):
                if f"{base}{suffix}" in found:
                    path = Path(place) / f"{base}{suffix}"
                    return path if _is_inside(path, self._source) else None
        return None

    @lru_cache(maxsize=4096)  # noqa: B019
    def _listing(self, place: str) -> frozenset[str]:
        """Returns the names in a folder, read once; none where it lies outside the source."""
        if not _is_inside(Path(place), self._source):
            return frozenset()
        try:
            with os.scandir(place) as entries:
                return frozenset(entry.name for entry in entries if entry.is_file())
        except OSError:
            return frozenset()

    def locate_id(self, item_id: str) -> Path | None:
        """Returns the picture that is named as an item (H&M: ``010/0108775015``), or None."""
        if not item_id or "/" in item_id or "\\" in item_id or item_id.startswith("."):
            return None
        return self.locate(item_id) or self.locate(f"{item_id[:3]}/{item_id}")

    def keep(self, reference: str | bytes) -> Found:
        """Checks a picture, keeps its bytes under their hash and returns it decoded.

        Raises:
            InputError: It is missing, not a JPEG, PNG or WebP picture, or damaged.
        """
        data = self._bytes(reference)
        with warnings.catch_warnings():
            # Pillow warns of damaged EXIF, which a readable picture may well have.
            warnings.simplefilter("ignore")
            image = decode(data, "picture")
            with Image.open(io.BytesIO(data)) as opened:
                suffix = _EXTENSIONS[opened.format or "JPEG"]
        image.thumbnail((SIDE, SIDE))
        digest = hashlib.sha256(data).hexdigest()
        name = f"{FOLDER}/{digest[:2]}/{digest}{suffix}"
        self._store(self._target / name, data)
        return Found(name, image)

    def _bytes(self, reference: str | bytes) -> bytes:
        if isinstance(reference, bytes):
            return reference
        path = self.locate(reference)
        if path is None:
            kind = "is a link" if _URL.match(reference) else "is missing"
            raise InputError(f"picture {kind}")
        try:
            return path.read_bytes()
        except OSError as error:
            raise InputError(f"picture can't be read: {error.strerror}") from None

    def _store(self, target: Path, data: bytes) -> None:
        if target.exists():
            return
        part = target.with_suffix(".part")
        try:
            # A copy, never a link: a shop that writes its picture anew in place would change ours.
            target.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(data)
            part.replace(target)
        except OSError as error:
            raise EngineError(f"can't keep a picture in {target.parent}: {error}") from None


def _is_inside(path: Path, folder: Path) -> bool:
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):
        return False
