"""Closures, pockets and hems of an upper garment."""

import numpy as np

from fashionm3.sample.curves import Points, flip, rectangle, ribbon, trace
from fashionm3.sample.details import (
    Cloths,
    button,
    buttons,
    flap,
    patch,
    pocket,
    seam,
    stitches,
    welt,
    zipper,
)
from fashionm3.sample.easel import Easel
from fashionm3.sample.fabric import Fabric
from fashionm3.sample.panel import Panel
from fashionm3.sample.upper import (
    Sleeve,
    Torso,
    armhole,
    arms,
    neckline,
    side,
    torso_folds,
)


def half_front(t: Torso, overlap: float, cutaway: float) -> Points:
    """Return the right half of an open front; ``cutaway`` rounds its lower corner."""
    x, y = t.tip
    neck = neckline(t)
    neck = np.concatenate([np.array([[-overlap, t.neck_y + t.dip]], np.float32), neck])
    shoulder = trace((t.neck, t.neck_y), (((t.neck + x) / 2, t.neck_y + t.slope * 0.42), (x, y)))
    low = t.hem_y + t.curve
    hem = trace(
        (t.hem, t.hem_y), ((t.hem * 0.7, low), (max(cutaway, 1) * 0.9 - overlap, low)),
        ((-overlap + cutaway * 0.15, low - cutaway * 0.15), (-overlap, low - cutaway * 1.4)),
    )  # fmt: skip
    return np.concatenate([neck, shoulder, armhole(t), side(t), hem])


def fronts(
    easel: Easel, t: Torso, cloths: Cloths, sleeve: Sleeve | None, overlap: float = 5,
    cutaway: float = 0, much: float = 1.0, quilt: float = 0.0,
    left: Fabric | None = None,
) -> None:  # fmt: skip
    """Lay two half fronts, the wearer's left over the right."""
    folds = torso_folds(easel.rng, t, much)
    half = half_front(t, overlap, cutaway)
    for outline, other, cloth in (
        (half, flip(half), cloths.main),
        (flip(half), half, left or cloths.main),
    ):
        easel.lay(
            Panel(
                outline, cloth, edge=20, bulge=0.27, folds=folds, quilt=quilt, drop=0.34,
                reach=2.2, joins=(*arms(t, sleeve), other),
                fade=((-t.chest * 0.4, t.armpit, 30, 34, 0.03), (0, t.hem_y, 200, 90, -0.05)),
            )
        )  # fmt: skip


def placket(
    easel: Easel, t: Torso, cloths: Cloths, n: int, r: float = 2.7, width: float = 13,
    bottom: float | None = None, cloth: Fabric | None = None,
) -> None:  # fmt: skip
    """Lay a button band from the neckline to the hem, or to ``bottom``."""
    top = t.neck_y + t.dip - 2
    low = bottom if bottom is not None else t.hem_y + t.curve - 1
    band = rectangle(-width / 2, top, width / 2, low)
    easel.lay(Panel(band, cloth or cloths.main, edge=2.5, bulge=0.16, drop=0.24, reach=1.3))
    for x in (-width / 2 + 2, width / 2 - 2):
        stitches(easel, trace((x, top + 3), (x, low - 2)), cloths.thread, 0.38)
    reach = low - top
    buttons(easel, 0, top + 9, low - (reach * 0.07 if bottom is None else 8), n, r, cloths.button)


def button_row(
    easel: Easel, t: Torso, cloths: Cloths, n: int, y0: float, y1: float, r: float, x: float = 0
) -> None:
    """Sew buttons with buttonholes down a plain front edge."""
    for y in np.linspace(y0, y1, n):
        easel.stroke(trace((x - 1, float(y)), (x + r + 4, float(y))), (0, 0, 0), 0.9, 0.4)
        button(easel, x, float(y), r, cloths.button)


def double_breasted(
    easel: Easel,
    t: Torso,
    cloths: Cloths,
    rows: int,
    gap: float,
    y0: float,
    y1: float,
    r: float = 4,
) -> None:
    """Draw the overlap of a double-breasted front and its two columns of buttons."""
    top, low = t.neck_y + t.dip, t.hem_y + t.curve
    edge = trace((3, top + 2), ((gap + 5, top + 20), (gap + 6, top + 36)), (gap + 8, low - 2))
    easel.glow(ribbon(edge + np.array([3, 2], np.float32), 5), -0.22, 1.6)
    seam(easel, edge, 0.5)
    for y in np.linspace(y0, y1, rows):
        for sign in (-1, 1):
            button(easel, sign * gap, float(y), r, cloths.button)


def zip_front(
    easel: Easel, t: Torso, cloths: Cloths, bottom: float | None = None, up: float = 0
) -> None:
    """Set a zip into the middle of the front."""
    low = bottom if bottom is not None else t.hem_y + t.curve - 1
    top = t.neck_y + t.dip - up
    tape = tuple(float(c) * 0.6 for c in cloths.trim.tile[::64, ::64].mean(axis=(0, 1)))
    zipper(easel, trace((0, top), (0, low)), cloths.metal, (tape[0], tape[1], tape[2]))
    for x in (-7.5, 7.5):
        stitches(easel, trace((x, top + 6), (x, low)), cloths.thread, 0.4)


def storm_flap(easel: Easel, t: Torso, cloths: Cloths, n: int) -> None:
    """Lay a wide covered placket with press studs."""
    top, low = t.neck_y + t.dip - 8, t.hem_y + t.curve - 4
    easel.lay(
        Panel(rectangle(-8, top, 11, low, 2), cloths.main, edge=4, bulge=0.2, drop=0.36, reach=2)
    )
    stitches(easel, trace((8.5, top + 3), (8.5, low - 3)), cloths.thread, 0.4)
    for y in np.linspace(top + 10, low - 14, n):
        button(easel, 2, float(y), 2.7, cloths.metal, holes=False)


def toggles(easel: Easel, t: Torso, n: int, y0: float, y1: float) -> None:
    """Sew on horn toggles with leather loops."""
    for y in np.linspace(y0, y1, n):
        v = float(y)
        for sign in (1, -1):
            easel.spot(
                trace(
                    (sign * 15, v - 5),
                    (sign * 29, v - 6),
                    (sign * 29, v + 6),
                    (sign * 15, v + 5),
                    (sign * 15, v - 5),
                ),
                (86, 58, 40),
            )
            easel.stroke(trace((sign * 17, v), (sign * 2, v)), (96, 66, 46), 1.5)
        easel.spot(ribbon(trace((-11, v + 2), (9, v + 2)), 6.5), (0, 0, 0), 0.25)
        easel.spot(ribbon(trace((-12, v), ((-1, v - 1), (9, v))), 6.2, 4), (206, 176, 130))
        easel.spot(
            ribbon(trace((-10, v - 1.4), ((-1, v - 2.2), (7, v - 1.2))), 1.8), (236, 214, 176), 0.8
        )


def chest_pocket(
    easel: Easel, t: Torso, cloths: Cloths, flapped: bool = False, both: bool = False
) -> None:
    """Sew on one or two chest pockets."""
    y = t.armpit - 8
    for sign in (1, -1) if both else (1,):
        x = sign * t.chest * 0.48
        pocket(easel, patch(x, y, 31, 34, 4 if not flapped else 2), cloths)
        if flapped:
            flap(easel, x, y - 3, 33, 13, cloths)
            button(easel, x, y + 6.5, 2.3, cloths.button)


def hip_pockets(easel: Easel, t: Torso, cloths: Cloths, kind: str) -> None:
    """Add pockets at hip height: patch, flap, slant, cargo."""
    y = t.waist_y + min(34.0, (t.hem_y - t.waist_y) * 0.32)
    for sign in (1, -1):
        x = sign * t.hem * 0.55
        if kind == "patch":
            pocket(easel, patch(x, y, 42, 46, 0, 9), cloths)
        elif kind == "flap":
            easel.stroke(trace((x - 20, y - 0.5), (x + 20, y - 0.5)), (0, 0, 0), 1.2, 0.45)
            flap(easel, x, y, 40, 13, cloths)
        elif kind == "cargo":
            pocket(easel, patch(x, y, 46, 50, 0, 4), cloths)
            flap(easel, x, y - 3, 48, 15, cloths)
            button(easel, x, y + 8, 2.6, cloths.metal, holes=False)
        else:
            welt(easel, trace((x - sign * 6, y - 16), (x + sign * 9, y + 24)), cloths, 6.5)


def kangaroo(easel: Easel, t: Torso, cloths: Cloths) -> None:
    """Sew on the pouch pocket of a hooded sweatshirt."""
    low = t.hem_y + t.curve - 1
    top, w = low - 66, t.hem * 0.66
    shape = trace(
        (-w * 0.62, top),
        (w * 0.62, top),
        ((w * 0.72, top + 24), (w, top + 40)),
        (w, low),
        (-w, low),
        (-w, top + 40),
        ((-w * 0.72, top + 24), (-w * 0.62, top)),
    )
    easel.lay(Panel(shape, cloths.main, edge=7, bulge=0.3, drop=0.36, reach=2))
    for sign in (1, -1):
        line = trace(
            (sign * (w * 0.62 - 3), top + 2),
            ((sign * (w * 0.72 - 4), top + 23), (sign * (w - 4), top + 40)),
        )
        stitches(easel, line, cloths.thread, 0.5)


def tie_belt(
    easel: Easel, t: Torso, cloths: Cloths, y: float, half: float, cloth: Fabric | None = None
) -> None:
    """Tie a cloth belt around the waist."""
    face = cloth or cloths.main
    line = trace((-half - 1, y - 2), ((0, y + 5), (half + 1, y - 2)))
    for dx, length in ((-5.0, 62.0), (7.0, 78.0)):
        tail = trace((dx, y + 4), ((dx * 2.4, y + 30), (dx * 1.7, y + length)))
        easel.lay(Panel(ribbon(tail, 12), face, edge=4, bulge=0.3, drop=0.36, reach=2))
    easel.lay(Panel(ribbon(line, 14), face, edge=5, bulge=0.35, drop=0.4, reach=2))
    easel.lay(Panel(rectangle(-7, y - 7, 8, y + 11, 5), face, edge=6, bulge=0.5, drop=0.42))


def yoke(easel: Easel, t: Torso, cloths: Cloths, y: float) -> None:
    """Sew a yoke seam across the chest."""
    for sign in (1, -1):
        x = t.chest - 9
        line = trace((sign * 7, y + 3), (sign * x, y))
        seam(easel, line, 0.35)
        stitches(easel, line + np.array([0, 2.2], np.float32), cloths.thread, 0.7)


def epaulettes(easel: Easel, t: Torso, cloths: Cloths) -> None:
    """Button straps on the shoulders."""
    x, y = t.tip
    for sign in (1, -1):
        line = trace((sign * (x - 2), y + 2), (sign * (t.neck + 16), t.neck_y + 6))
        easel.lay(Panel(ribbon(line, 11, 9), cloths.main, edge=3.5, bulge=0.3, drop=0.4, reach=1.6))
        button(easel, sign * (t.neck + 21), t.neck_y + 8, 2.4, cloths.button)
