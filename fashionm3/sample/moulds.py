"""Measures that the cuts of the sample shop start from."""

from dataclasses import replace

from fashionm3.sample.cuts import UpperCut
from fashionm3.sample.upper import Sleeve, Torso

TEE = Torso()
BOXY = Torso(shoulder=76, chest=78, waist=77, hem=78, hem_y=318, armpit=164, slope=21)
SLIM = Torso(shoulder=60, chest=60, waist=55, hem=60, hem_y=330)
CROP = Torso(shoulder=66, chest=68, waist=66, waist_y=216, hem=66, hem_y=268)
LOOSE = Torso(shoulder=74, chest=76, waist=76, hem=76, hem_y=330, slope=20, armpit=166)
KNIT = Torso(chest=72, waist=72, hem=70, hem_y=320, shoulder=68)
SHIRT = Torso(neck=25, dip=26, chest=70, waist=67, hem=68, hem_y=346, curve=14)
SHORT, LONG = Sleeve(86, 30, 25), Sleeve(238, 13, 14.5)
KNITTED = Sleeve(216, 14, 19, 4)
WIDE_SHORT = Sleeve(92, 30, 32, 2)
U = UpperCut


def necked(t: Torso, line: str, dip: float, neck: float | None = None) -> Torso:
    """Return a torso with another neckline."""
    return replace(t, neckline=line, dip=dip, neck=neck or t.neck)


TANK = Torso(
    neck=33,
    neck_y=82,
    dip=62,
    neckline="scoop",
    shoulder=49,
    slope=7,
    chest=60,
    waist=57,
    hem=60,
    hem_y=330,
    cut_in=3,
)
RACER = replace(TANK, neck=24, shoulder=37, cut_in=9, dip=52)
CAMI = Torso(
    neck=44,
    neck_y=122,
    dip=20,
    neckline="v",
    shoulder=46,
    slope=0,
    chest=60,
    armpit=156,
    waist=57,
    hem=64,
    hem_y=322,
    cut_in=-2,
)
TUBE = Torso(
    neck=56,
    neck_y=136,
    dip=7,
    neckline="sweetheart",
    shoulder=58,
    slope=0,
    chest=60,
    armpit=152,
    waist=54,
    waist_y=210,
    hem=56,
    hem_y=262,
)
