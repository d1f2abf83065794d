"""What a kind of garment is: how it may be cut, of what, in which colours, for how much."""

from dataclasses import dataclass

from fashionm3.sample.cuts import Cut

Stuff = tuple[str, str]
"""A material as the shop writes it, and the texture it has."""

COTTON: Stuff = ("cotton", "jersey")
POPLIN: Stuff = ("cotton", "poplin")
LINEN: Stuff = ("linen", "linen")
DENIM: Stuff = ("denim", "denim")
WOOL: Stuff = ("wool", "knit")
MERINO: Stuff = ("merino wool", "knit")
CASHMERE: Stuff = ("cashmere", "wool")
CLOTH: Stuff = ("wool", "wool")
TWEED: Stuff = ("tweed", "tweed")
FLEECE: Stuff = ("fleece", "fleece")
SWEAT: Stuff = ("organic cotton", "sweat")
LEATHER: Stuff = ("leather", "leather")
SUEDE: Stuff = ("suede", "suede")
NYLON: Stuff = ("nylon", "nylon")
SATIN: Stuff = ("satin", "satin")
SILK: Stuff = ("silk", "silk")
VISCOSE: Stuff = ("viscose", "viscose")
CORD: Stuff = ("corduroy", "corduroy")
VELVET: Stuff = ("velvet", "velvet")
TWILL: Stuff = ("cotton twill", "canvas")
CANVAS: Stuff = ("canvas", "canvas")
RIB: Stuff = ("ribbed cotton", "rib")
CREPE: Stuff = ("crepe", "crepe")
TENCEL: Stuff = ("lyocell", "viscose")

WARM, COLD = ("spring", "summer"), ("autumn", "winter")
ALL_YEAR = ("spring", "summer", "autumn", "winter")
MILD = ("spring", "autumn")


@dataclass(frozen=True)
class Kind:
    """A kind of garment.

    Attributes:
        category: The catalogue's category.
        name: The noun of the title.
        cuts: Ways to cut it, each with words that describe it.
        stuffs: Materials.
        colours: A group of the palette.
        euros: Lowest and highest price.
        style: Words for ``style``, the kind first.
        occasion: What it is for.
        season: When it is worn.
        genders: For whom.
        patterns: Patterns it comes in; repeated ones come more often.
        share: How many of its category against the others.
        trim: Of what bands are: same, rib, contrast, dark, pale or a texture's name.
    """

    category: str
    name: str
    cuts: tuple[tuple[str, Cut], ...]
    stuffs: tuple[Stuff, ...]
    colours: str
    euros: tuple[int, int]
    style: tuple[str, ...] = ()
    occasion: tuple[str, ...] = ("everyday",)
    season: tuple[str, ...] = ALL_YEAR
    genders: tuple[str, ...] = ("women", "men")
    patterns: tuple[str, ...] = ("plain",)
    share: float = 1.0
    trim: str = "same"
