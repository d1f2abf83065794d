"""Trainers: low, high and for running."""

import numpy as np

from fashionm3.sample.curves import Points, offset, ribbon, trace
from fashionm3.sample.cuts import ShoeCut
from fashionm3.sample.details import Cloths, stitches
from fashionm3.sample.easel import Easel
from fashionm3.sample.last import G, bottom, closed, creases, laces, lay_inside, lay_sole
from fashionm3.sample.panel import Panel


def draw_trainer(easel: Easel, cut: ShoeCut, cloths: Cloths) -> None:
    """Lay one trainer."""
    high, s = cut.shaft, cut.sole
    runner = cut.kind == "runner"
    top = G - 138 - high
    lay_inside(
        easel,
        trace(
            (0, top + 6),
            ((60, top - 4), (122, top + 6)),
            (122, top + 44),
            (20, top + 44),
            (0, top + 6),
        ),
        cloths,
    )
    tongue = trace(
        (-26, G - 106),
        ((-8, top + 4), (2, top - 18)),
        ((20, top - 24), (34, top - 14)),
        (46, top + 40),
        (-26, G - 106),
    )
    easel.lay(Panel(tongue, cloths.trim if runner else cloths.main, edge=8, bulge=0.4))
    toe = trace(
        (-142, G - s + 2), ((-147, G - 50), (-106, G - 60)), ((-64, G - 70), (-24, G - 110))
    )
    collar = trace(
        (-24, G - 110),
        ((4, top + 14), (20, top + 2)),
        ((44, top + 40 - high * 0.35), (92, top + 22 - high * 0.2)),
        ((112, top + 14), (122, top - 2)),
        ((139, top + 2), (134, G - 70)),
        ((130, G - 40), (137, G - s)),
    )
    upper = np.concatenate([toe, collar[1:]])
    easel.lay(Panel(closed(cut, upper, s - 3), cloths.main, edge=16, bulge=0.36, folds=creases()))
    _overlays(easel, cut, cloths, high, runner, s, top)


def _overlays(
    easel: Easel, cut: ShoeCut, cloths: Cloths, high: float, runner: bool, s: float, top: float
) -> None:
    """Lay the facing, the heel counter and the toe cap."""
    stay = trace(
        (-78, G - 72),
        ((-52, G - 84), (-24, G - 110)),
        ((4, top + 14), (20, top + 2)),
        (33, top + 26),
        ((12, G - 88 - high * 0.4), (-16, G - 74)),
        ((-48, G - 56), (-78, G - 72)),
    )
    easel.lay(Panel(stay, cloths.trim, edge=5, bulge=0.2, drop=0.34, reach=1.4))
    heel = trace(
        (96, top + 20),
        ((112, top + 14), (122, top - 2)),
        ((139, top + 2), (134, G - 70)),
        ((130, G - 40), (137, G - s)),
        (88, G - s),
        ((76, G - 70), (96, top + 20)),
    )
    easel.lay(Panel(heel, cloths.trim, edge=10, bulge=0.3, drop=0.32, reach=1.4))
    if "toecap" in cut.parts or runner:
        cap = trace(
            (-142, G - s + 2),
            ((-147, G - 46), (-112, G - 58)),
            ((-92, G - 52), (-84, G - s)),
            (-142, G - s + 2),
        )
        easel.lay(Panel(cap, cloths.trim, edge=12, bulge=0.3, drop=0.3, reach=1.4))
    _trims(easel, cut, cloths, high, runner, s, top, heel, stay)


def _trims(
    easel: Easel,
    cut: ShoeCut,
    cloths: Cloths,
    high: float,
    runner: bool,
    s: float,
    top: float,
    heel: Points,
    stay: Points,
) -> None:
    """Add stripes, stitches, laces and the sole."""
    if "stripe" in cut.parts:
        for k in range(2):
            bar = trace(
                (-4 + 22 * k, G - 82 - high * 0.3),
                ((6 + 22 * k, G - 50), (-10 + 24 * k, G - s - 2)),
            )
            easel.lay(Panel(ribbon(bar, 9), cloths.trim, edge=2, bulge=0.2, drop=0.25, reach=1.2))
    for line in (offset(stay[15:44], 3), offset(heel[30:], 3)):
        stitches(easel, line, cloths.thread, 0.5)
    laces(
        easel,
        trace((-66, G - 78), ((-40, G - 92), (-22, G - 112)), ((2, top + 14), (14, top + 6))),
        cloths.button,
        5 + int(high / 16),
    )
    _trainer_sole(easel, cut, cloths, runner)


def _trainer_sole(easel: Easel, cut: ShoeCut, cloths: Cloths, runner: bool) -> None:
    s = cut.sole
    lay_sole(easel, cut, cloths.sole or cloths.trim, s + (4 if runner else 0))
    if runner:
        for k in range(9):
            x = -120 + 30 * k
            easel.stroke(
                trace((x, G - 4), ((x + 8, G - s * 0.8), (x + 22, G - s * 0.6))),
                (0, 0, 0),
                1.2,
                0.16,
            )
    low = bottom(cut, 2, 137, -140)
    easel.stroke(low, (50, 46, 44), 3.4, 0.55 if runner else 0.16)
