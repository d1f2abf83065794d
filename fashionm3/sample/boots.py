"""Boots: chelsea, laced, with a heel, to the knee, and for rain."""

import numpy as np

from fashionm3.sample.curves import offset, rectangle, ribbon, shift, trace
from fashionm3.sample.cuts import ShoeCut
from fashionm3.sample.details import Cloths, buckle, seam, stitches, zipper
from fashionm3.sample.easel import Easel
from fashionm3.sample.last import G, bottom, closed, creases, laces, lay_inside, lay_sole
from fashionm3.sample.panel import Fold, Panel
from fashionm3.sample.pumps import lay_heel, low_heel


def draw_boot(easel: Easel, cut: ShoeCut, cloths: Cloths) -> None:
    """Lay one boot."""
    h, s = cut.heel, cut.sole
    top = G - h - 120 - cut.shaft
    wide = 6.0 if cut.shaft > 110 else 0.0
    tip = -150 if cut.toe == "point" else -140
    lay_inside(
        easel,
        trace(
            (6 - wide, top + 2),
            ((60, top - 9), (122 + wide, top)),
            ((60, top + 14), (6 - wide, top + 2)),
        ),
        cloths,
    )
    upper = np.concatenate([
        trace((tip, G - s + 2), ((tip - 5, G - (32 if cut.toe == "point" else 48)), (-104,
            G - 58)), ((-46, G - 72), (-14, G - h * 0.6 - 108)),
              ((4 - wide, G - h - 130), (4 - wide, top + 40), (5 - wide, top + 2))),
        trace((5 - wide, top + 2), ((60, top + 12), (122 + wide, top)))[1:],
        trace((122 + wide, top), ((124 + wide, G - h - 120), (118, G - h - 90)), ((136,
            G - h - 40), (134, G - h - s)))[1:],
    ])  # fmt: skip
    folds = creases() + ankle(cut)
    easel.lay(Panel(closed(cut, upper, s - 3), cloths.main, edge=24, bulge=0.36, folds=folds))
    _boot_parts(easel, cut, cloths, h, top)


def _boot_parts(easel: Easel, cut: ShoeCut, cloths: Cloths, h: float, top: float) -> None:
    """Lay the sole and what the kind of boot adds."""
    if h > 16:
        lay_heel(easel, cut, cloths)
        lay_sole(easel, cut, cloths.sole or cloths.trim, 6, 1)
    else:
        boot_sole(easel, cut, cloths)
    kinds = {"chelsea": gore, "lace-up": laced, "rain": rain, "zip": side_zip}
    for part, lay in kinds.items():
        if part in cut.parts:
            lay(easel, cut, cloths, top)
    if "buckle" in cut.parts:
        y = G - h - 96
        easel.lay(
            Panel(
                ribbon(trace((-8, y + 14), ((50, y + 4), (126, y + 6))), 13),
                cloths.main,
                edge=4,
                bulge=0.3,
                drop=0.4,
                reach=1.6,
            )
        )
        buckle(easel, 62, y + 7, 17, 17, cloths.metal)


def ankle(cut: ShoeCut) -> tuple[Fold, ...]:
    """Return the folds at the ankle and up the shaft."""
    y = G - cut.heel - 104
    n = 3 + int(cut.shaft / 46)
    return tuple(
        Fold(
            trace((8, y - 34 * k), ((40, y + 10 - 34 * k), (86 + 6 * (k % 2), y - 4 - 34 * k))),
            9,
            1.5 * (-1) ** k,
        )
        for k in range(n)
    )


def boot_sole(easel: Easel, cut: ShoeCut, cloths: Cloths) -> None:
    """Lay a flat sole with a low stacked heel and a welt."""
    s = cut.sole
    lay_sole(easel, cut, cloths.sole or cloths.trim, s, 4)
    if s < 18:
        low_heel(easel, cut, cloths)
    welt = bottom(cut, s + 0.5, 138, -145)
    stitches(easel, shift(welt, 0, 2.2), cloths.thread, 0.6, 4)
    if s > 18:
        for x in np.arange(-128, 132, 15.0):
            easel.stroke(
                trace((float(x), G - 1), (float(x) + 3, G - s * 0.42)), (0, 0, 0), 2.4, 0.4
            )


def gore(easel: Easel, cut: ShoeCut, cloths: Cloths, top: float) -> None:
    """Set in the elastic side and a pull tab."""
    low = G - cut.heel - 72
    shape = trace(
        (36, top + 6), (92, top + 5), ((86, low - 30), (68, low)), ((46, low - 30), (36, top + 6))
    )
    easel.lay(Panel(shape, cloths.trim, edge=4, bulge=0.1, tone=0.84, drop=0.1))
    easel.stroke(shape, (0, 0, 0), 1.1, 0.4)
    stitches(easel, offset(shape, -3), cloths.thread, 0.45)
    easel.lay(Panel(rectangle(112, top - 17, 122, top + 14, 4), cloths.trim, edge=3, bulge=0.3))


def laced(easel: Easel, cut: ShoeCut, cloths: Cloths, top: float) -> None:
    """Lay eyelet facings and laces up the front."""
    h = cut.heel
    edge = trace(
        (-58, G - 74), ((-26, G - 92), (-12, G - h * 0.6 - 112)), ((2, G - h - 132), (3, top + 12))
    )
    facing = np.concatenate(
        [
            edge,
            trace(
                (3, top + 4),
                (26, top + 6),
                ((22, G - h - 124), (6, G - h * 0.6 - 96)),
                ((-12, G - 74), (-44, G - 62)),
                (-58, G - 74),
            ),
        ]
    )
    easel.lay(Panel(facing, cloths.main, edge=6, bulge=0.22, drop=0.34, reach=1.6))
    stitches(
        easel,
        trace(
            (26, top + 8),
            ((22, G - h - 124), (6, G - h * 0.6 - 94)),
            ((-12, G - 72), (-44, G - 60)),
        ),
        cloths.thread,
        0.5,
    )
    laces(easel, edge, cloths.button, 6 + int(cut.shaft / 16), 3.8, 15)


def rain(easel: Easel, cut: ShoeCut, cloths: Cloths, top: float) -> None:
    """Add the band and the strap of a rubber boot."""
    easel.lay(
        Panel(
            ribbon(trace((1, top + 8), ((60, top + 18), (126, top + 6))), 12),
            cloths.main,
            edge=4,
            bulge=0.35,
            drop=0.3,
            reach=1.5,
        )
    )
    easel.lay(
        Panel(
            ribbon(trace((84, top + 26), (126, top + 22)), 10),
            cloths.main,
            edge=3,
            bulge=0.35,
            drop=0.4,
            reach=1.5,
        )
    )
    buckle(easel, 94, top + 25, 13, 14, cloths.metal)


def side_zip(easel: Easel, cut: ShoeCut, cloths: Cloths, top: float) -> None:
    """Set a zip into the side, or mark the back seam of a tall shaft."""
    low = G - cut.heel - 60
    if cut.shaft > 110:
        seam(easel, trace((74, top + 10), ((76, low - 90), (70, low))), 0.25)
        return
    line = trace((60, top + 14), ((64, low - 30), (54, low)))
    zipper(easel, line, cloths.metal, (40, 36, 34))
