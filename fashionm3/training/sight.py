"""Prepares what the planner's eye is trained on: measured pictures and an aligned projector."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PIL.Image import Image

from fashionm3.training.dialogues.pictures import Picture
from fashionm3.training.looking import Looking, Sight, align, targets
from fashionm3.training.pictures import PictureSet, drawn, load_eye, measured, photographed

SEEDS = (21, 31)
"""Of the sample shop's drawings; the shipped shop is drawn with another one."""


def prepare_sight(
    run: Path,
    base: Path,
    photographs: Path | None = None,
    n_drawings: int = 640,
    steps: int = 1500,
    projector: Path | None = None,
    progress: Callable[[int], None] | None = None,
) -> Sight:
    """Measures the training pictures and aligns the projector; what is in the folder is kept.

    Args:
        run: Folder of the run; ``pictures.pt`` and ``aligned.safetensors`` are kept there.
        base: Folder of the base language model.
        photographs: Folder with ``items.csv`` and ``images/``; drawings alone without it.
        n_drawings: Of each of two seeds.
        steps: Of the alignment.
        projector: An earlier leg's, to go on from instead of aligning a new one.
        progress: Told how many pictures have been looked at.
    """
    from safetensors.torch import load_file
    from transformers import AutoTokenizer

    known = known_pictures(run, progress, photographs, n_drawings)
    aligned = run / "aligned.safetensors"
    if projector is not None:
        return Sight(known, Looking.load(projector))
    if not aligned.is_file():
        words = load_file(base / "model.safetensors")["model.embed_tokens.weight"]
        tokenizer: Any = AutoTokenizer.from_pretrained(base)
        looking = Looking(words.shape[1])
        align(looking, known, *targets(known.pictures, words, tokenizer), steps=steps)
        looking.save(aligned)
    return Sight(known, Looking.load(aligned))


def known_pictures(
    run: Path,
    progress: Callable[[int], None] | None = None,
    photographs: Path | None = None,
    n_drawings: int = 640,
) -> PictureSet:
    """Returns the training pictures of a run, measured; see `prepare_sight`."""
    run.mkdir(parents=True, exist_ok=True)
    kept = run / "pictures.pt"
    if not kept.is_file():
        measured(load_eye(), _pictures(photographs, n_drawings), progress).save(kept)
    return PictureSet.load(kept)


def _pictures(folder: Path | None, n_drawings: int) -> Iterator[tuple[Picture, Image]]:
    from fashionm3.training.encoder_photos import read_photographs

    if folder is not None:
        yield from photographed(read_photographs(folder), "train")
    for seed in SEEDS:
        yield from drawn(seed, n_drawings)
