"""The lesson of the small planner: its own written form, and pictures as the eye measures them."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from fashionm3.agent.numbers import digits
from fashionm3.agent.vision import assembled
from fashionm3.index.lexicon import Lexicon
from fashionm3.torchvision_ops import declare_missing_ops
from fashionm3.training.encoder_photos import photo_folder
from fashionm3.training.lesson import Counts, Lesson, Wanted
from fashionm3.training.looking import Sight
from fashionm3.training.planner_data import Collator, Read, as_dataset, read_training
from fashionm3.training.planner_model import PROJECTOR, export, planner_model
from fashionm3.training.sequences import Encoder
from fashionm3.training.sight import prepare_sight

declare_missing_ops()
from transformers import AutoTokenizer  # noqa: E402

CAPTIONS = 0.3
"""Pictures that are only described, for each dialogue."""


def nano_lesson(
    base: Path, run: Path, wanted: Wanted, looked: Callable[[int], None] | None = None
) -> Lesson:
    """Reads data, looks at the training pictures, and loads the base with an adapter.

    Args:
        base: Folder of a causal language model.
        run: Folder that keeps the measured pictures and the aligned projector.
        wanted: What should be learned.
        looked: Told how many pictures have been looked at.

    Raises:
        InputError: The data can't be read.
        EngineError: Weights are missing.
    """
    sight = _sight(run, base, wanted.start, looked) if wanted.pictures else None
    tokenizer: Any = AutoTokenizer.from_pretrained(base)
    encoder = Encoder(tokenizer, Lexicon.load(), digits)
    read = read_training(wanted.files, encoder, sight, CAPTIONS, wanted.dialogues, wanted.seed)
    held_out = None
    if wanted.held_out is not None:
        only = read_training((wanted.held_out,), encoder, sight, 0, None, 1)
        held_out = as_dataset(only.sequences)
    looking = None if sight is None else sight.looking
    model = planner_model(base, wanted.rank, looking, wanted.start)
    return Lesson(
        model=model,
        processing=tokenizer,
        data=as_dataset(read.sequences),
        held_out=held_out,
        collator=Collator(sight),
        counts=_counts(read),
        export=partial(export, model),
        merge=partial(assembled, base),
    )


def _sight(
    run: Path, base: Path, start: Path | None, looked: Callable[[int], None] | None
) -> Sight:
    kept = None if start is None else start / PROJECTOR
    projector = kept if kept is not None and kept.is_file() else None
    return prepare_sight(run, base, photo_folder(), progress=looked, projector=projector)


def _counts(read: Read) -> Counts:
    return Counts(read.dialogues, read.n_decisions, read.n_tokens, read.left_out, read.captions)
