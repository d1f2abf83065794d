"""Sandals, mules and slides."""

import numpy as np

from fashionm3.sample.curves import Points, ribbon, shift, trace
from fashionm3.sample.cuts import ShoeCut
from fashionm3.sample.details import Cloths, buckle
from fashionm3.sample.easel import Easel
from fashionm3.sample.last import G, bottom, closed, creases, lay_sole
from fashionm3.sample.panel import Panel
from fashionm3.sample.pumps import lay_heel, low_heel


def _bands(cut: ShoeCut) -> list[tuple[float, float, float]]:
    """Return where each strap starts, its width and its height."""
    if "slide" in cut.parts:
        return [(-100.0, 82.0, 62.0)]
    if "two" in cut.parts:
        return [(-42.0, 32.0, 66.0), (-104.0, 32.0, 50.0)]
    bands = [(-108.0, 26.0, 40.0)]
    if "cross" in cut.parts:
        bands.insert(0, (-66.0, 24.0, 54.0))
    return bands


def _band(x: float, width: float, high: float, y: float) -> Points:
    """Return the near half of a strap that rises from the sole and leans to the instep."""
    top = y - high
    return trace(
        (x, y + 1), ((x + 3, y - high * 0.7), (x + width * 0.55, top)),
        ((x + width * 0.9, top - 4), (x + width * 1.25, top + 3)),
        ((x + width * 1.15, y - high * 0.4), (x + width * 1.1, y + 1)), (x, y + 1),
    )  # fmt: skip


def draw_sandal(easel: Easel, cut: ShoeCut, cloths: Cloths) -> None:
    """Lay a sandal, a mule or a slide: straps over a foot bed."""
    h, s = cut.heel, cut.sole
    if h > 16:
        lay_heel(easel, cut, cloths)
    lay_sole(easel, cut, cloths.sole or cloths.trim, s, 0)
    bed = np.concatenate(
        [bottom(cut, s, 134, -142), shift(bottom(cut, s + 6, 132, -138)[::-1], 0, 0)]
    )
    easel.lay(Panel(bed, cloths.lining, edge=4, bulge=0.3, drop=0))
    y = G - s
    if h < 16:
        low_heel(easel, cut, cloths)
    if "mule" in cut.parts:
        front = trace(
            (-139, y - 2),
            ((-146, y - 36), (-106, y - 50)),
            ((-66, y - 66), (-18, y - 74 - h * 0.2)),
            ((6, y - 40 - h * 0.3), (4, y - 2 - h * 0.32)),
        )
        easel.lay(
            Panel(closed(cut, front, s - 1), cloths.main, edge=16, bulge=0.4, folds=creases(-70))
        )
        if "bar" in cut.parts:
            easel.spot(ribbon(trace((-44, y - 56), (-22, y - 50)), 6), cloths.metal)
        return
    lean = h * 0.16
    for x0, width, high in _bands(cut):
        band = _band(x0, width, high, y - lean * (x0 > -80))
        easel.lay(Panel(shift(band, 9, -5), cloths.main, edge=8, bulge=0.3, tone=0.55))
        easel.lay(Panel(band, cloths.main, edge=9, bulge=0.4, drop=0.42))
        if "two" in cut.parts:
            buckle(easel, x0 + width * 0.62, y - high * 0.66, 13, 18, cloths.metal)
    _ankle_strap(easel, cut, cloths, h, y)


def _ankle_strap(easel: Easel, cut: ShoeCut, cloths: Cloths, h: float, y: float) -> None:
    """Buckle a strap round the ankle."""
    if "ankle" in cut.parts:
        back = trace((128, y - h - 2), ((138, y - h - 50), (120, y - h - 84)))
        easel.lay(Panel(ribbon(back, 9), cloths.main, edge=4, bulge=0.4))
        strap = trace((122, y - h - 82), ((84, y - h - 70), (36, y - h * 0.9 - 86)))
        easel.lay(Panel(ribbon(strap, 9), cloths.main, edge=4, bulge=0.4, drop=0.4))
        far = trace((122, y - h - 82), ((80, y - h - 104), (36, y - h * 0.9 - 86)))
        easel.lay(Panel(ribbon(far, 8), cloths.main, edge=4, bulge=0.4, tone=0.7))
        buckle(easel, 74, y - h - 77, 10, 11, cloths.metal)
