"""Small parts: stitches, buttons, zips, pockets, cords and labels."""

from dataclasses import dataclass

import numpy as np

from fashionm3.sample.curves import Points, along, ellipse, offset, rectangle, ribbon, shift, trace
from fashionm3.sample.easel import RGB, Easel
from fashionm3.sample.fabric import Fabric
from fashionm3.sample.panel import Panel

BRASS: RGB = (196, 160, 92)
STEEL: RGB = (176, 178, 182)
HORN: RGB = (92, 66, 46)
PEARL: RGB = (238, 234, 226)


@dataclass(frozen=True)
class Cloths:
    """What one garment is made of.

    Attributes:
        main: The cloth of the garment.
        trim: Ribs, bands or contrast parts.
        lining: What shows inside.
        thread: Colour of the top stitching.
        button: Colour of buttons.
        metal: Colour of zips and buckles.
        sole: Cloth of a sole, or None for that of the trim.
    """

    main: Fabric
    trim: Fabric
    lining: Fabric
    thread: RGB
    button: RGB = HORN
    metal: RGB = STEEL
    sole: Fabric | None = None


def stitches(easel: Easel, path: Points, rgb: RGB, alpha: float = 0.75, gap: float = 3.2) -> None:
    """Sew a dashed line along a path."""
    ends = along(path, gap)
    if len(ends) < 3:
        return
    step = np.gradient(ends, axis=0) * 0.3
    pairs = [np.stack([p - d, p + d]).astype(np.float32) for p, d in zip(ends, step, strict=True)]
    easel.strokes(pairs, rgb, 0.7, alpha)


def seam(easel: Easel, path: Points, alpha: float = 0.3) -> None:
    """Draw a seam: a dark furrow with a light lip."""
    easel.stroke(shift(path, 0.8, 0.8), (255, 255, 255), 0.8, alpha * 0.35)
    easel.stroke(path, (10, 8, 12), 0.9, alpha)


def double_stitch(easel: Easel, path: Points, rgb: RGB, gap: float = 2.6) -> None:
    """Sew two parallel lines, as on jeans."""
    stitches(easel, path, rgb, 0.8)
    stitches(easel, offset(path, gap), rgb, 0.8)


def button(easel: Easel, x: float, y: float, r: float, rgb: RGB, holes: bool = True) -> None:
    """Sew on a round button."""
    easel.spot(ellipse(x + 0.9, y + 1.3, r * 1.1, r * 1.1), (0, 0, 0), 0.35)
    dark = tuple(c * 0.72 for c in rgb)
    light = tuple(min(255.0, c * 1.12 + 14) for c in rgb)
    easel.spot(ellipse(x, y, r, r), (dark[0], dark[1], dark[2]))
    easel.spot(
        ellipse(x - 0.25 * r, y - 0.3 * r, r * 0.72, r * 0.68), (light[0], light[1], light[2])
    )
    easel.spot(ellipse(x, y, r * 0.66, r * 0.66), rgb)
    if holes and r > 3:
        for dx, dy in ((-0.26, -0.26), (0.26, 0.26), (-0.26, 0.26), (0.26, -0.26)):
            easel.spot(ellipse(x + dx * r, y + dy * r, r * 0.16, r * 0.16), (30, 26, 24), 0.6)
    elif holes:
        easel.spot(
            ellipse(x, y, r * 0.3, r * 0.3), (dark[0] * 0.7, dark[1] * 0.7, dark[2] * 0.7), 0.6
        )


def buttons(easel: Easel, x: float, y0: float, y1: float, n: int, r: float, rgb: RGB) -> None:
    """Sew a column of ``n`` buttons."""
    for y in np.linspace(y0, y1, n):
        button(easel, x, float(y), r, rgb)


def zipper(easel: Easel, path: Points, metal: RGB, tape: RGB, puller: bool = True) -> None:
    """Set in a zip along a path; its puller hangs at the start."""
    easel.stroke(shift(path, 1, 0.5), (0, 0, 0), 6.0, 0.22)
    easel.stroke(path, tape, 4.6)
    teeth = along(path, 1.9)
    step = np.gradient(teeth, axis=0)
    side = np.stack([-step[:, 1], step[:, 0]], axis=1) * 0.62
    pairs = [np.stack([t - s, t + s]).astype(np.float32) for t, s in zip(teeth, side, strict=True)]
    easel.strokes(pairs, metal, 0.8)
    easel.stroke(path, tuple(c * 0.55 for c in metal), 0.6, 0.8)  # type: ignore[arg-type]
    if puller:
        x, y = float(path[0, 0]), float(path[0, 1])
        easel.spot(rectangle(x - 2.4, y - 1, x + 2.4, y + 5, 1), metal)
        easel.spot(rectangle(x - 1.4, y + 5, x + 1.4, y + 15, 1.2), metal)
        easel.spot(rectangle(x - 0.4, y + 6.5, x + 0.5, y + 13, 0.4), (70, 70, 72), 0.6)


def pocket(
    easel: Easel, outline: Points, cloths: Cloths, stitched: bool = True, edge: float = 4.0
) -> None:
    """Sew on a patch pocket."""
    easel.lay(Panel(outline, cloths.main, edge=edge, bulge=0.16, drop=0.34, reach=1.6))
    if stitched:
        middle = outline.mean(axis=0)
        inner = (middle + (outline - middle) * 0.9).astype(np.float32)
        stitches(easel, inner, cloths.thread, 0.5)


def patch(x: float, y: float, w: float, h: float, point: float = 0.0, r: float = 3.0) -> Points:
    """Return the outline of a patch pocket around ``x``, its top at ``y``."""
    return trace(
        (x - w / 2, y), (x + w / 2, y), (x + w / 2, y + h - r),
        ((x + w / 2, y + h), (x + w / 2 - r, y + h)), (x, y + h + point), (x - w / 2 + r, y + h),
        ((x - w / 2, y + h), (x - w / 2, y + h - r)), (x - w / 2, y),
    )  # fmt: skip


def flap(
    easel: Easel, x: float, y: float, w: float, h: float, cloths: Cloths, tilt: float = 0.0
) -> None:
    """Sew on a pocket flap, ``tilt`` lower at its right end."""
    outline = trace(
        (x - w / 2, y), (x + w / 2, y + tilt), (x + w / 2, y + h + tilt - 2),
        ((x + w / 2, y + h + tilt), (x + w / 2 - 3, y + h + tilt)), (x - w / 2 + 3, y + h),
        ((x - w / 2, y + h), (x - w / 2, y + h - 3)), (x - w / 2, y),
    )  # fmt: skip
    easel.lay(Panel(outline, cloths.main, edge=4, bulge=0.2, drop=0.4, reach=1.8))


def welt(easel: Easel, path: Points, cloths: Cloths, width: float = 6.0) -> None:
    """Set in a slit pocket with a narrow band."""
    easel.lay(Panel(ribbon(path, width), cloths.main, edge=2.5, bulge=0.25, drop=0.42, reach=1.6))
    easel.stroke(offset(path, width * 0.5), (0, 0, 0), 0.8, 0.4)


def cord(easel: Easel, path: Points, rgb: RGB, width: float = 2.8, tip: RGB | None = None) -> None:
    """Hang a cord with an optional metal tip at its end."""
    easel.stroke(shift(path, 1.2, 1.2), (0, 0, 0), width + 1, 0.25)
    easel.stroke(path, tuple(c * 0.74 for c in rgb), width, free=True)  # type: ignore[arg-type]
    easel.stroke(shift(path, -0.35, -0.3), rgb, width * 0.62, free=True)
    if tip is not None:
        easel.stroke(path[-4:], tip, width * 1.05)


def label(easel: Easel, x: float, y: float, w: float = 17.0, h: float = 8.0) -> None:
    """Sew in a woven neck label."""
    easel.spot(rectangle(x - w / 2, y, x + w / 2, y + h, 0.8), (236, 232, 224), 0.9)
    easel.stroke(
        trace((x - w * 0.3, y + h * 0.45), (x + w * 0.3, y + h * 0.45)), (60, 58, 60), 1.3, 0.75
    )
    easel.stroke(
        trace((x - w * 0.16, y + h * 0.76), (x + w * 0.16, y + h * 0.76)), (60, 58, 60), 0.7, 0.5
    )


def buckle(easel: Easel, x: float, y: float, w: float, h: float, rgb: RGB) -> None:
    """Set a frame buckle."""
    frame = rectangle(x - w / 2, y - h / 2, x + w / 2, y + h / 2, 2)
    easel.stroke(shift(frame, 0.8, 1.2), (0, 0, 0), 2.2, 0.35)
    easel.stroke(frame, rgb, 1.9)
    easel.stroke(trace((x - w / 2, y), (x + w / 2 - 1, y)), rgb, 1.3)
