"""From a product and a colour to its picture: cloths are woven, the cut is fitted and laid."""

from dataclasses import replace

import numpy as np
from PIL import Image

from fashionm3.sample import motifs
from fashionm3.sample.assortment import Product
from fashionm3.sample.bags import draw_bag
from fashionm3.sample.cuts import (
    Cut,
    DressCut,
    HatCut,
    LegCut,
    ShoeCut,
    SkirtCut,
    UpperCut,
)
from fashionm3.sample.details import BRASS, HORN, PEARL, STEEL, Cloths
from fashionm3.sample.dresses import draw_dress
from fashionm3.sample.easel import RGB, Easel
from fashionm3.sample.fabric import Fabric, weave
from fashionm3.sample.hats import draw_hat
from fashionm3.sample.legs import draw_legs
from fashionm3.sample.palette import Shade, contrast, lighter
from fashionm3.sample.panel import Print
from fashionm3.sample.prints import draw_print
from fashionm3.sample.shoes import draw_shoes
from fashionm3.sample.skirts import draw_skirt
from fashionm3.sample.tops import draw_upper
from fashionm3.sample.upper import Torso

MULTICOLOR = 4
"""From this many plain colours on, none of them leading, a thing is multicolor."""


def photograph(
    product: Product, shade: Shade, shown: str | None, rng: np.random.Generator
) -> tuple[Image.Image, dict[str, float]]:
    """Draw one variant.

    Returns:
        The picture, 384 x 512 RGB, and the share of each plain colour, the largest first.
    """
    shades = [shade, *(a for a in product.accents if a.name != shade.name)]
    main, shares = _cloth(product, shades, rng)
    cloths = _cloths(product, shade, shades, main, rng)
    easel = Easel(rng)
    cut = fitted(product.cut, product.gender, rng)
    prints: tuple[Print, ...] = ()
    if shown is not None:
        prints = _printed(shown, shade, shades, cut, rng)
        shares = {0: 0.88, **{k: 0.12 / (len(shades) - 1) for k in range(1, len(shades))}}
    _draw(easel, cut, cloths, prints)
    return easel.picture(), _plain(shades, shares)


def _draw(easel: Easel, cut: Cut, cloths: Cloths, prints: tuple[Print, ...]) -> None:
    if isinstance(cut, UpperCut):
        draw_upper(easel, cut, cloths, prints)
    elif isinstance(cut, DressCut):
        draw_dress(easel, cut, cloths, prints)
    elif isinstance(cut, LegCut):
        draw_legs(easel, cut, cloths)
    elif isinstance(cut, SkirtCut):
        draw_skirt(easel, cut, cloths)
    elif isinstance(cut, ShoeCut):
        draw_shoes(easel, cut, cloths)
    elif isinstance(cut, HatCut):
        draw_hat(easel, cut, cloths)
    else:
        draw_bag(easel, cut, cloths)


def _cloth(
    product: Product, shades: list[Shade], rng: np.random.Generator
) -> tuple[Fabric, dict[int, float]]:
    """Weave the main cloth; return it with the share of each colour."""
    texture = product.stuff[1]
    if product.pattern not in motifs.MOTIFS or len(shades) < 2:
        return weave(texture, np.array(shades[0].rgb, np.float32)), {0: 1.0}
    upright = product.kind.category in ("shirt", "dress", "pants", "shorts", "skirt", "blouse")
    layers = motifs.MOTIFS[product.pattern](rng, len(shades), upright)
    tile, shares = motifs.paint(layers, [s.rgb for s in shades])
    return weave(texture, tile, True), dict(enumerate(shares))


def _plain(shades: list[Shade], shares: dict[int, float]) -> dict[str, float]:
    out: dict[str, float] = {}
    for number, share in shares.items():
        if share > 0.02:
            name = shades[number].plain
            out[name] = out.get(name, 0.0) + share
    total = sum(out.values())
    out = {c: s / total for c, s in sorted(out.items(), key=lambda p: -p[1])}
    if len(out) >= MULTICOLOR and max(out.values()) < 0.5:
        return {"multicolor": 1.0}
    return out


def _cloths(
    product: Product, shade: Shade, shades: list[Shade], main: Fabric, rng: np.random.Generator
) -> Cloths:
    category, texture = product.kind.category, product.stuff[1]
    trim = _trim(product, shade, shades, main, rng)
    lining, sole = main, None
    if category in ("shoes", "bag"):
        lining = weave("suede", np.array((206, 178, 142), np.float32))
    elif category in ("blazer", "outerwear"):
        lining = weave("satin", np.array(lighter(shade.rgb, -0.25), np.float32))
    if category == "shoes":
        sole = _sole(product, shade)
    thread = contrast(shade.rgb)
    if texture == "denim":
        thread = (206, 142, 66) if shade.plain in ("blue", "navy") else contrast(shade.rgb)
    button = PEARL if category in ("shirt", "blouse", "polo", "dress", "undershirt") else HORN
    if category == "shoes":
        button = _lace(product, shade, rng)
    elif category in ("blazer", "longsleeve") or shade.plain == "black":
        button = lighter(shade.rgb, -0.35) if np.mean(shade.rgb) > 60 else (58, 56, 60)
    metal = BRASS if category in ("bag", "pants", "shoes", "skirt", "shorts") else STEEL
    if texture == "denim":
        button = metal = (186, 128, 76)
    return Cloths(main, trim, lining, thread, button, metal, sole)


def _lace(product: Product, shade: Shade, rng: np.random.Generator) -> RGB:
    if "trainers" in product.kind.style:
        return (240, 240, 238) if rng.random() < 0.7 else lighter(shade.rgb, -0.2)
    return lighter(shade.rgb, -0.45)


def _sole(product: Product, shade: Shade) -> Fabric:
    style = product.kind.style
    parts = product.cut.parts if isinstance(product.cut, ShoeCut) else frozenset[str]()
    if "trainers" in style:
        return weave("jersey", np.array((240, 239, 234), np.float32))
    if product.kind.name in ("sandals", "mules") and not parts & {"pin", "block"}:
        return weave(
            "straw" if "wedge" in parts else "suede", np.array((190, 150, 104), np.float32)
        )
    if shade.plain == "brown" or shade.name == "Burgundy":
        return weave("suede", np.array((104, 68, 42), np.float32))
    return weave("suede", np.array((44, 39, 37), np.float32))


def _trim(
    product: Product, shade: Shade, shades: list[Shade], main: Fabric, rng: np.random.Generator
) -> Fabric:
    how, rgb = product.kind.trim, shade.rgb
    if product.pattern not in ("plain", "graphic") and how == "same":
        return main
    options: dict[str, tuple[str, RGB]] = {
        "rib": ("rib", rgb), "dark": (product.stuff[1], lighter(rgb, -0.38)),
        "pale": ("poplin", (240, 238, 232)), "satin": ("satin", (30, 30, 34)),
        "fur": ("teddy", (184, 156, 124)), "tan": ("leather", (150, 96, 58)),
        "cork": ("suede", (190, 150, 104)),
        "contrast": (product.stuff[1], _other(rgb, rng)),
        "shoe": (product.stuff[1], rgb if rng.random() < 0.5 else _other(rgb, rng)),
    }  # fmt: skip
    if product.kind.category == "outerwear" and product.stuff[1] in ("knit", "wool"):
        options["rib"] = ("rib", lighter(rgb, -0.1))
    if how not in options:
        return main
    texture, colour = options[how]
    return weave(texture, np.array(colour, np.float32))


def _other(rgb: RGB, rng: np.random.Generator) -> RGB:
    """Return a colour that stands beside another: navy, white, red, tan or its own dark."""
    pool: list[RGB] = [
        (240, 239, 235),
        (34, 44, 78),
        (184, 50, 46),
        (178, 132, 88),
        lighter(rgb, -0.45),
    ]
    far = [c for c in pool if np.abs(np.array(c) - np.array(rgb)).sum() > 130]
    return far[int(rng.integers(0, len(far)))]


def _printed(
    shown: str, shade: Shade, shades: list[Shade], cut: Cut, rng: np.random.Generator
) -> tuple[Print, ...]:
    inks = [s.rgb for s in shades[1:]]
    while len(inks) < 3:
        inks.append((240, 238, 230) if np.mean(shade.rgb) < 128 else (40, 40, 46))
    if shown in ("lettering", "campus"):
        inks[0] = (242, 240, 234) if np.mean(shade.rgb) < 140 else (36, 38, 46)
    image = draw_print(shown, inks, rng)
    torso = cut.torso if isinstance(cut, UpperCut) else Torso()
    small = isinstance(cut, UpperCut) and "kangaroo" in cut.pockets
    y = torso.armpit + (16 if small else 34)
    return ((image, 0.0, y, 74.0 if small else float(rng.uniform(84, 104))),)


def fitted(cut: Cut, gender: str, rng: np.random.Generator) -> Cut:
    """Return a cut for a woman, a man or a child, with the small differences between makers."""
    vary = float(rng.normal(0, 1))
    if isinstance(cut, UpperCut):
        torso, scale = fitted_torso(cut.torso, gender, vary), {"kids": 0.84}.get(gender, 1.0)
        sleeve = cut.sleeve
        if sleeve is not None:
            sleeve = replace(
                sleeve,
                length=sleeve.length * scale + vary,
                angle=sleeve.angle + float(rng.normal(0, 0.8)),
            )
        return replace(cut, torso=torso, sleeve=sleeve)
    if isinstance(cut, LegCut):
        scale = 0.8 if gender == "kids" else 1.0
        wider = 1.05 if gender == "men" else 1.0
        return replace(
            cut,
            length=cut.length * scale + 3 * vary,
            rise=cut.rise * (0.92 if gender == "kids" else 1),
            waist=cut.waist * wider,
            knee=cut.knee + vary,
        )
    if isinstance(cut, SkirtCut):
        return replace(
            cut,
            length=cut.length * (0.8 if gender == "kids" else 1.0) + 4 * vary,
            hem=cut.hem + 2 * vary,
        )
    return cut


def fitted_torso(t: Torso, gender: str, vary: float) -> Torso:
    """Return a torso's measures for whom it is made."""
    if gender == "women":
        return replace(
            t,
            shoulder=t.shoulder * 0.95,
            chest=t.chest * 0.96,
            waist=t.waist * 0.91 + vary * 0.6,
            hem=t.hem * 0.96,
            hem_y=t.hem_y + 3 * vary,
        )
    if gender == "kids":
        low = t.armpit + (t.hem_y - t.armpit) * 0.78
        return replace(
            t, hem_y=low, waist_y=t.armpit + (t.waist_y - t.armpit) * 0.78, neck=t.neck * 1.06
        )
    return replace(
        t,
        chest=t.chest * 1.03,
        waist=t.waist * 1.04,
        hem=t.hem * 1.02,
        shoulder=t.shoulder * 1.04,
        hem_y=t.hem_y + 3 * vary,
    )
