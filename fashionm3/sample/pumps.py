"""Shoes that are cut low: pumps, flats, loafers, laced leather shoes, sandals, mules."""

import numpy as np

from fashionm3.sample.curves import Points, ellipse, offset, ribbon, shift, trace
from fashionm3.sample.cuts import ShoeCut
from fashionm3.sample.details import Cloths, buckle, seam, stitches
from fashionm3.sample.easel import Easel
from fashionm3.sample.last import G, bottom, closed, creases, laces, lay_inside, lay_sole
from fashionm3.sample.panel import Panel


def lay_heel(easel: Easel, cut: ShoeCut, cloths: Cloths) -> None:
    """Lay the heel: a pin, a block, a wedge or a flare."""
    h = cut.heel
    face = cloths.sole if cloths.sole is not None and "stacked" in cut.parts else cloths.main
    top = G - h
    if "wedge" in cut.parts:
        low = bottom(cut, -1, 135, -118)
        shape = np.concatenate([low, trace((-118, G), (132, G), ((140, G - h * 0.5), (135, top)))])
    elif "pin" in cut.parts:
        shape = trace(
            (72, top + 14),
            (136, top - 8),
            ((138, top + h * 0.3), (128, G)),
            (119, G),
            ((116, top + h * 0.42), (72, top + 14)),
        )
    elif "flare" in cut.parts:
        shape = trace(
            (72, top + 9),
            (136, top - 6),
            ((124, top + h * 0.45), (130, G)),
            (88, G),
            ((96, top + h * 0.5), (72, top + 9)),
        )
    else:
        shape = trace(
            (66, top + 8),
            (136, top - 6),
            ((135, top + h * 0.4), (131, G)),
            (82, G),
            ((80, top + h * 0.5), (66, top + 8)),
        )
    easel.lay(Panel(shape, face, edge=9, bulge=0.42, drop=0.3))
    if "stacked" in cut.parts:
        for level in np.arange(top + 10, G - 4, 6.5).tolist():
            easel.stroke(trace((84, level), (132, level - 1)), (30, 18, 10), 0.7, 0.3)
    lowest = float(shape[:, 1].max())
    base = shape[shape[:, 1] > lowest - 1.5]
    x0, x1 = float(base[:, 0].min()), float(base[:, 0].max())
    easel.stroke(trace((x0, G - 1.4), (x1, G - 1.4)), (34, 30, 28), 3)


def _top(cut: ShoeCut, vamp: float, back: float, dip: float) -> Points:
    """Return the upper edge of a low shoe: toe, throat, topline, heel."""
    h = cut.heel
    tip, flat = (-153, 19) if cut.toe == "point" else (-141, 36)
    if cut.toe == "almond":
        tip, flat = -147, 28
    return trace(
        (tip, G - cut.sole + 1), ((tip - 2, G - flat), (-116, G - flat - 5)), ((vamp - 24,
            G - 46), (vamp, G - 52)),
        ((vamp + 30, G - 42 - h * 0.12), (34, G - dip - h * 0.6)), ((88, G - back + 16 - h), (121,
            G - back - h)),
        ((138, G - back * 0.6 - h), (133, G - cut.sole - h)),
    )  # fmt: skip


def _far_side(
    easel: Easel, cut: ShoeCut, cloths: Cloths, vamp: float, back: float, dip: float
) -> None:
    h = cut.heel
    far = trace(
        (vamp - 4, G - 50),
        ((vamp + 40, G - 54 - h * 0.2), (50, G - dip - 12 - h * 0.7)),
        ((96, G - back + 4 - h), (121, G - back - h)),
        (118, G - 44 - h),
        (20, G - 30 - h * 0.4),
        (vamp, G - 40),
    )
    lay_inside(easel, far, cloths)


def draw_pump(easel: Easel, cut: ShoeCut, cloths: Cloths) -> None:
    """Lay a court shoe or a ballet flat."""
    vamp = -62 if cut.heel > 30 else -70
    back = 58 if cut.heel > 30 else 62
    _far_side(easel, cut, cloths, vamp, back, 36)
    if cut.heel > 10:
        lay_heel(easel, cut, cloths)
    lay_sole(easel, cut, cloths.sole or cloths.lining, max(cut.sole, 4), 0.5)
    top = _top(cut, vamp, back, 36)
    easel.lay(Panel(closed(cut, top, cut.sole - 1), cloths.main, edge=17, bulge=0.38))
    if "slingback" in cut.parts:
        hide = trace((40, G - 38 - cut.heel * 0.66), (66, G - 64 - cut.heel))
        seam(easel, hide, 0.3)
    line = top[29:71]
    easel.stroke(offset(line, 1.2), (0, 0, 0), 1.0, 0.25)
    if "strap" in cut.parts:
        h = cut.heel
        band = trace(
            (26, G - 40 - h * 0.6),
            ((34, G - 92 - h * 0.7), (66, G - 92 - h)),
            ((78, G - 90 - h), (86, G - 52 - h)),
        )
        easel.lay(Panel(ribbon(band, 8), cloths.main, edge=4, bulge=0.4, drop=0.4))
        buckle(easel, 62, G - 92 - h, 10, 11, cloths.metal)
    if "bow" in cut.parts:
        for s in (1, -1):
            easel.lay(
                Panel(
                    trace(
                        (vamp - 4, G - 52),
                        ((vamp - 4 + 14 * s, G - 68), (vamp - 4 + 20 * s, G - 54)),
                        ((vamp - 4 + 14 * s, G - 42), (vamp - 4, G - 52)),
                    ),
                    cloths.trim,
                    edge=5,
                    bulge=0.5,
                )
            )


def draw_loafer(easel: Easel, cut: ShoeCut, cloths: Cloths) -> None:
    """Lay a loafer with a raised seam and a saddle, tassels or a bar."""
    _far_side(easel, cut, cloths, -34, 76, 56)
    top = trace(
        (-142, G - cut.sole + 1),
        ((-147, G - 46), (-108, G - 56)),
        ((-72, G - 66), (-30, G - 92)),
        ((-16, G - 100), (-6, G - 94)),
        ((30, G - 66), (60, G - 70)),
        ((96, G - 76), (121, G - 82)),
        ((139, G - 50), (134, G - cut.sole)),
    )
    easel.lay(
        Panel(closed(cut, top, cut.sole - 1), cloths.main, edge=17, bulge=0.38, folds=creases(-70))
    )
    apron = trace((-34, G - 66), ((-70, G - 46), (-112, G - 38)), ((-130, G - 38), (-128, G - 48)))
    seam(easel, apron, 0.5)
    stitches(easel, offset(apron, 2.5), cloths.thread, 0.6)
    easel.glow(ribbon(shift(apron, 0, -4), 5), 0.16, 1.6)
    _saddle(easel, cut, cloths)


def _saddle(easel: Easel, cut: ShoeCut, cloths: Cloths) -> None:
    """Lay the saddle, the tassels and the sole."""
    if "moccasin" not in cut.parts:
        saddle = ribbon(trace((-42, G - 76), ((-28, G - 66), (-16, G - 38))), 15)
        easel.lay(Panel(saddle, cloths.trim, edge=5, bulge=0.25, drop=0.4, reach=1.8))
        if "bar" in cut.parts:
            easel.spot(
                ribbon(trace((-40, G - 72), ((-31, G - 66), (-25, G - 54))), 5), cloths.metal
            )
        else:
            easel.spot(ribbon(trace((-38, G - 74), (-31, G - 66)), 3.4), (20, 14, 12), 0.7)
    if "tassel" in cut.parts:
        for x in (-36, -26):
            easel.lay(
                Panel(
                    trace(
                        (x - 2, G - 78),
                        (x + 3, G - 78),
                        (x + 5, G - 56),
                        (x - 5, G - 56),
                        (x - 2, G - 78),
                    ),
                    cloths.main,
                    edge=3,
                    bulge=0.4,
                )
            )
    lay_sole(easel, cut, cloths.sole or cloths.trim, cut.sole, 2.5)
    low_heel(easel, cut, cloths)


def low_heel(easel: Easel, cut: ShoeCut, cloths: Cloths) -> None:
    """Lay the low stacked heel under a leather sole."""
    s = cut.sole
    block = trace((66, G - 2), (137, G - 2), (135, G + s * 0.4), (70, G + s * 0.4), (66, G - 2))
    easel.lay(Panel(block, cloths.sole or cloths.trim, edge=4, bulge=0.3, tone=0.86, drop=0.2))
    easel.stroke(trace((68, G + s * 0.14), (136, G + s * 0.14)), (0, 0, 0), 0.7, 0.3)


def draw_brogue(easel: Easel, cut: ShoeCut, cloths: Cloths) -> None:
    """Lay a laced leather shoe, plain or with perforations."""
    s = cut.sole
    lay_inside(
        easel,
        trace(
            (-4, G - 122),
            ((40, G - 104), (120, G - 94)),
            (120, G - 60),
            (10, G - 66),
            (-4, G - 122),
        ),
        cloths,
    )
    tip = -150 if cut.toe == "almond" else -143
    top = trace(
        (tip, G - s + 1),
        ((tip - 3, G - 42), (-108, G - 54)),
        ((-70, G - 62), (-36, G - 92)),
        ((-16, G - 122), (4, G - 128)),
        ((24, G - 78), (66, G - 78)),
        ((100, G - 84), (121, G - 92)),
        ((139, G - 54), (134, G - s)),
    )
    easel.lay(Panel(closed(cut, top, s - 1), cloths.main, edge=17, bulge=0.38, folds=creases(-66)))
    facing = trace(
        (-54, G - 74),
        ((-22, G - 110), (4, G - 128)),
        (18, G - 98),
        ((16, G - 64), (-4, G - 54)),
        ((-30, G - 54), (-54, G - 74)),
    )
    easel.lay(Panel(facing, cloths.main, edge=6, bulge=0.22, drop=0.4, reach=1.8))
    stitches(easel, facing[28:58], cloths.thread, 0.6)
    laces(easel, trace((-48, G - 80), ((-22, G - 106), (-2, G - 124))), cloths.button, 4, 3.0, 15)
    _brogue_seams(easel, cut, cloths, s)


def _brogue_seams(easel: Easel, cut: ShoeCut, cloths: Cloths, s: float) -> None:
    """Sew the toe and lay the sole."""
    cap = trace((-96, G - 57), ((-84, G - 36), (-92, G - s)))
    if "wing" in cut.parts:
        cap = trace((-100, G - 50), ((-70, G - 50), (-34, G - s - 2)))
    if cut.parts & {"wing", "cap"}:
        seam(easel, cap, 0.55)
        if "wing" in cut.parts:
            for d in (-3.5, 3.5):
                for x, y in offset(cap, d)[::2]:
                    easel.spot(ellipse(float(x), float(y), 1.1, 1.1), (14, 10, 8), 0.75)
    seam(easel, trace((92, G - 84), ((76, G - 50), (84, G - s))), 0.4)
    lay_sole(easel, cut, cloths.sole or cloths.trim, s, 3.5)
    stitches(easel, bottom(cut, s - 2, 138, -146), cloths.thread, 0.6, 4)
    low_heel(easel, cut, cloths)
