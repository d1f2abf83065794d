"""Hats with a brim all round."""

from fashionm3.sample.curves import ellipse, mirror, shift, trace
from fashionm3.sample.cuts import HatCut
from fashionm3.sample.details import Cloths, seam, stitches
from fashionm3.sample.easel import Easel
from fashionm3.sample.panel import Fold, Panel


def brimmed(easel: Easel, cut: HatCut, cloths: Cloths) -> None:
    """Lay a hat with a brim: fedora, boater, wide sun hat."""
    w, h = 150 * cut.brim, 104 * cut.height
    sag = 12 * (cut.brim - 0.8)
    back = ellipse(0, 286, w, 40 + sag)
    easel.lay(Panel(back, cloths.main, edge=16, bulge=0.26, fade=((0, 286, 90, 18, -0.2),)))
    base, top = 282.0, 282.0 - h
    if "boater" in cut.parts:
        half = trace(
            (0, top), ((60, top), (82, top + 9)), (87, base), ((50, base + 17), (0, base + 18))
        )
    else:
        half = trace(
            (0, top + 9),
            ((22, top - 12), (56, top - 8), (68, top + 22)),
            ((80, top + 60), (88, base)),
            ((50, base + 17), (0, base + 18)),
        )
    folds = () if cut.parts & {"boater", "round"} else (
        Fold(trace((0, top + 8), ((2, top + 34), (0, top + 62))), 20, -3.2),
        Fold(trace((-44, top + 30), ((-34, top + 48), (-40, top + 76))), 15, -2.4),
        Fold(trace((44, top + 30), ((34, top + 48), (40, top + 76))), 15, -2.4),
    )  # fmt: skip
    easel.lay(
        Panel(mirror(half), cloths.main, edge=34, bulge=0.42, folds=folds, drop=0.42, reach=5)
    )
    _band_and_rim(easel, cut, cloths, base, sag, w)


def _band_and_rim(
    easel: Easel, cut: HatCut, cloths: Cloths, base: float, sag: float, w: float
) -> None:
    """Lay the band and finish the edge of the brim."""
    band = mirror(
        trace(
            (0, base - 10),
            ((50, base - 11), (87, base - 28)),
            (88.5, base - 1),
            ((50, base + 17), (0, base + 18)),
        )
    )
    easel.lay(Panel(band, cloths.trim, edge=12, bulge=0.3, drop=0.2, reach=1.5))
    if "bow" in cut.parts:
        for s in (1, -1):
            easel.lay(
                Panel(
                    trace(
                        (62, base - 8),
                        ((62 + 14 * s, base - 24), (62 + 19 * s, base - 6)),
                        ((62 + 13 * s, base + 8), (62, base - 8)),
                    ),
                    cloths.trim,
                    edge=5,
                    bulge=0.4,
                )
            )

    rim = trace(
        (-w + 2, base + 8),
        ((-w * 0.62, base + 44 + sag), (0, base + 43 + sag)),
        ((w * 0.62, base + 44 + sag), (w - 2, base + 8)),
    )
    easel.stroke(shift(rim, 0, -2), (255, 255, 255), 1.2, 0.22)
    stitches(easel, shift(rim, 0, -5), cloths.thread, 0.35)


def bucket(easel: Easel, cut: HatCut, cloths: Cloths) -> None:
    """Lay a bucket hat with a stitched, sloping brim."""
    top = 240 - 96 * cut.height
    w = 118 + 18 * cut.brim
    crown = mirror(trace((0, top), ((50, top), (68, top + 12)), ((82, 190), (88, 252)), (0, 262)))
    easel.lay(Panel(crown, cloths.main, edge=30, bulge=0.4))
    seam(easel, trace((-66, top + 14), ((0, top + 36), (66, top + 14))), 0.35)
    stitches(easel, trace((-66, top + 18), ((0, top + 40), (66, top + 18))), cloths.thread, 0.45)
    seam(easel, trace((58, top + 24), ((66, 190), (70, 244))), 0.22)
    low = 300 + 14 * cut.brim
    brim = mirror(
        trace(
            (0, 254),
            ((60, 254), (90, 240)),
            ((w * 0.86, 262), (w, low - 14)),
            ((w * 0.6, low + 18), (0, low + 20)),
        )
    )
    easel.lay(
        Panel(
            brim,
            cloths.main,
            edge=18,
            bulge=0.3,
            drop=0.36,
            reach=3,
            fade=((0, 262, 100, 10, -0.12),),
        )
    )
    _rows(easel, cloths, low, w)


def _rows(easel: Easel, cloths: Cloths, low: float, w: float) -> None:
    """Sew rows of stitches round the brim."""
    for k in range(5):
        v = (k + 1) / 5.6
        x, y = 90 + (w - 90) * v, 242 + (low - 256) * v
        stitches(
            easel,
            trace(
                (-x, y),
                ((-x * 0.5, y + 19 + 8 * v), (0, 257 + (low - 242) * v)),
                ((x * 0.5, y + 19 + 8 * v), (x, y)),
            ),
            cloths.thread,
            0.4,
        )
    for x in (-64.0, -52.0):
        easel.spot(ellipse(x, 222, 2.6, 2.6), cloths.metal)
