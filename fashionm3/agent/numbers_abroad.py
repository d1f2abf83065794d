"""Number words of German, French, Spanish and Chinese up to 1000 as digits."""

import re
from collections.abc import Callable
from functools import cache

from fashionm3.agent import price_words
from fashionm3.agent.price_words import alternation
from fashionm3.index.lexicon.inflection import fold

_SMALL = {
    "de": """ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn
    fünfzehn sechzehn siebzehn achtzehn neunzehn""",
    "fr": """un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze
    seize dix-sept dix-huit dix-neuf""",
    "es": """uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince
    dieciséis diecisiete dieciocho diecinueve""",
}
"""1 to 19."""

_TENS = {
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "fr": "vingt trente quarante cinquante soixante septante quatre-vingt nonante",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
}
_HUNDREDS = """
ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos
novecientos
"""
_MORE = {
    "de": {"eins": 1, "eine": 1, "einen": 1, "hundert": 100, "tausend": 1000, "fuffzig": 50},
    "fr": {"une": 1, "mille": 1000, "huitante": 80, "quatre vingts": 80},
    "es": {"un": 1, "una": 1, "cien": 100, "mil": 1000},
}
_LONGEST = 5
_FIRST_SURE = 10
_WORD = re.compile(r"[^\W\d_]+")
_GAP = re.compile(r"\s*-\s*|\s+")
_COIN = re.compile(rf"\s*{price_words.MONEY}(?!\w)", re.IGNORECASE)
_NOT_MONEY = re.compile(price_words.NOT_MONEY, re.IGNORECASE)
_LIMITS = "|".join(map(alternation, (price_words.MOST_BEFORE, price_words.LEAST_BEFORE)))
_LIMIT = re.compile(rf"(?<!\w)(?:{_LIMITS})\s*$", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,3})[.\u00a0\u202f](\d{3})(?![\d.,]|\s*(?:g|cm)\b)")
_HAN_ONES = {han: n for n, han in enumerate("零一二三四五六七八九")} | {"两": 2}
_HAN_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_HAN = "[零一二两三四五六七八九十百千万]+"
_HAN_BOUND = rf"(?:{price_words.MONEY}|以[内下上]|之[内下]|左右|上下|封顶)"
_HAN_MONEY = re.compile(
    rf"(?<![第几]){_HAN}(?=[多来]?{_HAN_BOUND})|{_HAN}(?=[到至]{_HAN}(?:{_HAN_BOUND}|之间))|"
    rf"(?<=预算|最多|不到|低于|少于|大概|大约|超过|至少|高于|别超|总价|一共){_HAN}"
    r"(?![件双条个只套年岁号码身顶种款些])"
)


def digits_abroad(text: str, language: str) -> str:
    """Writes number words of another language as digits, where they can be money.

    Numbers below ten only count before a currency: ``deux euros``, but ``les deux``.

    Args:
        text: The words.
        language: ``de``, ``fr``, ``es`` or ``zh``; words of any other stay as they are.
    """
    if language == "zh":
        return _HAN_MONEY.sub(lambda match: str(_han_value(match.group())), text)
    if language not in _SMALL:
        return text
    text = _THOUSANDS.sub(r"\1\2", text)
    words = list(_WORD.finditer(text))
    parts, done, n = [], 0, 0
    while n < len(words):
        length, value = _longest(text, words[n : n + _LONGEST], language)
        if length:
            first, last = words[n], words[n + length - 1]
            if _counts(text, first.start(), last.end(), value):
                parts += [text[done : first.start()], str(value)]
                done = last.end()
        n += max(length, 1)
    return "".join([*parts, text[done:]])


def _longest(text: str, words: list[re.Match[str]], language: str) -> tuple[int, int]:
    """Returns how many words from the first make a number, and the number."""
    known, best, said = _numbers(language), (0, 0), ""
    for n, word in enumerate(words):
        if n and not _GAP.fullmatch(text[words[n - 1].end() : word.start()]):
            break
        said = f"{said} {fold(word.group())}".strip()
        if said in known:
            best = (n + 1, known[said])
    return best


def _counts(text: str, start: int, end: int, value: int) -> bool:
    if _COIN.match(text, end):
        return True
    sure = value >= _FIRST_SURE and not _NOT_MONEY.match(text, end)
    return sure and (value < 1000 or _LIMIT.search(text[:start]) is not None)


@cache
def number_words(language: str) -> frozenset[str]:
    """The single words that numbers of a language consist of, folded."""
    return frozenset(word for way in _numbers(language) for word in way.split())


@cache
def _numbers(language: str) -> dict[str, int]:
    """Every way to say 1 to 1000, folded, with single blanks."""
    small = dict(enumerate(_plain(_SMALL[language]), 1))
    tens = dict(enumerate(_plain(_TENS[language]), 2))
    below = {way: n for n, way in small.items()}
    for ten in tens:
        below |= {way: 10 * ten + n for way, n in _BELOW[language](ten, small, tens)}
    ways = dict(below)
    for k in range(1, 10):
        for hundred in _hundred(k, language, small):
            ways |= {hundred: 100 * k, f"{hundred}s": 100 * k}
            joints = ("", "und") if language == "de" else (" ",)
            ways |= {
                f"{hundred}{by}{way}": 100 * k + n for way, n in below.items() for by in joints
            }
    ways |= _MORE[language]
    ways.pop("ciento", None)  # "por ciento"
    return ways


def _plain(words: str) -> list[str]:
    return [fold(word).replace("-", " ") for word in words.split()]


_Ways = list[tuple[str, int]]


def _german(ten: int, small: dict[int, str], tens: dict[int, str]) -> _Ways:
    return [(tens[ten], 0), *((f"{small[n]}und{tens[ten]}", n) for n in range(1, 10))]


def _french(ten: int, small: dict[int, str], tens: dict[int, str]) -> _Ways:
    ways = [(f"{tens[ten]}{et} {small[n]}", n) for n in range(1, 10) for et in ("", " et")]
    if ten in (7, 9):
        teens = [(small[10 + n], n) for n in range(10)]
        ways += [(f"{tens[ten - 1]}{et} {teen}", n) for teen, n in teens for et in ("", " et")]
    return [(tens[ten], 0), *ways]


def _spanish(ten: int, small: dict[int, str], tens: dict[int, str]) -> _Ways:
    ones = [*((small[n], n) for n in range(1, 10)), ("un", 1), ("una", 1)]
    ways = [(f"{tens[ten]} y {one}", n) for one, n in ones]
    ways += [(f"veinti{one}", n) for one, n in ones if ten == 2]
    return [(tens[ten], 0), *ways]


_BELOW: dict[str, Callable[[int, dict[int, str], dict[int, str]], _Ways]] = {
    "de": _german, "fr": _french, "es": _spanish,
}  # fmt: skip


def _hundred(k: int, language: str, small: dict[int, str]) -> list[str]:
    if language == "es":
        said = _HUNDREDS.split()[k - 1]
        return [said, said.replace("ientos", "ientas")]
    if language == "de":
        return [f"{small[k]}hundert", f"{small[k]} hundert", *(["hundert"] if k == 1 else [])]
    return ["cent"] if k == 1 else [f"{small[k]} cent"]


def _han_value(said: str) -> int:
    """Reads ``三百五十`` and, as it is spoken, ``三百五`` (350) and ``两三百`` (300 at most)."""
    total, part, scale = 0, 0, 1
    for n, sign in enumerate(said):
        if sign not in _HAN_SCALES:
            part = _HAN_ONES[sign]
            continue
        scale = _HAN_SCALES[sign]
        if scale == 10_000:
            total, part = (total + part) * scale, 0
        else:
            total, part = total + (part if part or n else 1) * scale, 0
    tail = said[-1] in _HAN_ONES and len(said) > 1 and said[-2] in _HAN_SCALES
    return total + part * (scale // 10 if tail and scale > 10 else 1)
