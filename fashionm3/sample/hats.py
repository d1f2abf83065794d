"""Headwear seen from the front."""

import numpy as np

from fashionm3.sample.brims import brimmed, bucket
from fashionm3.sample.curves import ellipse, mirror, offset, rectangle, ribbon, trace
from fashionm3.sample.cuts import HatCut
from fashionm3.sample.details import Cloths, seam, stitches
from fashionm3.sample.easel import Easel
from fashionm3.sample.panel import Fold, Panel


def draw_hat(easel: Easel, cut: HatCut, cloths: Cloths) -> None:
    """Lay a hat."""
    kinds = {
        "beanie": beanie,
        "cap": cap,
        "brim": brimmed,
        "bucket": bucket,
        "beret": beret,
        "flat": flat_cap,
    }
    kinds[cut.kind](easel, cut, cloths)


def beanie(easel: Easel, cut: HatCut, cloths: Cloths) -> None:
    """Lay a knitted cap with a turned-up edge and perhaps a bobble."""
    top = 250 - 128 * cut.height
    slouch = 16 if "slouch" in cut.parts else 0
    dome = trace(
        (0, top),
        ((52, top - 2 + slouch * 0.3), (100 + slouch, top + 44), (97, 262)),
        ((60, 272), (0, 273)),
    )
    out = mirror(dome)
    if slouch:
        out[:, 0] += slouch * np.clip((200 - out[:, 1]) / 80, 0, 1)
    ribs = tuple(
        Fold(trace((k * 13.0, 250), ((k * 12.0, 170), (k * 3.5, top + 6))), 5, -1.3)
        for k in range(-6, 7)
    )
    easel.lay(Panel(out, cloths.main, edge=46, bulge=0.4, folds=ribs))
    if "bobble" in cut.parts:
        bobble(easel, top - 18, cloths)
    if "no cuff" not in cut.parts:
        turn = trace(
            (-101, 250),
            ((0, 268), (101, 250)),
            ((104, 280), (98, 302)),
            ((0, 322), (-98, 302)),
            ((-104, 280), (-101, 250)),
        )
        easel.lay(Panel(turn, cloths.trim, edge=16, bulge=0.42, drop=0.42, reach=3))
        if "label" in cut.parts:
            easel.lay(
                Panel(
                    rectangle(18, 276, 52, 297, 2),
                    cloths.lining,
                    edge=2,
                    bulge=0.2,
                    drop=0.3,
                    reach=1.2,
                )
            )
            easel.stroke(trace((26, 286), (44, 285)), cloths.thread, 2, 0.7)


def bobble(easel: Easel, y: float, cloths: Cloths) -> None:
    """Lay a bobble of loose yarn."""
    a = np.linspace(0, 2 * np.pi, 90, endpoint=False)
    r = 36 + easel.rng.normal(0, 1.9, 90)
    ball = np.stack([r * np.cos(a), y + r * np.sin(a)], axis=1).astype(np.float32)
    tufts = []
    for _ in range(80):
        t, q = easel.rng.uniform(0, 2 * np.pi), easel.rng.uniform(4, 33)
        x0, y0 = q * np.cos(t), y + q * np.sin(t)
        tufts.append(
            Fold(
                trace(
                    (float(x0), float(y0)), (float(x0 + 8 * np.cos(t)), float(y0 + 8 * np.sin(t)))
                ),
                4,
                float(easel.rng.choice([-1.6, 1.6])),
            )
        )
    easel.lay(Panel(ball, cloths.trim, edge=30, bulge=0.5, folds=tuple(tufts)))


def cap(easel: Easel, cut: HatCut, cloths: Cloths) -> None:
    """Lay a peaked cap of six panels, turned a little to the side."""
    crown = trace(
        (-104, 268),
        ((-110, 180), (-70, 138), (0, 134)),
        ((72, 136), (112, 182), (104, 262)),
        ((40, 282), (-104, 268)),
    )
    easel.lay(Panel(crown, cloths.main, edge=52, bulge=0.42))
    for x, bend in ((-34, -58), (44, 74)):
        line = trace((6, 135), ((bend, 170), (x * 1.55, 270)))
        seam(easel, line, 0.4)
        stitches(easel, offset(line, 2.4), cloths.thread, 0.45)
    for x, y in ((-58, 186), (4, 178), (72, 190)):
        easel.spot(ellipse(x, y, 2.6, 2.4), (20, 20, 22), 0.55)
    easel.lay(Panel(ellipse(6, 134, 9, 5), cloths.main, edge=4, bulge=0.5))
    if "patch" in cut.parts:
        easel.lay(
            Panel(
                rectangle(-32, 204, 24, 238, 4),
                cloths.trim,
                edge=3,
                bulge=0.2,
                drop=0.34,
                reach=1.4,
            )
        )
        easel.stroke(
            trace((-20, 220), ((-12, 212), (-4, 221)), ((2, 228), (12, 218))),
            cloths.thread,
            2.6,
            0.85,
        )
    _peak(easel, cut, cloths)


def _peak(easel: Easel, cut: HatCut, cloths: Cloths) -> None:
    """Lay the peak."""
    under = trace(
        (-104, 258),
        ((-40, 238), (58, 236), (104, 252)),
        ((114, 276), (86, 299), (-6, 303)),
        ((-98, 304), (-122, 280), (-104, 258)),
    )
    face = cloths.trim if "contrast" in cut.parts else cloths.main
    easel.lay(
        Panel(
            under, face, edge=20, bulge=0.34, drop=0.42, reach=4, fade=((-30, 290, 40, 20, 0.08),)
        )
    )
    for k in range(4):
        down, out = 7.0 * k, 2.0 * k * (3 - k)
        line = trace(
            (-103 - out, 268 + down),
            ((-60, 262 + down * 1.4), (54, 260 + down * 1.4), (103 + out, 262 + down)),
        )
        stitches(easel, line, cloths.thread, 0.35)


def beret(easel: Easel, cut: HatCut, cloths: Cloths) -> None:
    """Lay a beret, pulled to one side."""
    disc = trace(
        (-104, 262),
        ((-150, 236), (-136, 176), (-30, 160)),
        ((70, 146), (150, 190), (140, 236)),
        ((134, 270), (90, 276)),
        ((0, 290), (-104, 262)),
    )
    easel.lay(
        Panel(
            disc,
            cloths.main,
            edge=52,
            bulge=0.38,
            folds=(
                Fold(trace((60, 270), ((110, 236), (126, 200))), 16, 2.0),
                Fold(trace((10, 272), ((60, 240), (100, 190))), 14, -1.2),
            ),
        )
    )
    easel.lay(
        Panel(ribbon(trace((4, 160), ((5, 150), (10, 142))), 6), cloths.main, edge=3, bulge=0.4)
    )
    band = trace((-92, 258), ((0, 286), (92, 270)), (90, 286), ((0, 302), (-88, 276)), (-92, 258))
    easel.lay(Panel(band, cloths.trim, edge=7, bulge=0.35, drop=0.42, reach=3))


def flat_cap(easel: Easel, cut: HatCut, cloths: Cloths) -> None:
    """Lay a flat cap in profile, its top drawn forward over the peak."""
    band = trace(
        (-70, 262), (128, 252), ((134, 272), (128, 288)), ((40, 306), (-60, 298)), (-70, 262)
    )
    easel.lay(Panel(band, cloths.main, edge=10, bulge=0.34))
    peak = trace(
        (-34, 280), ((-96, 268), (-146, 276)), ((-166, 282), (-158, 292)),
        ((-110, 296), (-58, 306)), ((-36, 304), (-34, 280)),
    )  # fmt: skip
    easel.lay(Panel(peak, cloths.main, edge=9, bulge=0.36, drop=0.3))
    top = trace(
        (-142, 276), ((-150, 262), (-120, 240)), ((-66, 196), (6, 184)),
        ((88, 174), (132, 206), (134, 268)), ((84, 282), (20, 280)), ((-60, 272), (-142, 276)),
    )  # fmt: skip
    folds = (
        Fold(trace((120, 262), ((90, 236), (52, 232))), 14, -1.6),
        Fold(trace((-110, 262), ((-40, 250), (30, 262))), 14, 1.4),
    )
    easel.lay(Panel(top, cloths.main, edge=46, bulge=0.36, folds=folds, drop=0.42, reach=4))
    for line in (
        trace((30, 278), ((36, 226), (14, 184))),
        trace((-138, 272), ((-60, 240), (40, 236)), ((96, 238), (128, 258))),
    ):
        seam(easel, line, 0.26)
    button_ = ellipse(14, 184, 7, 4)
    easel.lay(Panel(button_, cloths.main, edge=3, bulge=0.5))
