"""Views of training pictures: random crops, turned and recoloured, and what a model sees of them.

The picture tower's first stages are not trained, so their output is computed once for a few views
of each picture and kept on disk; training then starts in the middle of the tower. An interrupted
computation goes on at the first view that is missing.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image, ImageEnhance
from torch import Tensor

Pixels = NDArray[np.uint8]

_BATCH = 32
_WHITE = (255, 255, 255)


@dataclass(frozen=True)
class ViewSettings:
    """How a view differs from its picture.

    Attributes:
        size: Pixels a side.
        n_views: Views a picture.
        area: Smallest share of the padded picture that a crop keeps.
        stretch: Largest change of width over height.
        turn: Standard deviation of the rotation, degrees.
        light: Largest relative change of brightness, contrast and saturation.
        hue: Largest turn of the colour circle (1 is a whole turn).
        seed: Of all draws.
    """

    size: int = 224
    n_views: int = 8
    area: float = 0.35
    stretch: float = 1.25
    turn: float = 7.0
    light: float = 0.4
    hue: float = 0.06
    seed: int = 1


def squared(picture: Image.Image) -> Image.Image:
    """Returns the picture in the middle of a white square."""
    side = max(picture.size)
    square = Image.new("RGB", (side, side), _WHITE)
    square.paste(picture, ((side - picture.width) // 2, (side - picture.height) // 2))
    return square


def random_view(
    picture: Image.Image, settings: ViewSettings, rng: np.random.Generator, recolour: bool
) -> Pixels:
    """Returns ``(size, size, 3) uint8``: a random crop of the squared picture.

    Args:
        picture: RGB.
        settings: How far the view may differ.
        rng: Draws everything.
        recolour: Whether hue may turn, which makes words about colour untrue.
    """
    square = squared(picture)
    if settings.turn and rng.random() < 0.5:
        angle = float(rng.normal(0, settings.turn))
        square = square.rotate(angle, Image.Resampling.BILINEAR, fillcolor=_WHITE)
    width, height = _crop_size(square.width, settings, rng)
    left, upper = rng.uniform(0, square.width - width), rng.uniform(0, square.height - height)
    view = square.resize(
        (settings.size, settings.size),
        Image.Resampling.BILINEAR,
        box=(left, upper, left + width, upper + height),
    )
    if rng.random() < 0.5:
        view = view.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return np.asarray(_relit(view, settings, rng, recolour))


def _crop_size(side: int, settings: ViewSettings, rng: np.random.Generator) -> tuple[float, float]:
    area = rng.uniform(settings.area, 1.0) * side * side
    ratio = np.exp(rng.uniform(-1, 1) * np.log(settings.stretch))
    return min(side, float(np.sqrt(area * ratio))), min(side, float(np.sqrt(area / ratio)))


def _relit(
    view: Image.Image, settings: ViewSettings, rng: np.random.Generator, recolour: bool
) -> Image.Image:
    if not settings.light:
        return view
    for enhance in (ImageEnhance.Brightness, ImageEnhance.Contrast, ImageEnhance.Color):
        view = enhance(view).enhance(float(rng.uniform(1 - settings.light, 1 + settings.light)))
    if recolour and rng.random() < 0.5:
        hsv = np.asarray(view.convert("HSV")).copy()
        hsv[..., 0] += np.uint8(int(rng.uniform(-settings.hue, settings.hue) * 255) % 256)
        view = Image.fromarray(hsv, "HSV").convert("RGB")
    return view


class FrozenViews:
    """Output of frozen stages for every view of every picture, memory-mapped.

    Args:
        file: A ``.npy`` of ``(n, n_views, height, width, channels) float16``.
    """

    def __init__(self, file: Path) -> None:
        self._maps = np.load(file, mmap_mode="r")

    @property
    def n_views(self) -> int:
        """Views a picture."""
        return int(self._maps.shape[1])

    def __len__(self) -> int:
        return int(self._maps.shape[0])

    def fetch(self, rows: NDArray[np.int64], views: NDArray[np.int64]) -> Tensor:
        """Returns ``(n, channels, height, width) float32``, channels last in memory."""
        block = np.stack([self._maps[r, v] for r, v in zip(rows, views, strict=True)])
        return torch.from_numpy(block).float().permute(0, 3, 1, 2)


def freeze_views(
    folder: Path,
    names: Sequence[str],
    pixels: Callable[[int, int], Pixels],
    n_views: int,
    frozen: Callable[[Tensor], Tensor],
    facts: dict[str, Any],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> FrozenViews:
    """Computes what is missing of the views' features and opens them.

    Args:
        folder: Keeps one pair of files for each different set of names and facts.
        names: What tells the pictures apart.
        pixels: Gives view ``v`` of picture ``i`` as ``(size, size, 3) uint8``.
        n_views: Views a picture.
        frozen: Maps ``(b, 3, size, size)`` of -1 to 1 to ``(b, channels, height, width)``.
        facts: Everything else that the features depend on.
        progress: Called with the number of views done and of all.
    """
    key = json.dumps([list(names), n_views, facts], sort_keys=True)
    stem = folder / hashlib.sha256(key.encode()).hexdigest()[:16]
    maps, count = stem.with_suffix(".npy"), stem.with_suffix(".done")
    total = len(names) * n_views
    done = int(count.read_text()) if count.is_file() and maps.is_file() else 0
    for start in range(done, total, _BATCH):
        slots = range(start, min(start + _BATCH, total))
        out = frozen(as_input([pixels(slot // n_views, slot % n_views) for slot in slots]))
        block = out.permute(0, 2, 3, 1).float().numpy().astype(np.float16)
        store = _store(maps, (len(names), n_views, *block.shape[1:]), fresh=start == 0)
        store.reshape(total, *block.shape[1:])[slots.start : slots.stop] = block
        _flush(store)
        _write_count(count, slots.stop)
        progress(slots.stop, total)
    return FrozenViews(maps)


def as_input(views: Sequence[Pixels]) -> Tensor:
    """Returns ``(b, 3, size, size) float32`` of -1 to 1, channels last in memory."""
    stacked = torch.from_numpy(np.stack(views)).permute(0, 3, 1, 2)
    return stacked.float().div_(127.5).sub_(1.0)


def batches(n: int, size: int = _BATCH) -> Iterator[slice]:
    """Yields slices of at most ``size`` that cover ``n`` rows in order."""
    for start in range(0, n, size):
        yield slice(start, min(start + size, n))


def _store(file: Path, shape: tuple[int, ...], fresh: bool) -> NDArray[np.float16]:
    if fresh:
        file.parent.mkdir(parents=True, exist_ok=True)
        return np.lib.format.open_memmap(file, "w+", np.float16, shape)
    return np.lib.format.open_memmap(file, "r+")


def _flush(store: NDArray[np.float16]) -> None:
    if isinstance(store, np.memmap):
        store.flush()


def _write_count(file: Path, count: int) -> None:
    fresh = file.with_suffix(".tmp")
    fresh.write_text(str(count))
    fresh.replace(file)
