"""``fashionm3 train planner``: fine-tunes the planner's language model."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fashionm3.cli.bars import one_bar
from fashionm3.cli.faults import extra, one_line_faults

if TYPE_CHECKING:
    from fashionm3.training.lesson import Counts
    from fashionm3.training.planner import Report

_KEPT = "adapter (small; the base stays as it is) or merged (one whole model besides)."


@one_line_faults
def planner(
    run: Annotated[
        Path, typer.Option(help="Checkpoints; an unfinished run in it is continued.")
    ] = Path(".fashionm3/planner"),
    out: Annotated[Path, typer.Option(help="Where the adapter goes.")] = Path("planner-adapter"),
    base: Annotated[
        str, typer.Option(help="nano, or folder or name of an image-text-to-text model.")
    ] = "nano",
    data: Annotated[
        list[Path] | None,
        typer.Option(help="Rounds of plan --jsonl with expect; the shipped ones by default."),
    ] = None,
    held_out: Annotated[
        Path | None, typer.Option(help="Labelled rounds whose loss is told at each saving.")
    ] = None,
    dialogues: Annotated[
        int | None, typer.Option(min=1, help="Dialogues to draw from the data; all by default.")
    ] = None,
    epochs: Annotated[float, typer.Option(help="How often each is read.")] = 1.0,
    rate: Annotated[float, typer.Option(help="Peak learning rate.")] = 4e-4,
    rank: Annotated[int, typer.Option(min=1, help="LoRA rank.")] = 32,
    batch: Annotated[int, typer.Option(min=1, help="Sequences read at once.")] = 2,
    accumulate: Annotated[int, typer.Option(min=1, help="Batches a step.")] = 2,
    seed: Annotated[int, typer.Option(help="Of the draws and the weights.")] = 1,
    threads: Annotated[int, typer.Option(min=1, help="Of torch, without a GPU.")] = 2,
    max_seconds: Annotated[
        float | None, typer.Option(help="End this leg after so long; the next one goes on.")
    ] = None,
    start: Annotated[
        Path | None, typer.Option(help="Adapter in PEFT's layout to go on from.")
    ] = None,
    pictures: Annotated[
        bool, typer.Option("--pictures/--no-pictures", help="Train the eye's projector too.")
    ] = True,
    keep: Annotated[str, typer.Option(help=f"What to write: {_KEPT}")] = "adapter",
    average: Annotated[
        float,
        typer.Option(
            min=0, max=1, help="Share of the trained weights; the rest are those of --start."
        ),
    ] = 1.0,
    estimate: Annotated[
        bool, typer.Option("--estimate", help="Only say what the run would take.")
    ] = False,
) -> None:
    """Fine-tune a planner with a LoRA adapter on labelled dialogues (PEFT and TRL).

    Says first what memory and time it will take, shows progress, draws the loss to loss.png in the
    run's folder, goes on after a kill, and writes the adapter with its model card. On several GPUs:
    accelerate launch -m fashionm3 train planner ...

    Examples:
      fashionm3 train planner --estimate
      fashionm3 train planner --max-seconds 7200
      fashionm3 train planner --run .fashionm3/leg2 --start planner-adapter --rate 2e-4 --seed 2
      fashionm3 train planner --base Qwen/Qwen3-VL-4B-Instruct --data mine.jsonl --keep merged
    """
    from fashionm3.errors import UsageError

    if keep not in ("adapter", "merged"):
        raise UsageError(f"--keep {keep!r}: expected {_KEPT}")
    if average < 1 and (start is None or keep != "adapter"):
        raise UsageError("--average wants --start and --keep adapter: two adapters are averaged")
    with extra("train"):
        import matplotlib  # noqa: F401

        from fashionm3.training import adapters
        from fashionm3.training.jobs import Job, loss_plot, shipped_rows
        from fashionm3.training.lesson import Wanted
        from fashionm3.training.planner import PlannerRecipe

    recipe = PlannerRecipe(batch, accumulate, rate, rank, epochs, seed, threads=threads)
    files = tuple(data or (shipped_rows(),))
    wanted = Wanted(files, held_out, dialogues, rank, seed, start, pictures)
    job = Job(run, wanted, recipe, base)
    with one_bar("pictures") as looked:
        lesson = job.lesson(lambda n: looked(n, None))
    _tell(lesson.counts)
    with one_bar("steps") as stepped:
        trainer = job.trainer(lesson, lambda r: stepped(r.step, r.total, _said(r)), max_seconds)
        typer.echo(f"About {trainer.estimate()}.")
        if estimate:
            return
        trainer.train()
    if not trainer.leads:
        return
    if not trainer.finished:
        loss_plot(run)
        typer.echo(f"This leg is over; run the same command again to go on from {run}.")
        return
    for line in job.write(trainer, lesson, out, merged=keep == "merged"):
        typer.echo(line)
    if start is not None and average < 1:
        adapters.average(out, start, average)


def _tell(read: "Counts") -> None:
    left_out = f"; {read.left_out} left out, their pictures are not here" if read.left_out else ""
    typer.echo(
        f"{read.dialogues} dialogues{left_out}; {read.captions} pictures to describe; "
        f"{read.decisions} decisions, {read.tokens} tokens."
    )


def _said(report: "Report") -> str:
    loss = "" if report.loss is None else f"loss {report.loss:.3f}"
    held = "" if report.held_out_loss is None else f" held out {report.held_out_loss:.3f}"
    return f"{loss}{held}"
