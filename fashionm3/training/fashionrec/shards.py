"""Shards: WebDataset tars of pictures and JSON, written repeatably and read with clear errors."""

import tarfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fashionm3.errors import EngineError, InputError
from fashionm3.training.fashionrec.sample import PICTURES, Sample

ENDINGS = (".tar", ".tar.gz", ".tgz")


@dataclass(frozen=True)
class Pictured:
    """A sample with the bytes of its picture.

    Attributes:
        sample: Its JSON, typed.
        picture: The file's bytes, not decoded.
        ending: Of the picture's file name, without a dot.
        shard: Where it was read.
    """

    sample: Sample
    picture: bytes
    ending: str = "jpg"
    shard: str = ""

    @property
    def name(self) -> str:
        """How an error calls the sample."""
        return f"{self.shard}, sample {self.sample.key}"


def write_shard(path: Path, entries: Iterable[Pictured]) -> int:
    """Writes a shard in one step: it is there whole or not at all.

    The same entries give the same bytes.

    Returns:
        How many samples it holds.

    Raises:
        EngineError: The disk refuses.
    """
    from webdataset import TarWriter

    part = path.with_name(f"{path.name}.part")
    n = 0
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as stream, TarWriter(stream, encoder=False, mtime=0) as tar:
            for n, entry in enumerate(entries, 1):  # noqa: B007
                key, text = entry.sample.key, entry.sample.dump()
                tar.write({"__key__": key, entry.ending: entry.picture, "json": text})
        part.replace(path)
    except OSError as error:
        raise EngineError(f"can't write {path}: {error}") from None
    return n


def find_shards(places: Sequence[Path]) -> list[Path]:
    """Returns shards in order; a folder stands for every tar below it.

    Raises:
        InputError: A place is missing, or holds no tar.
    """
    found: list[Path] = []
    for place in places:
        if place.is_dir():
            inside = sorted(p for p in place.rglob("*") if p.name.endswith(ENDINGS))
            if not inside:
                raise InputError(f"{place} holds no shard: expected *.tar")
            found += inside
        elif place.is_file():
            found.append(place)
        else:
            raise InputError(f"{place} is missing: expected a shard (*.tar) or a folder of them")
    return found


def read_shards(places: Sequence[Path]) -> Iterator[Pictured]:
    """Yields the samples of shards, files or folders, in order.

    Raises:
        InputError: A shard can't be read, or a sample is not in the form; both are named.
    """
    for shard in find_shards(places):
        for raw in _raw(shard):
            yield _pictured(raw, shard)


def _raw(shard: Path) -> Iterator[dict[str, Any]]:
    """Groups the files of a tar by key, as webdataset does; it never opens names of its own."""
    from webdataset.tariterators import group_by_keys, tar_file_expander

    try:
        with shard.open("rb") as stream:
            yield from group_by_keys(tar_file_expander([{"url": str(shard), "stream": stream}]))
    except (tarfile.TarError, OSError, EOFError) as error:
        raise InputError(f"shard {shard} can't be read: {_first(error)}") from None
    except ValueError as error:
        raise InputError(f"shard {shard}: {_first(error)}") from None


def _first(error: Exception) -> str:
    # webdataset appends streams and paths to the arguments of an error.
    return str(error.args[0]).split(" @ ")[0] if error.args else type(error).__name__


def _pictured(raw: dict[str, Any], shard: Path) -> Pictured:
    key = raw["__key__"]
    ending = next((name for name in PICTURES if name in raw), None)
    try:
        if "json" not in raw:
            raise InputError(f"it has no {key}.json")
        if ending is None:
            raise InputError(f"it has no picture: expected {key}.{' or .'.join(PICTURES)}")
        sample = Sample.parse(raw["json"], key.rpartition("/")[2])
    except InputError as error:
        raise InputError(f"{shard}, sample {key}: {error}") from None
    return Pictured(sample, raw[ending], ending, str(shard))
