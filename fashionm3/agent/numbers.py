"""Numbers as digits: number words, slang for money, and small sums in a shopper's words.

A small model reads and copies digits well and reckons badly, so code does the reckoning before the
planner reads the words.
"""

import re

from fashionm3.agent.languages import spoken
from fashionm3.agent.numbers_abroad import digits_abroad
from fashionm3.agent.price_words import MONEY

_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9,
}  # fmt: skip
_TEENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_SMALL = {**_ONES, **_TEENS, **_TENS}
_SCALES = {"hundred": 100, "thousand": 1000, "grand": 1000}
_COUNTS = re.compile(rf"\s*(?:{MONEY}(?!\w)|(?:less|more|cheaper) than\b)", re.IGNORECASE)
_WORD = "|".join(sorted([*_SMALL, *_SCALES], key=len, reverse=True))
_JOIN = r"(?:(?<=hundred)\s+and\s+|(?<=thousand)\s+and\s+|\s*-\s*|\s+)"
_RUN = re.compile(
    rf"\b(?:a\s+(?=hundred|thousand|grand))?(?:{_WORD})(?:{_JOIN}(?:{_WORD})\b)*\b", re.IGNORECASE
)
_COSTS = r"\b(under|over|below|above|than|to|about|around|within|most|spend|max|add)"
_SLANG = (
    (re.compile(r"\b(?:a|one)\s+fiver\b", re.IGNORECASE), "5 quid"),
    (re.compile(r"\b(?:a|one)\s+tenner\b", re.IGNORECASE), "10 quid"),
    (re.compile(r"\ba\s+couple(?:\s+of)?\s+hundred\b", re.IGNORECASE), "200"),
    (re.compile(rf"{_COSTS}\s+a\s+score\b", re.IGNORECASE), r"\1 20 quid"),
    (re.compile(rf"{_COSTS}\s+a\s+pony\b", re.IGNORECASE), r"\1 25 quid"),
    (re.compile(rf"{_COSTS}\s+a\s+ton\b", re.IGNORECASE), r"\1 100 quid"),
    (re.compile(rf"{_COSTS}\s+a\s+monkey\b", re.IGNORECASE), r"\1 500 quid"),
    (re.compile(r"\bhalf\s+a\s+(?:grand|thousand)\b", re.IGNORECASE), "500"),
)
_HUNDREDS = re.compile(r"\b(\d{1,3})\s+(hundred|thousand|grand)\b", re.IGNORECASE)
_DECIMALS = re.compile(r"(?<!sizes )(?<!size )\b(\d{1,5}),(\d{2})\b(?![,.]?\d)")
_THOUSANDS = re.compile(r"\b(\d{1,3}),(\d{3})\b")
_KILO = re.compile(r"\b(\d+(?:\.\d+)?)k\b(?!\s*gold)", re.IGNORECASE)
_AMOUNT = rf"(?:[€£$]\s?)?(\d+(?:\.\d+)?)(?:\s?{MONEY})?"
_SUMS = (
    (
        re.compile(
            rf"(?<!\w){_AMOUNT}\s+(?:less|lower|cheaper|under|below)\s+than\s+{_AMOUNT}(?!\w)", re.I
        ),
        -1,
    ),
    (re.compile(rf"(?<!\w){_AMOUNT}\s+more\s+than\s+{_AMOUNT}(?!\w)", re.I), 1),
)
_PLUS = re.compile(rf"\b(\d+)\s?{MONEY}?\s+(plus|minus|less)\s+(\d+)\b", re.IGNORECASE)
_SHARES = (
    (re.compile(rf"\bhalf\s+(?:of\s+)?{_AMOUNT}(?!\w)", re.IGNORECASE), 0.5),
    (re.compile(rf"\b(?:double|twice)\s+{_AMOUNT}(?!\w)", re.IGNORECASE), 2.0),
    (re.compile(rf"\ba\s+third\s+of\s+{_AMOUNT}(?!\w)", re.IGNORECASE), 1 / 3),
)


def digits(text: str) -> str:
    """Writes the numbers of a text as digits and does its small sums.

    ``ten less than fifty quid`` becomes ``40``; ``the second one`` stays as it is. Number words of
    the lexicon's other languages are read where they can be money.
    """
    text = digits_abroad(text, spoken(text))
    for pattern, plain in _SLANG:
        text = pattern.sub(plain, text)
    text = _THOUSANDS.sub(r"\1\2", text)
    text = _DECIMALS.sub(r"\1.\2", text)
    text = _HUNDREDS.sub(lambda match: str(int(match[1]) * _SCALES[match[2].lower()]), text)
    text = _KILO.sub(lambda match: _plain(float(match.group(1)) * 1000), text)
    text = _RUN.sub(lambda match: _run(match, text), text)
    return _reckon(text)


def _run(match: re.Match[str], text: str) -> str:
    said = match.group()
    words = [word for word in re.split(r"[\s-]+", said.lower()) if word not in ("and", "a")]
    alone = len(words) == 1 and words[0] in _ONES
    if alone and not _COUNTS.match(text, match.end()):
        return said
    if said.lower() == "grand":
        return said
    return str(_value(words))


def _value(words: list[str]) -> int:
    if len(words) > 1 and words[0] in _ONES and words[1] in {**_TEENS, **_TENS}:
        words = [words[0], "hundred", *words[1:]]
    total, part = 0, 0
    for word in words:
        if word in _SCALES:
            part = max(part, 1) * _SCALES[word]
            if _SCALES[word] == 1000:
                total, part = total + part, 0
        else:
            part += _SMALL[word]
    return total + part


def _reckon(text: str) -> str:
    for pattern, sign in _SUMS:
        text = pattern.sub(
            lambda m, s=sign: _plain(float(m.group(2)) + s * float(m.group(1))),  # type: ignore[misc]
            text,
        )
    text = _PLUS.sub(
        lambda m: _plain(float(m[1]) + float(m[3]) * (1 if m[2].lower() == "plus" else -1)), text
    )
    for pattern, share in _SHARES:
        text = pattern.sub(lambda m, k=share: f"{_plain(float(m.group(1)) * k)} quid", text)  # type: ignore[misc]
    return text


def _plain(value: float) -> str:
    return f"{max(value, 0):.2f}".rstrip("0").rstrip(".")
