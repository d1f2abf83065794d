"""Plain values of the properties that data or words give: colour, pattern, people, seasons."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from fashionm3.index import values
from fashionm3.index.kinds import LANGUAGES
from fashionm3.index.lexicon import Lexicon
from fashionm3.types import SEASONS, ColorShare

_PATTERNS = {
    "front print": "graphic", "placement print": "graphic", "printed": "graphic",
    "melange": "plain", "application/3d": "graphic", "self design": "plain",
}  # fmt: skip


def _inverted(rows: Mapping[str, str]) -> dict[str, str]:
    return {word: plain for plain, words in rows.items() for word in words.split()}


_GENDERS = _inverted({
    "men": "m his him homme hommes hombre hombres uomo herren herr männer männlich maenner "
    "maennlich masculin masculino",
    "women": "f w her hers femme femmes mujer mujeres donna damen dame frauen weiblich féminin "
    "feminin femenino",
    "kids": "kinder kind jungen mädchen maedchen enfant enfants garçon garçons fille filles niño "
    "niños niña niñas bambino bambina bambini baby",
    "unisex": "u unisexe mixte",
})  # fmt: skip
_ABROAD = _GENDERS.keys() - {"kind", "baby", "hers"}
_MATERIALS = _inverted({
    "cotton": "baumwolle coton algodón cotone katoen",
    "wool": "wolle schurwolle laine lana wol",
    "linen": "leinen lin lino linnen",
    "silk": "seide soie seda seta",
    "leather": "leder cuir cuero piel pelle",
    "faux leather": "kunstleder similicuir ecopelle",
    "polyester": "polyestere poliéster poliestere",
    "velvet": "samt velours terciopelo velluto",
    "cashmere": "kaschmir cachemire cachemira",
    "elastane": "elasthan élasthanne elastano",
    "viscose": "viskose viscosa",
    "suede": "wildleder daim ante",
})  # fmt: skip
_PATTERN_STEMS = {
    "gestreift": "striped", "streifen": "striped", "rayé": "striped", "rayures": "striped",
    "rayas": "striped", "kariert": "checked", "karo": "checked", "carreaux": "checked",
    "cuadros": "checked", "gepunktet": "dotted", "punkte": "dotted", "pois": "dotted",
    "lunares": "dotted", "geblümt": "floral", "blumen": "floral", "fleuri": "floral",
    "fleurs": "floral", "flores": "floral", "unifarben": "plain", "einfarbig": "plain",
    "uni": "plain", "liso": "plain", "bedruckt": "graphic", "imprimé": "graphic",
    "estampado": "graphic",
}  # fmt: skip
_SEASON_WORDS = {
    "ss": ("spring", "summer"), "aw": ("autumn", "winter"), "fw": ("autumn", "winter"),
    "hw": ("autumn", "winter"), "fs": ("spring", "summer"), "pe": ("spring", "summer"),
    "ah": ("autumn", "winter"), "frühjahr": ("spring",), "frühling": ("spring",),
    "printemps": ("spring",), "primavera": ("spring",), "sommer": ("summer",), "été": ("summer",),
    "verano": ("summer",), "herbst": ("autumn",), "automne": ("autumn",), "otoño": ("autumn",),
    "fall": ("autumn",), "hiver": ("winter",), "invierno": ("winter",), "spring": ("spring",),
    "summer": ("summer",), "autumn": ("autumn",), "winter": ("winter",),
}  # fmt: skip
_SHARE = re.compile(
    r"(\d{1,3}(?:[.,]\d+)?)\s*%\s*([^\d%,;/+|]+)|([^\d%,;/+|:]+?)[:\s]+(\d{1,3}(?:[.,]\d+)?)\s*%"
)
_ALL_YEAR = {"all", "all season", "all seasons", "all-season", "year round", "all year"}
_KIDS = {
    "kids", "kid", "infant", "toddler", "newborn", "children", "child", "baby", "junior", "kinder",
    "kind", "jugend", "enfant", "enfants", "niños", "bambini", "youth", "infants", "toddlers",
}  # fmt: skip


def shares(names: Iterable[tuple[str, float | None]], lexicon: Lexicon) -> tuple[ColorShare, ...]:
    """Returns plain colours of a shop's own names; unknown names are left out.

    Where no share is given the first colour counts most: the k-th weighs 1/k.
    """
    found: dict[str, float] = {}
    given = False
    for name, share in names:
        for plain in _plain_colors(name, lexicon):
            given = given or share is not None
            weight = 1 / (len(found) + 1) if share is None else share
            found[plain] = found.get(plain, 0.0) + (weight if share is not None else 0.0)
            if share is None and found[plain] == 0.0:
                found[plain] = weight
    total = 1.0 if given else sum(found.values())
    result = [
        ColorShare(name=name, share=round(min(1.0, weight / total), 3))
        for name, weight in found.items()
    ]
    return tuple(sorted(result, key=lambda color: -color.share))


def _plain_colors(name: str, lexicon: Lexicon) -> list[str]:
    plain = lexicon.color(name)
    if plain:
        return [plain]
    for language in LANGUAGES:
        if plain := lexicon.color(name, language):
            return [plain]
    spans = [span.value for span in lexicon.spans(name) if span.slot == "color"]
    found = [lexicon.color(word) for word in re.findall(r"[^\W\d_]+", name)]
    return list(dict.fromkeys(spans or [color for color in found if color]))[:2]


def pattern(word: str, lexicon: Lexicon) -> str | None:
    """Returns the plain pattern of a shop's own word, or None."""
    if not word:
        return None
    return (
        _PATTERNS.get(word.lower())
        or lexicon.pattern(word)
        or next((s.value for s in lexicon.spans(word) if s.slot == "pattern"), None)
        or pattern_abroad(word)
    )


def pattern_abroad(text: str) -> str | None:
    """Returns the pattern that German, French or Spanish words name, or None."""
    found = (_PATTERN_STEMS.get(token) for token in _tokens(text))
    stems = (v for t in _tokens(text) for k, v in _PATTERN_STEMS.items() if _inflected(t, k))
    return next(filter(None, found), None) or next(stems, None)


def _inflected(token: str, stem: str) -> bool:
    return len(stem) > 4 and token.startswith(stem) and len(token) <= len(stem) + 2


def _tokens(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.lower())


def material_abroad(text: str) -> str | None:
    """Returns the material that German, French, Spanish or Italian words name, or None."""
    return next((_MATERIALS[token] for token in _tokens(text) if token in _MATERIALS), None)


def gender_abroad(text: str) -> str | None:
    """Returns whom words of other languages name, single letters left out; None if unclear."""
    return _one({_GENDERS[t] for t in _tokens(text) if len(t) > 3 and t in _ABROAD})


def _one(people: set[str]) -> str | None:
    if "kids" in people:
        return "kids"
    if {"men", "women"} <= people:
        return "unisex"
    return next(iter(sorted(people)), None)


def material(word: str, lexicon: Lexicon) -> str | None:
    """Returns the plain material of a shop's own word; an unknown word is kept as it is.

    Of several with shares the largest counts.
    """
    if not word:
        return None
    word = _main_part(word)
    known = lexicon.material(word) or next(
        (s.value for s in lexicon.spans(word) if s.slot == "material"), None
    )
    known = known or material_abroad(word)
    return known or (word.lower() if len(word) <= 40 else None)


def _main_part(word: str) -> str:
    parts = [(m[0] or m[3], m[1] or m[2]) for m in _SHARE.findall(word)]
    ranked = [(float(share.replace(",", ".")), name.strip()) for share, name in parts]
    return max(ranked, key=lambda part: part[0])[1] if ranked else word


def gender(words: Iterable[str], age: Any, lexicon: Lexicon) -> str | None:  # noqa: ANN401
    """Returns ``men``, ``women``, ``kids`` or ``unisex`` of what the data say, or None."""
    if values.truth(age) or values.word(age).lower() in _KIDS:
        return "kids"
    found = [_spelt(word) or lexicon.gender(word) or _gender_in(word, lexicon) for word in words]
    return "kids" if "kids" in found else next(filter(None, found), None)


def _spelt(word: str) -> str | None:
    """Reads the letters and words that columns of gender hold; letters count only alone."""
    tokens = _tokens(word)
    letters = all(len(token) == 1 for token in tokens)
    return _one({_GENDERS[t] for t in tokens if t in _GENDERS and (letters or len(t) > 1)})


def gender_of_paths(terms: Iterable[str], lexicon: Lexicon) -> str | None:
    """Returns whom the terms of category paths name: ``Men > Shirts``, ``Kids/Boys/Hoodies``."""
    found = (
        lexicon.gender(term) or _gender_in(term, lexicon) or gender_abroad(term) for term in terms
    )
    return _one(set(filter(None, found)))


def _gender_in(word: str, lexicon: Lexicon) -> str | None:
    spans = {span.value for span in lexicon.spans(word) if span.slot == "gender"}
    return spans.pop() if len(spans) == 1 else ("unisex" if {"men", "women"} <= spans else None)


def seasons(words: Iterable[str], lexicon: Lexicon) -> tuple[str, ...]:
    """Returns the seasons that the data name, in the order of the year."""
    found: set[str] = set()
    for word in words:
        if word.lower() in _ALL_YEAR:
            return SEASONS
        spelt = {s for t in _tokens(word.replace("/", "")) for s in _SEASON_WORDS.get(t, ())}
        if spelt and len(word) <= 8:
            found |= spelt
            continue
        found |= {s for t in _tokens(word) for s in _SEASON_WORDS.get(t, ())}
        for part in re.split(r"[/&]|\band\b", word):
            plain = lexicon.season(part.strip())
            found |= {plain} if plain else _seasons_in(part, lexicon)
    return tuple(season for season in SEASONS if season in found)


def _seasons_in(text: str, lexicon: Lexicon) -> set[str]:
    return {span.value for span in lexicon.spans(text) if span.slot == "season"}
