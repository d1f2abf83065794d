"""An easel: panels of cloth are laid on one another and set before a backdrop."""

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from fashionm3.sample.curves import Points
from fashionm3.sample.panel import FINE, HEIGHT, WIDTH, Box, Field, Light, Mask, Panel

WIDE, DEEP = int(WIDTH * FINE), int(HEIGHT * FINE)
RGB = tuple[float, float, float]


class Easel:
    """Lays panels and strokes from back to front.

    Args:
        rng: Bends all outlines by the same small amount, so that no garment is quite symmetric.
    """

    def __init__(self, rng: np.random.Generator) -> None:
        self._paint = np.zeros((DEEP, WIDE, 3), np.float32)
        self._cover = np.zeros((DEEP, WIDE), np.float32)
        self._phase = rng.uniform(0, 2 * np.pi, 4).astype(np.float32)
        self._sway = float(rng.uniform(0.8, 1.9))
        self._corner = rng.integers(0, 512, 2).astype(np.float32)
        self._origin = (0.0, 0.0)
        self.rng = rng

    def move(self, dx: float, dy: float) -> None:
        """Lay everything from now on that much further right and down, picture units."""
        self._origin = (dx, dy)

    def fine(self, points: Points) -> Points:
        """Return an outline in drawing pixels, bent as everything on this easel."""
        x, y = points[:, 0] + self._origin[0], points[:, 1] + self._origin[1]
        a, b, c, d = self._phase
        dx = self._sway * (np.sin(y / 71 + a) + 0.5 * np.sin(y / 29 + x / 57 + b))
        dy = self._sway * (np.sin(x / 67 + c) + 0.4 * np.sin(x / 31 + y / 63 + d))
        return np.stack([(x + dx + WIDTH / 2) * FINE, (y + dy) * FINE], axis=1).astype(np.float32)

    def lay(self, panel: Panel) -> None:
        """Light a panel and lay it on top."""
        box = _box(self.fine(panel.outline), int((panel.reach * 3 + 4) * FINE))
        light = Light(self.fine, box, self.rng, self._corner)
        mask = light.mask(panel.outline)
        for hole in panel.holes:
            mask = np.minimum(mask, 255 - light.mask(hole))
        if not (mask > 127).any():
            return
        self._shadow(mask, box, panel)
        self._merge(light.shade(panel, mask), mask.astype(np.float32) / 255, box)

    def stroke(
        self, path: Points, rgb: RGB, width: float, alpha: float = 1.0, free: bool = False
    ) -> None:
        """Draw a plain line, ``width`` in picture units; a free one may leave the cloth."""
        self._blend([self.fine(path)], rgb, width, alpha, free)

    def strokes(self, paths: list[Points], rgb: RGB, width: float, alpha: float = 1.0) -> None:
        """Draw many lines of one colour at once, such as stitches."""
        if paths:
            self._blend([self.fine(p) for p in paths], rgb, width, alpha, False)

    def spot(self, outline: Points, rgb: RGB, alpha: float = 1.0) -> None:
        """Fill an outline with a plain colour."""
        fine = self.fine(outline)
        box = _box(fine, 2)
        mask = self._mask(fine, box).astype(np.float32) * np.float32(alpha / 255)
        self._merge(np.array(rgb, np.float32), mask, box)

    def glow(self, outline: Points, amount: float, blur: float) -> None:
        """Lighten (or darken) what has been laid within a soft outline."""
        fine = self.fine(outline)
        box = _box(fine, int(blur * 5))
        soft = cv2.GaussianBlur(self._mask(fine, box).astype(np.float32) / 255, (0, 0), blur * FINE)
        part = self._paint[box[1] : box[3], box[0] : box[2]]
        part *= (1 + np.float32(amount) * soft)[..., None]
        np.minimum(part, 255 * self._cover[box[1] : box[3], box[0] : box[2], None], out=part)

    def picture(self, margin: float = 24.0) -> Image.Image:
        """Fit what has been laid into a frame on a near-white ground with a soft shadow."""
        rows = np.flatnonzero(self._cover.max(axis=1) > 0.5)
        columns = np.flatnonzero(self._cover.max(axis=0) > 0.5)
        y0, y1, x0, x1 = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
        scale = min((WIDTH - 2 * margin) / (x1 - x0), (HEIGHT - 2 * margin) / (y1 - y0), 0.95)
        move = np.array(
            [[scale, 0, WIDTH / 2 - scale * (x0 + x1) / 2],
             [0, scale, HEIGHT / 2 - scale * (y0 + y1) / 2]], np.float32,
        )  # fmt: skip
        both = np.dstack([self._paint[y0:y1, x0:x1], self._cover[y0:y1, x0:x1] * 255])
        if scale < 0.8:
            both = np.asarray(cv2.GaussianBlur(both, (0, 0), 0.33 / scale), np.float32)
        both = np.pad(both, ((2, 2), (2, 2), (0, 0)))
        move[:, 2] += move[:, 0] * (x0 - 2) + move[:, 1] * (y0 - 2)
        size = (WIDTH, HEIGHT)
        flat = np.asarray(cv2.warpAffine(both, move, size, flags=cv2.INTER_LINEAR), np.float32)
        return Image.fromarray(_backdrop(flat[..., :3], flat[..., 3] / 255, self.rng))

    def _merge(self, colour: Field, mask: Field, box: Box) -> None:
        paint = self._paint[box[1] : box[3], box[0] : box[2]]
        paint += (colour - paint) * mask[..., None]
        cover = self._cover[box[1] : box[3], box[0] : box[2]]
        cover += (1 - cover) * mask

    def _mask(self, fine: Points, box: Box) -> Mask:
        mask = np.zeros((box[3] - box[1], box[2] - box[0]), np.uint8)
        at = ((fine - np.array(box[:2], np.float32)) * 16).round().astype(np.int32)
        cv2.fillPoly(mask, [at], 255, cv2.LINE_AA, 4)
        return mask

    def _shadow(self, mask: Mask, box: Box, panel: Panel) -> None:
        if panel.drop <= 0:
            return
        soft = cv2.GaussianBlur(mask, (0, 0), panel.reach * FINE).astype(np.float32)
        step = int(panel.reach * FINE * 0.6)
        soft = np.roll(soft, (step, step // 2), axis=(0, 1)) * np.float32(panel.drop / 255)
        self._paint[box[1] : box[3], box[0] : box[2]] *= (1 - soft)[..., None]

    def _blend(self, paths: list[Points], rgb: RGB, width: float, alpha: float, free: bool) -> None:
        everything = np.concatenate(paths)
        box = _box(everything, int(width * FINE) + 3)
        mask = np.zeros((box[3] - box[1], box[2] - box[0]), np.uint8)
        lines = [((p - np.array(box[:2], np.float32)) * 16).astype(np.int32) for p in paths]
        thick = max(1, round(width * FINE))
        cv2.polylines(mask, lines, False, 255, thick, cv2.LINE_AA, 4)
        part = self._cover[box[1] : box[3], box[0] : box[2]]
        soft = mask.astype(np.float32) * np.float32(alpha / 255)
        if not free:
            soft *= part
        self._merge(np.array(rgb, np.float32), soft, box)


def _box(fine: Points, pad: int) -> Box:
    low, high = fine.min(axis=0) - pad, fine.max(axis=0) + pad
    x0, y0 = int(np.clip(low[0], 0, WIDE - 4)), int(np.clip(low[1], 0, DEEP - 4))
    x1 = int(np.clip(np.ceil(high[0]), x0 + 4, WIDE))
    return x0, y0, x1, int(np.clip(np.ceil(high[1]), y0 + 4, DEEP))


def _backdrop(paint: Field, cover: Field, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Set premultiplied paint on a near-white ground with a contact and a soft shadow."""
    y = np.linspace(0, 1, HEIGHT, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, WIDTH, dtype=np.float32)[None, :]
    ground = 246.5 - 5 * y - 3.5 * x * x - 3 * (y - 0.5) ** 2
    shadow = np.zeros_like(cover)
    for sigma, step, strength in ((3.0, 3, 0.16), (11.0, 9, 0.17)):
        soft = cv2.GaussianBlur(cover, (0, 0), sigma)
        shadow += strength * np.roll(soft, (step, step // 2), axis=(0, 1))
    ground = ground * (1 - shadow) * (1 - cover)
    out = paint + ground[..., None] * np.array([1.0, 1.0, 0.995], np.float32)
    grain = rng.integers(0, 3, (HEIGHT, WIDTH, 1)).astype(np.float32)
    return np.asarray(np.clip(out + grain - 0.5, 0, 255), np.uint8)
