"""How people type: case, punctuation, apostrophes, slips of the finger."""

import random
import re

_NEIGHBOURS = {
    "a": "qsz", "e": "wrd", "i": "uok", "o": "ipl", "s": "adw", "t": "ryg", "n": "bmh", "r": "etf",
    "l": "kop", "c": "xvd", "d": "sfe", "g": "fht", "h": "gjy", "m": "nk", "p": "ol", "u": "yij",
}  # fmt: skip


def roughen(text: str, rng: random.Random, language: str = "en") -> str:
    """Changes how a sentence is typed, never what it says."""
    if language != "en":
        return _roughened(text, rng, language)
    text = _articles(text)
    draw = rng.random()
    if draw < 0.35:
        text = (
            text.lower() if not re.search(r"\b[A-Z][A-Z0-9-]*\d?\b", text) else _lower_words(text)
        )
    elif draw < 0.6:
        text = text[:1].upper() + text[1:]
    if rng.random() < 0.3:
        text = text.rstrip(".!?")
    if rng.random() < 0.15:
        text = text.replace("'", "")
    if rng.random() < 0.1:
        text = text.replace(",", "")
    if rng.random() < 0.07:
        text = _slip(text, rng)
    return re.sub(r"\s+", " ", text).strip() or "hi"


def _roughened(text: str, rng: random.Random, language: str) -> str:
    if rng.random() < 0.3:
        text = text.rstrip(".!?。！？")
    return text.lower() if language != "zh" and rng.random() < 0.25 else text


def _articles(text: str) -> str:
    text = re.sub(r"\b([Aa]) (?=[aeiouAEIOU](?!ni|u))", r"\1n ", text)
    return re.sub(r"\b([Aa])n (?=[b-df-hj-np-tv-zB-DF-HJ-NP-TV-Z][a-z])", r"\1 ", text)


def _lower_words(text: str) -> str:
    return " ".join(
        word if re.fullmatch(r"[A-Z0-9-]+[,.?!]*", word) and word != "I" else word.lower()
        for word in text.split(" ")
    )


def _slip(text: str, rng: random.Random) -> str:
    spots = [m for m in re.finditer(r"[a-z]{5,}", text)]
    if not spots:
        return text
    word = rng.choice(spots)
    at = rng.randrange(word.start() + 1, word.end() - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if kind == 1:
        return text[:at] + text[at + 1 :]
    if kind == 2:
        return text[:at] + text[at] + text[at:]
    return text[:at] + rng.choice(_NEIGHBOURS.get(text[at], text[at])) + text[at + 1 :]
