"""Filters as boolean masks over the catalogue's columns, which are read once at open."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from fashionm3.index.fields import (
    MAIN,
    Field,
    Mask,
    read_colors,
    read_field,
    read_numbers,
    read_sizes,
)
from fashionm3.index.lexicon import Lexicon
from fashionm3.index.negatives import Ban, read_negative
from fashionm3.index.tokens import tokenize
from fashionm3.index.words import Words
from fashionm3.types import Value

if TYPE_CHECKING:
    import pyarrow as pa

RELAXED = ("season", "material", "pattern", "color")
"""Filters that are given up when nothing is left, in this order."""

_NAMED = ("category", "color", "pattern", "material", "gender", "season")
_TRACE = 0.2  # share from which a colour breaks "not white"
_SIZES = {
    "extra small": "xs", "x small": "xs", "small": "s", "sm": "s", "medium": "m", "med": "m",
    "large": "l", "lg": "l", "extra large": "xl", "x large": "xl", "xxl": "2xl", "xxxl": "3xl",
    "xx large": "2xl", "xxx large": "3xl", "xxs": "2xs", "onesize": "one size", "os": "one size",
    "o s": "one size", "universal": "one size", "one size fits all": "one size",
}  # fmt: skip


class Filters(Value):
    """What every hit must satisfy.

    Attributes:
        price_min: Minor currency units.
        price_max: Minor currency units.
        negatives: Each ``no ...`` or ``not ...``, a hard limit on data and words.
        in_stock: Leaves out what is known to be sold out.
        exclude: Item ids.
    """

    category: str | None = None
    color: str | None = None
    pattern: str | None = None
    material: str | None = None
    gender: str | None = None
    season: str | None = None
    size: str | None = None
    price_min: int | None = None
    price_max: int | None = None
    negatives: tuple[str, ...] = ()
    in_stock: bool = True
    exclude: tuple[str, ...] = ()


class Columns:
    """The filterable columns of one catalogue.

    Args:
        table: One row an item, columns as the fields of `Item`.
        words: The same items' words.
        lexicon: Gives plain words for the catalogue's and the shopper's.
        row: Item id to its row, None where the catalogue has no such item.
    """

    def __init__(
        self,
        table: "pa.Table",
        words: Words,
        lexicon: Lexicon,
        row: Callable[[str], int | None],
    ) -> None:
        self.n = table.num_rows
        self._words = words
        self._lexicon = lexicon
        self._row = row
        self.fields = {
            name: (read_colors if name == "color" else read_field)(table[name], self._keys_of(name))
            for name in (*_NAMED, "style", "occasion")
        }
        self.sizes: Field = read_sizes(table["sizes"], _size_keys)
        self._price = read_numbers(table["price"])
        self._sold_out = ~np.asarray(table["in_stock"].fill_null(True).to_numpy(), bool)
        self.without = lru_cache(maxsize=256)(self._without)

    def masks(self, filters: Filters) -> tuple[dict[str, Mask], tuple[str, ...]]:
        """Returns a mask ``(n,) bool`` for each filter that is set, and the ignored ones' names.

        A filter on a field that no item has is ignored; otherwise an unknown value fails.
        """
        masks: dict[str, Mask] = {}
        ignored: list[str] = []
        for name, known, mask in self._asked(filters):
            if not self.n or known:
                masks[name] = mask()
            else:
                ignored.append(name)
        if filters.in_stock and self._sold_out.any():
            masks["in_stock"] = ~self._sold_out
        for text in filters.negatives:
            masks[f"negatives:{text}"] = self.without(text)
        rows = [row for row in map(self._row, filters.exclude) if row is not None]
        if rows:
            masks["exclude"] = np.ones(self.n, bool)
            masks["exclude"][rows] = False
        return masks, tuple(ignored)

    def named(self, slot: str, word: str) -> Mask:
        """Tells which rows have a value of a field, as a filter understands it."""
        least = MAIN if slot == "color" else None
        return self.fields[slot].mask(self.keys(slot, word), least)

    def keys(self, slot: str, word: str) -> list[str]:
        """Returns the forms under which a shopper's word is looked up in a field."""
        form = _fold(word)
        if slot == "category":
            return self._category_keys(word)
        plain = self._plain(slot, word) or form
        if slot == "gender" and plain in ("men", "women"):
            return [plain, "unisex"]
        return [plain]

    def _without(self, negative: str) -> Mask:
        """Tells which rows keep a no-go such as ``no leather``; the answer is kept."""
        mask = np.ones(self.n, bool)
        for group in read_negative(negative, self._lexicon):
            broken = np.ones(self.n, bool)
            for ban in group:
                broken &= self._ban_mask(ban)
            mask &= ~broken
        mask.setflags(write=False)
        return mask

    def _asked(self, filters: Filters) -> Iterable[tuple[str, bool, Callable[[], Mask]]]:
        for name in _NAMED:
            word = getattr(filters, name)
            if word and word.strip():
                yield name, self.fields[name].known, partial(self.named, name, word)
        if filters.size and filters.size.strip():
            yield "size", self.sizes.known, lambda: self._has_size(filters)
        priced = bool((self._price >= 0).any())
        if filters.price_min is not None:
            low = max(0, filters.price_min)
            yield "price_min", priced, lambda: self._price >= low
        if filters.price_max is not None:
            high = filters.price_max
            yield "price_max", priced, lambda: (self._price >= 0) & (self._price <= high)

    def _has_size(self, filters: Filters) -> Mask:
        size = plain_size(filters.size or "")
        least = 1.0 if filters.in_stock else 0.0
        return self.sizes.mask((size, "one size"), least) | ~self.sizes.present

    def _ban_mask(self, ban: Ban) -> Mask:
        mask = np.zeros(self.n, bool)
        for phrase in ban.phrases:
            mask |= self._words.mentions(list(phrase))
        if ban.value == "*":
            patterns = self.fields["pattern"]
            mask |= patterns.present & ~patterns.mask(["plain"])
        elif ban.field == "gender":
            mask |= self.fields["gender"].mask([ban.value])
        elif ban.field == "material":
            material = self.fields["material"]
            barred = self.keys("material", ban.value)
            mask |= material.mask([*barred, *_KIN.get(ban.value, ())])
            mask &= ~material.mask([_FAUX.get(ban.value, "-")])
        elif ban.field:
            least = _TRACE if ban.field == "color" else None
            mask |= self.fields[ban.field].mask(self.keys(ban.field, ban.value), least)
        return mask

    def _category_keys(self, word: str) -> list[str]:
        forms = [_fold(word), " ".join(tokenize(word))]
        found = [form for form in forms if self.fields["category"].mask([form]).any()]
        kind = None if found else self._lexicon.category(word)
        return found[:1] or ([_fold(kind.category)] if kind is not None else [])

    def _plain(self, slot: str, word: str) -> str | None:
        reader = getattr(self._lexicon, slot, None)
        value: str | None = reader(word) if reader is not None else None
        return value

    def _keys_of(self, slot: str) -> Callable[[str], Iterable[str]]:
        if slot == "category":
            return lambda value: dict.fromkeys((_fold(value), " ".join(tokenize(value))))
        if slot in ("material", "pattern"):
            return lambda value: self._composed(slot, value)
        return lambda value: (self._plain(slot, value) or _fold(value),)

    def _composed(self, slot: str, value: str) -> list[str]:
        """The plain words in a value ("60 % cotton, 40 % linen"), and its other words."""
        plain = self._plain(slot, value)
        if plain is not None:
            return [plain, *_WIDER.get(plain, ())]
        keys, end = [_fold(value)], 0
        for span in self._lexicon.spans(value, fuzzy=False):
            if span.slot == slot:
                keys += [span.value, *_plain_words(value[end : span.start])]
                end = span.end
        return [*keys, *_plain_words(value[end:])]


_WIDER = {
    "patent leather": ("leather",),
    "crocodile leather": ("leather",),
    "merino": ("wool",),
    "waxed cotton": ("cotton",),
}
"""A material that is also found under a wider name."""

_KIN = {
    "leather": ("suede", "nubuck", "shearling", "snakeskin"),
    "wool": ("cashmere", "mohair", "alpaca", "angora", "tweed", "shearling"),
    "fur": ("shearling",),
}
"""Materials that a no-go means too: who wants no leather wants no suede."""

_FAUX = {"leather": "faux leather", "fur": "faux fur"}


def _plain_words(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", _fold(text)) if not word.isdigit()]


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def plain_size(name: str) -> str:
    """Returns a size as it is compared: ``EU 42`` is 42, ``Medium`` is m."""
    words = " ".join(re.findall(r"[\w./]+", name.casefold().replace("-", " ")))
    words = re.sub(r"^(?:size\s+|(?:eur?|gr\.?)\s*(?=\d))+", "", words)
    return _SIZES.get(words, words)


def _size_keys(name: str) -> tuple[str, ...]:
    plain = plain_size(name)
    return (plain, re.sub(r"^(?:uk|us)\s*(?=\d)", "", plain))


def all_of(masks: Iterable[NDArray[Any]], n: int) -> Mask:
    """Returns where every mask holds, ``(n,) bool``."""
    total = np.ones(n, bool)
    for mask in masks:
        total &= mask
    return total
