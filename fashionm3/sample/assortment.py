"""Which products the sample shop carries: kinds, colours, prices, sizes and stock."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from fashionm3.sample import kinds_feet, kinds_layers, kinds_lower, kinds_shirts, kinds_tops
from fashionm3.sample.cuts import Cut
from fashionm3.sample.kinds import Kind, Stuff
from fashionm3.sample.palette import SHADES, Shade, group
from fashionm3.types import Size

KINDS = (*kinds_tops.ALL, *kinds_shirts.ALL, *kinds_layers.ALL, *kinds_lower.ALL, *kinds_feet.ALL)

SHARES = {
    "t-shirt": 44, "longsleeve": 54, "shirt": 36, "blouse": 30, "polo": 23, "top": 29,
    "undershirt": 20, "hoodie": 28, "blazer": 29, "outerwear": 62, "dress": 54, "bodysuit": 20,
    "skirt": 38, "pants": 58, "shorts": 28, "shoes": 66, "hat": 27, "bag": 14,
}  # fmt: skip
"""Items of each category among 660."""


@dataclass(frozen=True)
class Product:
    """A product of the shop, of which the colours are variants.

    Attributes:
        number: Counts from 1000.
        kind: What it is.
        words: How it is cut, in the shop's words.
        cut: How it is cut.
        stuff: Material and texture.
        pattern: A word of `fashionm3.types.PATTERNS`, or pinstripe.
        gender: For whom.
        shades: The shop colour of each variant.
        accents: Further colours of the pattern.
        cents: Price in euro cents.
    """

    number: int
    kind: Kind
    words: str
    cut: Cut
    stuff: Stuff
    pattern: str
    gender: str
    shades: tuple[Shade, ...]
    accents: tuple[Shade, ...]
    cents: int


def quotas(n: int) -> dict[str, int]:
    """Share ``n`` items out among the categories, largest remainder first."""
    total = sum(SHARES.values())
    exact = {c: n * s / total for c, s in SHARES.items()}
    out = {c: int(x) for c, x in exact.items()}
    by_rest = sorted(SHARES, key=lambda c: out[c] - exact[c])
    for c in by_rest[: n - sum(out.values())]:
        out[c] += 1
    return out


def products(seed: int, n: int) -> list[Product]:
    """Return products whose variants are ``n`` items together, in the order of the shop."""
    rng = np.random.default_rng([seed, 1])
    out: list[Product] = []
    for category, quota in quotas(n).items():
        chosen = _rota([k for k in KINDS if k.category == category], rng)
        left = quota
        seen: dict[str, int] = {}
        while left > 0:
            kind = next(chosen)
            turn = seen.setdefault(kind.name, int(rng.integers(0, 12)))
            seen[kind.name] += 1
            out.append(_product(kind, turn, min(left, _variants(rng)), 1000 + len(out), rng))
            left -= len(out[-1].shades)
    order = rng.permutation(len(out))
    return [out[i] for i in order]


def _rota(kinds: list[Kind], rng: np.random.Generator) -> Iterator[Kind]:
    """Yield kinds for ever, each as often as its share says, evenly spread."""
    due = np.array([rng.random() for _ in kinds])
    share = np.array([k.share for k in kinds])
    while True:
        i = int(np.argmin(due))
        due[i] += 1 / share[i]
        yield kinds[i]


def _variants(rng: np.random.Generator) -> int:
    return int(rng.choice([1, 2, 3, 4], p=[0.66, 0.16, 0.12, 0.06]))


def _product(
    kind: Kind, turn: int, n_colours: int, number: int, rng: np.random.Generator
) -> Product:
    words, cut = kind.cuts[turn % len(kind.cuts)]
    pattern = kind.patterns[(turn * 2 + turn // 3) % len(kind.patterns)]
    stuff = kind.stuffs[(turn + turn // len(kind.cuts)) % len(kind.stuffs)]
    shades = _shades(kind, stuff, n_colours, rng)
    low, high = kind.euros
    step = rng.beta(1.7, 2.6) + (
        0.12 if stuff[0] in ("cashmere", "leather", "silk", "suede") else 0
    )
    euros = low + (high - low) * min(float(step), 1.0)
    gender = kind.genders[int(rng.integers(0, len(kind.genders)))]
    if gender == "kids":
        euros = max(euros * 0.62, 9)
    ending = int(rng.choice([90, 95, 99, 0], p=[0.4, 0.25, 0.2, 0.15]))
    return Product(
        number, kind, words, cut, stuff, pattern, gender, shades, _accents(shades[0], pattern, rng),
        int(euros) * 100 + ending,
    )  # fmt: skip


def _shades(kind: Kind, stuff: Stuff, n: int, rng: np.random.Generator) -> tuple[Shade, ...]:
    if kind.colours == "straw":
        pool = [SHADES[s] for s in ("Sand", "Ecru", "Camel", "Tobacco", "Black")]
    elif stuff[0] == "denim":
        pool = group("denim")
    else:
        pool = group(kind.colours)
    weight = np.linspace(1.5, 0.8, len(pool))
    picks = rng.choice(
        len(pool), size=min(3 * n, len(pool)), replace=False, p=weight / weight.sum()
    )
    out: list[Shade] = []
    for i in picks:
        if len(out) < n and all(pool[i].plain != s.plain for s in out):
            out.append(pool[i])
    return tuple(out)


FRIENDS = {
    "striped": ("White", "Navy", "Ecru", "Burgundy", "Sky", "Forest"),
    "pinstripe": ("Silver Grey", "Ice Blue"),
    "checked": ("Charcoal", "Ecru", "Burgundy", "Forest", "Camel", "Navy"),
    "dotted": ("Off-White", "Black", "Navy"),
    "floral": ("Blush", "Poppy", "Sage", "Lilac", "Mustard", "Sky", "Apricot", "Fuchsia",
        "Emerald", "Off-White", "Cobalt"),
    "animal": ("Tan", "Black"),
    "camouflage": ("Olive", "Espresso", "Sand"),
    "graphic": ("Poppy", "Mustard", "Teal", "Off-White", "Rust", "Cobalt", "Blush"),
}  # fmt: skip
"""Pattern to colours that go on its ground."""


def _accents(ground: Shade, pattern: str, rng: np.random.Generator) -> tuple[Shade, ...]:
    pool = [SHADES[s] for s in FRIENDS.get(pattern, ())]
    if pattern in ("animal", "camouflage"):
        return tuple(pool)
    pool = [pool[i] for i in rng.permutation(len(pool))]
    pool = [s for s in pool if np.abs(np.subtract(s.rgb, ground.rgb)).sum() > 150]
    count = {
        "striped": 3 if rng.random() < 0.16 else 1,
        "floral": 4,
        "graphic": 3,
        "checked": 2,
    }.get(pattern, 1)
    return tuple(pool[:count])


SIZES = {
    "women": ("XS", "S", "M", "L", "XL"), "men": ("S", "M", "L", "XL", "XXL"),
    "kids": ("104", "116", "128", "140", "152"), "unisex": ("One size",),
}  # fmt: skip


def sizes(product: Product, rng: np.random.Generator) -> tuple[Size, ...]:
    """Return the sizes of one variant with what is left of each; few variants are sold out."""
    names = _size_names(product)
    if rng.random() < 0.05:
        return tuple(Size(name=s, stock=0) for s in names)
    stock = rng.poisson(rng.uniform(1.5, 12), len(names))
    if not stock.any():
        stock[len(names) // 2] = 2
    return tuple(Size(name=s, stock=int(v)) for s, v in zip(names, stock, strict=True))


def _size_names(product: Product) -> tuple[str, ...]:
    category, gender = product.kind.category, product.gender
    if category == "shoes":
        low, high = {"men": (40, 46), "kids": (28, 36)}.get(gender, (36, 42))
        return tuple(str(s) for s in range(low, high))
    if category == "bag":
        return ("One size",)
    if category == "hat":
        return ("S/M", "L/XL") if product.kind.name in ("fedora", "flat cap") else ("One size",)
    if category == "pants" and gender != "kids" and "jeans" in product.kind.name:
        low = 29 if gender == "men" else 25
        return tuple(f"W{w}" for w in range(low, low + 8))
    if category in ("dress", "skirt", "blazer") and gender == "women":
        return ("34", "36", "38", "40", "42", "44")
    if category in ("blazer",) and gender == "men":
        return ("46", "48", "50", "52", "54")
    return SIZES[gender]
