"""Trousers, shorts and skirts."""

import numpy as np

from fashionm3.sample.curves import Points, flip, mirror, trace
from fashionm3.sample.cuts import LegCut
from fashionm3.sample.details import (
    Cloths,
    seam,
    stitches,
)
from fashionm3.sample.easel import Easel
from fashionm3.sample.panel import Fold, Panel, Region
from fashionm3.sample.waists import TOP, leg_pockets, waist_and_fly

"""Where a waist starts."""


def leg_outline(cut: LegCut) -> Points:
    """Return the closed outline of both legs."""
    y0, crotch, low = TOP, TOP + cut.rise, TOP + cut.length
    hip_y = y0 + cut.rise * 0.72
    gap = 2.0
    knee_y = crotch + (low - crotch) * 0.46
    spread, inner = splay(cut)
    ease = min(1.0, (low - crotch) / 220)
    outer_knee = min(inner + cut.knee, cut.hip + 40)
    half = trace(
        (0, y0 + 3), ((cut.waist * 0.6, y0 + 3), (cut.waist, y0)),
        ((cut.waist + 5, y0 + 26), (cut.hip, hip_y - 26), (cut.hip, hip_y)),
        ((cut.hip + 1, crotch + 20 * ease), (outer_knee + 1, knee_y - 36 * ease), (outer_knee,
            knee_y)),
        ((outer_knee - 1, knee_y + 40 * ease), (inner + cut.hem + spread - 1, low - 40 * ease),
            (inner + cut.hem + spread, low)),
        (((inner + cut.hem), low + 4), (inner + spread, low + 1)),
        ((inner + spread * 0.6, low - 60 * ease), (inner, knee_y + 30 * ease), (gap + 2,
            knee_y - 20 * ease)),
        ((gap, crotch + 40 * ease), (gap - 1, crotch + 12 * ease), (0, crotch)),
    )  # fmt: skip
    return mirror(half)


def splay(cut: LegCut) -> tuple[float, float]:
    """Return how far a hem stands outward, and how far its inner side is from the middle."""
    out = max(2.0, 10 - cut.hem * 0.1)
    return out, 2 + out * 0.8


def leg_folds(rng: np.random.Generator, cut: LegCut, much: float) -> tuple[Fold, ...]:
    """Return folds at the crotch, the knees and the ankles."""
    out: list[Fold] = []
    crotch, low = TOP + cut.rise, TOP + cut.length
    for sign in (1.0, -1.0):
        turn = np.array([sign, 1], np.float32)
        out += [Fold(f.path * turn, f.width, f.depth) for f in _bends(rng, cut, much)]
        x = (cut.hip + 4) * 0.52
        path = trace(
            (x, TOP + cut.rise * 0.6),
            ((x * 0.98, crotch + 80), (x * 0.95 + rng.uniform(-4, 4), low - 10)),
        )
        out.append(Fold(path * turn, 16, much * 0.9))
    return tuple(out)


def _bends(rng: np.random.Generator, cut: LegCut, much: float) -> list[Fold]:
    """Return the folds across the right leg."""
    out = []
    crotch, low = TOP + cut.rise, TOP + cut.length
    for k in range(4):
        y, reach = crotch + rng.uniform(-16, 26), rng.uniform(20, 44)
        path = trace((3, y), ((reach * 0.5, y - 3), (reach, y - rng.uniform(6, 30))))
        width, depth = rng.uniform(6, 11), much * rng.uniform(0.9, 2.0)
        out.append(Fold(path, width, depth * (1 - 2 * (k % 2))))
    long_ = cut.length > 240
    spots = [(0.46, 0.09), (0.95, 0.07)] if long_ else [(0.6, 0.25)]
    for at, jitter in spots:
        for _ in range(5 if long_ else 3):
            v = float(np.clip(at + rng.normal(0, jitter), 0.05, 0.985))
            y = crotch + (low - crotch) * v
            x, length = rng.uniform(12, cut.knee * 0.5), rng.uniform(18, 34)
            middle = (x + length * 0.5, y + rng.uniform(0, 8))
            path = trace((x, y), (middle, (x + length, y + rng.uniform(-9, 9))))
            width, depth = rng.uniform(6, 11), much * rng.uniform(0.8, 1.9)
            out.append(Fold(path, width, depth * rng.choice([-1, 1])))
    return out


def draw_legs(easel: Easel, cut: LegCut, cloths: Cloths) -> None:
    """Lay trousers or shorts."""
    rng = easel.rng
    w = cut.waist
    easel.lay(
        Panel(
            mirror(
                trace(
                    (0, TOP - 6),
                    ((w * 0.7, TOP - 6), (w - 1, TOP)),
                    (w - 2, TOP + 12),
                    (0, TOP + 14),
                )
            ),
            cloths.lining,
            edge=4,
            tone=0.6,
        )
    )
    much = {"legging": 0.5, "tailored": 0.55, "palazzo": 0.5}.get(cut.kind, 1.0)
    outline = leg_outline(cut)
    wave = (1.9, 9, 0.25) if cut.kind in ("palazzo", "culotte") else None
    folds = leg_folds(rng, cut, much)
    if cut.crease:
        folds += creases(cut)
    easel.lay(
        Panel(
            outline,
            cloths.main,
            edge=min(22, cut.hem * 0.52),
            bulge=0.36,
            folds=folds,
            fade=washes(rng, cut),
            wave=wave,
            drop=0.2,
        )
    )
    finish_legs(easel, cut, cloths)


def washes(rng: np.random.Generator, cut: LegCut) -> tuple[Region, ...]:
    """Return where cloth lies in shade or has faded."""
    fade = [
        (0.0, TOP + cut.rise * 0.8, 16.0, 40.0, -0.10),
        (0.0, TOP + cut.length, 200.0, 110.0, -0.06),
    ]
    if cut.kind == "jeans" and cut.length > 240:
        wash = float(rng.uniform(0.05, 0.3))
        for sign in (1, -1):
            fade.append((sign * cut.hip * 0.55, TOP + cut.rise + 55, cut.hip * 0.26, 75.0, wash))
            fade.append(
                (sign * cut.hip * 0.5, TOP + cut.rise + 200, cut.hip * 0.2, 45.0, wash * 0.5)
            )
    return tuple(fade)


def finish_legs(easel: Easel, cut: LegCut, cloths: Cloths) -> None:
    """Add seams, waistband, pockets and hems."""
    crotch = TOP + cut.rise
    seam(easel, trace((0, TOP + 12), (0, crotch + 1)), 0.35)
    waist_and_fly(easel, cut, cloths)
    leg_pockets(easel, cut, cloths)
    leg_hems(easel, cut, cloths)


def creases(cut: LegCut) -> tuple[Fold, ...]:
    """Return the pressed fold down each leg."""
    low = TOP + cut.length - 3
    x = 6 + cut.hem * 0.55
    line = trace((cut.hip * 0.5, TOP + 40), ((cut.hip * 0.52, TOP + 150), (x + 2, low)))
    return Fold(line, 5, 2.4), Fold(flip(line), 5, 2.4)


def leg_hems(easel: Easel, cut: LegCut, cloths: Cloths) -> None:
    """Finish each leg: stitched, ribbed or turned up."""
    low = TOP + cut.length
    spread, inner = splay(cut)
    a, b = inner + spread, inner + cut.hem + spread
    mid, half, h = (a + b) / 2, (b - a) * 0.36, cut.cuffed
    ribbed = trace(
        (b * 0.99, low - 1), (mid + half, low + 22), ((mid, low + 26), (mid - half, low + 22)),
        (a, low), ((mid, low + 4), (b * 0.99, low - 1)),
    )  # fmt: skip
    turned = trace(
        (a - 1.5, low - h + 1), (b + 1.5, low - h - 1), (b + 1, low + 1),
        ((mid, low + 5), (a - 1, low + 2)), (a - 1.5, low - h + 1),
    )  # fmt: skip
    line = trace((a, low - 6), ((mid, low - 3), (b, low - 7)))
    inside_out = cloths.trim if cut.kind == "jeans" else cloths.main
    for side in (np.array([1, 1], np.float32), np.array([-1, 1], np.float32)):
        if cut.kind == "jogger":
            cuff = Panel(ribbed * side, cloths.trim, edge=9, bulge=0.4, drop=0.2, reach=1.6)
            easel.lay(cuff)
        elif cut.cuffed:
            cuff = Panel(turned * side, inside_out, edge=8, bulge=0.3, drop=0.38, reach=1.8)
            easel.lay(cuff)
        else:
            seam(easel, line * side, 0.15)
            if cut.kind != "tailored":
                stitches(easel, line * side, cloths.thread, 0.55)
