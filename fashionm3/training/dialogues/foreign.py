"""Fills placeholders in other languages than English from the lexicon's own table."""

import random

from fashionm3.index.lexicon import Lexicon, tables
from fashionm3.training.dialogues.fillers import Filled
from fashionm3.types import CATEGORIES

_SHARED = 3  # letters that a singular and its plural begin with


class ForeignFillers:
    """Draws colours and garments of one language, with the English labels they stand for.

    Args:
        language: ``de``, ``fr``, ``es`` or ``zh``.
        lexicon: Gives kinds their category and style.
        rng: The only source of chance.
    """

    def __init__(self, language: str, lexicon: Lexicon, rng: random.Random) -> None:
        self._rng = rng
        self._colors: list[tuple[str, str]] = []
        self._kinds: list[tuple[tuple[str, ...], dict[str, str]]] = []
        for spoken, slot, value, names in tables.rows("foreign.tsv"):
            said = tables.listed(names)
            if spoken != language or not said:
                continue
            if slot == "color" and value != "multicolor":
                self._colors.append((said[0], value))
            kind = lexicon.category(value) if slot == "category" else None
            if kind is not None and kind.category in CATEGORIES:
                args = {"category": kind.category, "style": kind.style}
                args |= {key: kind.extra[key] for key in ("material",) if key in kind.extra}
                self._kinds.append((said, {key: text for key, text in args.items() if text}))

    def fill(self, hole: str) -> Filled:
        """Fills ``color``, ``kind``, ``kinds`` or ``size``."""
        if hole == "color":
            name, value = self._rng.choice(self._colors)
            return Filled(name, {"color": value})
        if hole == "size":
            return Filled(self._rng.choice(("S", "M", "L", "38", "40", "42", "44")), {})
        said, args = self._rng.choice(self._kinds)
        name = said[0]
        if hole == "kinds":
            name = next((n for n in said[1:] if n[:_SHARED] == name[:_SHARED]), name)
        return Filled(name, dict(args))
