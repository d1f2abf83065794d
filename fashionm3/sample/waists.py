"""Waistbands, flies and pockets of what is worn on the legs."""

import numpy as np

from fashionm3.sample.curves import ellipse, flip, rectangle, shift, trace
from fashionm3.sample.cuts import LegCut
from fashionm3.sample.details import (
    Cloths,
    button,
    cord,
    double_stitch,
    flap,
    patch,
    pocket,
    seam,
    stitches,
)
from fashionm3.sample.easel import Easel
from fashionm3.sample.panel import Fold, Panel

TOP = 60.0


def waist_and_fly(easel: Easel, cut: LegCut, cloths: Cloths) -> None:
    """Lay the waistband and what closes it."""
    w = cut.waist
    soft = cut.kind in ("jogger", "running", "legging", "palazzo", "paperbag", "lounge")
    depth = 17 if soft else 14
    band = trace(
        (-w - 0.5, TOP - 1),
        ((0, TOP + 6), (w + 0.5, TOP - 1)),
        (w + 3, TOP + depth),
        ((0, TOP + depth + 7), (-w - 3, TOP + depth)),
        (-w - 0.5, TOP - 1),
    )
    cloth = cloths.trim if soft else cloths.main
    easel.lay(
        Panel(
            band,
            cloth,
            edge=5,
            bulge=0.3,
            drop=0.3,
            reach=1.6,
            folds=gathers(w, TOP + 2, depth) if soft and cut.kind != "legging" else (),
        )
    )
    if soft:
        if cut.kind in ("jogger", "running", "paperbag", "lounge"):
            for sign in (1, -1):
                cord(
                    easel,
                    trace(
                        (sign * 4, TOP + 12),
                        ((sign * 11, TOP + 34), (sign * 8, TOP + 54 + 5 * sign)),
                    ),
                    cloths.thread,
                    2.6,
                    cloths.metal,
                )
        return
    _fly(easel, cut, cloths, depth, w)


def _fly(easel: Easel, cut: LegCut, cloths: Cloths, depth: float, w: float) -> None:
    """Sew the fly, the belt loops and the button."""
    fly = trace(
        (12, TOP + depth + 3),
        (12, TOP + cut.rise * 0.58),
        ((11, TOP + cut.rise * 0.76), (1, TOP + cut.rise * 0.8)),
    )
    if cut.kind == "tailored":
        seam(easel, fly, 0.12)
    else:
        double_stitch(easel, fly, cloths.thread)
    for x in (-w * 0.72, -w * 0.3, w * 0.3, w * 0.72):
        easel.lay(
            Panel(
                rectangle(x - 2.4, TOP - 1, x + 2.4, TOP + depth + 6, 1),
                cloths.main,
                edge=2,
                bulge=0.4,
                drop=0.36,
                reach=1.2,
            )
        )
    for dy in (3.5, depth + 1.0):
        line = trace((-w, TOP + dy - 1), ((0, TOP + dy + 6), (w, TOP + dy - 1)))
        if cut.kind != "tailored":
            stitches(easel, line, cloths.thread, 0.6)
    button(
        easel,
        1,
        TOP + depth * 0.5 + 3,
        4,
        cloths.metal if cut.kind == "jeans" else cloths.button,
        cut.kind != "jeans",
    )


def gathers(w: float, y: float, depth: float) -> tuple[Fold, ...]:
    """Return the small folds of an elastic waist."""
    return tuple(
        Fold(trace((float(x), y), (float(x) + 1, y + depth + 3)), 4, 0.8 * (1 if k % 2 else -1))
        for k, x in enumerate(np.arange(-w + 4, w - 3, 4.5))
    )


def leg_pockets(easel: Easel, cut: LegCut, cloths: Cloths) -> None:
    """Add pockets after the kind of trousers."""
    w, top = cut.waist, TOP + 17
    if cut.kind == "legging":
        return
    if cut.kind == "jeans":
        line = trace((w * 0.44, top + 3), ((w * 0.5, top + 26), (w + 8, top + 22)))
    else:
        line = trace((w * 0.66, top + 2), (w + 9, top + 46))
    for sign in (1, -1):
        path = line if sign > 0 else flip(line)
        easel.stroke(shift(path, 0, 1.4), (0, 0, 0), 1.6, 0.25)
        seam(easel, path, 0.5)
        if cut.kind == "jeans":
            double_stitch(easel, shift(path, 0, -1.6), cloths.thread)
            easel.spot(ellipse(sign * w * 0.47, top + 6, 1.5, 1.5), cloths.metal)
        elif cut.kind != "tailored":
            stitches(easel, shift(path, -1.5 * sign, -1), cloths.thread, 0.5)
        if cut.kind == "cargo":
            y = TOP + min(cut.rise + 46, cut.length - 90)
            x = sign * (cut.hip - 15)
            pocket(easel, patch(x, y, 38, 52), cloths)
            flap(easel, x, y - 4, 40, 16, cloths)
            button(easel, x, y + 6, 2.6, cloths.metal, holes=False)
