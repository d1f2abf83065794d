"""A piece of cloth: its outline, its relief, and the light on it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from fashionm3.sample.curves import Points, spindle
from fashionm3.sample.fabric import Fabric, noise

WIDTH, HEIGHT = 384, 512
"""Size of a picture in pixels."""

FINE = 1.5
"""Drawing pixels to a picture unit."""

Field = NDArray[np.floating[Any]]
Box = tuple[int, int, int, int]
Mask = NDArray[np.uint8]
Region = tuple[float, float, float, float, float]
"""A soft lighter or darker part: its middle, its radii, and how much lighter."""

Print = tuple[NDArray[np.uint8], float, float, float]
"""A picture on cloth: RGBA, the x and y of its middle, and its width in picture units."""

LIGHT = (-0.42, -0.52, 0.745)
"""Where the light comes from: from above left, before the picture."""


@dataclass(frozen=True)
class Fold:
    """A ridge (positive depth) or valley of cloth along a path; widths in picture units."""

    path: Points
    width: float
    depth: float


@dataclass(frozen=True)
class Panel:
    """A piece of cloth with its relief.

    Attributes:
        outline: Closed outline.
        fabric: What it is cut from.
        edge: Distance from the outline over which it curves away, picture units.
        bulge: How strongly it curves there.
        folds: Ridges and valleys.
        seams: Paths where cloth is pulled in.
        wave: ``(amplitude, count, start)`` of hanging folds, or None: see `hanging`.
        grain: Turn of the cloth in radians.
        tone: Brightness; the inside of a garment is below 1.
        drop: Darkness of the shadow on what lies beneath.
        reach: Softness of that shadow, picture units.
        fade: ``(x, y, rx, ry, amount)`` of soft lighter or darker regions.
    """

    outline: Points
    fabric: Fabric
    edge: float = 16.0
    bulge: float = 0.32
    folds: tuple[Fold, ...] = ()
    seams: tuple[Points, ...] = ()
    wave: tuple[float, float, float] | None = None
    grain: float = 0.0
    tone: float = 1.0
    drop: float = 0.3
    reach: float = 3.0
    fade: tuple[Region, ...] = ()
    prints: tuple[Print, ...] = ()
    holes: tuple[Points, ...] = ()
    joins: tuple[Points, ...] = ()
    quilt: float = 0.0


class Light:
    """Shades panels within one window of the drawing.

    Args:
        place: Turns picture units into drawing pixels of the whole drawing.
        box: The window: left, top, right, bottom, in drawing pixels.
        rng: Varies hanging folds.
        corner: Where the pattern starts, in pixels of the tile.
    """

    def __init__(
        self, place: Callable[[Points], Points], box: Box, rng: np.random.Generator, corner: Points
    ) -> None:
        self._place = place
        self._box = box
        self._rng = rng
        self._corner = corner

    def shade(self, panel: Panel, mask: Mask) -> Field:
        """Return the lit cloth of a panel, ``(h, w, 3)`` float32, 0 to 255."""
        height, inner = self._relief(panel, mask)
        return self._colour(panel, height, inner)

    def mask(self, outline: Points) -> Mask:
        """Return where an outline covers the window, 0 to 255."""
        out = np.zeros((self._box[3] - self._box[1], self._box[2] - self._box[0]), np.uint8)
        cv2.fillPoly(out, [self._sixteenths(outline)], 255, cv2.LINE_AA, 4)
        return out

    def _sixteenths(self, points: Points) -> NDArray[np.int32]:
        inside = self._place(points) - np.array(self._box[:2], np.float32)
        return (inside * 16).round().astype(np.int32)

    def _relief(self, panel: Panel, mask: Mask) -> tuple[Field, Field]:
        finish = panel.fabric.finish
        whole = mask
        for other in panel.joins:
            whole = np.maximum(whole, self.mask(other))
        solid = (whole > 127).astype(np.uint8)
        inner = np.asarray(cv2.distanceTransform(solid, cv2.DIST_L2, 3), np.float32)
        edge = np.float32(panel.edge * FINE)
        t = np.minimum(inner / edge, 1)
        height = t * (2 - t) * edge * np.float32(panel.bulge)
        height = np.asarray(cv2.GaussianBlur(height, (0, 0), 1.5 + panel.edge * 0.12), np.float32)
        height += self._folds(panel, mask.shape) * np.float32(finish.crisp * FINE)
        if panel.wave is not None:
            height += hanging(mask, panel.wave, self._rng) * np.float32(FINE)
        if panel.quilt:
            height += self._quilting(panel)
        return height, inner

    def _quilting(self, panel: Panel) -> Field:
        c, s = np.float32(np.cos(panel.grain)), np.float32(np.sin(panel.grain))
        x = np.arange(self._box[0], self._box[2], dtype=np.float32)[None, :] - WIDTH * FINE / 2
        y = np.arange(self._box[1], self._box[3], dtype=np.float32)[:, None]
        across, down = c * x + s * y, c * y - s * x
        pitch = np.float32(abs(panel.quilt) * FINE)
        crumple = np.resize(noise(71, 4, 9), (across.shape[0], 512))
        crumple = np.tile(crumple, (1, across.shape[1] // 512 + 1))[:, : across.shape[1]]
        if panel.quilt < 0:
            one = np.abs(np.sin(np.pi * (across + down) / pitch))
            two = np.abs(np.sin(np.pi * (across - down) / pitch))
            return pitch * np.float32(0.09) * np.minimum(one, two) ** 0.5
        sag = down + np.float32(0.00022) * across * across
        puff = np.abs(np.sin(np.pi * sag / pitch)) ** 0.62
        return np.asarray(pitch * 0.2 * puff + crumple * (1 - puff) * 1.1, np.float32)

    def _folds(self, panel: Panel, shape: tuple[int, ...]) -> Field:
        out = np.zeros(shape, np.float32)
        for wide in (False, True):
            chosen = [f for f in panel.folds if (f.width > 9) == wide]
            if not chosen:
                continue
            sheet = np.full(shape, 128, np.uint8)
            for f in chosen:
                at = self._sixteenths(spindle(f.path, f.width))
                cv2.fillPoly(sheet, [at], 128 + f.depth * 18, cv2.LINE_AA, 4)
            sigma = (6.0 if wide else 2.6) * FINE / 2
            soft = cv2.GaussianBlur(sheet, (0, 0), sigma).astype(np.float32)
            out += (soft - 128) / np.float32(18)
        if panel.seams:
            sheet = np.zeros(shape, np.uint8)
            lines = [self._sixteenths(s) for s in panel.seams]
            cv2.polylines(sheet, lines, False, 255, 3, cv2.LINE_AA, 4)
            out -= cv2.GaussianBlur(sheet, (0, 0), 1.3).astype(np.float32) / np.float32(190)
        return out

    def _colour(self, panel: Panel, height: Field, inner: Field) -> Field:
        finish = panel.fabric.finish
        gx = np.asarray(cv2.Sobel(height, cv2.CV_32F, 1, 0, ksize=3, scale=1 / 8), np.float32)
        gy = np.asarray(cv2.Sobel(height, cv2.CV_32F, 0, 1, ksize=3, scale=1 / 8), np.float32)
        nz = 1 / np.sqrt(1 + gx * gx + gy * gy)
        facing = (LIGHT[2] - gx * LIGHT[0] - gy * LIGHT[1]) * nz / LIGHT[2]
        shade = 0.36 + 0.64 * np.maximum(facing, 0)
        shade *= 1 - 0.2 * np.exp(inner * np.float32(-1 / (2.2 * FINE)))
        shade *= np.float32(panel.tone)
        for region in panel.fade:
            shade *= 1 + self._region(region)
        cloth = self._cloth(panel, gx, gy)
        for print_ in panel.prints:
            self._print(cloth, print_, gx, gy)
        warm = np.array([1.05, 1.0, 0.93], np.float32)
        out = cloth * (1 + (shade[..., None] - 1) * warm)
        light = finish.sheen * 26 * np.maximum(shade - 0.86, 0)
        if finish.gloss > 0:
            half = (0.93 - gx * LIGHT[0] * 0.55 - gy * LIGHT[1] * 0.55) * nz
            light += finish.gloss * 170 * np.clip(half, 0, 1) ** (finish.power * 2) * panel.tone
            light -= finish.gloss * 60
        return np.clip(out + light[..., None], 0, 255)

    def _region(self, region: Region) -> Field:
        x, y, rx, ry, amount = region
        cx, cy = self._place(np.array([[x, y]], np.float32))[0]
        u = (np.arange(self._box[0], self._box[2], dtype=np.float32) - cx) / np.float32(rx * FINE)
        v = (np.arange(self._box[1], self._box[3], dtype=np.float32) - cy) / np.float32(ry * FINE)
        return np.asarray(amount * np.exp(-(v**2))[:, None] * np.exp(-(u**2)), np.float32)

    def _cloth(self, panel: Panel, gx: Field, gy: Field) -> Field:
        c, s = np.float32(np.cos(panel.grain)), np.float32(np.sin(panel.grain))
        x = np.arange(self._box[0], self._box[2], dtype=np.float32) - WIDTH * FINE / 2
        y = np.arange(self._box[1], self._box[3], dtype=np.float32)
        give = np.float32(7.0 if panel.fabric.patterned else 2.0)
        mx = c * x[None, :] + s * y[:, None] + self._corner[0] + give * gx
        my = -s * x[None, :] + c * y[:, None] + self._corner[1] + give * gy
        tile = panel.fabric.tile
        return cv2.remap(tile, mx, my, cv2.INTER_LINEAR, None, cv2.BORDER_WRAP).astype(np.float32)

    def _print(self, cloth: Field, print_: Print, gx: Field, gy: Field) -> None:
        image, x, y, width = print_
        cx, cy = self._place(np.array([[x, y]], np.float32))[0]
        zoom = np.float32(image.shape[1] / (width * FINE))
        xs = np.arange(self._box[0], self._box[2], dtype=np.float32)[None, :] - cx
        ys = np.arange(self._box[1], self._box[3], dtype=np.float32)[:, None] - cy
        mx = (xs + 2 * gx) * zoom + np.float32(image.shape[1] / 2)
        my = (ys + 2 * gy) * zoom + np.float32(image.shape[0] / 2)
        drawn = cv2.remap(image, mx, my, cv2.INTER_LINEAR, None, cv2.BORDER_CONSTANT)
        alpha = drawn[..., 3:].astype(np.float32) * np.float32(0.94 / 255)
        cloth += (drawn[..., :3] - cloth) * alpha


def hanging(mask: Mask, wave: tuple[float, float, float], rng: np.random.Generator) -> Field:
    """Return folds that fall from a waist and open towards the hem.

    Args:
        mask: ``(h, w)`` uint8, the panel.
        wave: Amplitude in picture units, number of folds across, and the share of the height
            (0 to 1) at which they begin.
        rng: Spaces the folds unevenly.
    """
    amplitude, count, start = wave
    rows = np.flatnonzero(mask.max(axis=1))
    top, bottom = rows[0], rows[-1]
    inside = mask[top : bottom + 1] > 127
    left = inside.argmax(axis=1).astype(np.float32)
    right = inside.shape[1] - inside[:, ::-1].argmax(axis=1).astype(np.float32)
    v = np.linspace(0, 1, bottom - top + 1, dtype=np.float32)[:, None]
    x = np.arange(mask.shape[1], dtype=np.float32)[None, :]
    u = (x - left[:, None]) / np.maximum(right - left, 8)[:, None]
    a, b, c, d = rng.uniform(0, 2 * np.pi, 4).astype(np.float32)
    u = u + 0.05 * np.sin(2 * np.pi * u + a) + 0.022 * np.sin(14.5 * u + b) * (1 + 0.6 * v)
    grow = np.clip((v - np.float32(start)) / max(1 - start, 0.05), 0, 1) ** 0.7
    strength = 0.62 + 0.38 * np.sin(9 * u + 2 * v + c)
    turn = np.float32(2 * np.pi * count) * u + d
    fold = np.sin(turn) + 0.28 * np.sin(2 * turn + a + 1.5 * v)
    out = np.zeros(mask.shape, np.float32)
    out[top : bottom + 1] = np.float32(amplitude) * grow * strength * fold
    return out
