"""Shoes, as a pair in profile."""

from fashionm3.sample.boots import draw_boot
from fashionm3.sample.cuts import ShoeCut
from fashionm3.sample.details import Cloths
from fashionm3.sample.easel import Easel
from fashionm3.sample.pumps import draw_brogue, draw_loafer, draw_pump
from fashionm3.sample.sandals import draw_sandal
from fashionm3.sample.trainers import draw_trainer

KINDS = {
    "trainer": draw_trainer, "runner": draw_trainer, "boot": draw_boot, "pump": draw_pump,
    "loafer": draw_loafer, "brogue": draw_brogue, "sandal": draw_sandal,
}  # fmt: skip


def draw_shoes(easel: Easel, cut: ShoeCut, cloths: Cloths) -> None:
    """Lay a pair: the far shoe a little higher and further right."""
    tall = cut.shaft > 60
    low = cut.kind in ("pump", "sandal", "loafer", "brogue")
    far = (38.0, -22.0) if tall else (46.0, -34.0) if low else (34.0, -44.0)
    for dx, dy in (far, (0.0, 0.0)):
        easel.move(dx - 14, dy + (110 if tall else 20))
        KINDS[cut.kind](easel, cut, cloths)
    easel.move(0, 0)
