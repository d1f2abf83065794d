"""Colours of a garment, measured from its pixels.

Published encoders hardly know colour, so it is measured: white balance by shades of gray (Finlayson
and Trezzi 2004) at half strength, the garment by a uniform ground or GrabCut (Rother et al. 2004)
at 96 pixels, and rules on hue, chroma and lightness in CIELAB for the plain names.
"""

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from fashionm3.types import COLORS, ColorShare

SIDE = 96
"""Longest side at which a picture is looked at, pixels."""

_NORM = 6
_STRENGTH = 0.5
_BORDER = 3
_DOMINANT = 0.36
_LEAST = 0.08
_MULTICOLOR = len(COLORS) - 1
_FAMILIES = (("blue", "navy"), ("red", "pink", "purple"), ("orange", "yellow"), ("green",))
_FAMILY = {COLORS.index(name): place for place, names in enumerate(_FAMILIES) for name in names}

Pixels = NDArray[np.float32]
Mask = NDArray[np.bool_]


def colors(image: Image.Image) -> tuple[ColorShare, ...]:
    """Measures the plain colours of a garment.

    Args:
        image: The picture, RGB, one garment in its middle.

    Returns:
        Colours with their shares of the garment's pixels, the main one first; ``multicolor``
        leads where none dominates.
    """
    small = image.convert("RGB")
    small.thumbnail((SIDE, SIDE), Image.Resampling.BOX)
    rgb = np.asarray(small, dtype=np.uint8)
    mask = garment(rgb)
    lab = cv2.cvtColor(balanced(rgb), cv2.COLOR_RGB2LAB)
    names = named(np.asarray(lab[mask], np.float32))
    shares = np.bincount(names, minlength=len(COLORS)) / max(1, names.size)
    return _ranked(shares)


def balanced(rgb: NDArray[np.uint8]) -> Pixels:
    """Takes half of the light's colour out of a picture.

    Args:
        rgb: ``(h, w, 3) uint8``.

    Returns:
        ``(h, w, 3) float32`` in 0..1.
    """
    pixels = rgb.astype(np.float32) / 255
    light = np.power(np.mean(np.power(pixels, _NORM), axis=(0, 1)), 1 / _NORM) + 1e-6
    gain = np.power(float(light.mean()) / light, _STRENGTH)
    # A vivid ground (a red sheet) is no red light: the correction stays small.
    gain = np.clip(gain, 0.9, 1.12)
    return np.asarray(np.clip(pixels * gain, 0, 1), np.float32)


def garment(rgb: NDArray[np.uint8]) -> Mask:
    """Finds the garment's pixels: what differs from a uniform ground, or GrabCut's foreground.

    Args:
        rgb: ``(h, w, 3) uint8``.

    Returns:
        ``(h, w) bool``, never empty.
    """
    keyed = _keyed(rgb)
    if keyed is not None:
        return keyed
    cut = _cut(rgb)
    return cut if cut.any() else np.ones(rgb.shape[:2], dtype=bool)


def _keyed(rgb: NDArray[np.uint8]) -> Mask | None:
    """Keys out a near-white or otherwise uniform ground; None where the border is not uniform."""
    lab = cv2.cvtColor(rgb.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    height, width = lab.shape[:2]
    ring = np.ones((height, width), dtype=bool)
    ring[_BORDER:-_BORDER, _BORDER:-_BORDER] = False
    ground = np.median(lab[ring], axis=0)
    distance = np.linalg.norm(lab - ground, axis=2)
    # A garment may touch the border, so a fifth of it may differ.
    if np.quantile(distance[ring], 0.8) > 4:
        return None
    alike = (distance < 8).astype(np.uint8)
    _, parts = cv2.connectedComponents(alike, connectivity=4)
    outside = np.isin(parts, np.unique(parts[ring & (alike > 0)]))
    mask = ~(outside & (alike > 0))
    mask = cv2.erode(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return mask if mask.mean() > 0.02 else None


def _cut(rgb: NDArray[np.uint8]) -> Mask:
    height, width = rgb.shape[:2]
    left, top = max(1, width // 10), max(1, height // 12)
    box = (left, top, max(1, width - 2 * left), max(1, height - 2 * top))
    inside = np.zeros((height, width), dtype=bool)
    inside[top : top + box[3], left : left + box[2]] = True
    if min(height, width) < 8:
        return inside
    labels = np.zeros((height, width), np.uint8)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    # GrabCut draws its first clusters at random: a fixed seed gives the same garment each time.
    cv2.setRNGSeed(1)
    try:
        bgr = np.ascontiguousarray(rgb[:, :, ::-1])
        cv2.grabCut(bgr, labels, box, *models, 2, cv2.GC_INIT_WITH_RECT)
    except cv2.error:
        return inside
    mask = (labels == cv2.GC_FGD) | (labels == cv2.GC_PR_FGD)
    if mask.mean() < 0.05:
        return inside
    inner = cv2.erode(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return inner if inner.mean() > 0.03 else mask


def named(lab: Pixels) -> NDArray[np.intp]:
    """Names pixels by rules on lightness, chroma and hue.

    Args:
        lab: ``(n, 3) float32``, CIELAB with L in 0..100.

    Returns:
        ``(n,)`` indices into `COLORS`.
    """
    light, a, b = lab[:, 0], lab[:, 1], lab[:, 2]
    chroma = np.hypot(a, b)
    hue = np.degrees(np.arctan2(b, a)) % 360
    warm = (hue > 20) & (hue < 110)
    cool = (hue > 225) & (hue < 310)
    rules: list[tuple[Mask, str]] = [
        (cool & (light >= 7) & (light < 26) & (chroma >= 11), "navy"),
        (light < 16, "black"),
        ((light < 27) & (chroma < 9), "black"),
        (cool & (light < 26) & (chroma >= 6), "navy"),
        (cool & (hue > 250) & (light < 36) & (chroma >= 6) & (chroma < 18), "navy"),
        ((light > 77) & (chroma < 7), "white"),
        ((light > 90) & (chroma < 12), "white"),
        ((hue >= 5) & (hue < 48) & (chroma >= 12) & (chroma < 42) & (light >= 58), "pink"),
        (warm & (chroma >= 8) & (chroma < 30) & (light >= 58), "beige"),
        (warm & (chroma >= 7) & (chroma < 34) & (light < 58) & (hue < 92), "brown"),
        ((chroma < 9) | (cool & (chroma < 10)), "grey"),
        (warm & (hue >= 38) & (hue < 84) & (light < 48), "brown"),
        ((hue >= 355) | (hue < 20), "pink"),
        ((hue >= 20) & (hue < 45) & (light < 62), "red"),
        ((hue >= 20) & (hue < 45) & (chroma < 50), "pink"),
        ((hue >= 20) & (hue < 72), "orange"),
        ((hue >= 72) & (hue < 106), "yellow"),
        ((hue >= 106) & (hue < 195), "green"),
        ((hue >= 195) & (hue < 300), "blue"),
        ((hue >= 300) & (hue < 330), "purple"),
        ((hue >= 330) & (light < 45), "purple"),
    ]
    names = np.full(len(light), COLORS.index("pink"), dtype=np.intp)
    for rule, name in reversed(rules):
        names[rule] = COLORS.index(name)
    deep = ((hue >= 350) | (hue < 20)) & (light < 52) & (chroma >= 24)
    names[deep & (light >= 16)] = COLORS.index("red")
    olive = (hue >= 92) & (hue < 110) & (light < 58) & (chroma >= 9) & (light >= 16)
    names[olive] = COLORS.index("green")
    return names


def _ranked(shares: NDArray[np.float64]) -> tuple[ColorShare, ...]:
    order = [int(index) for index in np.argsort(-shares, kind="stable") if shares[index] >= _LEAST]
    ranked = [ColorShare(name=COLORS[i], share=round(float(shares[i]), 3)) for i in order]
    families = {_FAMILY[index] for index in order if index in _FAMILY}
    if ranked and ranked[0].share < _DOMINANT and len(order) >= 3 and len(families) >= 2:
        rest = round(min(1.0, float(sum(shares[index] for index in order))), 3)
        ranked.insert(0, ColorShare(name=COLORS[_MULTICOLOR], share=rest))
    return tuple(ranked)
