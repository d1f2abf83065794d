"""Colours as the shop names them, with the plain word and the RGB of each."""

from dataclasses import dataclass

import numpy as np

from fashionm3.sample.easel import RGB


@dataclass(frozen=True)
class Shade:
    """A shop colour.

    Attributes:
        name: As the shop writes it.
        plain: One of `fashionm3.types.COLORS`.
        rgb: 0 to 255.
    """

    name: str
    plain: str
    rgb: RGB


SHADES = {
    s.name: s
    for s in (
        Shade("Black", "black", (31, 31, 34)), Shade("Jet", "black", (25, 25, 27)),
        Shade("Ink Black", "black", (35, 36, 42)),
        Shade("White", "white", (243, 243, 242)), Shade("Chalk", "white", (240, 238, 232)),
        Shade("Off-White", "white", (242, 239, 230)),
        Shade("Grey Marl", "grey", (168, 170, 174)), Shade("Charcoal", "grey", (78, 80, 86)),
        Shade("Silver Grey", "grey", (196, 198, 202)), Shade("Slate", "grey", (108, 114, 122)),
        Shade("Ecru", "beige", (231, 221, 199)), Shade("Sand", "beige", (214, 196, 162)),
        Shade("Oat", "beige", (222, 208, 184)), Shade("Camel", "beige", (198, 160, 112)),
        Shade("Stone", "beige", (205, 196, 178)),
        Shade("Chocolate", "brown", (84, 56, 42)), Shade("Tan", "brown", (162, 108, 66)),
        Shade("Cognac", "brown", (150, 84, 44)), Shade("Tobacco", "brown", (120, 84, 54)),
        Shade("Espresso", "brown", (66, 46, 38)),
        Shade("Poppy", "red", (206, 48, 44)), Shade("Burgundy", "red", (112, 28, 42)),
        Shade("Cherry", "red", (176, 30, 48)), Shade("Brick", "red", (168, 62, 48)),
        Shade("Rust", "orange", (190, 92, 44)), Shade("Tangerine", "orange", (238, 124, 46)),
        Shade("Apricot", "orange", (244, 172, 112)), Shade("Burnt Orange", "orange", (206, 96, 34)),
        Shade("Mustard", "yellow", (214, 166, 52)), Shade("Lemon", "yellow", (246, 224, 110)),
        Shade("Butter", "yellow", (248, 234, 172)), Shade("Saffron", "yellow", (240, 184, 44)),
        Shade("Olive", "green", (104, 106, 66)), Shade("Sage", "green", (164, 178, 148)),
        Shade("Bottle Green", "green", (28, 72, 56)), Shade("Emerald", "green", (24, 126, 92)),
        Shade("Khaki", "green", (132, 126, 90)), Shade("Mint", "green", (178, 220, 198)),
        Shade("Forest", "green", (46, 78, 54)),
        Shade("Sky", "blue", (164, 200, 230)), Shade("Cobalt", "blue", (38, 80, 176)),
        Shade("Mid Blue", "blue", (84, 120, 164)), Shade("Teal", "blue", (30, 108, 124)),
        Shade("Ice Blue", "blue", (200, 220, 234)), Shade("Petrol", "blue", (32, 80, 98)),
        Shade("Light Wash", "blue", (148, 178, 208)), Shade("Mid Wash", "blue", (86, 118, 158)),
        Shade("Navy", "navy", (34, 44, 78)), Shade("Midnight", "navy", (26, 34, 60)),
        Shade("Dark Indigo", "navy", (42, 54, 86)),
        Shade("Lilac", "purple", (194, 172, 220)), Shade("Aubergine", "purple", (78, 40, 74)),
        Shade("Violet", "purple", (116, 80, 168)), Shade("Plum", "purple", (108, 52, 96)),
        Shade("Blush", "pink", (240, 204, 202)), Shade("Fuchsia", "pink", (214, 44, 126)),
        Shade("Dusty Pink", "pink", (214, 158, 162)), Shade("Bubblegum", "pink", (244, 150, 184)),
    )
}  # fmt: skip
"""Shop name to shade."""

GROUPS: dict[str, tuple[str, ...]] = {
    "basic": ("Black", "White", "Charcoal", "Navy", "Chalk", "Grey Marl", "Ecru", "Olive", "Sage",
        "Sky", "Burgundy", "Sand", "Dusty Pink", "Mustard", "Rust", "Cobalt", "Lilac", "Plum",
        "Petrol"),
    "bright": ("Poppy", "Cobalt", "Emerald", "Fuchsia", "Tangerine", "Saffron", "Violet", "Lemon",
        "Teal", "Bubblegum", "Cherry", "Black", "White", "Burnt Orange"),
    "soft": ("Blush", "Sage", "Lilac", "Butter", "Ice Blue", "Mint", "Apricot", "Ecru", "Oat",
        "White", "Lemon", "Dusty Pink", "Sky", "Off-White"),
    "knit": ("Oat", "Camel", "Charcoal", "Navy", "Burgundy", "Forest", "Grey Marl", "Ecru",
        "Mustard", "Dusty Pink", "Black", "Teal", "Rust", "Plum", "Chalk", "Lilac",
        "Bottle Green"),
    "tailored": ("Navy", "Charcoal", "Black", "Sand", "Camel", "Olive", "Burgundy", "Slate",
        "Stone", "Midnight", "Chocolate", "Bottle Green", "Aubergine", "Petrol"),
    "coat": ("Camel", "Black", "Navy", "Charcoal", "Olive", "Sand", "Burgundy", "Forest",
        "Chocolate", "Stone", "Dusty Pink", "Mustard", "Bottle Green", "Cobalt", "Oat"),
    "sport": ("Black", "Navy", "Grey Marl", "Cobalt", "Poppy", "Forest", "Tangerine", "Olive",
        "White", "Violet", "Teal", "Saffron"),
    "denim": ("Mid Wash", "Light Wash", "Dark Indigo", "Black", "Ecru", "Mid Blue"),
    "leather": ("Black", "Cognac", "Espresso", "Tan", "Burgundy", "Chocolate", "Off-White",
        "Forest", "Navy", "Stone"),
    "shoe": ("Black", "White", "Tan", "Navy", "Cognac", "Silver Grey", "Burgundy", "Olive",
        "Sand", "Blush", "Poppy", "Cobalt", "Espresso", "Off-White", "Fuchsia", "Emerald"),
    "shirt": ("White", "Ice Blue", "Sky", "Navy", "Black", "Blush", "Sage", "Ecru", "Khaki",
        "Burgundy", "Lilac", "Mid Blue"),
    "earth": ("Sand", "Olive", "Khaki", "Rust", "Tobacco", "Stone", "Camel", "Chocolate", "Navy",
        "Black", "Sage", "Brick"),
}  # fmt: skip
"""What a kind of garment comes in: shop names, the most common first."""


def group(name: str) -> list[Shade]:
    """Return the shades that a kind of garment comes in."""
    return [SHADES[word] for word in GROUPS[name]]


def lighter(rgb: RGB, by: float) -> RGB:
    """Mix a colour with white (positive) or black (negative)."""
    to = 255.0 if by > 0 else 0.0
    r, g, b = (c + (to - c) * abs(by) for c in rgb)
    return r, g, b


def contrast(rgb: RGB) -> RGB:
    """Return a thread colour that can be seen on a cloth."""
    return lighter(rgb, 0.3) if np.mean(rgb) < 150 else lighter(rgb, -0.28)
