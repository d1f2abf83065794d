"""Builds a set in the form of FashionRec from a catalogue; a killed build goes on where it was.

::

    OUT/manifest.json               settings, split, counts, and the sha256 of each shard
    OUT/basic/train-00000.tar       0000000.jpg 0000000.json 0000001.jpg ...
    OUT/basic/valid-00000.tar
    ...

Every sample depends on seed, task, part and number alone, so that shards can be made in any order.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fashionm3.errors import InputError
from fashionm3.index.catalog import Catalog
from fashionm3.index.lexicon import Lexicon
from fashionm3.index.manifest import FileEntry
from fashionm3.index.rules import RuleScorer
from fashionm3.training.fashionrec.composer import Composer
from fashionm3.training.fashionrec.grid import Photographer
from fashionm3.training.fashionrec.manifest import Manifest, Recipe, Shard, is_sound
from fashionm3.training.fashionrec.sample import PARTS, Task
from fashionm3.training.fashionrec.shards import Pictured, write_shard
from fashionm3.training.fashionrec.split import SHARES, divide
from fashionm3.training.fashionrec.telling import Teller
from fashionm3.training.fashionrec.wording import Namer

Progress = Callable[[int, int], None]
"""Is told how many samples are done, of how many."""


@dataclass(frozen=True)
class Job:
    """A shard to be made: ``n`` samples of a part from the ``first`` on, named from ``key`` on."""

    task: Task
    part: str
    place: int
    first: int
    n: int
    key: int

    @property
    def name(self) -> str:
        """The shard's file, relative to the set."""
        return f"{self.task}/{self.part}-{self.place:05d}.tar"


def jobs(recipe: Recipe) -> list[Job]:
    """Lists the shards of a recipe; keys count over all of them."""
    found: list[Job] = []
    key = 0
    for task in recipe.tasks:
        for part, n_samples in sizes(recipe.samples).items():
            for place, first in enumerate(range(0, n_samples, recipe.shard_size)):
                n = min(recipe.shard_size, n_samples - first)
                found.append(Job(task, part, place, first, n, key))
                key += n
    return found


def sizes(samples: int) -> dict[str, int]:
    """Returns how many samples of a task each part gets; train takes what is left."""
    held = {part: max(1, round(share * samples)) for part, share in SHARES.items()}
    return {**held, "train": samples - held["valid"] - held["test"]}


def build(
    catalog: Catalog, out: Path, recipe: Recipe, progress: Progress | None = None
) -> Manifest:
    """Makes what is missing of a set.

    Args:
        catalog: Where the pieces come from.
        out: The folder of the set.
        recipe: What is made.
        progress: Called after each sample, and after each shard that was there already.

    Raises:
        InputError: The catalogue can't make outfits, or the folder holds something else.
        EngineError: The disk refuses.
    """
    return _Builder(catalog, out, recipe, progress or (lambda done, total: None)).build()


class _Builder:
    """One build."""

    def __init__(self, catalog: Catalog, out: Path, recipe: Recipe, progress: Progress) -> None:
        scorer = RuleScorer()
        split = divide(catalog, recipe.seed, scorer)
        teller = Teller(Namer(Lexicon.load()), scorer, 10.0**catalog.exponent)
        self._composer = Composer(split, teller, recipe.seed)
        self._photographer = Photographer(catalog)
        self._out, self._progress = out, progress
        self._manifest = Manifest(
            recipe=recipe,
            catalog=catalog.manifest.digest,
            items=split.items,
            pieces={part: split.wardrobes[part].n_pieces for part in PARTS},
        )
        self._done, self._total = 0, recipe.samples * len(recipe.tasks)

    def build(self) -> Manifest:
        """Makes the shards that are missing, in order."""
        made = self._begun()
        for job in jobs(self._manifest.recipe):
            shard = made.get(job.name)
            if shard is None or not is_sound(self._out, shard):
                made[job.name] = self._make(job)
                self._write(made, finished=False)
            else:
                self._done += job.n
                self._progress(self._done, self._total)
        return self._write(made, finished=True)

    def _begun(self) -> dict[str, Shard]:
        """Returns the shards that an earlier run of the same build made."""
        found = Manifest.read(self._out)
        if found is None:
            if self._out.exists() and any(self._out.iterdir()):
                raise InputError(f"{self._out} is not empty: name a new folder for the set")
            self._write({}, finished=False)
            return {}
        blank = {"shards": (), "finished": False}
        if found.model_copy(update=blank) != self._manifest:
            raise InputError(
                f"{self._out} holds a set of another recipe or catalogue ({_recipe(found)}): "
                "name another folder, or remove this one"
            )
        return {shard.name: shard for shard in found.shards}

    def _write(self, made: dict[str, Shard], finished: bool) -> Manifest:
        shards = tuple(sorted(made.values(), key=lambda shard: shard.name))
        manifest = self._manifest.model_copy(update={"shards": shards, "finished": finished})
        manifest.write(self._out)
        return manifest

    def _make(self, job: Job) -> Shard:
        path = self._out / job.name
        write_shard(path, self._entries(job))
        entry = FileEntry.of(path).model_dump() | {"name": job.name}
        return Shard(**entry, task=job.task, part=job.part, samples=job.n)

    def _entries(self, job: Job) -> Iterator[Pictured]:
        for n in range(job.n):
            key = f"{job.key + n:07d}"
            sample, shown = self._composer.sample(job.task, job.part, job.first + n, key)
            yield Pictured(sample, self._photographer.grid(shown))
            self._done += 1
            self._progress(self._done, self._total)


def _recipe(found: Manifest) -> str:
    recipe = found.recipe
    tasks = ", ".join(recipe.tasks)
    return f"{tasks}; {recipe.samples} samples, seed {recipe.seed}, shard size {recipe.shard_size}"
