"""Photographs of garments with a person's labels, and the split that all measurements share.

The split follows a hash of the item id, so that it is the same on every machine. Photographs that
are nearly the same picture fall on the same side of it.
"""

import csv
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from fashionm3.errors import InputError
from fashionm3.types import CATEGORIES

Part = Literal["train", "dev", "test"]

_LABELS = {"outwear": "outerwear", "body": "bodysuit"}
_SIDE = 16  # of the difference hash: 256 bits a picture
_NEAR = 16  # bits in which near-duplicates may differ; unrelated pictures differ in about 128


@dataclass(frozen=True)
class Photograph:
    """One labelled photograph.

    Attributes:
        item_id: Stem of the file.
        label: One of the 17 categories.
        path: The JPEG.
        part: On which side of the split it lies.
    """

    item_id: str
    label: str
    path: Path
    part: Part


def photo_folder() -> Path | None:
    """Returns ``FASHIONM3_PHOTOS`` or ``../shared/data/clothing``, or None where neither exists."""
    chosen = os.environ.get("FASHIONM3_PHOTOS") or "../shared/data/clothing"
    folder = Path(chosen)
    return folder if (folder / "items.csv").is_file() else None


def read_photographs(folder: Path) -> list[Photograph]:
    """Reads ``items.csv`` and splits its rows; labels outside the 17 categories are left out.

    Args:
        folder: Holds ``items.csv`` (``item_id``, ``label``) and ``images/<item_id>.jpg``.

    Raises:
        InputError: The table or one of its pictures can't be read.
    """
    try:
        with (folder / "items.csv").open(encoding="utf-8", newline="") as stream:
            rows = [(row["item_id"], category_of(row["label"])) for row in csv.DictReader(stream)]
    except (OSError, KeyError, csv.Error) as error:
        raise InputError(
            f"{folder / 'items.csv'} can't be read ({error}): expected columns item_id and label"
        ) from None
    known = sorted((item_id, label) for item_id, label in rows if label in CATEGORIES)
    paths = [folder / "images" / f"{item_id}.jpg" for item_id, _ in known]
    keys = _group_keys([item_id for item_id, _ in known], difference_hashes(paths))
    return [
        Photograph(item_id, label, path, part_of(key))
        for (item_id, label), path, key in zip(known, paths, keys, strict=True)
    ]


def category_of(label: str) -> str:
    """Returns this project's word for a label of the data set; unknown labels stay as they are."""
    plain = label.strip().lower()
    return _LABELS.get(plain, plain)


def part_of(key: str) -> Part:
    """Returns train (70 %), dev (10 %) or test (20 %) by the SHA-256 of a key."""
    draw = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") / 2**64
    if draw < 0.7:
        return "train"
    return "dev" if draw < 0.8 else "test"


def difference_hashes(paths: Sequence[Path]) -> NDArray[np.bool_]:
    """Returns ``(n, 256)`` bits a picture: where brightness rises from left to right.

    Raises:
        InputError: A picture can't be read.
    """
    bits = np.zeros((len(paths), _SIDE * _SIDE), bool)
    for row, path in zip(bits, paths, strict=True):
        try:
            with Image.open(path) as picture:
                picture.draft("L", (_SIDE * 4, _SIDE * 4))
                grey = picture.convert("L").resize((_SIDE + 1, _SIDE), Image.Resampling.BOX)
        except OSError as error:
            raise InputError(f"photograph {path} can't be read: {error}") from None
        light = np.asarray(grey, np.int16)
        row[:] = (light[:, 1:] > light[:, :-1]).ravel()
    return bits


def _group_keys(item_ids: Sequence[str], bits: NDArray[np.bool_]) -> list[str]:
    """Returns the smallest id of each one's group of near-duplicates (its own where alone)."""
    signs = bits.astype(np.float32) * 2 - 1
    differing = (signs.shape[1] - signs @ signs.T) / 2
    leader = list(range(len(item_ids)))
    for one, other in np.argwhere(np.triu(differing <= _NEAR, 1)):
        low, high = sorted((_root(leader, int(one)), _root(leader, int(other))))
        leader[high] = low
    return [item_ids[_root(leader, index)] for index in range(len(item_ids))]


def _root(leader: list[int], index: int) -> int:
    while leader[index] != index:
        index = leader[index]
    return index
