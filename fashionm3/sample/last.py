"""The last that every shoe is built on: sole line, sole, laces."""

import numpy as np

from fashionm3.sample.curves import Points, along, ellipse, shift, trace
from fashionm3.sample.cuts import ShoeCut
from fashionm3.sample.details import Cloths, cord
from fashionm3.sample.easel import RGB, Easel
from fashionm3.sample.fabric import Fabric
from fashionm3.sample.panel import Fold, Panel

G = 330.0
"""Height of the ground."""


def rise(x: Points, heel: float) -> Points:
    """Return how far a sole is above the ground at ``x``."""
    t = np.clip((x + 62) / 165, 0, 1)
    return (heel * t * t * (3 - 2 * t)).astype(np.float32)


def bottom(cut: ShoeCut, up: float, x0: float = 134, x1: float = -142) -> Points:
    """Return the lower edge of an upper from heel to toe, ``up`` above the sole's underside."""
    x = np.linspace(x0, x1, 40, dtype=np.float32)
    spring = 5 * np.clip((-x - 96) / 50, 0, 1) ** 2
    return np.stack([x, G - up - rise(x, cut.heel) - spring], axis=1).astype(np.float32)


def closed(cut: ShoeCut, top: Points, up: float) -> Points:
    """Close an upper, drawn from toe to heel, along the sole."""
    return np.concatenate([top, bottom(cut, up, float(top[-1, 0]), float(top[0, 0]))])


def lay_sole(easel: Easel, cut: ShoeCut, cloth: Fabric, thick: float, lip: float = 3.0) -> None:
    """Lay a sole of even thickness."""
    upper = bottom(cut, thick, 137 + lip, -145 - lip)
    lower = bottom(cut, 0, 126 + lip, -126 - lip)[::-1]
    (hx, hy), (tx, ty) = upper[0].tolist(), upper[-1].tolist()
    (ax, ay), (bx, by) = lower[0].tolist(), lower[-1].tolist()
    front = trace((tx, ty), ((tx - 3, ay + (ty - ay) * 0.2), (ax, ay)))
    back = trace((bx, by), ((hx + 4, by), (hx, hy)))
    easel.lay(
        Panel(
            np.concatenate([upper, front, lower, back]),
            cloth,
            edge=6,
            bulge=0.3,
            drop=0.36,
            reach=2,
        )
    )
    easel.stroke(shift(upper[2:-2], 0, thick * 0.34), (0, 0, 0), 0.8, 0.22)


def creases(x: float = -62) -> tuple[Fold, ...]:
    """Return the creases where toes bend."""
    out = []
    for k in range(3):
        at = x + 13 * k
        out.append(
            Fold(trace((at - 4, G - 66 - 8 * k), ((at + 2, G - 46), (at + 9, G - 34))), 6, -1.0)
        )
    return tuple(out)


def laces(
    easel: Easel, path: Points, rgb: RGB, n: int, width: float = 4.4, long: float = 17
) -> None:
    """Lace bars across an opening whose edge runs along ``path``."""
    spots = along(path, (np.hypot(*np.diff(path, axis=0).T).sum() - 4) / n)[:n]
    for x, y in spots:
        line = trace(
            (float(x) - 3, float(y) - 2.5),
            ((float(x) + long * 0.45, float(y) - 1), (float(x) + long, float(y) + 7)),
        )
        easel.spot(ellipse(float(x) + long, float(y) + 7.5, 2.4, 2.4), (60, 58, 58), 0.8)
        cord(easel, line, rgb, width)


def lay_inside(easel: Easel, outline: Points, cloths: Cloths) -> None:
    """Lay what shows of the inside."""
    easel.lay(Panel(outline, cloths.lining, edge=6, bulge=-0.2, tone=0.55))
