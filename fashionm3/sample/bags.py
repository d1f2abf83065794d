"""Bags seen from the front."""

from fashionm3.sample.curves import ellipse, mirror, rectangle, ribbon, shift, trace
from fashionm3.sample.cuts import BagCut
from fashionm3.sample.details import Cloths, buckle, button, seam, stitches, zipper
from fashionm3.sample.easel import Easel
from fashionm3.sample.packs import backpack, handle
from fashionm3.sample.panel import Fold, Panel


def draw_bag(easel: Easel, cut: BagCut, cloths: Cloths) -> None:
    """Lay a bag."""
    kinds = {"tote": tote, "flap": flap_bag, "backpack": backpack, "clutch": clutch, "hobo": hobo}
    kinds[cut.kind](easel, cut, cloths)


def tote(easel: Easel, cut: BagCut, cloths: Cloths) -> None:
    """Lay an open tote with two handles."""
    w, h = 118 * cut.width, 190 * cut.height
    y = 190.0
    handle(easel, cloths, 52, y + 12, 92, 11, 0.78)
    rim = mirror(trace((0, y - 9), ((w * 0.6, y - 9), (w, y)), (w * 0.6, y + 12), (0, y + 13)))
    easel.lay(Panel(rim, cloths.lining, edge=6, tone=0.55))
    sag = 2.0 if "soft" in cut.parts else 0.7
    folds = tuple(
        Fold(
            trace(
                (s * w * 0.3 * k, y + 18),
                ((s * w * 0.36 * k, y + h * 0.5), (s * w * 0.3 * k, y + h - 18)),
            ),
            22,
            sag * (-1) ** k,
        )
        for s in (1, -1)
        for k in (1, 2, 3)
    )
    front = mirror(
        trace(
            (0, y + 4),
            ((w * 0.6, y + 4), (w, y)),
            ((w * 0.97, y + h * 0.5), (w * 0.93, y + h - 10)),
            ((w * 0.93, y + h), (w * 0.86, y + h + 2)),
            (0, y + h + 4),
        )
    )
    easel.lay(Panel(front, cloths.main, edge=16, bulge=0.34, folds=folds))
    stitches(easel, trace((-w + 2, y + 9), ((0, y + 14), (w - 2, y + 9))), cloths.thread, 0.55)
    for s in (1, -1):
        seam(easel, trace((s * w * 0.86, y + 12), (s * w * 0.8, y + h)), 0.16)
    _tote_handle(easel, cloths, y)


def _tote_handle(easel: Easel, cloths: Cloths, y: float) -> None:
    """Sew the near handle on with two tabs."""
    handle(easel, cloths, 52, y + 12, 74, 11)
    for s in (1, -1):
        easel.lay(
            Panel(
                rectangle(s * 52 - 8, y + 4, s * 52 + 8, y + 34, 3),
                cloths.trim,
                edge=4,
                bulge=0.3,
                drop=0.36,
                reach=1.6,
            )
        )
        button(easel, s * 52, y + 27, 2.6, cloths.metal, holes=False)


def flap_bag(easel: Easel, cut: BagCut, cloths: Cloths) -> None:
    """Lay a shoulder bag with a flap, a clasp and a strap or chain."""
    w, h = 108 * cut.width, 128 * cut.height
    y = 236.0
    loop = trace((-w + 8, y + 8), ((-w * 0.9, y - 190), (w * 0.9, y - 190), (w - 8, y + 8)), n=40)
    if "chain" in cut.parts:
        for k, (x, v) in enumerate(loop):
            easel.stroke(
                ellipse(float(x), float(v), 5.2, 3.2, 0.7 * (k % 2)), cloths.metal, 1.9, free=True
            )
    else:
        easel.lay(Panel(ribbon(loop, 10), cloths.trim, edge=5, bulge=0.45))
    quilt = -26.0 if "quilted" in cut.parts else 0.0
    body = mirror(
        trace(
            (0, y),
            (w - 10, y),
            ((w, y), (w + 1, y + 12)),
            ((w + 4, y + h * 0.6), (w, y + h - 16)),
            ((w - 1, y + h), (w - 18, y + h)),
            (0, y + h + 2),
        )
    )
    easel.lay(Panel(body, cloths.main, edge=16, bulge=0.38, quilt=quilt))
    _flap(easel, cut, cloths, h, quilt, w, y)


def _flap(
    easel: Easel, cut: BagCut, cloths: Cloths, h: float, quilt: float, w: float, y: float
) -> None:
    """Lay the flap with its clasp."""
    deep = h * (0.62 if "short" not in cut.parts else 0.42)
    lid = mirror(
        trace(
            (0, y - 3),
            (w - 10, y - 3),
            ((w + 1, y - 3), (w + 2, y + 10)),
            (w + 1, y + deep - 26),
            ((w, y + deep), (w - 24, y + deep)),
            ((w * 0.4, y + deep + 7), (0, y + deep + 7)),
        )
    )
    easel.lay(Panel(lid, cloths.main, edge=15, bulge=0.34, drop=0.46, reach=4, quilt=quilt))
    inner = mirror(
        trace(
            (w - 4, y + 10),
            (w - 4, y + deep - 26),
            ((w - 5, y + deep - 5), (w - 26, y + deep - 4)),
            (0, y + deep + 2),
        )
    )
    stitches(easel, inner[: len(inner)], cloths.thread, 0.45)
    for s in (1, -1):
        easel.stroke(ellipse(s * (w - 8), y + 4, 6, 6), cloths.metal, 2.2)
    easel.lay(
        Panel(
            rectangle(-13, y + deep - 12, 13, y + deep + 14, 4),
            cloths.trim,
            edge=4,
            bulge=0.3,
            drop=0.4,
        )
    )
    easel.spot(rectangle(-8, y + deep - 7, 8, y + deep + 8, 3), cloths.metal)
    easel.spot(rectangle(-5.5, y + deep - 5, 1, y + deep + 1, 2), (255, 250, 236), 0.5)


def clutch(easel: Easel, cut: BagCut, cloths: Cloths) -> None:
    """Lay an envelope clutch."""
    w, h = 132 * cut.width, 150 * cut.height
    y = 190.0
    easel.lay(Panel(rectangle(-w, y, w, y + h, 7), cloths.main, edge=12, bulge=0.34))
    lid = mirror(
        trace(
            (0, y - 2),
            (w - 6, y - 2),
            ((w + 1, y - 2), (w + 1, y + 6)),
            (w, y + 14),
            ((w * 0.5, y + h * 0.52), (0, y + h * 0.68)),
        )
    )
    easel.lay(Panel(lid, cloths.main, edge=11, bulge=0.3, drop=0.46, reach=4))
    easel.spot(ellipse(0, y + h * 0.58, 7, 7), cloths.metal)
    easel.spot(ellipse(-2, y + h * 0.58 - 2, 3, 3), (255, 250, 240), 0.6)
    if "wrist" in cut.parts:
        loop = trace(
            (w - 8, y + 16),
            ((w + 44, y + 60), (w + 30, y + 150)),
            ((w + 12, y + 170), (w - 6, y + 22)),
        )
        easel.lay(Panel(ribbon(loop, 8), cloths.trim, edge=4, bulge=0.45))


def hobo(easel: Easel, cut: BagCut, cloths: Cloths) -> None:
    """Lay a soft crescent bag on a wide strap."""
    w, h = 122 * cut.width, 128 * cut.height
    y = 226.0
    strap = trace(
        (-w + 10, y + 10),
        ((-w * 0.8, y - 160), (0, y - 176)),
        ((w * 0.8, y - 160), (w - 10, y + 10)),
    )
    easel.lay(Panel(ribbon(strap, 17), cloths.main, edge=8, bulge=0.4))
    body = mirror(
        trace(
            (0, y + 44),
            ((w * 0.6, y + 38), (w - 6, y - 6)),
            ((w + 12, y + 6), (w + 4, y + 50)),
            ((w * 0.8, y + h + 24), (w * 0.3, y + h + 26)),
            (0, y + h + 27),
        )
    )
    folds = tuple(
        Fold(
            trace(
                (s * w * 0.9, y + 14),
                ((s * w * 0.7, y + 50 + 16 * k), (s * w * 0.2, y + 62 + 22 * k)),
            ),
            13,
            2.0 * (-1) ** k,
        )
        for s in (1, -1)
        for k in range(3)
    )
    easel.lay(Panel(body, cloths.main, edge=24, bulge=0.4, folds=folds))
    _hobo_zip(easel, cloths, w, y)


def _hobo_zip(easel: Easel, cloths: Cloths, w: float, y: float) -> None:
    """Set in the zip and the buckles of the strap."""
    zipper(
        easel,
        shift(
            trace(
                (w - 20, y + 12),
                ((w * 0.5, y + 46), (0, y + 50)),
                ((-w * 0.5, y + 46), (-w + 20, y + 12)),
            ),
            0,
            4,
        ),
        cloths.metal,
        (34, 30, 28),
    )
    for s in (1, -1):
        buckle(easel, s * (w - 9), y - 4, 19, 15, cloths.metal)
