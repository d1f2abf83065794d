"""A rule engine that judges looks: colour harmony, formality, season, occasion, shape.

Each rule is a pure function of the pieces and says where it comes from. The engine averages them
by weight. It knows words and measured colours only; nothing is learned here.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations
from statistics import fmean

from fashionm3.index.outfits import Score
from fashionm3.types import Item

NEUTRALS = frozenset({"black", "white", "grey", "beige", "navy", "brown"})
_WHEEL = {
    "red": 0,
    "orange": 30,
    "yellow": 60,
    "green": 130,
    "blue": 220,
    "purple": 280,
    "pink": 330,
}
_FORMAL = {
    "hoodie": 0.05, "t-shirt": 0.15, "undershirt": 0.1, "shorts": 0.15, "hat": 0.2, "polo": 0.35,
    "longsleeve": 0.3, "top": 0.4, "bodysuit": 0.35, "pants": 0.45, "skirt": 0.5, "outerwear": 0.45,
    "shirt": 0.6, "blouse": 0.65, "dress": 0.6, "shoes": 0.45, "blazer": 0.85, "bag": 0.5,
}  # fmt: skip
_FORMAL_WORDS = {
    "formal": 0.9, "tailored": 0.85, "suit": 0.9, "oxford": 0.8, "brogues": 0.8, "heels": 0.8,
    "pumps": 0.8, "pencil": 0.75, "chinos": 0.55, "loafers": 0.65, "chelsea": 0.6, "elegant": 0.8,
    "silk": 0.75, "satin": 0.75, "jeans": 0.25, "denim": 0.25, "joggers": 0.05, "sweatpants": 0.05,
    "trainers": 0.15, "sneakers": 0.15, "cargo": 0.15, "flip": 0.05, "sandals": 0.3, "cap": 0.1,
    "beanie": 0.15, "fedora": 0.55, "trench": 0.65, "puffer": 0.25, "parka": 0.25, "bomber": 0.25,
    "sporty": 0.1, "casual": 0.25, "evening": 0.9, "office": 0.65, "wedding": 0.85, "party": 0.65,
    "tuxedo": 0.95, "gown": 0.95, "court": 0.8, "waistcoat": 0.8, "date": 0.6, "everyday": 0.35,
    "weekend": 0.25, "concert": 0.25, "holiday": 0.25, "beach": 0.15, "outdoor": 0.15, "rain": 0.15,
    "sport": 0.1, "gym": 0.05, "running": 0.05, "skiing": 0.1, "leggings": 0.1, "slides": 0.05,
    "wellington": 0.1, "fleece": 0.1, "graphic": 0.1, "camouflage": 0.1, "flannel": 0.25,
    "biker": 0.3, "bandeau": 0.2, "halter": 0.4, "sweatshirt": 0.1, "henley": 0.25,
}  # fmt: skip
_MOST_FORMAL = {"shorts": 0.35, "t-shirt": 0.35, "undershirt": 0.2, "hoodie": 0.25, "polo": 0.55}
_CLO = {
    "t-shirt": 0.1, "undershirt": 0.05, "top": 0.1, "shorts": 0.06, "polo": 0.17, "blouse": 0.15,
    "bodysuit": 0.1, "shirt": 0.25, "longsleeve": 0.3, "hoodie": 0.4, "blazer": 0.4, "skirt": 0.2,
    "pants": 0.25, "dress": 0.3, "outerwear": 0.6, "shoes": 0.05, "hat": 0.05,
}  # fmt: skip
_CLO_WORDS = {
    "wool": 0.25, "fleece": 0.25, "puffer": 0.3, "parka": 0.3, "down": 0.3, "cashmere": 0.25,
    "linen": -0.1, "sleeveless": -0.08, "sandals": -0.03, "boots": 0.05, "mini": -0.08,
    "knit": 0.1, "corduroy": 0.1, "shearling": 0.3, "quilted": 0.2, "beanie": 0.05, "straw": -0.03,
    "tweed": 0.25, "merino": 0.2, "velvet": 0.15, "flannel": 0.1, "thermal": 0.2, "cropped": -0.08,
    "strapless": -0.1, "halter": -0.1, "bandeau": -0.1, "slides": -0.05,
}  # fmt: skip
_LOOSE = frozenset({"oversized", "wide", "baggy", "relaxed", "loose", "a-line", "flared", "boxy"})
_CLOSE = frozenset(
    {"slim", "skinny", "fitted", "bodycon", "pencil", "tight", "cropped", "straight"}
)
_DRESSY = frozenset(
    {"wedding", "formal", "evening", "tie", "interview", "funeral", "graduation", "christening"}
)
_BUSINESS = frozenset({"office", "work", "business"})
_LOUD = frozenset({"animal", "camouflage", "graphic"})
_SPORTY = frozenset({"shorts", "hoodie", "undershirt"})


def _words(item: Item) -> frozenset[str]:
    return _split(item.title, item.style, item.material or "", item.occasion)


@lru_cache(maxsize=8192)
def _split(
    title: str, style: tuple[str, ...], material: str, occasion: tuple[str, ...]
) -> frozenset[str]:
    text = " ".join([title, *style, material, *occasion])
    return frozenset(text.lower().replace("-", " ").split()) | frozenset(style)


def color_harmony(items: Sequence[Item]) -> tuple[float, str]:
    """Hues near each other or opposite, beside neutrals, at most three of them.

    Source: hue templates of Matsuda as used by Cohen-Or et al., *Color Harmonization*, SIGGRAPH
    2006; neutrals as ground from J. Itten, *The Art of Color*, 1961.
    """
    colors = [item.main_color for item in items if item.main_color]
    hues = sorted({color for color in colors if color in _WHEEL})
    if len(colors) < 2:
        return 0.6, ""
    if "multicolor" in colors:
        calm = all(c in NEUTRALS for c in colors if c != "multicolor")
        return (0.8, "the colourful piece has calm ones around it") if calm else (0.35, "")
    names = list(dict.fromkeys(colors))
    if not hues:
        joined = " and ".join(names[:3])
        return (0.85, f"{joined} are neutrals that go together") if len(names) > 1 else (0.7, "")
    if len(hues) == 1:
        if len(names) == 1:
            return 0.55, f"everything is {hues[0]}"
        if _only_shoes_speak(items, hues[0]):
            return 0.7, ""
        return 0.95, f"{hues[0]} is the one accent beside neutrals"
    return _hues(hues)


def _only_shoes_speak(items: Sequence[Item], hue: str) -> bool:
    """Tells whether smart clothes stand on shoes of the only bright colour (Flusser, 2002)."""
    bright = {item.category for item in items if item.main_color == hue}
    return bright == {"shoes"} and fmean(formality(item) for item in items) > 0.5


def _hues(hues: list[str]) -> tuple[float, str]:
    gaps = [abs(_WHEEL[a] - _WHEEL[b]) for a, b in combinations(hues, 2)]
    gaps = [min(gap, 360 - gap) for gap in gaps]
    pair = f"{hues[0]} and {hues[1]}"
    if len(hues) > 2:
        return 0.25, ""
    if gaps[0] <= 60:
        return 0.75, f"{pair} lie side by side on the colour wheel"
    if gaps[0] >= 150:
        return 0.65, f"{pair} are opposites that set each other off"
    return 0.35, ""


def formality(item: Item) -> float:
    """Returns how formal a piece is, 0 (sport) to 1 (evening)."""
    return _level(item.category, _words(item))


@lru_cache(maxsize=8192)
def _level(category: str, words: frozenset[str]) -> float:
    base = _FORMAL.get(category, 0.45)
    said = [value for word, value in _FORMAL_WORDS.items() if word in words]
    level = fmean([base, *said, *said]) if said else base
    return min(level, _MOST_FORMAL.get(category, 1.0))


def one_formality(items: Sequence[Item]) -> tuple[float, str]:
    """Pieces of one look share a level of formality.

    Source: A. Flusser, *Dressing the Man*, 2002, on keeping one level of dress.
    """
    levels = [formality(item) for item in items]
    spread = max(levels) - min(levels)
    value = max(0.0, 1.0 - 1.4 * max(0.0, spread - 0.15))
    if value < 0.8:
        return value, ""
    mean = fmean(levels)
    word = "casual" if mean < 0.38 else "smart" if mean > 0.6 else "smart-casual"
    return value, f"all pieces are {word}"


def warmth(item: Item) -> float:
    """Returns the insulation of a piece in clo, a rough value by kind and fabric.

    Source: ISO 9920, tables of garment insulation.
    """
    return _insulation(item.category, _words(item))


@lru_cache(maxsize=8192)
def _insulation(category: str, words: frozenset[str]) -> float:
    return _CLO.get(category, 0.1) + sum(v for w, v in _CLO_WORDS.items() if w in words)


def season_fit(item: Item, season: str) -> float:
    """Returns how well a piece fits a season, 0 to 1: by what the shop names, then by its fabric.

    Source: ISO 9920 for the fabrics, between the summer (0.5 clo) and winter (1.0 clo) ensembles
    of ISO 7730.
    """
    named = item.season
    if named and season not in named:
        return 0.05
    base = 1.0 if named and len(named) <= 3 else 0.75 if named else 0.6
    fabric = sum(value for word, value in _CLO_WORDS.items() if word in _words(item))
    leaning = {"winter": 1.0, "autumn": 0.5, "summer": -1.5}.get(season, 0.0)
    return min(1.0, max(0.1, base + leaning * max(-0.3, min(0.3, fabric))))


def one_season(items: Sequence[Item]) -> tuple[float, str]:
    """Pieces share a season where they name one; otherwise their warmth must not clash.

    Source: ISO 9920, on insulation worn together.
    """
    clos = [warmth(item) for item in items if item.category not in ("shoes", "hat", "bag")]
    clash = bool(clos) and max(clos) > 0.75 and min(clos) < 0.04
    if clash:
        return 0.2, ""
    named = [set(item.season) for item in items if item.season]
    if len(named) < 2:
        return 0.6, ""
    shared = set.intersection(*named)
    if not shared:
        pairs = [bool(a & b) for a, b in combinations(named, 2)]
        return 0.5 * fmean(pairs), ""
    if len(shared) <= 2:
        return 0.95, f"every piece is made for {' and '.join(sorted(shared))}"
    return 0.9, ""


def one_occasion(items: Sequence[Item]) -> tuple[float, str]:
    """Pieces that name occasions share one: a dinner jacket has no business on the beach.

    Source: P. Post and others, *Emily Post's Etiquette*, 18th ed. 2011, on attire by occasion.
    """
    named = [set(item.occasion) for item in items if item.occasion]
    if len(named) < 2:
        return 0.6, ""
    shared = set.intersection(*named)
    if shared:
        text = " and ".join(sorted(shared)[:2]).replace("everyday", "every day")
        return 1.0, f"the shop recommends every piece for {text}"
    return 0.8 * fmean(bool(a & b) for a, b in combinations(named, 2)), ""


def etiquette(item: Item, occasion: str) -> float:
    """Returns what is left of a piece's fitness after the customs of an occasion, 0 to 1.

    Source: *Emily Post's Etiquette*, 18th ed. 2011, on attire: guests leave white to the bride,
    mourners wear dark colours, dressy and business occasions have no shorts, sportswear or loud
    prints.
    """
    words = frozenset(occasion.lower().replace("-", " ").split())
    if not words & (_DRESSY | _BUSINESS):
        return 1.0
    left = 1.0
    if item.pattern in _LOUD or item.category in _SPORTY or {"gym", "beach"} & set(item.occasion):
        left *= 0.4
    if formality(item) < 0.3:
        left *= 0.7
    if words & _DRESSY and (item.material == "denim" or formality(item) < 0.4):
        left *= 0.5
    if "wedding" in words and item.category == "dress" and item.main_color == "white":
        left *= 0.3
    if "funeral" in words and item.main_color not in (None, "black", "navy", "grey"):
        left *= 0.5 if item.main_color in NEUTRALS and item.category in ("shoes", "shirt") else 0.3
    return left


def silhouette(items: Sequence[Item]) -> tuple[float, str]:
    """One loose piece beside a close one; two loose ones, or two jackets, lose the shape.

    Source: M. L. Davis, *Visual Design in Dress*, 1996, on balance of volume.
    """
    body = [item for item in items if item.category not in ("shoes", "hat", "bag")]
    loose = [item for item in body if _words(item) & _LOOSE]
    close = [item for item in body if _words(item) & _CLOSE]
    if any("cardigan" in _words(i) for i in body) and any(i.category == "blazer" for i in body):
        return 0.2, ""
    if loose and close and len(loose) == 1:
        return 1.0, f"the {loose[0].category} is loose, the {close[0].category} close to the body"
    if len(loose) > 1 or len(close) > 2:
        return 0.45, ""
    return 0.7, ""


def one_pattern(items: Sequence[Item]) -> tuple[float, str]:
    """At most one patterned piece speaks; the others are plain.

    Source: A. Flusser, *Dressing the Man*, 2002, on mixing patterns.
    """
    loud = [item for item in items if item.pattern and item.pattern != "plain"]
    if len(loud) > 1:
        return max(0.1, 0.55 - 0.25 * (len(loud) - 2)), ""
    if len(loud) == 1 and len(items) > 1:
        return 0.9, f"only the {loud[0].category} has a pattern"
    return 0.8, ""


RULES = {
    "color": (color_harmony, 0.30),
    "formality": (one_formality, 0.23),
    "season": (one_season, 0.15),
    "occasion": (one_occasion, 0.14),
    "silhouette": (silhouette, 0.08),
    "pattern": (one_pattern, 0.10),
}
"""Name to rule and weight; the weights add up to 1."""


class RuleScorer:
    """The rule engine as an `OutfitScorer`."""

    id = "rules-2"

    def score(self, items: Sequence[Item]) -> Score:
        """Scores the pieces of one look by weighted rules."""
        if len(items) < 2:
            return Score(value=0.5)
        found = {name: rule(items) for name, (rule, _) in RULES.items()}
        value = sum(RULES[name][1] * part for name, (part, _) in found.items())
        said = sorted(found.items(), key=lambda pair: -pair[1][0] * RULES[pair[0]][1])
        reasons = tuple(reason for _, (part, reason) in said if reason and part >= 0.6)
        parts = {name: round(part, 4) for name, (part, _) in found.items()}
        return Score(value=round(value, 6), parts=parts, reasons=reasons[:2])
