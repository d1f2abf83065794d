"""Backpacks, and the handles of bags."""

from fashionm3.sample.curves import mirror, rectangle, ribbon, trace
from fashionm3.sample.cuts import BagCut
from fashionm3.sample.details import Cloths, stitches, zipper
from fashionm3.sample.easel import Easel
from fashionm3.sample.panel import Panel


def handle(
    easel: Easel, cloths: Cloths, x: float, y: float, high: float, width: float, tone: float = 1.0
) -> None:
    """Lay an arched handle."""
    line = trace(
        (-x, y),
        ((-x * 0.9, y - high), (-x * 0.5, y - high * 1.16), (0, y - high * 1.16)),
        ((x * 0.5, y - high * 1.16), (x * 0.9, y - high), (x, y)),
    )
    easel.lay(
        Panel(ribbon(line, width), cloths.trim, edge=width * 0.5, bulge=0.45, tone=tone, drop=0.3)
    )
    stitches(easel, ribbon(line, width * 0.6), cloths.thread, 0.4)


def backpack(easel: Easel, cut: BagCut, cloths: Cloths) -> None:
    """Lay a backpack with a zipped front pocket."""
    w, h = 98 * cut.width, 236 * cut.height
    y = 120.0
    handle(easel, cloths, 20, y + 10, 26, 9)
    for s in (1, -1):
        strap = trace((s * (w - 22), y + 40), ((s * (w + 34), y + 90), (s * (w - 2), y + h - 26)))
        easel.lay(Panel(ribbon(strap, 15), cloths.trim, edge=7, bulge=0.4, tone=0.9))
    body = mirror(
        trace(
            (0, y),
            ((w * 0.7, y), (w, y + 26), (w, y + 70)),
            ((w + 5, y + h * 0.7), (w, y + h - 22)),
            ((w - 2, y + h), (w - 22, y + h)),
            (0, y + h + 2),
        )
    )
    easel.lay(Panel(body, cloths.main, edge=26, bulge=0.4))
    arch = trace(
        (-w + 14, y + 96), ((-w + 10, y + 20), (0, y + 16)), ((w - 10, y + 20), (w - 14, y + 96))
    )
    zipper(easel, arch[::-1], cloths.metal, (34, 34, 36))
    _front_pocket(easel, cloths, h, w, y)


def _front_pocket(easel: Easel, cloths: Cloths, h: float, w: float, y: float) -> None:
    """Sew a zipped pocket on the front."""
    low = y + h - 14
    pocket = mirror(
        trace(
            (0, y + h * 0.48),
            (w - 26, y + h * 0.48),
            ((w - 13, y + h * 0.48), (w - 12, y + h * 0.56)),
            (w - 12, low - 14),
            ((w - 13, low), (w - 28, low)),
            (0, low + 1),
        )
    )
    easel.lay(Panel(pocket, cloths.main, edge=18, bulge=0.4, drop=0.4))
    zipper(
        easel,
        trace((w - 28, y + h * 0.54), ((0, y + h * 0.55), (-w + 28, y + h * 0.54))),
        cloths.metal,
        (34, 34, 36),
    )
    easel.lay(
        Panel(
            rectangle(-17, y + h * 0.66, 17, y + h * 0.66 + 20, 2),
            cloths.trim,
            edge=3,
            bulge=0.2,
            drop=0.3,
            reach=1.4,
        )
    )
