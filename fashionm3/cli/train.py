"""``fashionm3 train``: this project's own weights, from the data and code of this tree."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from fashionm3.cli.bars import one_bar
from fashionm3.cli.faults import extra, one_line_faults
from fashionm3.cli.train_planner import planner

app = typer.Typer(no_args_is_help=True, help="Train the planner's adapter and the encoder.")

Run = Annotated[Path, typer.Option(help="Checkpoints; an unfinished run in it is continued.")]
Out = Annotated[Path, typer.Option(help="Where the trained weights go.")]


def _bars() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[said]}"))
    return Progress(
        *columns, TimeElapsedColumn(), TimeRemainingColumn(), console=Console(stderr=True)
    )


app.command("planner")(planner)


@app.command("tool-head")
@one_line_faults
def tool_head(
    test: Annotated[list[Path], typer.Argument(help="Labelled rounds to measure on.")],
    data: Annotated[
        list[Path] | None, typer.Option(help="Labelled rounds to learn; the shipped ones.")
    ] = None,
    steps: Annotated[int, typer.Option(min=1, help="Of 32 rounds.")] = 1000,
    seed: Annotated[int, typer.Option(help="Of the order and the new layer.")] = 1,
    threads: Annotated[int, typer.Option(min=1, help="Of torch.")] = 2,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Train the planner's baseline, MiniLM with a layer over the actions, and measure it.

    Examples:
      fashionm3 train tool-head suites/planner/test_2.jsonl
    """
    import json

    import torch

    from fashionm3.training.jobs import shipped_rows
    from fashionm3.training.rows import read_rows
    from fashionm3.training.tool_head import ToolHead
    from fashionm3.weights.base import base_path

    torch.set_num_threads(threads)
    sets = {file.name: list(read_rows(file)) for file in test}
    rows = [row for file in data or [shipped_rows()] for row in read_rows(file)]
    head = ToolHead(base_path("minilm"), seed)
    with one_bar("steps", hidden=as_json) as stepped:
        head.train(rows, steps, progress=lambda n, loss: stepped(n, steps, f"loss {loss:.3f}"))
    found = {name: round(head.accuracy(labelled), 3) for name, labelled in sets.items()}
    if as_json:
        typer.echo(json.dumps(found))
    else:
        for name, accuracy in found.items():
            typer.echo(f"{name}: tool accuracy {accuracy:.3f} over {len(sets[name])} rounds")


@app.command("matcher")
@one_line_faults
def matcher(
    out: Out = Path("fashionm3/weights/trained/matcher"),
    steps: Annotated[int, typer.Option(min=1, help="Of 48 words and 24 tools.")] = 300,
    take: Annotated[
        float | None, typer.Option(min=0, max=1, help="Share from which a tool is taken.")
    ] = None,
    leave: Annotated[
        float | None, typer.Option(min=0, max=1, help="Share of all tools below which none is.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Of the draws and the weights.")] = 1,
    threads: Annotated[int, typer.Option(min=1, help="Of torch.")] = 2,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Train the encoder that chooses among tools beside the seven actions, and measure it.

    Examples:
      fashionm3 train matcher --out mine
    """
    import json
    from dataclasses import asdict

    import torch

    from fashionm3.agent.tool_matcher import Bounds

    with extra("train"):
        from fashionm3.training.tool_matcher import MatcherRecipe, MatcherTrainer

    torch.set_num_threads(threads)
    trainer = MatcherTrainer(MatcherRecipe(steps=steps, seed=seed))
    with one_bar("steps", hidden=as_json) as stepped:
        trainer.train(progress=lambda n, loss: stepped(n, steps, f"loss {loss:.3f}"))
    given = {"take": take, "leave": leave}
    bounds = Bounds(**{name: value for name, value in given.items() if value is not None})
    measured = asdict(trainer.export(out, bounds))
    if as_json:
        typer.echo(json.dumps(measured))
    else:
        for name, value in measured.items():
            typer.echo(f"{name:>10}: {value:.3f}")
        typer.echo(f"The weights are in {out}.")


@app.command("encoder")
@one_line_faults
def encoder(
    run: Run = Path(".fashionm3/encoder"),
    out: Out = Path("fashionm3/weights/trained/encoder"),
    photographs: Annotated[
        Path | None, typer.Option(help="Folder with items.csv and images/; found by itself.")
    ] = None,
    drawings: Annotated[int, typer.Option(help="Garments of the sample shop to draw.")] = 640,
    image_steps: Annotated[int, typer.Option(help="Steps of the picture tower.")] = 1100,
    text_steps: Annotated[int, typer.Option(help="Steps of the text tower.")] = 500,
    seed: Annotated[int, typer.Option(help="Of data and weights.")] = 1,
    threads: Annotated[int, typer.Option(help="Of torch.")] = 2,
) -> None:
    """Train the encoder on drawings and, where they are present, photographs.

    Examples:
      fashionm3 train encoder --photographs ../shared/data/clothing
    """
    from fashionm3.training.encoder import EncoderRecipe, EncoderTrainer
    from fashionm3.training.encoder_photos import photo_folder

    recipe = EncoderRecipe(drawings, image_steps, text_steps, seed=seed, threads=threads)
    with _bars() as bars:
        tasks: dict[str, TaskID] = {}

        def show(name: str, done: int, total: int) -> None:
            if name not in tasks:
                tasks[name] = bars.add_task(name, total=total, said="")
            bars.update(tasks[name], completed=done, said=f"{done} of {total}")

        trainer = EncoderTrainer(run, photographs or photo_folder(), recipe, show)
        trainer.train()
    trainer.export(out, {"part": "encoder"})
    typer.echo(f"The weights are in {out}.")
