"""Sleeves, their folds and their cuffs."""

import numpy as np

from fashionm3.sample.curves import flip, offset, trace
from fashionm3.sample.details import Cloths, seam, stitches
from fashionm3.sample.easel import Easel
from fashionm3.sample.fabric import Fabric
from fashionm3.sample.panel import Fold, Panel
from fashionm3.sample.upper import Sleeve, Torso, front, sleeve_axis, sleeve_outline


def sleeve_folds(rng: np.random.Generator, t: Torso, s: Sleeve, much: float) -> tuple[Fold, ...]:
    """Return the folds of the right sleeve: across the elbow and fanning from the armpit."""
    end, across = sleeve_axis(t, s)
    top = np.array([(t.tip[0] + t.chest) / 2 + 2, t.tip[1] + 28], np.float32)
    out = []
    for _ in range(int(4 + s.length / 26)):
        v = rng.uniform(0.12, 0.97)
        middle = top + (end - top) * v
        half = s.cuff + (26 - s.cuff) * (1 - v) + s.full * 0.5
        a, b = (
            middle - across * half * rng.uniform(0.5, 1.0),
            middle + across * half * rng.uniform(0.0, 0.8),
        )
        lift = rng.uniform(-12, 16)
        path = trace(
            (float(a[0]), float(a[1] + lift * 0.5)),
            (
                (float((a[0] + b[0]) / 2), float((a[1] + b[1]) / 2 + 5)),
                (float(b[0]), float(b[1] - lift)),
            ),
        )
        out.append(
            Fold(path, rng.uniform(6, 12), much * rng.uniform(0.8, 2.0) * rng.choice([-1, 1]))
        )
    return tuple(out)


def sleeves(
    easel: Easel, t: Torso, s: Sleeve, cloth: Fabric, much: float = 1.0, quilt: float = 0.0
) -> None:
    """Lay both sleeves; they go on before the front."""
    trunk = front(t)
    for sign in (1, -1):
        outline = sleeve_outline(t, s)
        folds = sleeve_folds(easel.rng, t, s, much)
        turn = -np.deg2rad(s.angle) * sign
        if sign < 0:
            outline = flip(outline)
            folds = tuple(Fold(flip(f.path), f.width, f.depth) for f in folds)
        easel.lay(
            Panel(
                outline,
                cloth,
                edge=min(20.0, s.cuff * 0.95),
                bulge=0.34,
                folds=folds,
                grain=turn,
                joins=(trunk,),
                quilt=quilt,
            )
        )


def cuffs(
    easel: Easel, t: Torso, s: Sleeve, cloths: Cloths, depth: float, snug: float = 1.0
) -> None:
    """Lay a band at the end of each sleeve, ``snug`` times as wide as the sleeve."""
    end, across = sleeve_axis(t, s)
    down = np.array([-across[1], across[0]], np.float32)
    w = s.cuff * snug
    low = down * depth
    quad = [
        end + across * (w + 0.6),
        end + across * (w * 0.97) + low,
        end - across * (w * 0.97) + low,
        end - across * (w + 0.6),
    ]
    corner = [(float(p[0]), float(p[1])) for p in quad]
    bow = end + low + down * 2.5
    outline = trace(
        corner[0], corner[1], ((float(bow[0]), float(bow[1])), corner[2]), corner[3], corner[0]
    )
    for sign in (1, -1):
        shape = outline if sign > 0 else flip(outline)
        turn = -np.deg2rad(s.angle) * sign
        easel.lay(Panel(shape, cloths.trim, edge=9, bulge=0.36, grain=turn, drop=0.22, reach=1.6))


def sleeve_hem(easel: Easel, t: Torso, s: Sleeve, cloths: Cloths) -> None:
    """Sew the hem of each sleeve."""
    end, across = sleeve_axis(t, s)
    down = np.array([-across[1], across[0]], np.float32)
    a, b, m = (
        end + across * (s.cuff - 0.5) - down * 7,
        end - across * (s.cuff - 0.5) - down * 7,
        end - down * 4.5,
    )
    path = trace(
        (float(a[0]), float(a[1])), ((float(m[0]), float(m[1])), (float(b[0]), float(b[1])))
    )
    for line in (path, flip(path)):
        seam(easel, line, 0.14)
        stitches(easel, offset(line, 0.8), cloths.thread, 0.4)
