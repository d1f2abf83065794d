"""Collars, necks and hoods, laid over a finished front."""

import numpy as np

from fashionm3.sample.curves import Points, ellipse, flip, mirror, offset, ribbon, trace
from fashionm3.sample.details import Cloths, button, cord, label, seam, stitches
from fashionm3.sample.easel import RGB, Easel
from fashionm3.sample.fabric import Fabric
from fashionm3.sample.panel import Panel
from fashionm3.sample.upper import Torso


def back_stand(easel: Easel, t: Torso, cloths: Cloths, rise: float = 14, tag: bool = True) -> None:
    """Lay the inside of a collar at the back of the neck."""
    n, y = t.neck, t.neck_y
    half = trace(
        (0, y - rise - 4), ((n * 0.55, y - rise - 4), (n * 0.9, y - rise)), (n + 2, y + 8),
        (n * 0.8, y + t.dip + 8), (0, y + t.dip + 16),
    )  # fmt: skip
    shade = ((0.0, y + t.dip, n * 1.5, 22.0, -0.3),)
    easel.lay(Panel(mirror(half), cloths.lining, edge=4, tone=0.74, fade=shade))
    seam(easel, trace((-n * 0.95, y - 1), ((0, y + 5), (n * 0.95, y - 1))), 0.22)
    if tag:
        label(easel, 0, y - rise * 0.55)


def _pair(easel: Easel, leaf: Points, cloth: Fabric, turn: float, drop: float = 0.45) -> None:
    for sign in (1, -1):
        shape = leaf if sign > 0 else flip(leaf)
        easel.lay(Panel(shape, cloth, edge=5, bulge=0.26, grain=turn * sign, drop=drop, reach=2.4))


def shirt_collar(
    easel: Easel, t: Torso, cloths: Cloths, point: float = 42, spread: float = 8,
    buttoned: bool = False, cloth: Fabric | None = None, rise: float = 13,
) -> None:  # fmt: skip
    """Lay a turned-down collar; ``spread`` moves its points apart."""
    n, y, d = t.neck, t.neck_y, t.dip
    tip = (n * 0.5 + spread, y + point)
    leaf = trace(
        (1, y + d + 1), ((n * 0.55, y + d - 9), (n * 0.84, y - rise)),
        ((n + 7, y - rise + 3), (n + 14, y + 9)), ((n * 0.8 + spread, y + point * 0.55), tip),
        ((tip[0] * 0.5, y + d + 4), (1, y + d + 1)),
    )  # fmt: skip
    _pair(easel, leaf, cloth or cloths.main, 0.6)
    edge = trace(
        (n + 12, y + 10), ((n * 0.74 + spread, y + point * 0.55), (tip[0] - 1.5, tip[1] - 3.5))
    )
    for sign in (1, -1):
        stitches(easel, edge if sign > 0 else flip(edge), cloths.thread, 0.45)
        if buttoned:
            button(easel, sign * (tip[0] - 1.5), tip[1] - 6, 2.1, cloths.button)


def camp_collar(easel: Easel, t: Torso, cloths: Cloths) -> None:
    """Lay an open, flat collar with a notch."""
    n, y, d = t.neck, t.neck_y, t.dip
    lapel = trace(
        (0, y + d),
        ((n * 0.5, y + d * 0.5), (n * 0.82, y + 12)),
        (n + 20, y + 34),
        ((n * 0.7, y + d * 0.9), (0, y + d)),
    )
    _pair(easel, lapel, cloths.main, 0.3)
    collar = trace(
        (n * 0.78, y + 18),
        ((n * 0.9, y), (n * 0.86, y - 12)),
        ((n + 8, y - 9), (n + 15, y + 8)),
        (n + 22, y + 36),
        (n * 0.78, y + 18),
    )
    _pair(easel, collar, cloths.main, 0.7)


def band_collar(easel: Easel, t: Torso, cloths: Cloths, height: float = 12) -> None:
    """Lay a standing band, open in the middle."""
    n, y, d = t.neck, t.neck_y, t.dip
    band = trace(
        (1, y + d + 2),
        ((n * 0.8, y + d - 2), (n + 2, y + 2)),
        (n * 0.9, y - height),
        ((n * 0.74, y + d - height - 2), (2, y + d - height + 3)),
        (1, y + d + 2),
    )
    _pair(easel, band, cloths.main, 0.2, 0.3)


def roll_neck(
    easel: Easel, t: Torso, cloths: Cloths, height: float = 34, folded: bool = True
) -> None:
    """Lay a high neck, turned down or plain."""
    n, y = t.neck, t.neck_y
    easel.lay(Panel(ellipse(0, y - height + 1, n - 3, 6), cloths.lining, edge=3, tone=0.5))
    tube = trace(
        (0, y - height + 6),
        ((n * 0.7, y - height + 5), (n - 3, y - height)),
        ((n, y - 8), (n + 3, y + 4)),
        ((n * 0.7, y + 19), (0, y + 19)),
    )
    easel.lay(Panel(mirror(tube), cloths.trim, edge=14, bulge=0.42, drop=0.35))
    if folded:
        low = y - height * 0.28
        cuff = trace(
            (0, y - height + 6),
            ((n * 0.7, y - height + 5), (n - 2, y - height - 1)),
            ((n + 4, y - height * 0.7), (n + 4, low - 3)),
            ((n * 0.7, low + 11), (0, low + 12)),
        )
        easel.lay(Panel(mirror(cuff), cloths.trim, edge=12, bulge=0.45, drop=0.4, reach=2.5))


def hood(
    easel: Easel, t: Torso, cloths: Cloths, fur: Fabric | None = None, cords: RGB | None = None
) -> None:
    """Lay a hood that rests on the shoulders."""
    n, y = t.neck, t.neck_y
    back = trace(
        (0, y - 62),
        ((n * 0.8, y - 63), (n + 20, y - 36), (n + 17, y + 20)),
        (n, y + 30),
        (0, y + 36),
    )
    easel.lay(Panel(mirror(back), cloths.main, edge=20, bulge=0.4))
    gap = trace(
        (0, y - 52),
        ((n * 0.7, y - 52), (n + 3, y - 34), (n + 2, y + 4)),
        ((n * 0.6, y + 30), (0, y + 38)),
    )
    shade = ((0.0, y + 22, 40.0, 34.0, -0.4),)
    easel.lay(Panel(mirror(gap), cloths.lining, edge=14, bulge=-0.2, tone=0.66, fade=shade))
    seam(easel, trace((0, y - 50), (0, y + 2)), 0.25)
    label(easel, 0, y + 3)
    lobe = trace(
        (0, y + 41), ((n * 0.9, y + 26), (n + 5, y - 12), (n * 0.9, y - 40)), ((n * 0.6, y - 54),
            (0, y - 55)),
        (0, y - 63), ((n * 0.95, y - 66), (n + 24, y - 36), (n + 22, y + 14)),
        ((n + 14, y + 36), (4, y + 47)), (0, y + 41),
    )  # fmt: skip
    for sign in (1, -1):
        shape = lobe if sign > 0 else flip(lobe)
        easel.lay(
            Panel(shape, fur or cloths.main, edge=11, bulge=0.42, drop=0.42, grain=0.5 * sign)
        )
    if cords is not None:
        for sign in (1, -1):
            x = 13 * sign
            path = trace((x, y + 36), ((x + 3 * sign, y + 62), (x - 1 * sign, y + 96 + 6 * sign)))
            easel.spot(ellipse(x, y + 35, 2.4, 2.4), cloths.metal)
            cord(easel, path, cords, 2.8, cloths.metal)


def lapels(
    easel: Easel, t: Torso, cloths: Cloths, wide: float = 20, kind: str = "notch",
    collar: Fabric | None = None,
) -> None:  # fmt: skip
    """Lay tailored lapels along a v neckline: notch, peak or shawl."""
    n, y, d = t.neck, t.neck_y, t.dip
    face = collar or cloths.main
    if kind == "shawl":
        leaf = trace(
            (0, y + d + 2),
            ((n * 0.5, y + d * 0.5), (n * 0.84, y - 13)),
            ((n + 10, y - 8), (n + 15, y + 12)),
            ((n + wide + 4, y + d * 0.55), (2, y + d + 8)),
            (0, y + d + 2),
        )
        _pair(easel, leaf, face, 0.35)
        return
    at = y + min(d * 0.36, 46)
    tip = (n + wide, at - (9 if kind == "peak" else -3))
    leaf = trace(
        (0, y + d + 2),
        ((n * 0.5, y + d * 0.55), (n * 0.86, y - 6)),
        (n * 0.9, at - 14),
        tip,
        ((n + wide * 0.62, y + d * 0.62), (2, y + d + 8)),
        (0, y + d + 2),
    )
    _pair(easel, leaf, face, 0.3)
    outer = (n + wide * 0.72, at - 8)
    top = trace(
        (n * 0.62, at - 10),
        ((n * 0.8, y), (n * 0.86, y - 13)),
        ((n + 9, y - 9), (n + 15, y + 10)),
        ((n + 16, y + 14), outer),
        (n + 4, at - 2),
        (n * 0.62, at - 10),
    )
    _pair(easel, top, face, 0.8)


def peter_pan(easel: Easel, t: Torso, cloths: Cloths, cloth: Fabric) -> None:
    """Lay a flat round collar."""
    n, y, d = t.neck, t.neck_y, t.dip
    leaf = trace(
        (0.5, y + d),
        ((n * 0.7, y + d), (n * 0.97, y + d * 0.5), (n, y - 3)),
        ((n + 14, y - 3), (n + 18, y + 10)),
        ((n + 14, y + d + 12), (n * 0.4, y + d + 26)),
        ((1, y + d + 26), (0.5, y + d)),
    )
    _pair(easel, leaf, cloth, 0.5)


def bow(easel: Easel, t: Torso, cloths: Cloths) -> None:
    """Tie a soft bow at the neck."""
    n, y, d = t.neck, t.neck_y, t.dip
    line = trace((-n, y - 2), ((-n * 0.7, y + d), (0, y + d + 2)), ((n * 0.7, y + d), (n, y - 2)))
    easel.lay(Panel(ribbon(offset(line, 3), 14), cloths.main, edge=6, bulge=0.5))
    knot = y + d + 6
    for sign in (1, -1):
        tail = trace(
            (0, knot),
            ((16, knot + 30), (13, knot + 92)),
            (27, knot + 86),
            ((26, knot + 40), (5, knot)),
        )
        loop = trace(
            (0, knot - 2),
            ((20, knot - 22), (46, knot - 8), (43, knot + 7)),
            ((40, knot + 20), (14, knot + 12), (0, knot + 3)),
        )
        for shape in (tail, loop):
            easel.lay(
                Panel(
                    shape if sign > 0 else flip(shape),
                    cloths.main,
                    edge=8,
                    bulge=0.5,
                    grain=sign * 0.8,
                    drop=0.36,
                )
            )
    easel.lay(Panel(ellipse(0, knot, 7, 8), cloths.main, edge=6, bulge=0.5, drop=0.4))


def straps(easel: Easel, t: Torso, cloths: Cloths, width: float, halter: bool = False) -> None:
    """Lay thin straps from the upper edge of a front to where shoulders would be."""
    x, y = t.tip
    high = t.neck_y - 38
    for sign in (1, -1):
        end = (9.0, high - 6) if halter else (x * 0.86, high)
        path = trace((x - width / 2, y + 3), ((x * 0.98 - width / 2, y - 30), end))
        easel.lay(
            Panel(
                ribbon(path if sign > 0 else flip(path), width),
                cloths.main,
                edge=width * 0.5,
                bulge=0.5,
                drop=0.15,
            )
        )


def back_neck(easel: Easel, t: Torso, cloths: Cloths) -> None:
    """Lay the upper back behind a strapless or strap top."""
    x, y = t.tip
    half = trace(
        (0, y + 6), ((x * 0.6, y + 5), (x - 1, y + 1)), (t.chest - 3, t.armpit), (0, t.armpit)
    )
    easel.lay(Panel(mirror(half), cloths.lining, edge=5, tone=0.64))


def joined(half: Points) -> Points:
    """Return a right half path and its reflection as one open path from left to right."""
    return np.concatenate([flip(half)[::-1], half[1:]])
