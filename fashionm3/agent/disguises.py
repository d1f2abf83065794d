"""Words in disguise: invisible letters, digits for letters, letters swapped or left out."""

import re
import unicodedata

from rapidfuzz.distance import OSA

_LEET = str.maketrans("01345$@", "oieassa")
_DISGUISED = re.compile(r"[^\W\d_]+[01345@$]+[^\W\d_][\w@$]*|[01345@$](?=[^\W\d_]{3,})[\w@$]*")
_SIZE = re.compile(r"\d+[a-z]{1,3}|\d+(?:yr|year|mm|cm|den|pack)s?", re.IGNORECASE)
_WORDS = """undress undressed naked topless lingerie transparent nipples secretly permission
instructions previous system prompt ignore disregard hidden reveal underage schoolgirl erotic
seductive without clothes picture photo rules your print"""
_TARGETS = tuple(_WORDS.split())
_SHORTEST, _LONG = 4, 9
_LONGEST = 40
_ENDLESS = re.compile(rf"[A-Za-z0-9_]{{{_LONGEST},}}")
_UNSEEN = frozenset({"Cf", "Co", "Cn", "Cs"})
_WORD = re.compile(r"[^\W\d_]{3,}")


def visible(text: str) -> str:
    """Returns a text in plain letters: compatibility forms folded, what nobody sees left out."""
    return unseen_gone(unicodedata.normalize("NFKC", text))


def unseen_gone(text: str) -> str:
    """Returns a text without characters that nobody sees: zero-width, direction, private ones."""
    return "".join(char for char in text if unicodedata.category(char) not in _UNSEEN)


def _short(match: re.Match[str]) -> str:
    return match.group()[:_LONGEST]


def readings(text: str) -> tuple[str, ...]:
    """Returns a text as written, then, where it looks disguised, as it may be meant."""
    plain = _ENDLESS.sub(_short, visible(text))
    meant = _DISGUISED.sub(_letters, plain)
    meant = _WORD.sub(lambda match: _corrected(match.group()), meant)
    return (plain,) if meant == plain else (plain, meant)


def _letters(match: re.Match[str]) -> str:
    word = match.group()
    return word if _SIZE.fullmatch(word) else word.translate(_LEET)


def _corrected(word: str) -> str:
    lower = word.lower()
    if len(lower) < _SHORTEST or lower in _TARGETS:
        return word
    return next((target for target in _TARGETS if _slipped(lower, target)), word)


def _slipped(word: str, target: str) -> bool:
    """Tells whether letters were swapped, doubled or left out; another letter is another word."""
    if word[0] != target[0] or len(target) < _SHORTEST or word in (f"{target}s", _singular(target)):
        return False
    if abs(len(word) - len(target)) > 1 and len(target) < _LONG:
        return False
    same = sorted(word) == sorted(target)
    fewer = len(word) < len(target) and not set(word) - set(target)
    if not (same or fewer):
        return len(target) >= _LONG and OSA.distance(word, target) <= 1
    return OSA.distance(word, target) <= (1 if len(target) < _LONG else 2)


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
