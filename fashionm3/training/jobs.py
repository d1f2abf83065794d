"""One training run of a planner, from files of rows to the adapter with its card."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import torch

from fashionm3.agent.form import FORM_HASH
from fashionm3.training.lesson import Lesson, Wanted
from fashionm3.training.planner import LOG, PlannerRecipe, PlannerTrainer, Progress
from fashionm3.training.rows import open_rows
from fashionm3.weights.base import base_path

NANO = "nano"


def shipped_rows() -> Path:
    """Returns the file of training dialogues of this package."""
    return Path(str(files("fashionm3.training") / "data" / "dialogues.jsonl.xz"))


@dataclass(frozen=True)
class Job:
    """What a run is asked to do.

    Attributes:
        run: Folder of checkpoints, log and prepared pictures.
        wanted: What should be learned.
        recipe: Settings.
        base: ``nano``, or folder or name of any model that a chat template serves.
    """

    run: Path
    wanted: Wanted
    recipe: PlannerRecipe
    base: str = NANO

    def lesson(self, looked: Callable[[int], None] | None = None) -> Lesson:
        """Reads the data, prepares pictures and loads the base.

        Args:
            looked: Told how many pictures have been looked at.

        Raises:
            InputError: The data can't be read.
            EngineError: Weights are missing.
        """
        wanted = self.wanted
        for file in (*wanted.files, *([wanted.held_out] if wanted.held_out else [])):
            open_rows(file).close()
        torch.manual_seed(self.recipe.seed)
        if self.base == NANO:
            from fashionm3.training.nano_lesson import nano_lesson

            return nano_lesson(base_path("smollm2"), self.run, wanted, looked)
        from fashionm3.training.chat_lesson import chat_lesson

        return chat_lesson(self.base, wanted)

    def trainer(
        self, lesson: Lesson, progress: Progress | None = None, stop_after: float | None = None
    ) -> PlannerTrainer:
        """Returns the trainer of a lesson.

        Args:
            lesson: As `lesson` made it.
            progress: Told how far the run is.
            stop_after: Seconds after which this leg ends, saved.
        """
        return PlannerTrainer(lesson, self.run, self.recipe, progress, stop_after)

    def write(
        self, trainer: PlannerTrainer, lesson: Lesson, out: Path, merged: bool
    ) -> Iterator[str]:
        """Writes the adapter with its card, and one whole model where it is wanted.

        Yields:
            What lies where, a line each.
        """
        form = {"prompt_hash": FORM_HASH} if self.base == NANO else {}
        card = {"part": "planner", "base": self.base, **form}
        card["data"] = ", ".join(file.name for file in self.wanted.files)
        trainer.export(out, card)
        drawn = loss_plot(self.run)
        yield f"The adapter is in {out}; its loss is drawn in {drawn}."
        if merged:
            yield f"The whole model is in {lesson.merge(out)}."


def loss_plot(run: Path) -> Path | None:
    """Draws the log of a run to ``loss.png`` in its folder; None where nothing was logged."""
    log = run / LOG
    if not log.is_file():
        return None
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    rows = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    figure, axes = pyplot.subplots(figsize=(7, 4), layout="constrained")
    for name, label in (("loss", "training"), ("held_out_loss", "held out")):
        points = [(row["step"], row[name]) for row in rows if row[name] is not None]
        if points:
            axes.plot(*zip(*points, strict=True), label=label, marker=".")
    axes.set(xlabel="step", ylabel="loss of a decision's tokens", ylim=(0, None))
    axes.legend()
    axes.grid(alpha=0.3)
    file = run / "loss.png"
    figure.savefig(file, dpi=120)
    pyplot.close(figure)
    return file
