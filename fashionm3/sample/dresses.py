"""Dresses: an upper part whose cloth runs on into a skirt."""

from dataclasses import replace

from fashionm3.sample import fronts as f
from fashionm3.sample import tops
from fashionm3.sample.closures import lay_closure
from fashionm3.sample.curves import trace
from fashionm3.sample.cuts import DressCut
from fashionm3.sample.details import Cloths, buttons, seam
from fashionm3.sample.easel import Easel
from fashionm3.sample.panel import Print
from fashionm3.sample.skirts import lay_skirt, skirt_outline
from fashionm3.sample.upper import front


def draw_dress(easel: Easel, cut: DressCut, cloths: Cloths, prints: tuple[Print, ...] = ()) -> None:
    """Lay a dress; its upper torso must end at the waist."""
    easel.move(0, -38)
    upper = cut.upper
    t = upper.torso
    skirt = replace(cut.skirt, waist=t.hem)
    tops.lay_back(easel, upper, cloths)
    tops.lay_arms(easel, upper, cloths)
    y = t.hem_y - 2
    lay_skirt(easel, skirt, cloths, y, (front(t),))
    bodice = replace(upper, hem="none", extras=upper.extras - {"belt"})
    tops.lay_front(easel, bodice, cloths, prints, (skirt_outline(skirt, y),))
    if cut.seam:
        join(easel, cut)
    lay_closure(easel, bodice, cloths)
    if upper.front == "buttons":
        easel.stroke(trace((6.5, y + 4), (7, y + skirt.length)), (0, 0, 0), 1.0, 0.3)
        buttons(
            easel,
            0,
            y + 18,
            y + skirt.length - 26,
            max(3, int(skirt.length / 30)),
            2.7,
            cloths.button,
        )
    tops.lay_pockets(easel, bodice, cloths)
    tops.lay_neck(easel, bodice, cloths)
    tops.lay_extras(easel, bodice, cloths)
    if "belt" in upper.extras:
        f.tie_belt(easel, t, cloths, t.hem_y - 2, t.hem + 1)


def join(easel: Easel, cut: DressCut) -> None:
    """Sew the waist seam, gathered where the skirt is full."""
    t = cut.upper.torso
    y = t.hem_y
    line = trace((-t.hem, y), ((0, y + t.curve * 2), (t.hem, y)))
    seam(easel, line, 0.4)
