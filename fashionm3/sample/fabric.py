"""Cloth as a periodic tile: weave or knit texture over a pattern, and how it takes the light."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Tile = NDArray[np.floating[Any]]
"""``(512, 512)`` float32, periodic; about 1 on average for a texture."""

SIDE = 512
"""Edge of a tile in pixels of the drawing, which is finer than the picture."""


@dataclass(frozen=True)
class Finish:
    """How a material takes the light and falls.

    Attributes:
        gloss: Strength of the highlight, 0 to 1.
        power: Sharpness of the highlight.
        crisp: How sharp folds are; 1 is cotton.
        sheen: Light that the nap of dark cloth scatters, 0 to 1.
        puff: Thickness of edges; 1 is shirt cloth.
    """

    gloss: float = 0.0
    power: float = 8.0
    crisp: float = 1.0
    sheen: float = 0.35
    puff: float = 1.0


FINISHES = {
    "satin": Finish(0.34, 9, 1.25, 0.1, 0.9), "silk": Finish(0.22, 8, 1.2, 0.1, 0.9),
    "viscose": Finish(0.05, 6, 1.1), "chiffon": Finish(0.03, 6, 1.2), "linen": Finish(crisp=1.3),
    "leather": Finish(0.34, 16, 0.9, 0.05, 1.3), "patent leather": Finish(0.7, 26, 0.7, 0.0, 1.2),
    "suede": Finish(0.0, 5, 0.7, 0.5, 1.2), "nylon": Finish(0.14, 10, 1.1, 0.1, 1.2),
    "denim": Finish(crisp=1.1, puff=1.1), "knit": Finish(crisp=0.5, puff=1.6),
    "rib": Finish(crisp=0.35, puff=1.3), "cable": Finish(crisp=0.45, puff=2.0),
    "fleece": Finish(crisp=0.55, puff=1.9, sheen=0.5), "teddy": Finish(crisp=0.35, puff=2.3),
    "wool": Finish(crisp=0.65, puff=1.5), "tweed": Finish(crisp=0.6, puff=1.5),
    "velvet": Finish(0.12, 5, 0.9, 0.8, 1.2), "corduroy": Finish(crisp=0.8, puff=1.3, sheen=0.6),
    "canvas": Finish(crisp=0.8, puff=1.1), "rubber": Finish(0.22, 14, 0.6, 0.1, 1.2),
    "straw": Finish(0.05, 6, 0.3), "felt": Finish(crisp=0.4, puff=1.2, sheen=0.5),
    "jersey": Finish(crisp=0.9), "poplin": Finish(crisp=1.2), "crepe": Finish(crisp=0.9),
    "mesh": Finish(crisp=0.6, puff=1.2), "sweat": Finish(crisp=0.75, puff=1.5),
}  # fmt: skip
"""Texture name to the way it takes the light."""


@dataclass(frozen=True)
class Fabric:
    """A cloth to cut panels from.

    Attributes:
        tile: ``(512, 512, 3)`` uint8 RGB, periodic.
        finish: How it takes the light.
        patterned: Whether the tile holds more than one colour.
    """

    tile: NDArray[np.uint8]
    finish: Finish
    patterned: bool = False


def grid() -> tuple[Tile, Tile]:
    """Return the x and y of each pixel of a tile."""
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    return x, y


@lru_cache(maxsize=64)
def noise(seed: int, sx: float, sy: float) -> Tile:
    """Return periodic Gaussian noise, unit variance, smoothed by ``sx`` and ``sy`` pixels."""
    white = np.random.default_rng(seed).standard_normal((SIDE, SIDE))
    fx = np.fft.rfftfreq(SIDE)[None, :]
    fy = np.fft.fftfreq(SIDE)[:, None]
    low = np.exp(-2 * np.pi**2 * ((fx * sx) ** 2 + (fy * sy) ** 2))
    out = np.fft.irfft2(np.fft.rfft2(white) * low, s=(SIDE, SIDE))
    return np.asarray((out - out.mean()) / out.std(), np.float32)


def _wave(t: Tile, period: float) -> Tile:
    return np.asarray(np.sin(t * np.float32(2 * np.pi / period)), np.float32)


def _knit(period: float, depth: float) -> Tile:
    x, y = grid()
    column = np.abs(((x / period) % 1) - 0.5) * 2
    lean = _wave(y + column * period * 0.55, period * 0.75)
    return np.asarray(
        1 + depth * (0.55 * lean - 1.1 * (column > 0.86) - 0.5 * (column < 0.1)), np.float32
    )


def _rib(period: float, depth: float) -> Tile:
    x, y = grid()
    u = (x / period) % 1
    round_ = np.sqrt(np.maximum(0, 1 - (2.6 * (u - 0.5)) ** 2))
    return np.asarray(1 + depth * (1.5 * round_ - 0.9) + 0.025 * _wave(y, 5.02), np.float32)


def _cable() -> Tile:
    x, y = grid()
    base = _knit(8, 0.06)
    u = ((x / 64) % 1) * 64 - 22
    swing = 9 * _wave(y, 64)
    out = base.copy()
    for side in (1, -1):
        d = np.abs(u - side * swing)
        rope = np.sqrt(np.maximum(0, 1 - (d / 9) ** 2))
        out = np.where(d < 9, 0.74 + 0.34 * rope + 0.06 * _wave(y * 1 + u * side * 0.9, 8), out)
    trough = (np.abs(u) > 19) & (np.abs(u) < 23)
    return np.where(trough, 0.84, out).astype(np.float32)


def _herringbone() -> Tile:
    x, y = grid()
    zigzag = np.abs(((x / 32) % 1) - 0.5) * 32
    return 1 + 0.055 * _wave(y + 1.0 * zigzag, 8) + 0.045 * noise(31, 1.0, 1.0)


def _twill(period: float, depth: float) -> Tile:
    x, y = grid()
    return 1 + depth * _wave(x * 2 + y, period) + 0.03 * noise(41, 0.9, 0.9)


def _denim() -> Tile:
    streak = noise(42, 0.9, 26)
    return np.asarray(_twill(8, 0.06) + 0.03 * streak + 0.015 * noise(43, 3, 3), np.float32)


def _linen() -> Tile:
    slub = 0.026 * noise(44, 16, 0.8) + 0.022 * noise(45, 0.8, 16)
    x, y = grid()
    return 1 + slub + 0.015 * (_wave(x, 4) + _wave(y, 4))


def _leather() -> Tile:
    cells = np.abs(noise(46, 2.2, 2.2))
    return np.asarray(1 - 0.10 * np.exp(-cells * 5) + 0.03 * noise(47, 14, 14), np.float32)


def _corduroy() -> Tile:
    x, _ = grid()
    u = (x / 9.846) % 1
    return np.asarray(0.86 + 0.2 * np.sin(np.pi * u) ** 0.6 + 0.025 * noise(48, 0.8, 3), np.float32)


def _straw() -> Tile:
    x, y = grid()
    return 1 + 0.10 * _wave(x + y, 8) * _wave(x - y, 8) + 0.05 * noise(49, 1, 5)


def _basket(period: float, depth: float) -> Tile:
    x, y = grid()
    return 1 + depth * _wave(x, period) * _wave(y, period) + 0.025 * noise(50, 0.8, 0.8)


@lru_cache(maxsize=64)
def texture(name: str) -> Tile:
    """Return the light and dark of a weave, knit or hide by its name in `FINISHES`."""
    x, _ = grid()
    makers: dict[str, Callable[[], Tile]] = {
        "knit": lambda: _knit(9.14, 0.11) + 0.03 * noise(51, 2, 2),
        "rib": lambda: _rib(12.19, 0.13), "cable": _cable, "tweed": _herringbone,
        "denim": _denim, "linen": _linen, "leather": _leather, "corduroy": _corduroy,
        "straw": _straw, "canvas": lambda: _basket(6.4, 0.03),
        "mesh": lambda: _basket(8, 0.075),
        "fleece": lambda: 1 + 0.035 * noise(52, 2.0, 2.0) + 0.012 * noise(53, 5, 5),
        "teddy": lambda: 1 + 0.10 * noise(54, 3.4, 3.4) + 0.04 * noise(55, 1.2, 1.2),
        "wool": lambda: 1 + 0.035 * noise(56, 1.2, 1.2) + 0.02 * noise(57, 3, 1.5),
        "suede": lambda: 1 + 0.03 * noise(58, 1, 1) + 0.022 * noise(59, 9, 6),
        "velvet": lambda: 1 + 0.025 * noise(60, 1, 1) + 0.025 * noise(61, 16, 22),
        "felt": lambda: 1 + 0.03 * noise(62, 1, 1),
        "sweat": lambda: 1 + 0.018 * _wave(x, 4) + 0.025 * noise(63, 0.9, 1.8),
        "jersey": lambda: 1 + 0.010 * _wave(x, 4) + 0.010 * noise(64, 0.9, 1.4),
        "poplin": lambda: 1 + 0.007 * noise(65, 0.8, 0.8),
        "crepe": lambda: 1 + 0.02 * noise(66, 1.2, 1.2),
        "patent leather": lambda: 1 + 0.0 * x,
    }  # fmt: skip
    maker = makers.get(name, lambda: 1 + 0.01 * noise(67, 1, 1))
    return np.asarray(maker(), np.float32)


def weave(name: str, cloth: NDArray[np.float32], patterned: bool = False) -> Fabric:
    """Put a texture over colours.

    Args:
        name: A texture of `FINISHES`.
        cloth: ``(3,)`` or ``(512, 512, 3)`` RGB, 0 to 255.
        patterned: Whether ``cloth`` holds more than one colour.
    """
    tile = np.clip(texture(name)[..., None] * cloth, 0, 255).astype(np.uint8)
    return Fabric(tile, FINISHES.get(name, Finish()), patterned)
