"""The manifest of a catalogue directory: the single commit point of its writers.

It is written last and replaced atomically, and names the files of its generation with their
digests. A reader that holds a manifest therefore sees one generation or none.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, ValidationError

from fashionm3.config import brief
from fashionm3.errors import EngineError, InputError
from fashionm3.types import Value

NAME = "manifest.json"
VERSION = 1
_BLOCK = 1 << 20


class FileEntry(Value):
    """One file of a generation, relative to the catalogue directory."""

    name: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    bytes: int = Field(ge=0)

    @classmethod
    def of(cls, path: Path) -> Self:
        """Measures a file that has been written."""
        return cls(name=path.name, sha256=file_digest(path), bytes=path.stat().st_size)


class Manifest(Value):
    """What a catalogue directory holds.

    Attributes:
        generation: Counted from 1; each writer adds one.
        rows: Items in the table.
        files: Role (``items``, ``embeddings``, ``rejected``) to the file of this generation.
        encoder_id: Which encoder made the embeddings, or None where there are none.
        dim: Width of an embedding; 0 where there are none.
        categories: Terms in use, most frequent first.
        currency: ISO 4217, or None where no price names one.
        digest: SHA-256 over the digests of all files.
    """

    version: int = VERSION
    generation: int = Field(ge=1)
    rows: int = Field(ge=0)
    files: dict[str, FileEntry]
    encoder_id: str | None = None
    dim: int = Field(0, ge=0)
    metric: Literal["ip"] = "ip"
    categories: tuple[str, ...] = ()
    currency: str | None = None
    digest: str

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Reads the manifest of a directory.

        Raises:
            InputError: The directory or its manifest is missing, foreign or damaged.
        """
        if not folder.is_dir():
            raise InputError(
                f"catalogue {folder} does not exist: build one with "
                f"`fashionm3 catalog build SRC {folder}`"
            )
        try:
            data = json.loads((folder / NAME).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise InputError(f"{folder} has no {NAME}: it is not a catalogue directory") from None
        except (OSError, ValueError) as error:
            raise InputError(f"{folder / NAME} can't be read: {error}") from None
        if not isinstance(data, dict) or data.get("version") != VERSION:
            found = data.get("version") if isinstance(data, dict) else None
            raise InputError(
                f"{folder / NAME} has version {found!r}, expected {VERSION}: build it again"
            )
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            raise InputError(f"{folder / NAME} is damaged: {brief(error)}") from None

    def write(self, folder: Path) -> None:
        """Replaces the directory's manifest atomically; everything it names must be on disk.

        Raises:
            EngineError: The disk refuses.
        """
        text = json.dumps(self.model_dump(), indent=1, ensure_ascii=False) + "\n"
        part = folder / f"{NAME}.part"
        try:
            with part.open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            part.replace(folder / NAME)
        except OSError as error:
            raise EngineError(f"can't write {folder / NAME}: {error}") from None


def digest_of(files: dict[str, FileEntry]) -> str:
    """Returns one digest over all files, whatever their order."""
    lines = sorted(f"{role} {entry.sha256}" for role, entry in files.items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def file_digest(path: Path) -> str:
    """Returns the SHA-256 of a file's bytes, read in blocks."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def generation_name(stem: str, suffix: str, generation: int) -> str:
    """Names a file of a generation: ``items.parquet``, later ``items-2.parquet``."""
    return f"{stem}{suffix}" if generation == 1 else f"{stem}-{generation}{suffix}"
