"""Skirts, also those of dresses."""

import numpy as np

from fashionm3.sample.curves import Points, mirror, rectangle, ribbon, trace
from fashionm3.sample.cuts import LegCut, SkirtCut
from fashionm3.sample.details import (
    Cloths,
    button,
    buttons,
    double_stitch,
    seam,
    stitches,
)
from fashionm3.sample.easel import Easel
from fashionm3.sample.panel import Fold, Panel
from fashionm3.sample.waists import TOP, gathers, leg_pockets


def skirt_outline(cut: SkirtCut, top: float) -> Points:
    """Return the closed outline of a skirt that starts at ``top``."""
    low = top + cut.length
    hip_y = top + min(70.0, cut.length * 0.45)
    swing = (cut.hem - cut.hip) * 0.25
    right = trace(
        (0, top + 4), ((cut.waist * 0.6, top + 4), (cut.waist, top)),
        ((cut.waist + 6, top + 14), (cut.hip - swing, hip_y - 26), (cut.hip, hip_y)),
        ((cut.hip + swing * 1.6, hip_y + (low - hip_y) * 0.36), (cut.hem, low)),
        ((cut.hem * 0.55, low + 9), (0, low + 10)),
    )  # fmt: skip
    out = mirror(right)
    if cut.asymmetric:
        deep = np.clip((out[:, 1] - hip_y) / (low - hip_y), 0, 1)
        out[:, 1] += cut.asymmetric * deep * (out[:, 0] / cut.hem)
    return out


def lay_skirt(
    easel: Easel, cut: SkirtCut, cloths: Cloths, top: float = TOP, above: tuple[Points, ...] = ()
) -> None:
    """Lay the skirt itself, without a waistband; ``above`` is what its cloth runs on into."""
    low = top + cut.length
    amplitude, count = cut.wave
    outline = skirt_outline(cut, top)
    fade = (
        (0.0, low, 220.0, cut.length * 0.5, -0.05),
        (-cut.hip * 0.3, top + 60, 34.0, 60.0, 0.03),
    )
    wave = (
        (amplitude, count, 0.02 if cut.kind in ("pleats", "gathered") else 0.22)
        if amplitude
        else None
    )
    if cut.kind == "tiers":
        lay_tiers(easel, cut, cloths, top)
        return
    easel.lay(
        Panel(
            outline,
            cloths.main,
            edge=18,
            bulge=0.3,
            wave=wave,
            fade=fade,
            drop=0.2,
            joins=above,
            folds=hip_folds(easel.rng, cut, top) if cut.kind != "pleats" else (),
        )
    )
    _skirt_parts(easel, cut, cloths, top, low, wave)


def _skirt_parts(
    easel: Easel,
    cut: SkirtCut,
    cloths: Cloths,
    top: float,
    low: float,
    wave: tuple[float, float, float] | None,
) -> None:
    """Add pleats, a second layer, a slit or buttons."""
    if cut.kind == "pleats":
        pleats(easel, cut, top, low)
    elif cut.kind == "wrap":
        easel.lay(
            Panel(
                wrapped(cut, top), cloths.main, edge=12, bulge=0.26, wave=wave, drop=0.36, reach=3
            )
        )
    elif cut.kind == "slit":
        slit = trace(
            (cut.hem * 0.42, low + 8),
            (cut.hem * 0.45, low - min(90, cut.length * 0.4)),
            (cut.hem * 0.55, low + 8),
        )
        easel.spot(slit, (28, 26, 28), 0.35)
        seam(easel, trace((cut.hem * 0.45, low - 90), (cut.hem * 0.42, low + 7)), 0.4)
    elif cut.kind == "buttons":
        easel.stroke(trace((8, top + 6), (9, low + 8)), (0, 0, 0), 1.0, 0.35)
        buttons(easel, 1, top + 18, low - 14, max(4, int(cut.length / 26)), 3.4, cloths.button)
    _skirt_hem(easel, cut, cloths, low)


def _skirt_hem(easel: Easel, cut: SkirtCut, cloths: Cloths, low: float) -> None:
    """Sew the hem."""
    if cut.kind not in ("slip",):
        line = trace(
            (-cut.hem + 2, low - 8 - cut.asymmetric),
            ((0, low + 12), (cut.hem - 2, low - 8 + cut.asymmetric)),
        )
        stitches(easel, line, cloths.thread, 0.3)


def pleats(easel: Easel, cut: SkirtCut, top: float, low: float) -> None:
    """Press pleats from the waist to the hem."""
    for k in np.linspace(-0.9, 0.9, 13):
        easel.stroke(
            trace((k * cut.waist, top + 3), ((k * cut.hip, top + 60), (k * cut.hem, low + 7))),
            (0, 0, 0),
            1.1,
            0.26,
        )
        easel.stroke(
            trace(
                (k * cut.waist + 1.4, top + 3),
                ((k * cut.hip + 1.6, top + 60), (k * cut.hem + 2, low + 7)),
            ),
            (255, 255, 255),
            1.3,
            0.12,
        )


def wrapped(cut: SkirtCut, top: float) -> Points:
    """Return the outer layer of a wrap skirt."""
    low = top + cut.length
    across = trace((cut.waist, top), ((cut.hip, top + 70), (14, low + 10)))
    back = trace(
        (14, low + 10), ((-cut.hem * 0.5, low + 12), (-cut.hem, low)),
        ((-cut.hip - 1, top + 90), (-cut.waist * 0.98, top + 2)),
    )  # fmt: skip
    return np.concatenate([across, back])


def lay_tiers(easel: Easel, cut: SkirtCut, cloths: Cloths, top: float) -> None:
    """Lay gathered tiers, the lowest first."""
    n = 3
    amplitude, count = cut.wave
    for k in reversed(range(n)):
        y0, y1 = top + cut.length * (k / n) - 3, top + cut.length * ((k + 1) / n)
        w0 = cut.waist + (cut.hem - cut.waist) * (k / n) * 0.86
        w1 = cut.waist + (cut.hem - cut.waist) * ((k + 1) / n)
        half = trace(
            (0, y0 + 5),
            ((w0 * 0.6, y0 + 5), (w0, y0)),
            ((w1 * 0.98, y0 + 14), (w1, y1)),
            ((w1 * 0.55, y1 + 9), (0, y1 + 10)),
        )
        easel.lay(
            Panel(
                mirror(half),
                cloths.main,
                edge=12,
                bulge=0.3,
                wave=(amplitude, count + 2 * k, -0.4),
                drop=0.4,
                reach=3,
            )
        )


def hip_folds(rng: np.random.Generator, cut: SkirtCut, top: float) -> tuple[Fold, ...]:
    """Return the folds of cloth drawn across the hips."""
    out = []
    for _ in range(5):
        sign = rng.choice([-1.0, 1.0])
        y = top + rng.uniform(8, 70)
        path = trace(
            (cut.waist, y),
            ((cut.waist * 0.6, y + rng.uniform(0, 10)), (cut.waist * 0.2, y + rng.uniform(-4, 14))),
        )
        out.append(
            Fold(
                path * np.array([sign, 1], np.float32),
                rng.uniform(6, 12),
                rng.uniform(0.5, 1.2) * rng.choice([-1, 1]),
            )
        )
    return tuple(out)


def draw_skirt(easel: Easel, cut: SkirtCut, cloths: Cloths) -> None:
    """Lay a skirt with its waistband."""
    w = cut.waist
    easel.lay(
        Panel(
            mirror(
                trace(
                    (0, TOP - 5),
                    ((w * 0.7, TOP - 5), (w - 1, TOP)),
                    (w - 2, TOP + 12),
                    (0, TOP + 14),
                )
            ),
            cloths.lining,
            edge=4,
            tone=0.6,
        )
    )
    lay_skirt(easel, cut, cloths)
    depth = 9 if cut.kind == "slip" else 14
    band = trace(
        (-w - 0.5, TOP - 1),
        ((0, TOP + 6), (w + 0.5, TOP - 1)),
        (w + 3, TOP + depth),
        ((0, TOP + depth + 7), (-w - 3, TOP + depth)),
        (-w - 0.5, TOP - 1),
    )
    soft = cut.kind in ("tiers", "gathered", "slip")
    easel.lay(
        Panel(
            band,
            cloths.main,
            edge=5,
            bulge=0.3,
            drop=0.3,
            reach=1.6,
            folds=gathers(w, TOP + 1, depth) if soft else (),
        )
    )
    _skirt_closure(easel, cut, cloths, w)


def _skirt_closure(easel: Easel, cut: SkirtCut, cloths: Cloths, w: float) -> None:
    """Close a denim skirt or tie a wrapped one."""
    if cut.kind == "denim":
        fly = trace((12, TOP + 18), (12, TOP + 58), ((11, TOP + 74), (1, TOP + 78)))
        double_stitch(easel, fly, cloths.thread)
        seam(easel, trace((0, TOP + 16), (0, TOP + cut.length + 8)), 0.4)
        leg_pockets(easel, LegCut(waist=w), cloths)
        button(easel, 0, TOP + 10, 4, cloths.metal, False)
    elif cut.kind == "wrap":
        tail = trace((w * 0.86, TOP + 8), ((w * 0.94, TOP + 50), (w * 0.7, TOP + 84)))
        easel.lay(Panel(ribbon(tail, 9), cloths.main, edge=4, bulge=0.3, drop=0.36, reach=1.8))
        easel.lay(
            Panel(
                rectangle(w * 0.72, TOP - 1, w * 0.98, TOP + 17, 4),
                cloths.main,
                edge=5,
                bulge=0.5,
                drop=0.4,
            )
        )
