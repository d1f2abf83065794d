"""``fashionm3 data fashionrec``: data in the form of FashionRec."""

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from fashionm3.cli.bars import Progress, one_bar
from fashionm3.cli.catalog_views import print_json
from fashionm3.cli.faults import one_line_faults
from fashionm3.errors import EngineError, InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fashionm3.training.fashionrec.manifest import Manifest
    from fashionm3.training.fashionrec.sample import Task
    from fashionm3.training.fashionrec.shards import Pictured

app = typer.Typer(
    no_args_is_help=True,
    help="Data in the form of FashionRec: build it from a catalogue, read it, look at it.",
)

Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


@app.command(
    "build",
    epilog="Examples:  fashionm3 data fashionrec build shop fashionrec --samples 2000  |  "
    "fashionm3 data fashionrec build shop fashionrec --task alternative --seed 4",
)
@one_line_faults
def build_command(
    catalogue: Annotated[Path, typer.Argument(metavar="CATALOGUE", help="A catalogue directory.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder of the set to be.")],
    task: Annotated[str, typer.Option(help="basic, personalised, alternative or all.")] = "all",
    samples: Annotated[
        int, typer.Option(min=10, help="Of each task: 80 % train, 10 % valid, 10 % test.")
    ] = 1000,
    seed: Annotated[int, typer.Option(help="The same seed makes the same bytes.")] = 1,
    shard_size: Annotated[int, typer.Option(min=1, help="Samples of a shard at most.")] = 1000,
    as_json: Json = False,
) -> None:
    """Make the three tasks from a catalogue; a killed build goes on where it was.

    Items of train, valid and test are disjoint, all colours of a product on one side, where the
    catalogue is large enough; otherwise only outfits are, and the manifest says "shared".
    """
    from fashionm3.index.catalog import Catalog
    from fashionm3.training.fashionrec.build import build
    from fashionm3.training.fashionrec.manifest import Recipe
    from fashionm3.training.fashionrec.sample import TASKS

    chosen = (_task(task),) if task != "all" else TASKS
    recipe = Recipe(tasks=chosen, samples=samples, seed=seed, shard_size=shard_size)
    with one_bar("composing", hidden=as_json) as progress:
        manifest = build(Catalog.open(catalogue), out, recipe, progress)
    if as_json:
        print_json(manifest.model_dump())
    else:
        _show(manifest, out)


@app.command(
    "rounds",
    epilog="Examples:  fashionm3 data fashionrec rounds fashionrec/basic/test-00000.tar "
    "basic.jsonl  |  fashionm3 data fashionrec rounds fashionrec rounds.jsonl  |  "
    "fashionm3 eval planner rounds.jsonl",
)
@one_line_faults
def rounds(
    places: Annotated[
        list[Path],
        typer.Argument(metavar="SHARDS... OUT.jsonl", help="Shards or folders, then the file."),
    ],
) -> None:
    """Turn samples into rounds with `expect`; their pictures go to a folder beside the file."""
    from fashionm3.index.lexicon import Lexicon
    from fashionm3.training.fashionrec.rounds import write_rounds
    from fashionm3.training.fashionrec.shards import read_shards

    *shards, out = places
    if not shards or out.suffix != ".jsonl":
        raise UsageError(
            f"expected shards and then a file of rounds to write, OUT.jsonl, got {out.name!r} last"
        )
    with one_bar("reading", hidden=False) as progress:
        entries = _counted(read_shards(shards), progress)
        n = write_rounds(entries, out, Lexicon.load())
    typer.echo(f"{n} rounds in {out}, their pictures in {out.stem}-pictures beside it")


@app.command(
    "show",
    epilog="Examples:  fashionm3 data fashionrec show fashionrec/personalised --n 10 "
    "--out sheet.png",
)
@one_line_faults
def show(
    places: Annotated[
        list[Path], typer.Argument(metavar="SHARDS", help="Shards, or folders of them.")
    ],
    n: Annotated[int, typer.Option(min=1, max=200, help="Samples, spread over the shards.")] = 10,
    out: Annotated[Path, typer.Option(help="The contact sheet (PNG or JPEG).")] = Path("sheet.png"),
) -> None:
    """Draw samples with picture and words on one sheet, to be looked at."""
    from fashionm3.training.fashionrec.shards import find_shards, read_shards
    from fashionm3.training.fashionrec.sheet import sheet

    shards = find_shards(places)
    each = -(-n // len(shards))
    found = [entry for shard in shards for entry in islice(read_shards([shard]), each)][:n]
    if not found:
        raise InputError(f"no samples in {', '.join(map(str, shards))}")
    try:
        sheet(found).save(out)
    except (OSError, ValueError) as error:
        raise EngineError(f"can't write {out}: {error}") from None
    typer.echo(f"{len(found)} samples in {out}")


def _counted(entries: "Iterable[Pictured]", progress: Progress) -> "Iterator[Pictured]":
    for n, entry in enumerate(entries, 1):
        yield entry
        progress(n, None)


def _task(name: str) -> "Task":
    from fashionm3.training.fashionrec.sample import TASKS

    for task in TASKS:
        if task == name:
            return task
    raise UsageError(f"--task {name!r}: expected {', '.join(TASKS)} or all")


def _show(manifest: "Manifest", out: Path) -> None:
    table = Table("task", "train", "valid", "test")
    for task in manifest.recipe.tasks:
        counts = {part: 0 for part in manifest.pieces}
        for shard in manifest.shards:
            if shard.task == task:
                counts[shard.part] += shard.samples
        table.add_row(task, *map(str, counts.values()))
    table.add_row("[dim]items[/dim]", *map(str, manifest.pieces.values()))
    Console().print(table)
    typer.echo(f"{len(manifest.shards)} shards in {out}; items of the parts are {manifest.items}")
