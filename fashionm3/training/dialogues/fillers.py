"""Fills placeholders: what shoppers say for a value, and the label it stands for."""

import random
from dataclasses import dataclass, field
from typing import Any

from fashionm3.index.lexicon import Kind, Lexicon
from fashionm3.index.lexicon.inflection import article, is_plural, plural, singular
from fashionm3.types import CATEGORIES, COLORS

_WEIGHTS = {
    "t-shirt": 6, "longsleeve": 7, "shirt": 5, "blouse": 2, "polo": 2, "top": 3, "undershirt": 2,
    "hoodie": 3, "blazer": 3, "outerwear": 8, "dress": 7, "bodysuit": 1, "skirt": 4, "pants": 8,
    "shorts": 3, "shoes": 9, "hat": 3,
}  # fmt: skip
_STYLES = """slim|oversized|cropped|casual|vintage|boho|minimalist|smart casual|preppy|sporty|flowy
fitted|relaxed|loose|high-waisted|chunky|sleeveless|dressy|elegant|edgy|classic|retro|baggy|tailored
lightweight|warm|waterproof|stretchy|comfy|formal|long|short|wide|straight|plain|simple|fancy|quirky
smart|modest|plus size|petite|tall|knee-length|ankle-length|v-neck|button-down|padded|quilted|lined
breathable|hooded|backless|one-shoulder|layered|distressed|ribbed|sheer|cosy|preppy|grungy|sleek"""
_FEATURES = """zip|zips|hood|logo|logos|buttons|lace|sequins|heel|heels|pockets|print|prints|collar
belt|fur|glitter|ruffles|frills|holes|rips|elastic|drawstring|studs|embroidery|shoulder pads|fringe
animal print|stripes|slogans|wedge|platform|turtleneck|pleats|laces|buckles|bows|patches"""
_NOT = """cropped|see-through|skin tight|too short|too long|shiny|itchy|low cut|baggy|boxy
sleeveless|skinny|oversized|too bright|high-waisted|floral|striped|checked|sheer|backless
strapless|ripped"""
_AMOUNTS = (
    "{n}", "{n}", "{n}", "£{n}", "${n}", "€{n}", "{n} euros", "{n} pounds", "{n} quid",
    "{n} dollars", "{n} bucks", "{n} eur", "{n}€", "{w}", "{w} quid", "{w} pounds",
    "{w} euros", "{n}.00",
)  # fmt: skip
_SIZES = ("XS", "S", "M", "L", "XL", "XXL", "8", "10", "12", "14", "16", "38", "40", "42", "44")


@dataclass
class Filled:
    """A surface and what it means."""

    surface: str
    args: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Noun:
    """A garment as somebody names it, in its forms, with its labels."""

    singular: str
    plural: str
    with_article: str
    category: str
    style: str = ""
    material: str | None = None
    paired: bool = False

    @classmethod
    def of(cls, kind: Kind, name: str) -> "Noun":
        """Makes the forms of one name of a kind."""
        material = kind.extra.get("material")
        style = "" if kind.style == material else kind.style
        if name == kind.name:
            forms = (kind.singular, kind.plural, kind.with_article)
        elif is_plural(name):
            forms = (singular(name), name, f"a pair of {name}" if kind.paired else f"some {name}")
        else:
            forms = (name, plural(name), article(name))
        return cls(*forms, kind.category, style, material, kind.paired)


def _said(lexicon: Lexicon, slot: Any, value: str) -> list[tuple[str, str]]:  # noqa: ANN401
    """Lists what people say for a value, leaving out phrases with a preposition of their own."""
    if value == "unisex":
        return []
    names = lexicon.surfaces(slot, value)[:14]
    return [(name, value) for name in names if name.split()[0] not in ("at", "to", "for")]


def _choices(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\n", "|").split("|") if part.strip()]


class Fillers:
    """Draws fillers from the lexicon.

    Args:
        lexicon: The shared lexicon of clothes words.
        rng: The only source of chance.
    """

    def __init__(self, lexicon: Lexicon, rng: random.Random) -> None:
        self._lexicon = lexicon
        self._rng = rng
        self._styles, self._features, self._nots = map(_choices, (_STYLES, _FEATURES, _NOT))
        self._kinds: dict[str, list[Kind]] = {c: lexicon.kinds(c) for c in CATEGORIES}
        self._words = {
            slot: [
                names for value in lexicon.values(slot) if (names := _said(lexicon, slot, value))
            ]
            for slot in ("material", "pattern", "occasion", "season", "gender")
        }

    def _common(self, entries: list[Any], head: int = 5) -> Any:  # noqa: ANN401
        """Draws an entry, earlier ones more often: the data list common words first."""
        return self._rng.choices(entries, [1 / (head + n) for n in range(len(entries))])[0]

    def category(self) -> str:
        """Draws one of the 17 categories, popular ones more often."""
        return self._rng.choices(CATEGORIES, [_WEIGHTS[c] for c in CATEGORIES])[0]

    def kind(self, category: str | None = None) -> Noun:
        """Draws a garment noun; the plain name of the category more often than others."""
        wanted = category or self.category()
        kinds = self._kinds.get(wanted) or self._lexicon.kinds(wanted)
        plain = [kind for kind in kinds if not kind.style]
        kind = self._common(plain if plain and self._rng.random() < 0.35 else kinds)
        name = kind.name
        if kind.aliases and self._rng.random() < 0.35:
            name = self._rng.choice(kind.aliases).rstrip("?!")
        return Noun.of(kind, name)

    def plain_kinds(self, category: str) -> list[Noun]:
        """Lists the plain names of a category."""
        kinds = [kind for kind in self._kinds[category] if not kind.style]
        return [Noun.of(kind, kind.name) for kind in kinds or self._kinds[category][:1]]

    def noun(self, hole: str, noun: Noun | None = None) -> Filled:
        """Fills ``kind``, ``kinds`` and ``a_kind``."""
        noun = noun or self.kind()
        shape = hole.rstrip("2")
        surface = {"kind": noun.singular, "kinds": noun.plural}.get(shape, noun.with_article)
        args: dict[str, Any] = {"category": noun.category}
        if noun.style:
            args["style"] = noun.style
        if noun.material:
            args["material"] = noun.material
        return Filled(surface, args)

    def color(self) -> Filled:
        """Fills a colour word; half of them plain."""
        plain = self._rng.choice([c for c in COLORS if c != "multicolor"])
        if self._rng.random() < 0.5:
            return Filled(plain, {"color": plain})
        name = self._rng.choice(self._lexicon.surfaces("color", plain))
        return Filled(name, {"color": plain})

    def word(self, slot: str) -> Filled:
        """Fills a material, pattern, occasion, season or gender with the shopper's words.

        Season and gender are labelled by their plain word, the others by the words themselves.
        """
        names = self._common(self._words[slot])
        surface, value = names[0] if self._rng.random() < 0.5 else self._common(names)
        return Filled(surface, {slot: value if slot in ("season", "gender") else surface})

    def style(self) -> Filled:
        """Fills a style, cut or fit."""
        word = self._rng.choice(self._styles)
        return Filled(word, {"style": word})

    def amount(self, low: int = 8, high: int = 220) -> tuple[str, int]:
        """Fills a price: what is said, and the number."""
        n = self._rng.randint(low, high)
        if self._rng.random() < 0.75:
            n = max(low, round(n / 5) * 5)
        shape = self._rng.choice(_AMOUNTS)
        return shape.format(n=n, w=in_words(n)), n

    def no_go(self) -> Filled:
        """Fills a no-go phrase."""
        rng = self._rng
        draw = rng.random()
        if draw < 0.3:
            word = self.word("material").surface
            shape = rng.choice(
                ["no {}", "no {}", "not {}", "nothing {}", "without {}", "nothing in {}"]
            )
        elif draw < 0.6:
            word = rng.choice(self._features)
            shape = rng.choice(["no {}", "no {}", "without {}", "nothing with {}", "minus the {}"])
        elif draw < 0.8:
            word = rng.choice(self._nots)
            shape = rng.choice(["not {}", "nothing {}", "nothing {}", "please not {}"])
        else:
            word = self.color().surface
            shape = rng.choice(["not {}", "no {}", "nothing {}", "anything but {}"])
        said = shape.format(word)
        plain = (
            "not" if shape.startswith(("not", "please", "anything")) or 0.6 <= draw < 0.8 else "no"
        )
        return Filled(said, {"negatives": [f"{plain} {word}"]})

    def missing(self) -> Filled:
        """Fills the kinds that a look still needs."""
        kinds = [self.kind() for _ in range(self._rng.choice((1, 1, 2)))]
        nouns = [self._rng.choice([kind.plural, kind.with_article]) for kind in kinds]
        categories = list(dict.fromkeys(kind.category for kind in kinds))
        return Filled(" and ".join(nouns), {"missing": categories})

    def owned(self) -> str:
        """Draws words for an own piece, without article."""
        parts = [self.color().surface if self._rng.random() < 0.7 else ""]
        parts.append(self.word("material").surface if self._rng.random() < 0.3 else "")
        parts.append(self.kind().singular)
        return " ".join(part for part in parts if part)

    def taste(self) -> str:
        """Draws something to like or to dislike."""
        slot = self._rng.choice(["color", "material", "pattern", "style", "kind"])
        if slot == "color":
            return self.color().surface
        if slot == "style":
            return self.style().surface
        return self.kind().plural if slot == "kind" else self.word(slot).surface

    def size(self) -> str:
        """Draws a size."""
        return self._rng.choice(_SIZES)


_ONES = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen"""
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety"


def in_words(n: int) -> str:
    """Writes a number below 1,000 in English words."""
    ones, tens = _ONES.split(), _TENS.split()
    if n < 20:
        return ones[n]
    if n < 100:
        return tens[n // 10] + (f"-{ones[n % 10]}" if n % 10 else "")
    rest = f" and {in_words(n % 100)}" if n % 100 else ""
    hundreds = "a" if n // 100 == 1 else ones[n // 100]
    return f"{hundreds} hundred{rest}"
