"""Garments of the upper body, put together from back to front."""

import numpy as np

from fashionm3.sample import fronts as f
from fashionm3.sample import necks
from fashionm3.sample import sleeves as arm
from fashionm3.sample import upper as u
from fashionm3.sample.closures import OPEN, lay_closure, ruffle
from fashionm3.sample.curves import Points, flip, mirror, ribbon, trace
from fashionm3.sample.cuts import UpperCut
from fashionm3.sample.details import Cloths, button, cord, seam, stitches
from fashionm3.sample.easel import Easel
from fashionm3.sample.panel import Panel, Print

"""Fronts of two halves."""

STANDS = {"shirt", "camp", "band", "polo", "notch", "peak", "shawl", "stand", "biker"}
"""Necks with a collar behind."""


def draw_upper(easel: Easel, cut: UpperCut, cloths: Cloths, prints: tuple[Print, ...] = ()) -> None:
    """Lay a garment of the upper body."""
    easel.move(0, -44 if cut.torso.hem_y > 415 and "hood" not in cut.neck else 0)
    lay_back(easel, cut, cloths)
    lay_arms(easel, cut, cloths)
    lay_front(easel, cut, cloths, prints)
    lay_hem(easel, cut, cloths)
    lay_closure(easel, cut, cloths)
    lay_pockets(easel, cut, cloths)
    lay_neck(easel, cut, cloths)
    lay_extras(easel, cut, cloths)


def lay_back(easel: Easel, cut: UpperCut, cloths: Cloths) -> None:
    """Lay what shows of the inside."""
    t = cut.torso
    if cut.neck in ("strap", "halter"):
        necks.back_neck(easel, t, cloths)
        necks.straps(easel, t, cloths, 4.5 if cut.neck == "strap" else 9, cut.neck == "halter")
    elif cut.neck == "tube":
        necks.back_neck(easel, t, cloths)
    elif cut.neck in STANDS:
        necks.back_stand(easel, t, cloths, 8 if cut.neck in ("band", "stand") else 14)
    elif cut.neck not in ("roll", "mock"):
        u.inside(easel, t, cloths, tag=cut.neck != "bow")


def lay_arms(easel: Easel, cut: UpperCut, cloths: Cloths) -> None:
    """Lay sleeves with their cuffs."""
    t, s = cut.torso, cut.sleeve
    if s is None:
        return
    contrast = bool({"raglan", "contrast"} & cut.extras)
    arm.sleeves(easel, t, s, cloths.trim if contrast else cloths.main, cut.much, cut.quilt)
    lay_cuffs(easel, cut, s, cloths)


def lay_cuffs(easel: Easel, cut: UpperCut, s: u.Sleeve, cloths: Cloths) -> None:
    """Finish the sleeves."""
    t = cut.torso
    if cut.cuff == "rib":
        arm.cuffs(easel, t, s, cloths, 17 if s.length > 130 else 9, 0.8 if s.length > 130 else 0.98)
    elif cut.cuff == "shirt":
        arm.cuffs(easel, t, s, as_trim(cloths), 17, 0.94)
        end, across = u.sleeve_axis(t, s)
        for sign in (1, -1):
            x, y = end - across * s.cuff * 0.35
            button(easel, sign * float(x), float(y) + 9, 2.2, cloths.button)
    elif cut.cuff == "gathered":
        arm.cuffs(easel, t, s, as_trim(cloths), 8, 0.66)
    elif cut.cuff == "strap":
        end, across = u.sleeve_axis(t, s)
        for sign in (1, -1):
            line = trace(
                tuple(end + across * s.cuff - (0, 22)), tuple(end - across * s.cuff - (0, 22))
            )
            strap = ribbon(line if sign > 0 else flip(line), 9)
            easel.lay(Panel(strap, cloths.main, edge=4, bulge=0.3, drop=0.35, reach=1.6))
    elif cut.cuff == "stitched":
        arm.sleeve_hem(easel, t, s, cloths)


def as_trim(cloths: Cloths) -> Cloths:
    """Return the same cloths with bands cut from the main one."""
    return Cloths(
        cloths.main, cloths.main, cloths.lining, cloths.thread, cloths.button, cloths.metal
    )


def lay_front(
    easel: Easel, cut: UpperCut, cloths: Cloths, prints: tuple[Print, ...],
    below: tuple[Points, ...] = (),
) -> None:  # fmt: skip
    """Lay the front in one piece or in two; ``below`` is what its cloth runs on into."""
    t = cut.torso
    if cut.front in OPEN:
        overlap = {"single": 7, "double": 12, "open buttons": 6, "wrap": 3, "storm": 4}.get(
            cut.front, 1
        )
        round_ = (
            22
            if cut.front == "single" and "notch peak shawl".find(cut.neck) >= 0 and t.hem_y < 380
            else 0
        )
        f.fronts(easel, t, cloths, cut.sleeve, overlap, round_, cut.much, cut.quilt)
        return
    if cut.hem == "brief":
        lay_brief(easel, cut, cloths)
        below = (brief_outline(t),)
    u.body(
        easel,
        t,
        cloths,
        cut.much,
        prints,
        cut.wave,
        sleeve=cut.sleeve,
        quilt=cut.quilt,
        below=below,
    )


def brief_outline(t: u.Torso) -> Points:
    """Return the lower part of a bodysuit."""
    h, y = t.hem, t.hem_y
    half = trace(
        (0, y - 30),
        (h - 12, y - 30),
        (h, y - 1),
        ((h * 0.5, y + 22), (17, y + 62), (13, y + 92)),
        (0, y + 94),
    )
    return mirror(half)


def lay_brief(easel: Easel, cut: UpperCut, cloths: Cloths) -> None:
    """Lay the lower part of a bodysuit, cut high at the leg."""
    t = cut.torso
    h, y = t.hem, t.hem_y
    fade = ((0.0, y, 200.0, 90.0, -0.05),)
    easel.lay(
        Panel(brief_outline(t), cloths.main, edge=24, bulge=0.26, joins=(u.front(t),), fade=fade)
    )
    edge = trace((h - 1, y - 3), ((h * 0.5 - 4, y + 22), (15, y + 62), (10, y + 90)))
    for line in (edge, flip(edge)):
        stitches(easel, line, cloths.thread, 0.5)
        seam(easel, line + np.array([0, -1], np.float32), 0.12)


def lay_hem(easel: Easel, cut: UpperCut, cloths: Cloths) -> None:
    """Finish the lower edge."""
    t = cut.torso
    if cut.hem == "rib":
        u.rib_hem(easel, t, cloths, 18, 0.94)
    elif cut.hem == "waistband":
        u.rib_hem(easel, t, as_trim(cloths), 17, 0.97)
    elif cut.hem == "stitched":
        u.hem_line(easel, t, cloths)
    elif cut.hem == "peplum":
        w, y = t.hem, t.hem_y
        half = trace(
            (0, y + t.curve - 2),
            ((w * 0.6, y + t.curve - 2), (w, y - 2)),
            ((w + 8, y + 26), (w + 20, y + 52)),
            ((w * 0.6, y + 66), (0, y + 66)),
        )
        easel.lay(
            Panel(mirror(half), cloths.main, edge=10, bulge=0.3, wave=(2.6, 6, -0.3), drop=0.2)
        )
        seam(easel, trace((-w, y), ((0, y + t.curve * 2), (w, y))), 0.35)


def lay_pockets(easel: Easel, cut: UpperCut, cloths: Cloths) -> None:
    """Add pockets."""
    for kind in cut.pockets:
        if "chest" in kind:
            f.chest_pocket(easel, cut.torso, cloths, "flap" in kind, kind.endswith("s"))
        elif kind == "kangaroo":
            f.kangaroo(easel, cut.torso, cloths)
            if cut.front == "zip":
                lay_closure(easel, cut, cloths)
        else:
            f.hip_pockets(easel, cut.torso, cloths, kind)


def lay_neck(easel: Easel, cut: UpperCut, cloths: Cloths) -> None:
    """Finish the neck."""
    t = cut.torso
    plain = {
        "crew": lambda: u.neck_band(easel, t, cloths),
        "rib": lambda: u.neck_band(easel, t, cloths, 12),
        "plain": lambda: u.neck_band(easel, t, as_trim(cloths), 3.5),
        "shirt": lambda: necks.shirt_collar(easel, t, cloths, 42, 8 + 4 * (cut.n % 3),
            "button-down" in cut.extras),
        "camp": lambda: necks.camp_collar(easel, t, cloths),
        "band": lambda: necks.band_collar(easel, t, cloths),
        "polo": lambda: necks.shirt_collar(easel, t, cloths, 38, 12, cloth=cloths.trim, rise=11),
        "roll": lambda: necks.roll_neck(easel, t, cloths),
        "mock": lambda: necks.roll_neck(easel, t, cloths, 17, folded=False),
        "hood": lambda: necks.hood(easel, t, cloths,
            cords=cloths.thread if "drawcord" in cut.extras else None),
        "fur hood": lambda: necks.hood(easel, t, cloths, fur=cloths.trim),
        "stand": lambda: necks.band_collar(easel, t, cloths, 20),
        "peter pan": lambda: necks.peter_pan(easel, t, cloths, cloths.trim),
        "bow": lambda: necks.bow(easel, t, cloths),
        "biker": lambda: necks.lapels(easel, t, cloths, 27),
    }  # fmt: skip
    if cut.neck in ("notch", "peak", "shawl"):
        face = cloths.trim if {"satin", "contrast collar"} & cut.extras else None
        necks.lapels(easel, t, cloths, 25 if cut.front == "double" else 20, cut.neck, face)
    elif cut.neck in plain:
        plain[cut.neck]()


def lay_extras(easel: Easel, cut: UpperCut, cloths: Cloths) -> None:
    """Add belts, yokes, straps and ruffles."""
    t = cut.torso
    if "belt" in cut.extras:
        f.tie_belt(easel, t, cloths, t.waist_y, t.waist)
    if "yoke" in cut.extras:
        f.yoke(easel, t, cloths, t.armpit - 22)
    if "epaulettes" in cut.extras:
        f.epaulettes(easel, t, cloths)
    if "ruffle" in cut.extras:
        ruffle(easel, cut, cloths)
    if "drawcord" in cut.extras and cut.neck != "hood":
        y = t.hem_y + t.curve
        for sign in (1, -1):
            cord(
                easel,
                trace((sign * 6, y - 4), ((sign * 10, y + 12), (sign * 7, y + 28))),
                cloths.thread,
            )
