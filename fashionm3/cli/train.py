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

from fashionm3.cli.faults import one_line_faults

app = typer.Typer(no_args_is_help=True, help="Train the planner's adapter and the encoder.")

Run = Annotated[Path, typer.Option(help="Checkpoints; an unfinished run in it is continued.")]
Out = Annotated[Path, typer.Option(help="Where the trained weights go.")]


def _bars() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[said]}"))
    return Progress(
        *columns, TimeElapsedColumn(), TimeRemainingColumn(), console=Console(stderr=True)
    )


@app.command("planner")
@one_line_faults
def planner(
    run: Run = Path(".fashionm3/planner"),
    out: Out = Path("fashionm3/weights/trained/planner"),
    base: Annotated[
        str, typer.Option(help="nano, or the folder of a causal language model.")
    ] = "nano",
    dialogues: Annotated[int, typer.Option(help="Composed dialogues to read, each once.")] = 6912,
    rate: Annotated[float, typer.Option(help="Peak learning rate.")] = 8e-4,
    rank: Annotated[int, typer.Option(help="LoRA rank.")] = 32,
    batch_tokens: Annotated[int, typer.Option(help="Padded tokens a step.")] = 700,
    seed: Annotated[int, typer.Option(help="Of data and weights.")] = 1,
    threads: Annotated[int, typer.Option(help="Of torch.")] = 2,
    max_seconds: Annotated[
        float | None, typer.Option(help="Stop this leg after so long; the next one goes on.")
    ] = None,
    start: Annotated[
        Path | None, typer.Option(help="Adapter in PEFT's layout to go on from.")
    ] = None,
    pictures: Annotated[
        bool, typer.Option("--pictures", help="Train the eye's projector too (prepares it first).")
    ] = False,
) -> None:
    """Fine-tune the planner with a LoRA adapter on composed dialogues.

    Examples:
      fashionm3 train planner --max-seconds 7200
      fashionm3 train planner --run .fashionm3/leg3 --start ADAPTER --pictures --rate 4e-4
    """
    from fashionm3.agent.numbers import digits
    from fashionm3.training.dialogues.phrases import shipped
    from fashionm3.training.encoder_photos import photo_folder
    from fashionm3.training.planner import PlannerRecipe, PlannerTrainer, Report
    from fashionm3.training.sight import prepare_sight
    from fashionm3.weights.base import base_path

    recipe = PlannerRecipe(dialogues, batch_tokens, rate, rank, seed=seed, threads=threads)
    folder = base_path("smollm2") if base == "nano" else Path(base)
    sight = prepare_sight(run, folder, photo_folder()) if pictures else None
    trainer = PlannerTrainer(folder, run, list(shipped()), digits, recipe, start, sight)
    with _bars() as bars:
        task = bars.add_task("dialogues", total=dialogues, said="")

        def show(report: Report) -> None:
            said = f"{report.dialogues} of {report.total}, loss {report.loss:.3f}"
            bars.update(task, completed=report.dialogues, said=said)

        trainer.train(show, stop_after=max_seconds)
    if trainer.finished:
        trainer.export(out, {"part": "planner", "base": base})
        typer.echo(f"The adapter is in {out}; its loss is in {run / 'log.jsonl'}.")
    else:
        typer.echo(f"This leg is over; run the same command again to go on from {run}.")


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
