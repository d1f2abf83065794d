"""Titles and descriptions as a shop writes them."""

import numpy as np

from fashionm3.sample.assortment import Product
from fashionm3.sample.palette import Shade

BRANDS = {
    "tailored": ("Halden & Rowe", "Maison Orlec", "Fjordmark"),
    "sport": ("Korsa", "Nordlauf", "Tidewell"),
    "street": ("Blank Parade", "Ostkreuz", "Korsa"),
    "soft": ("Maison Orlec", "Petite Lune", "Alma Verde"),
    "plain": ("Tidewell", "Alma Verde", "Fjordmark", "Ostkreuz", "Halden & Rowe"),
    "leather": ("Sellaro", "Brennan & Oak", "Fjordmark"),
}
"""House brands, all invented."""

PATTERN_WORDS = {
    "striped": "striped", "pinstripe": "pinstriped", "checked": "checked", "dotted": "polka-dot",
    "floral": "floral", "animal": "animal-print", "camouflage": "camouflage", "graphic": "printed",
}  # fmt: skip

OPENINGS = {
    "office": "Made for long days at the desk and dinner afterwards.",
    "party": "Made for evenings that run late.",
    "wedding": "A guest's favourite, from the ceremony to the last dance.",
    "beach": "Light enough to dry between two swims.",
    "holiday": "Packs small and looks fresh out of the suitcase.",
    "sport": "Moves when you move.", "gym": "Moves when you move.",
    "outdoor": "Built for weather that can't make up its mind.",
    "rain": "Keeps you dry from the door to the office.",
    "weekend": "The one you reach for on Saturday morning.",
    "date": "Just enough without trying too hard.",
    "formal": "Cut cleanly for the occasions that ask for it.",
    "black tie": "For invitations printed on heavy paper.",
    "concert": "Ready for the front row.", "skiing": "Warm from the first lift to the last run.",
    "layering": "Sits close and stays out of sight.", "evening": "Made for evenings that run late.",
    "everyday": "An everyday piece that goes with what you already own.",
}  # fmt: skip

CARE = {
    "wool": "Wash cold by hand and dry flat.",
    "merino wool": "Wash cold by hand and dry flat.",
    "cashmere": "Wash cold by hand and dry flat.",
    "leather": "Wipe with a damp cloth, feed twice a year.",
    "suede": "Brush when dry; protect before first wear.",
    "silk": "Dry-clean or wash by hand, cold.",
    "satin": "Wash at 30 °C in a bag, iron on the reverse.",
    "linen": "Wash at 40 °C; the creases belong to it.",
    "denim": "Wash inside out at 30 °C; the colour softens with wear.",
    "velvet": "Dry-clean; steam, don't iron.", "tweed": "Dry-clean.",
}  # fmt: skip


def brand(product: Product, rng: np.random.Generator) -> str:
    """Return a house brand that would make such a thing."""
    category, style = product.kind.category, " ".join(product.kind.style)
    if category in ("shoes", "bag") and "trainers" not in style:
        shelf = "leather"
    elif category == "blazer" or "tailored" in style:
        shelf = "tailored"
    elif "sporty" in style or "trainers" in style or "running" in style:
        shelf = "sport"
    elif category in ("blouse", "dress", "top", "skirt"):
        shelf = "soft"
    elif category in ("hoodie", "hat") or product.pattern == "graphic":
        shelf = "street"
    else:
        shelf = "plain"
    return str(rng.choice(BRANDS[shelf]))


def title(product: Product, shade: Shade, house: str) -> str:
    """Return the title; variants of a product differ by the colour alone."""
    words = []
    if product.pattern in PATTERN_WORDS and product.pattern != "graphic":
        words.append(PATTERN_WORDS[product.pattern])
    material = product.stuff[0]
    said = product.kind.name.lower()
    if "piqué" not in said and not any(word in said for word in material.split()):
        words.append(material)
    whose = {"kids": "Kids' ", "men": "Men's "}.get(product.gender, "")
    name = " ".join([*words, product.kind.name])
    name = name[0].upper() + name[1:] if not whose else name
    return f"{house} {whose}{name} – {shade.name}"


def description(product: Product, shade: Shade, house: str, shown: str | None) -> str:
    """Return two to four sentences: what for, what of, how cut, how to care for."""
    kind, material = product.kind, product.stuff[0]
    pattern = (
        f" with {article(PATTERN_WORDS[product.pattern])} pattern"
        if product.pattern in PATTERN_WORDS
        else ""
    )
    if product.pattern == "graphic":
        pattern = f" with a {shown} printed on the front"
    seasons = " and ".join(kind.season) if len(kind.season) < 3 else "the whole year"
    parts = [
        OPENINGS.get(kind.occasion[product.number % len(kind.occasion)], OPENINGS["everyday"]),
        f"{plural(kind.name)} in {shade.name.lower()} {material}{pattern}: {product.words}.",
        f"Good for {seasons}.",
        CARE.get(material, "Wash at 30 °C."),
    ]
    return " ".join(parts)


def article(word: str) -> str:
    """Put ``a`` or ``an`` before a word."""
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def plural(name: str) -> str:
    """Begin a sentence with a kind, with an article unless it is a plural."""
    many = name.endswith(("s", "S")) and not name.endswith("dress")
    said = name if many else article(name)
    return said[0].upper() + said[1:]
