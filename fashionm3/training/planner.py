"""Fine-tunes the planner's language model with a LoRA adapter on labelled dialogues.

TRL's supervised fine-tuning trainer does the work: only positions that belong to a decision pass
the output head, a run is saved every few steps and goes on from there after a kill, and
``accelerate launch`` spreads it over several cards.
"""

import json
import os
import time
import warnings
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch

from fashionm3.cpu import keep_freed_memory, quick_format
from fashionm3.torchvision_ops import declare_missing_ops
from fashionm3.training.length_batches import LengthBatches
from fashionm3.training.lesson import Lesson

declare_missing_ops()
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")  # TRL tells the hub what is trained
from transformers import PrinterCallback, TrainerCallback  # noqa: E402
from transformers.trainer_utils import get_last_checkpoint  # noqa: E402
from trl.trainer.sft_config import SFTConfig  # noqa: E402
from trl.trainer.sft_trainer import SFTTrainer  # noqa: E402

LOG = "log.jsonl"


@dataclass(frozen=True)
class PlannerRecipe:
    """Settings of a run; all of them go into the model card.

    Attributes:
        batch: Sequences read at once.
        accumulate: Batches a step.
        rate: Peak learning rate; cosine to a tenth, after 4 % warm-up.
        rank: LoRA rank on all linear layers; alpha is twice the rank.
        epochs: How often each sequence is read.
        save_steps: Steps between two savings.
        threads: Of torch.
    """

    batch: int = 2
    accumulate: int = 2
    rate: float = 4e-4
    rank: int = 32
    epochs: float = 1.0
    seed: int = 1
    save_steps: int = 100
    threads: int = 2


@dataclass(frozen=True)
class Report:
    """How far a run is.

    Attributes:
        loss: Mean over the steps since the report before, or None.
        held_out_loss: On the dialogues that are only measured, where there are any.
    """

    step: int
    total: int
    loss: float | None
    held_out_loss: float | None
    seconds: float


@dataclass(frozen=True)
class Estimate:
    """What a run will take, from one step on the longest sequences and one on middling ones.

    Attributes:
        seconds: Of all steps.
        peak_mb: Of this process, or of the card's memory where one is used.
    """

    steps: int
    tokens: int
    seconds: float
    peak_mb: float

    def __str__(self) -> str:
        hours, minutes = divmod(round(self.seconds / 60), 60)
        time_ = f"{hours} h {minutes} min" if hours else f"{minutes} min"
        return f"{time_} for {self.steps} steps, {self.peak_mb / 1024:.1f} GB of memory"


Progress = Callable[[Report], None]


class PlannerTrainer:
    """One training run in a folder.

    Args:
        lesson: The model and what it is trained on.
        run: Folder for checkpoints and the log; an unfinished run in it is continued.
        recipe: Settings.
        progress: Told how far the run is.
        stop_after: Seconds after which this leg ends, saved.
    """

    def __init__(
        self,
        lesson: Lesson,
        run: Path,
        recipe: PlannerRecipe,
        progress: Progress | None = None,
        stop_after: float | None = None,
    ) -> None:
        self._lesson, self._run, self._recipe = lesson, run, recipe
        self._halves = torch.cuda.is_available() or quick_format() == "bf16"
        run.mkdir(parents=True, exist_ok=True)
        torch.set_num_threads(recipe.threads)
        keep_freed_memory()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the libraries, about each other
            self._trainer = _Trainer(
                model=lesson.model,
                args=self._arguments(lesson.held_out is not None),
                train_dataset=lesson.data,
                eval_dataset=lesson.held_out,
                processing_class=lesson.processing,
                data_collator=lesson.collator,
                callbacks=[_Reporter(run, progress, stop_after)],
            )
            self._trainer.remove_callback(PrinterCallback)

    def _arguments(self, measures: bool) -> SFTConfig:
        recipe = self._recipe
        return SFTConfig(
            output_dir=str(self._run),
            per_device_train_batch_size=recipe.batch,
            per_device_eval_batch_size=recipe.batch,
            gradient_accumulation_steps=recipe.accumulate,
            learning_rate=recipe.rate,
            lr_scheduler_type="cosine_with_min_lr",
            lr_scheduler_kwargs={"min_lr_rate": 0.1},
            warmup_steps=0.04,
            num_train_epochs=recipe.epochs,
            weight_decay=0.01,
            max_grad_norm=1.0,
            bf16=self._halves,
            use_cpu=not torch.cuda.is_available(),
            gradient_checkpointing=False,
            remove_unused_columns=False,
            dataset_kwargs={"skip_prepare_dataset": True},
            max_length=None,
            ddp_find_unused_parameters=True,
            save_steps=recipe.save_steps,
            save_total_limit=2,
            eval_strategy="steps" if measures else "no",
            eval_steps=recipe.save_steps,
            prediction_loss_only=True,
            logging_steps=min(10, recipe.save_steps),
            seed=recipe.seed,
            report_to=[],
            disable_tqdm=True,
            dataloader_pin_memory=False,
        )

    @property
    def leads(self) -> bool:
        """Whether this process is the one of several that writes and talks."""
        return bool(self._trainer.is_world_process_zero())

    @property
    def finished(self) -> bool:
        """Whether every step of the recipe has been made."""
        state = self._trainer.state
        return state.max_steps > 0 and state.global_step >= state.max_steps

    def estimate(self) -> Estimate:
        """Tries two batches without learning and says what the run will take."""
        recipe, data = self._recipe, self._lesson.data
        order = sorted(range(len(data)), key=data["length"].__getitem__)
        middle = self._tried(order[len(order) // 2 :][: recipe.batch])
        self._tried(order[-recipe.batch :])
        model: Any = self._trainer.model
        model.zero_grad(set_to_none=True)
        at_once = recipe.batch * self._trainer.args.world_size
        batches = -(-len(data) // at_once)
        steps = round(-(-batches // recipe.accumulate) * recipe.epochs)
        tokens = round(self._lesson.counts.tokens * recipe.epochs)
        trained = sum(p.numel() for p in model.parameters() if p.requires_grad)
        # AdamW keeps two fp32 values of each.
        peak = _peak_mb() + trained * 8 / 2**20
        return Estimate(steps, tokens, middle * batches * recipe.epochs, peak)

    def _tried(self, rows: list[int]) -> float:
        """Returns the seconds of one batch, forwards and backwards."""
        model, device = self._trainer.model, self._trainer.args.device
        assert model is not None
        model.to(device).train()
        batch = self._lesson.collator([self._lesson.data[row] for row in rows])
        started = time.monotonic()
        with torch.autocast(device.type, torch.bfloat16, enabled=self._halves):
            loss = self._trainer.compute_loss(  # type: ignore[no-untyped-call]
                model, {key: value.to(device) for key, value in batch.items()}
            )
            loss.backward()
        return time.monotonic() - started

    def train(self) -> None:
        """Trains to the end of the recipe or of this leg, from the last saving on."""
        last = get_last_checkpoint(str(self._run))  # type: ignore[no-untyped-call]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the libraries, about each other
            self._trainer.train(resume_from_checkpoint=last)

    def export(self, folder: Path, card: dict[str, Any]) -> None:
        """Writes the adapter in PEFT's layout (bf16) with ``card.json``.

        Args:
            folder: Where to; made if missing.
            card: Figures and words for the card; recipe and counts are added.
        """
        self._lesson.export(folder)
        run = {**asdict(self._lesson.counts), "steps": self._trainer.state.global_step}
        full = {**card, "recipe": asdict(self._recipe), "run": run}
        text = json.dumps(full, indent=2, ensure_ascii=False) + "\n"
        (folder / "card.json").write_text(text, encoding="utf-8")


class _Trainer(SFTTrainer):
    """TRL's trainer with this project's order of reading."""

    def _get_train_sampler(self, train_dataset: Any = None) -> LengthBatches:  # noqa: ANN401
        data: Any = self.train_dataset if train_dataset is None else train_dataset
        args = self.args
        at_once = args.per_device_train_batch_size * args.world_size
        return LengthBatches(data["length"], at_once, args.seed)


class _Reporter(TrainerCallback):
    """Writes the log, tells the progress, and ends a leg in time."""

    def __init__(self, run: Path, progress: Progress | None, stop_after: float | None) -> None:
        self._file, self._progress, self._stop_after = run / LOG, progress, stop_after
        self._started = time.monotonic()
        self._step, self._loss = 0, None

    def on_train_begin(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Starts the clock."""
        self._started = time.monotonic()

    def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Ends the leg where its time is over."""
        if self._stop_after and time.monotonic() - self._started > self._stop_after:
            control.should_save = control.should_training_stop = True

    def on_log(
        self,
        args: Any,  # noqa: ANN401
        state: Any,  # noqa: ANN401
        control: Any,  # noqa: ANN401
        logs: dict[str, float] | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        """Writes a line of the log."""
        found = logs or {}
        if not state.is_world_process_zero or not {"loss", "eval_loss"} & set(found):
            return
        seconds = round(time.monotonic() - self._started, 1)
        report = Report(
            state.global_step,
            state.max_steps,
            found.get("loss"),
            found.get("eval_loss"),
            seconds,
        )
        with self._file.open("a", encoding="utf-8") as log:
            log.write(json.dumps(asdict(report)) + "\n")
        if self._progress is not None:
            self._progress(report)


def _peak_mb() -> float:
    if torch.cuda.is_available():
        return torch.cuda.max_memory_allocated() / 2**20
    from resource import RUSAGE_SELF, getrusage

    return getrusage(RUSAGE_SELF).ru_maxrss / 1024
