"""What closes the front of an upper garment."""

from collections.abc import Callable

import numpy as np

from fashionm3.sample import fronts as f
from fashionm3.sample.curves import trace
from fashionm3.sample.cuts import UpperCut
from fashionm3.sample.details import Cloths, buttons, zipper
from fashionm3.sample.easel import Easel
from fashionm3.sample.panel import Fold, Panel

OPEN = {"open buttons", "single", "double", "zip", "storm", "toggles", "biker", "wrap"}


def lay_closure(easel: Easel, cut: UpperCut, cloths: Cloths) -> None:
    """Add what closes the front."""
    t = cut.torso
    top, low = t.neck_y + t.dip, t.hem_y + t.curve
    short = low < 380
    zip_end = low + (15 if cut.hem == "rib" else 0)
    kinds: dict[str, Callable[[], None]] = {
        "buttons": lambda: f.placket(easel, t, cloths, cut.n),
        "henley": lambda: f.placket(easel, t, cloths, 3, width=12, bottom=top + 58),
        "polo": lambda: f.placket(easel, t, cloths, 3, width=12, bottom=top + 58),
        "open buttons": lambda: f.placket(
            easel, t, cloths, cut.n, r=3.4, width=14, cloth=cloths.trim
        ),
        "single": lambda: f.button_row(
            easel, t, cloths, cut.n, top + 8, max(low - (60 if short else 150), top + 9), 4, -1
        ),
        "double": lambda: f.double_breasted(
            easel, t, cloths, cut.n // 2, 24, top + 14, min(low - 70, top + 120), 4.4
        ),
        "zip": lambda: f.zip_front(easel, t, cloths, zip_end, 10 if cut.neck == "stand" else 0),
        "half zip": lambda: f.zip_front(easel, t, cloths, top + 74, 22),
        "storm": lambda: f.storm_flap(easel, t, cloths, cut.n),
        "toggles": lambda: f.toggles(easel, t, 4, top + 18, low - 120),
        "biker": lambda: slanted_zip(easel, cut, cloths),
    }
    if cut.front in kinds:
        kinds[cut.front]()


def slanted_zip(easel: Easel, cut: UpperCut, cloths: Cloths) -> None:
    """Set in the zip of a biker jacket."""
    top, low = cut.torso.neck_y + cut.torso.dip, cut.torso.hem_y + cut.torso.curve
    path = trace((26, top + 4), ((8, top + 80), (-8, low)))
    zipper(easel, path, cloths.metal, (30, 30, 32))


def ruffle(easel: Easel, cut: UpperCut, cloths: Cloths) -> None:
    """Lay gathered frills down both sides of the front."""
    t = cut.torso
    top = t.neck_y + t.dip
    for sign in (1, -1):
        a = trace((sign * 9, top + 4), ((sign * 14, top + 50), (sign * 9, top + 108)))
        b = trace(
            (sign * 12, top + 112), ((sign * 33, top + 60), (sign * (t.neck + 4), t.neck_y + 12))
        )
        shape = np.concatenate([a, b])
        easel.lay(Panel(shape, cloths.main, edge=6, bulge=0.4, wave=None, drop=0.4, reach=2.4,
            folds=tuple(
            Fold(trace((sign * 10, float(y)), (sign * 27, float(y) - 9)), 6,
                2.4 * (1 if k % 2 else -1))
            for k, y in enumerate(np.arange(top + 10, top + 106, 7))
        )))  # fmt: skip
    buttons(easel, 0, top + 8, t.hem_y - 20, 7, 2.3, cloths.button)
