"""The upper body: torso, armholes, sleeves and the way cloth hangs from shoulders."""

from dataclasses import dataclass

import numpy as np

from fashionm3.sample.curves import Points, flip, mirror, offset, ribbon, trace
from fashionm3.sample.details import Cloths, label, seam, stitches
from fashionm3.sample.easel import Easel
from fashionm3.sample.panel import Fold, Panel, Print


@dataclass(frozen=True)
class Torso:
    """Half widths and heights of an upper garment in picture units.

    Attributes:
        neck: Half width of the neckline.
        neck_y: Height of the neck points.
        dip: Depth of the front neckline.
        neckline: crew, v, scoop, boat, square, sweetheart.
        shoulder: Half width at the shoulder tips.
        slope: Drop from neck to shoulder tip.
        armpit: Height of the armpits.
        chest: Half width there.
        waist: Half width at the waist.
        waist_y: Height of the waist.
        hem: Half width at the hem.
        hem_y: Height of the hem at the side.
        curve: How much lower the hem is in the middle.
        cut_in: How far the armhole cuts towards the neck (sleeveless).
    """

    neck: float = 27
    neck_y: float = 78
    dip: float = 22
    neckline: str = "crew"
    shoulder: float = 66
    slope: float = 17
    armpit: float = 156
    chest: float = 68
    waist: float = 65
    waist_y: float = 240
    hem: float = 69
    hem_y: float = 338
    curve: float = 4
    cut_in: float = 0

    @property
    def tip(self) -> tuple[float, float]:
        """The right shoulder tip."""
        return self.shoulder, self.neck_y + self.slope


@dataclass(frozen=True)
class Sleeve:
    """A sleeve in picture units.

    Attributes:
        length: From the shoulder tip to the cuff.
        angle: Away from vertical, in degrees.
        cuff: Half width at the cuff.
        full: How much wider than straight the middle is.
        head: Rise of a gathered sleeve head.
    """

    length: float = 84
    angle: float = 30
    cuff: float = 24
    full: float = 0
    head: float = 0


def neckline(t: Torso) -> Points:
    """Return the right half of the front neckline, from the middle to the neck point."""
    n, y, d = t.neck, t.neck_y, t.dip
    if t.neckline == "v":
        return trace((0, y + d), ((n * 0.62, y + d * 0.4), (n, y)))
    if t.neckline == "square":
        return trace((0, y + d), (n * 0.82, y + d), (n, y))
    if t.neckline == "sweetheart":
        return trace((0, y + d), ((n * 0.3, y + d * 0.62), (n * 0.8, y + d * 0.7), (n, y)))
    if t.neckline == "boat":
        return trace((0, y + d), ((n * 0.7, y + d), (n, y)))
    return trace((0, y + d), ((n * 0.68, y + d), (n * 0.97, y + d * 0.55), (n, y)))


def armhole(t: Torso) -> Points:
    """Return the right armhole from the shoulder tip to the armpit."""
    x, y = t.tip
    inner = min(x, t.chest) - 7 - t.cut_in
    return trace((x, y), ((inner, y + 18), (inner - 1, t.armpit - 16), (t.chest, t.armpit)))


def side(t: Torso) -> Points:
    """Return the right side seam from the armpit to the hem."""
    return trace(
        (t.chest, t.armpit),
        ((t.chest - 1, t.armpit + 30), (t.waist, t.waist_y - 30), (t.waist, t.waist_y)),
        ((t.waist, t.waist_y + 26), (t.hem, t.hem_y - 40), (t.hem, t.hem_y)),
    )


def front(t: Torso) -> Points:
    """Return the closed outline of the front."""
    x, y = t.tip
    shoulder = trace((t.neck, t.neck_y), (((t.neck + x) / 2, t.neck_y + t.slope * 0.42), (x, y)))
    hem = trace((t.hem, t.hem_y), ((t.hem * 0.6, t.hem_y + t.curve), (0, t.hem_y + t.curve)))
    return mirror(np.concatenate([neckline(t), shoulder, armhole(t), side(t), hem]))


def inside(easel: Easel, t: Torso, cloths: Cloths, tag: bool = True, lift: float = 5) -> None:
    """Lay the inside of the back, seen through the neckline."""
    n, y = t.neck, t.neck_y
    back = trace((0, y + 4 - lift), ((n * 0.7, y + 4 - lift), (n + 1, y - 1)))
    low = trace((n + 1, y), (n + 2, y + 14), (n * 0.7, y + t.dip + 8), (0, y + t.dip + 12))
    panel = Panel(
        mirror(np.concatenate([back, low])), cloths.lining, edge=4, tone=0.66,
        fade=((0, y + t.dip, n * 1.4, max(t.dip * 0.8, 14), -0.22),),
    )  # fmt: skip
    easel.lay(panel)
    seam(
        easel,
        mirror(trace((0, y + 10 - lift), ((n * 0.7, y + 10 - lift), (n, y + 4))))[: 2 * 15],
        0.2,
    )
    if tag and t.dip > 12:
        label(easel, 0, y + 6 - lift)


def torso_folds(rng: np.random.Generator, t: Torso, much: float = 1.0) -> tuple[Fold, ...]:
    """Return the folds that a body leaves: from armpits, at the waist, towards the hem."""
    out = []
    for sign in (1.0, -1.0):
        for k in range(2):
            x, y = t.chest - 3 - 4 * k, t.armpit + 3 + 9 * k
            reach = rng.uniform(26, 46)
            path = trace(
                (x, y),
                ((x - reach * 0.5, y + rng.uniform(2, 12)), (x - reach, y + rng.uniform(14, 34))),
            )
            out.append(
                Fold(path, rng.uniform(7, 12), much * rng.uniform(1.1, 2.1) * (1 - 2 * (k % 2)))
            )
            out[-1] = Fold(path * np.array([sign, 1], np.float32), out[-1].width, out[-1].depth)
        for _ in range(4):
            y = rng.uniform(t.waist_y - 40, t.waist_y + 45)
            length = rng.uniform(22, 60)
            path = trace(
                (t.waist - 1, y),
                (
                    (t.waist - length * 0.5, y + rng.uniform(-3, 8)),
                    (t.waist - length, y + rng.uniform(-20, 16)),
                ),
            )
            depth = much * rng.uniform(0.8, 1.9) * rng.choice([-1, 1])
            out.append(Fold(path * np.array([sign, 1], np.float32), rng.uniform(6, 13), depth))
    for _ in range(5):
        x = rng.uniform(-0.75, 0.75) * t.hem
        y = rng.uniform(t.waist_y, t.waist_y + 40)
        path = trace(
            (x * 0.92, y), ((x + rng.uniform(-6, 6), (y + t.hem_y) / 2), (x * 1.04, t.hem_y - 2))
        )
        out.append(
            Fold(path, rng.uniform(9, 18), much * rng.uniform(0.7, 1.6) * rng.choice([-1, 1]))
        )
    return tuple(out)


def body(
    easel: Easel, t: Torso, cloths: Cloths, much: float = 1.0, prints: tuple[Print, ...] = (),
    wave: tuple[float, float, float] | None = None, seams: tuple[Points, ...] = (),
    sleeve: Sleeve | None = None, quilt: float = 0.0, below: tuple[Points, ...] = (),
) -> None:  # fmt: skip
    """Lay the front; ``below`` is what its cloth runs on into."""
    chest = ((-t.chest * 0.4, t.armpit - 4, 30.0, 34.0, 0.03), (0.0, t.hem_y, 200.0, 90.0, -0.05))
    easel.lay(
        Panel(
            front(t), cloths.main, edge=24, bulge=0.26, drop=0.0 if below else 0.26, reach=2.2,
                prints=prints,
            wave=wave, folds=torso_folds(easel.rng, t, much), fade=chest, seams=seams,
            quilt=quilt, joins=(*arms(t, sleeve), *below),
        )
    )  # fmt: skip


def sleeve_axis(t: Torso, s: Sleeve) -> tuple[Points, Points]:
    """Return where the right cuff's middle is and the unit vector across it."""
    a = np.deg2rad(s.angle)
    x, y = t.tip
    end = np.array([x - s.cuff * 0.72 + s.length * np.sin(a), y + s.length * np.cos(a)], np.float32)
    return end, np.array([np.cos(a), -np.sin(a)], np.float32)


def sleeve_outline(t: Torso, s: Sleeve) -> Points:
    """Return the right sleeve."""
    end, across = sleeve_axis(t, s)
    (ox, oy), (ix, iy) = end + across * s.cuff, end - across * s.cuff
    x, y = t.tip
    mid_o = ((x + ox) / 2 + 5 + s.full, (y + oy) / 2 - 2)
    mid_i = ((t.chest + ix) / 2 - 1 - s.full * 0.6, (t.armpit + iy) / 2 + 4)
    start = (x - 16, y + 1)
    crown = (x + 5 + s.full * 0.5 + s.head * 0.5, y - s.head)
    run = np.array([ox - x, oy - y]) / s.length
    cap = (x + 2.5 + run[0] * 22 + s.full * 0.5 + s.head * 0.3, y + run[1] * 22 - s.head * 0.3)
    return trace(
        start, (x - 2, y - s.head * 0.6), (crown, cap), (mid_o, (ox, oy)),
        (((ox + ix) / 2, (oy + iy) / 2 + 2.5), (ix, iy)), (mid_i, (t.chest - 2, t.armpit + 4)),
        (t.chest - 22, t.armpit - 14), start,
    )  # fmt: skip


def arms(t: Torso, s: Sleeve | None) -> tuple[Points, ...]:
    """Return the outlines of both sleeves, or none."""
    if s is None:
        return ()
    right = sleeve_outline(t, s)
    return right, flip(right)


def hem_line(easel: Easel, t: Torso, cloths: Cloths, up: float = 8.0) -> None:
    """Sew the hem of the front."""
    y = t.hem_y - up
    path = trace((-t.hem + 0.5, y), ((0, y + t.curve * 2), (t.hem - 0.5, y)))
    seam(easel, path, 0.14)
    stitches(easel, offset(path, 1.0), cloths.thread, 0.4)


def rib_hem(easel: Easel, t: Torso, cloths: Cloths, depth: float = 17, snug: float = 0.96) -> None:
    """Lay a ribbed band under the front."""
    w = t.hem * snug
    path = trace(
        (t.hem, t.hem_y - 2),
        (w, t.hem_y + depth),
        ((0, t.hem_y + depth + t.curve * 2), (-w, t.hem_y + depth)),
        (-t.hem, t.hem_y - 2),
        ((0, t.hem_y + t.curve * 2 - 2), (t.hem, t.hem_y - 2)),
    )
    easel.lay(Panel(path, cloths.trim, edge=9, bulge=0.3, drop=0.2, reach=1.6))


def neck_band(easel: Easel, t: Torso, cloths: Cloths, width: float = 8.0) -> None:
    """Lay a band along the front neckline and behind the neck."""
    half = neckline(t)
    line = np.concatenate([flip(half)[::-1], half[1:]])
    easel.lay(
        Panel(
            ribbon(offset(line, width * 0.42), width),
            cloths.trim,
            edge=4,
            bulge=0.4,
            drop=0.3,
            reach=1.5,
        )
    )
