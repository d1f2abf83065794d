"""Labelled pictures of garments and what the planner's eye measures of them.

Photographs carry a person's label for their kind, this project's own for the pattern of some of
them, and their main colour as measured; drawings of the sample shop carry all that they were drawn
by. The eye is frozen, so each picture is looked at once.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

import torch
from PIL import Image
from torch import Tensor

from fashionm3.agent.eye import Eye, pixels_of
from fashionm3.cpu import quick_dtype
from fashionm3.training.dialogues.pictures import Picture
from fashionm3.training.encoder_photos import Part, Photograph

BATCH = 32
Progress = Callable[[int], None]


@dataclass(frozen=True)
class PictureSet:
    """Pictures and their measures.

    Attributes:
        pictures: In the order of the rows.
        measures: ``(n, d) float16``, see `Eye.measures`.
    """

    pictures: tuple[Picture, ...]
    measures: Tensor

    @classmethod
    def load(cls, file: Path) -> "PictureSet":
        """Reads what `save` wrote."""
        saved = torch.load(file, weights_only=True)
        return cls(tuple(Picture(*row) for row in saved["pictures"]), saved["measures"])

    def save(self, file: Path) -> None:
        """Writes labels and measures to one file."""
        rows = [(p.key, p.category, p.color, p.pattern, p.material) for p in self.pictures]
        part = file.with_suffix(".part")
        torch.save({"pictures": rows, "measures": self.measures}, part)
        part.replace(file)

    def __add__(self, other: "PictureSet") -> "PictureSet":
        measures = torch.cat([self.measures, other.measures])
        return PictureSet(self.pictures + other.pictures, measures)


def load_eye() -> Eye:
    """Returns the eye with the catalogue encoder's tower, in the format that is quick here.

    Raises:
        EngineError: Weights are missing.
    """
    from fashionm3.index.nano import build_nano

    eye = Eye().eval()
    eye.tower.load_state_dict(build_nano().get_submodule("visual.trunk").state_dict())
    ready: Any = eye.to(quick_dtype())
    return cast("Eye", ready.to(memory_format=torch.channels_last))


def measured(
    eye: Eye, pictures: Iterable[tuple[Picture, Image.Image]], progress: Progress | None = None
) -> PictureSet:
    """Looks at pictures, one after the other."""
    kept: list[Picture] = []
    rows: list[Tensor] = []
    for batch in _batches(pictures):
        kept += [picture for picture, _ in batch]
        pixels = torch.stack([pixels_of(image) for _, image in batch]).to(quick_dtype())
        with torch.inference_mode():
            rows.append(eye.measures(pixels.contiguous(memory_format=torch.channels_last)).half())
        if progress is not None:
            progress(len(kept))
    return PictureSet(tuple(kept), torch.cat(rows))


def _batches(
    pictures: Iterable[tuple[Picture, Image.Image]],
) -> Iterator[list[tuple[Picture, Image.Image]]]:
    batch: list[tuple[Picture, Image.Image]] = []
    for entry in pictures:
        batch.append(entry)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def photographed(
    photographs: Iterable[Photograph], part: Part
) -> Iterator[tuple[Picture, Image.Image]]:
    """Yields the photographs of one side of the split whose colour can be measured."""
    from fashionm3.index.colour import colors

    patterns = known_patterns()
    for photo in photographs:
        if photo.part != part:
            continue
        image = Image.open(photo.path).convert("RGB")
        shares = colors(image)
        if shares:
            pattern = patterns.get(photo.item_id)
            yield Picture(f"photo:{photo.item_id}", photo.label, shares[0].name, pattern), image


def labelled(photographs: Iterable[Photograph]) -> list[tuple[Picture, Path]]:
    """Returns photographs with their labels and main colours as measured, and their files."""
    from fashionm3.index.colour import colors

    found = []
    for photo in photographs:
        shares = colors(Image.open(photo.path))
        if shares:
            key = f"photo:{photo.item_id}"
            found.append((Picture(key, photo.label, shares[0].name), photo.path))
    return found


def drawn(seed: int, n: int) -> Iterator[tuple[Picture, Image.Image]]:
    """Yields drawings of the sample shop; kinds outside the 17 are left out."""
    from fashionm3.sample import sample_items
    from fashionm3.types import CATEGORIES

    for item, image in sample_items(seed=seed, n=n):
        if item.category in CATEGORIES and item.main_color is not None:
            key = f"drawing:{seed}:{item.item_id}"
            yield (
                Picture(key, item.category, item.main_color, item.pattern, item.material),
                image,
            )


def known_patterns() -> dict[str, str]:
    """Returns item id to pattern, as read off the photographs for this project."""
    table = files("fashionm3.training") / "photo_patterns.tsv"
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines(), delimiter="\t")
    return {row["item_id"]: row["pattern"] for row in rows}
