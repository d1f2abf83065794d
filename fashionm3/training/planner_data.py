"""What a planner is trained on, as tokens: dialogues of a file, and captions of pictures."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from PIL import Image
from torch import Tensor

from fashionm3.errors import InputError
from fashionm3.torchvision_ops import declare_missing_ops
from fashionm3.training.dialogues.pictures import Picture
from fashionm3.training.looking import Sight
from fashionm3.training.pictures import load_eye, measured
from fashionm3.training.rows import dialogues_of, read_rows
from fashionm3.training.sequences import Encoder, Sequence_

declare_missing_ops()
from datasets import Dataset  # noqa: E402

IGNORED = -100


@dataclass(frozen=True)
class Read:
    """What was read for a run.

    Attributes:
        dialogues: How many were kept.
        left_out: Dialogues whose pictures are not known here.
        captions: Pictures that are only described.
    """

    sequences: tuple[Sequence_, ...]
    dialogues: int
    left_out: int
    captions: int

    @property
    def n_tokens(self) -> int:
        """Tokens of all sequences."""
        return sum(map(len, self.sequences))

    @property
    def n_decisions(self) -> int:
        """Decisions that are learned."""
        return sum(_starts(sequence.learned) for sequence in self.sequences)


def read_training(
    files: Sequence[Path],
    encoder: Encoder,
    sight: Sight | None,
    captions: float,
    n: int | None,
    seed: int,
) -> Read:
    """Reads dialogues and writes them as sequences.

    Args:
        files: Of rows (`fashionm3.training.rows`).
        encoder: Writes sequences.
        sight: Known pictures; without it dialogues with pictures are left out.
        captions: Pictures that are only described, for each dialogue.
        n: Dialogues to take, drawn by the seed; all by default.
        seed: Of the draws.

    Raises:
        InputError: A file has a bad line, or nothing is left to train on.
    """
    rng = random.Random(seed)
    rows = [row for file in files for row in read_rows(file)]
    if sight is not None:
        _look(sight, {str(row.round.picture) for row in rows if row.round.picture})
    known = {} if sight is None else {picture.key: picture for picture in sight.pictures}
    starts = sum(
        row.dialogue is None or n == 0 or row.dialogue != rows[n - 1].dialogue
        for n, row in enumerate(rows)
    )
    found = list(dialogues_of(rows, known))
    if not found:
        raise InputError(f"no dialogue to train on in {', '.join(map(str, files))}")
    taken = found if n is None or n >= len(found) else rng.sample(found, n)
    sequences = [encoder.sequence(dialogue, rng) for dialogue in taken]
    looked_at = [] if sight is None else sight.drawn(rng, round(captions * len(taken)))
    sequences += [encoder.caption(picture) for picture in looked_at]
    return Read(tuple(sequences), len(taken), starts - len(found), len(looked_at))


def _look(sight: Sight, keys: set[str]) -> None:
    """Measures the pictures that are files and not known yet."""
    known = {picture.key for picture in sight.pictures}
    new = sorted(key for key in keys - known if Path(key).is_file())
    if new:
        shown = ((Picture(key, "", ""), Image.open(key).convert("RGB")) for key in new)
        sight.learn_of(measured(load_eye(), shown))


def as_dataset(sequences: Iterable[Sequence_]) -> Dataset:
    """Returns sequences as TRL takes them: ``input_ids``, ``labels``, ``pictures``, ``length``."""
    return Dataset.from_list(
        [
            {
                "input_ids": sequence.ids,
                "labels": [
                    token if learned else IGNORED
                    for token, learned in zip(sequence.ids, sequence.learned, strict=True)
                ],
                "pictures": list(sequence.pictures),
                "length": len(sequence),
            }
            for sequence in sequences
        ]
    )


class Collator:
    """Pads sequences to a batch; pictures come as the eye's measures, one row each.

    Args:
        sight: Known pictures, or None where no sequence has one.
    """

    def __init__(self, sight: Sight | None) -> None:
        self._sight = sight

    def __call__(self, examples: Sequence[dict[str, Any]]) -> dict[str, Tensor]:
        """Returns ids, mask, labels ``(batch, width)``, and ``seen`` where there are pictures."""
        width = max(len(example["input_ids"]) for example in examples)
        ids = torch.zeros(len(examples), width, dtype=torch.long)
        mask = torch.zeros_like(ids)
        labels = torch.full_like(ids, IGNORED)
        for row, example in enumerate(examples):
            n = len(example["input_ids"])
            ids[row, :n] = torch.tensor(example["input_ids"])
            labels[row, :n] = torch.tensor(example["labels"])
            mask[row, :n] = 1
        batch = {"input_ids": ids, "attention_mask": mask, "labels": labels}
        keys = [key for example in examples for key in example["pictures"]]
        if keys and self._sight is not None:
            batch["seen"] = self._sight.measures(keys)
        return batch


def _starts(learned: Sequence[bool]) -> int:
    return sum(now and not before for before, now in zip([False, *learned], learned, strict=False))
