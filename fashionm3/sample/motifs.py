"""Patterns as periodic tiles of colour: stripes, checks, dots, flowers, hides, camouflage."""

from collections.abc import Callable

import cv2
import numpy as np

from fashionm3.sample.curves import Points, ellipse
from fashionm3.sample.easel import RGB
from fashionm3.sample.fabric import SIDE, Tile, grid, noise

Layers = list[tuple[Tile, int]]
"""Masks (0 to 1) to lay on the ground in order, each with the number of its colour."""


def paint(layers: Layers, colours: list[RGB]) -> tuple[np.ndarray, list[float]]:
    """Lay masks on the ground colour.

    Returns:
        ``(512, 512, 3)`` float32 RGB and the share of each colour (0 to 1).
    """
    out = np.empty((SIDE, SIDE, 3), np.float32)
    out[:] = np.array(colours[0], np.float32)
    held = np.zeros((len(colours), SIDE // 4, SIDE // 4), np.float32)
    held[0] = 1
    for mask, number in layers:
        out += (np.array(colours[number], np.float32) - out) * mask[..., None]
        part = mask[::4, ::4]
        held *= 1 - part
        held[number] += part
    return out, [float(s) for s in held.mean(axis=(1, 2))]


def _soft(t: Tile) -> Tile:
    return np.clip(t, 0, 1).astype(np.float32)


def _bands(t: Tile, count: int, share: float, offset: float = 0.0) -> Tile:
    """Return ``count`` bands across a tile, each a ``share`` of its pitch wide."""
    u = (t * np.float32(count / SIDE) + np.float32(offset)) % 1
    pitch = SIDE / count
    return _soft((share / 2 - np.abs(u - 0.5)) * pitch + 0.5)


def striped(rng: np.random.Generator, n: int, upright: bool) -> Layers:
    """Stripes: even, fine, paired, or several colours."""
    x, y = grid()
    t = x if upright else y
    if n > 3:
        return [(_bands(t, 4, 1 / n + 0.004, k / n), k) for k in range(1, n)]
    kind = rng.integers(0, 4)
    if kind == 0:
        return [(_bands(t, int(rng.integers(15, 24)), 0.34), 1)]
    if kind == 1:
        return [(_bands(t, int(rng.integers(9, 13)), 0.5), 1)]
    count = int(rng.integers(10, 15))
    extra = [(_bands(t, count, 0.08, 0.36), n - 1)] if kind == 2 else []
    return [(_bands(t, count, 0.2), 1), *extra]


def pinstripe(rng: np.random.Generator, n: int, upright: bool) -> Layers:
    """Fine upright lines."""
    x, _ = grid()
    return [(_bands(x, int(rng.integers(22, 30)), 0.075) * 0.6, 1)]


def checked(rng: np.random.Generator, n: int, upright: bool) -> Layers:
    """Gingham, tartan, window pane or houndstooth-like checks."""
    x, y = grid()
    kind = rng.integers(0, 3) if n < 3 else 1
    if kind == 0:
        count = int(rng.integers(18, 26))
        return [(_bands(x, count, 0.5) * 0.5, 1), (_bands(y, count, 0.5) * 0.5, 1)]
    if kind == 2:
        count = int(rng.integers(7, 10))
        return [(_bands(t, count, 0.05) * 0.8, 1) for t in (x, y)] + [
            (_bands(t, count, 0.02, 0.4) * 0.4, 1) for t in (x, y)
        ]
    count = int(rng.integers(5, 8))
    twill = _soft(0.5 + 0.5 * np.sign(np.sin((x + y) * np.float32(2 * np.pi / 4))))
    out: Layers = []
    for t, weave_ in ((x, 0.35 + 0.4 * twill), (y, 0.75 - 0.4 * twill)):
        out += [(_bands(t, count, 0.46) * weave_, 1), (_bands(t, count, 0.07) * 0.8, n - 1)]
        out.append((_bands(t, count, 0.04, 0.5) * 0.7, n - 1))
    return out


def dotted(rng: np.random.Generator, n: int, upright: bool) -> Layers:
    """Dots on a staggered grid."""
    x, y = grid()
    pitch = SIDE / int(rng.integers(10, 19))
    r = pitch * rng.uniform(0.17, 0.27)
    row = np.floor(y * 2 / pitch)
    u = (x + (row % 2) * pitch / 2) % pitch - pitch / 2
    v = (y % (pitch / 2)) - pitch / 4
    return [(_soft(r - np.hypot(u, v) + 0.5), 1)]


def _stamp(sheet: np.ndarray, shape: Points, value: int = 255) -> None:
    low, high = shape.min(axis=0), shape.max(axis=0)
    for dx in (-SIDE, 0, SIDE):
        for dy in (-SIDE, 0, SIDE):
            if low[0] + dx < SIDE and high[0] + dx > 0 and low[1] + dy < SIDE and high[1] + dy > 0:
                at = ((shape + np.array([dx, dy], np.float32)) * 8).astype(np.int32)
                cv2.fillPoly(sheet, [at], value, cv2.LINE_AA, 3)


def floral(rng: np.random.Generator, n: int, upright: bool) -> Layers:
    """Flowers with leaves, small and close or large and loose."""
    large = rng.random() < 0.5
    r0, count = (24.0, 34) if large else (11.0, 92)
    sheets = [np.zeros((SIDE, SIDE), np.uint8) for _ in range(4)]
    spots = _spread(rng, count)
    for i, (x, y) in enumerate(spots):
        turn = rng.uniform(0, 2 * np.pi)
        r = r0 * rng.uniform(0.75, 1.25)
        for k in range(2):
            a = turn + 2.2 + 1.9 * k
            _stamp(
                sheets[0],
                ellipse(x + 1.5 * r * np.cos(a), y + 1.5 * r * np.sin(a), r * 0.72, r * 0.24, a),
            )
        if i % 4 == 3:
            continue
        petals = 5 if i % 2 else 6
        for k in range(petals):
            a = turn + 2 * np.pi * k / petals
            _stamp(
                sheets[1 + i % 2],
                ellipse(x + 0.6 * r * np.cos(a), y + 0.6 * r * np.sin(a), r * 0.52, r * 0.36, a),
            )
        _stamp(sheets[3], ellipse(x, y, r * 0.26, r * 0.26))
    order = (min(3, n - 1), 1, min(2, n - 1), min(n - 1, 4) if n > 2 else 0)
    return [(s.astype(np.float32) / 255, c) for s, c in zip(sheets, order, strict=True)]


def _spread(rng: np.random.Generator, count: int) -> list[tuple[float, float]]:
    """Return points that keep their distance on the torus."""
    side = int(np.ceil(np.sqrt(count)))
    pitch = SIDE / side
    return [
        (float((i + 0.5 * (j % 2) + rng.uniform(0.1, 0.9)) * pitch), float((j + rng.uniform(0.1,
            0.9)) * pitch))
        for i in range(side) for j in range(side)
    ]  # fmt: skip


def animal(rng: np.random.Generator, n: int, upright: bool) -> Layers:
    """Leopard or zebra."""
    seed = int(rng.integers(100, 110))
    if n < 3:
        x, y = grid()
        wave = np.sin((y * 9 + x * 2) * np.float32(2 * np.pi / SIDE) + 1.7 * noise(seed, 26, 16))
        return [(_soft((wave - 0.1) * 5), 1)]
    a, b = noise(seed, 6.5, 7.5), noise(seed + 20, 5, 5)
    ring = _soft((0.42 - np.abs(a - 0.95)) * 9) * _soft((b + 0.75) * 4)
    return [(_soft((a - 1.1) * 6), 1), (ring, 2)]


def camouflage(rng: np.random.Generator, n: int, upright: bool) -> Layers:
    """Blots of three colours on a fourth."""
    seed = int(rng.integers(200, 206))
    cut = (0.25, 0.55, 0.95)
    return [
        (_soft((noise(seed + 7 * k, 22, 13) - cut[k]) * 16), k + 1) for k in range(min(3, n - 1))
    ]


MOTIFS: dict[str, Callable[[np.random.Generator, int, bool], Layers]] = {
    "striped": striped, "pinstripe": pinstripe, "checked": checked, "dotted": dotted,
    "floral": floral, "animal": animal, "camouflage": camouflage,
}  # fmt: skip
"""Pattern to its layers; arguments are the generator, the number of colours, and uprightness."""
