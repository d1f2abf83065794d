"""Pictures printed on the front of a garment."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from fashionm3.sample.easel import RGB

SIDE = 240
NAMES = ("sunset", "peaks", "arches", "moon", "fern", "cat", "lettering", "wave", "campus")
"""What a print shows."""

WORDS = (
    "SLOW DAYS",
    "NORTH SHORE",
    "SOLEIL",
    "HELLO AGAIN",
    "OFF SEASON",
    "LA PLAGE",
    "GOOD COMPANY",
)


def draw_print(name: str, inks: list[RGB], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Draw a picture.

    Args:
        name: One of `NAMES`.
        inks: At least three colours.
        rng: Picks words and places.

    Returns:
        ``(h, w, 4)`` uint8 RGBA.
    """
    image = Image.new("RGBA", (SIDE * 2, SIDE * 2), (*_whole(inks[0]), 0))
    pen = ImageDraw.Draw(image)
    a, b, c = (_whole(i) for i in inks[:3])
    makers = {
        "sunset": _sunset,
        "peaks": _peaks,
        "arches": _arches,
        "moon": _moon,
        "fern": _fern,
        "cat": _cat,
        "wave": _wave,
    }
    if name in makers:
        makers[name](pen, a, b, c)
    else:
        _letters(pen, a, b, rng, name == "campus")
    return np.asarray(image.resize((SIDE, SIDE), Image.Resampling.LANCZOS)).copy()


Ink = tuple[int, int, int]


def _whole(rgb: RGB) -> Ink:
    return int(rgb[0]), int(rgb[1]), int(rgb[2])


def _sunset(pen: ImageDraw.ImageDraw, a: Ink, b: Ink, c: Ink) -> None:
    pen.ellipse((90, 60, 390, 360), fill=(*a, 255))
    for k in range(6):
        y = 214 + k * 25
        pen.rectangle((60, y, 420, y + 6 + 2 * k), fill=(*a, 0))
    for k in range(3):
        pen.arc((100 + 40 * k, 350, 260 + 40 * k, 420), 180, 340, fill=(*b, 255), width=9)


def _peaks(pen: ImageDraw.ImageDraw, a: Ink, b: Ink, c: Ink) -> None:
    pen.ellipse((290, 70, 370, 150), fill=(*c, 255))
    pen.polygon([(30, 380), (180, 120), (330, 380)], fill=(*a, 255))
    pen.polygon([(200, 380), (320, 190), (450, 380)], fill=(*b, 255))
    pen.polygon(
        [(180, 120), (144, 182), (170, 198), (186, 176), (206, 202), (218, 186)],
        fill=(246, 244, 238, 255),
    )


def _arches(pen: ImageDraw.ImageDraw, a: Ink, b: Ink, c: Ink) -> None:
    for k, ink in enumerate((a, b, c, a)):
        r = 170 - 40 * k
        pen.pieslice((240 - r, 220 - r, 240 + r, 220 + r), 180, 360, fill=(*ink, 255))
        pen.rectangle((240 - r, 220, 240 + r, 360), fill=(*ink, 255))
    pen.rectangle((190, 220, 290, 360), fill=(*a, 255))


def _moon(pen: ImageDraw.ImageDraw, a: Ink, b: Ink, c: Ink) -> None:
    pen.ellipse((120, 90, 360, 330), fill=(*a, 255))
    pen.ellipse((190, 70, 410, 290), fill=(*a, 0))
    for x, y, r in ((310, 130, 9), (350, 210, 13), (290, 240, 7), (380, 300, 8), (120, 370, 9)):
        pen.polygon(
            [
                (x, y - 2 * r),
                (x + r // 2, y - r // 2),
                (x + 2 * r, y),
                (x + r // 2, y + r // 2),
                (x, y + 2 * r),
                (x - r // 2, y + r // 2),
                (x - 2 * r, y),
                (x - r // 2, y - r // 2),
            ],
            fill=(*b, 255),
        )


def _fern(pen: ImageDraw.ImageDraw, a: Ink, b: Ink, c: Ink) -> None:
    pen.line([(240, 430), (246, 60)], fill=(*a, 255), width=7)
    for k in range(9):
        y, r = 400 - 38 * k, 132 - 11 * k
        for side in (-1, 1):
            tip = (240 + side * r, y - 62)
            pen.polygon(
                [(242, y), (240 + side * r * 0.5, y - 52), tip, (240 + side * r * 0.6, y - 20)],
                fill=(*(a if k % 2 else b), 255),
            )


def _cat(pen: ImageDraw.ImageDraw, a: Ink, b: Ink, c: Ink) -> None:
    pen.polygon([(120, 240), (128, 90), (220, 170)], fill=(*a, 255))
    pen.polygon([(360, 240), (352, 90), (260, 170)], fill=(*a, 255))
    pen.ellipse((105, 140, 375, 370), fill=(*a, 255))
    for x in (185, 295):
        pen.ellipse((x - 24, 222, x + 24, 270), fill=(*b, 255))
        pen.ellipse((x - 7, 224, x + 7, 268), fill=(20, 20, 22, 255))
    pen.polygon([(228, 292), (252, 292), (240, 306)], fill=(*c, 255))
    for dy in (-8, 10):
        pen.line([(130, 300 + dy), (205, 302)], fill=(*b, 255), width=4)
        pen.line([(350, 300 + dy), (275, 302)], fill=(*b, 255), width=4)


def _wave(pen: ImageDraw.ImageDraw, a: Ink, b: Ink, c: Ink) -> None:
    for k, ink in enumerate((a, b, c)):
        points = [(40 + 4 * i, 170 + 60 * k + 34 * float(np.sin(i / 8 + k))) for i in range(101)]
        pen.line(points, fill=(*ink, 255), width=30, joint="curve")


def _letters(
    pen: ImageDraw.ImageDraw, a: Ink, b: Ink, rng: np.random.Generator, arched: bool
) -> None:
    words = str(rng.choice(WORDS)).split()
    y = 150 if len(words) > 1 else 195
    for word in words:
        size = int(min(118, 640 / max(len(word), 1)))
        pen.text(
            (240, y),
            word,
            fill=(*a, 255),
            font=ImageFont.load_default(size),
            anchor="mm",
            stroke_width=3 if arched else 1,
            stroke_fill=(*a, 255),
        )
        y += int(size * 1.06)
    if arched:
        pen.rectangle((70, y - 34, 410, y - 27), fill=(*b, 255))
        pen.text(
            (240, y + 6), "EST. 1987", fill=(*b, 255), font=ImageFont.load_default(44), anchor="mm"
        )
