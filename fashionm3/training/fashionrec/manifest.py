"""The manifest of a set: what it was made by, how it is divided, and its shards."""

import json
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, ValidationError

from fashionm3.config import brief
from fashionm3.errors import EngineError, InputError
from fashionm3.index.manifest import FileEntry
from fashionm3.training.fashionrec.sample import TASKS, Task
from fashionm3.types import Value

NAME = "manifest.json"


class Recipe(Value):
    """What a set is made by.

    Attributes:
        tasks: Which of the three.
        samples: Of each task, over all parts.
        seed: The same seed and catalogue give the same bytes.
        shard_size: Samples of a shard at most.
    """

    tasks: tuple[Task, ...] = TASKS
    samples: int = Field(1000, ge=10)
    seed: int = 1
    shard_size: int = Field(1000, ge=1)


class Shard(FileEntry):
    """A finished shard; its name is relative to the set."""

    task: Task
    part: str
    samples: int


class Manifest(Value):
    """What a set holds.

    Attributes:
        catalog: Digest of the catalogue that it was made from.
        items: ``disjoint`` where no product is in two parts; ``shared`` where only looks are.
        pieces: Part to how many items it can use.
        finished: Every shard is there.
    """

    form: Literal["fashionrec"] = "fashionrec"
    version: int = 1
    recipe: Recipe
    catalog: str
    items: str
    pieces: dict[str, int]
    shards: tuple[Shard, ...] = ()
    finished: bool = False

    @classmethod
    def read(cls, folder: Path) -> Self | None:
        """Reads the manifest of a set, or None where there is none.

        Raises:
            InputError: It is not one.
        """
        path = folder / NAME
        try:
            return cls.model_validate(json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except ValidationError as error:
            raise InputError(f"{path} is no manifest of a set: {brief(error)}") from None
        except (OSError, ValueError) as error:
            raise InputError(f"{path} can't be read: {error}") from None

    def write(self, folder: Path) -> None:
        """Replaces the manifest in one step.

        Raises:
            EngineError: The disk refuses.
        """
        part = folder / f"{NAME}.part"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(self.model_dump(), indent=1) + "\n", encoding="utf-8")
            part.replace(folder / NAME)
        except OSError as error:
            raise EngineError(f"can't write {folder / NAME}: {error}") from None


def is_sound(folder: Path, shard: Shard) -> bool:
    """Tells whether a shard lies there byte for byte as it was made."""
    path = folder / shard.name
    if not path.is_file() or path.stat().st_size != shard.bytes:
        return False
    return FileEntry.of(path).sha256 == shard.sha256
