"""What a trainer needs to know of a model and its data, whatever written form they have."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Collator = Callable[[Any], dict[str, Any]]
"""Turns rows of a data set into a padded batch of tensors."""


@dataclass(frozen=True)
class Wanted:
    """What should be learned, and from where it starts.

    Attributes:
        files: Of rows (`fashionm3.training.rows`).
        held_out: Rows that are only measured on.
        dialogues: How many are drawn from the files; None for all.
        rank: LoRA rank of a new adapter.
        seed: Of the draws.
        start: Adapter in PEFT's layout to go on from.
        pictures: Train with pictures.
    """

    files: tuple[Path, ...]
    held_out: Path | None = None
    dialogues: int | None = None
    rank: int = 32
    seed: int = 1
    start: Path | None = None
    pictures: bool = True


@dataclass(frozen=True)
class Counts:
    """What is read in one epoch; it goes into the model card.

    Attributes:
        left_out: Dialogues whose pictures are not here.
        captions: Pictures that are only described.
    """

    dialogues: int
    decisions: int
    tokens: int
    left_out: int = 0
    captions: int = 0


@dataclass(frozen=True)
class Lesson:
    """A model that can be trained, and what it is trained on.

    Attributes:
        model: A ``PeftModel``.
        processing: Tokenizer or processor, saved with checkpoints.
        data: A ``datasets.Dataset`` with a ``length`` in tokens.
        held_out: One that is only measured on, or None.
        collator: Makes batches of either.
        export: Writes the adapter to a folder.
        merge: Writes one whole model below such a folder and returns where it lies.
    """

    model: Any
    processing: Any
    data: Any
    held_out: Any
    collator: Collator
    counts: Counts
    export: Callable[[Path], None]
    merge: Callable[[Path], Path]
