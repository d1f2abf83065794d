"""Splits a message that asks for several actions into its steps, in the order of the words."""

import re

_NEXT = re.compile(
    r"(?:\s*[,;.!]\s*|\s+)(?:(?:and|oh)[\s,]+)*"
    r"(?:(?<!but )(?<!if not )(?<!until )then(?!\s*[,.!?]|\s+and\b)|"
    r"after(?:wards)?\s+(?:that|this|which|those|them|please)|afterwards?|straight\s+after|"
    r"later\s+on|"
    r"once\s+i'?ve\s+(?:seen|got|chosen)\s+(?:those|that|them|it|these)|"
    r"when\s+(?:that'?s|it'?s|you'?ve|you\s+have|you\s+are|you'?re)\s+done(?:\s+that|\s+it)?|"
    r"and\s+also|(?:and\s+)?while\s+you'?re\s+at\s+it|(?:and\s+)?next\s+up|also(?=\s+(?:show|find|"
    r"get|put|swap|change|draw|make)\b)|"
    r"and(?=\s+(?:show|put|let|see|try)\b[^,.;]{0,40}\b(?:on\s+me|on\s+my|me\s+in|me\s+wearing|"
    r"on\s+myself))"
    r")\b[,:]?\s+",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\s*[,;.]\s*(?:and\s+)?(?:second|third|2nd|3rd|secondly|thirdly|lastly|finally)\b[,:]?\s+"
    r"(?!one\b|item\b|option\b|pair\b|piece\b|look\b|of\b)",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"^\W*first(?:ly)?\b[,:]?\s+(?!one\b|item\b|option\b|pair\b|of\b)", re.IGNORECASE
)
_STARTS = re.compile(r"first\s*[!,]\s*(?=then\b)", re.IGNORECASE)


def steps(text: str) -> list[str]:
    """Returns the parts of a message that ask for one action after the other; at least one."""
    text = _STARTS.sub("first, ", text)
    first = _FIRST.match(text)
    parts = [text[first.end() :] if first else text]
    parts = [part for whole in parts for part in _NEXT.split(whole)]
    if first:
        parts = [part for whole in parts for part in _COUNTED.split(whole)]
    return _whole(parts)


def _whole(parts: list[str]) -> list[str]:
    """Joins parts that are too short to ask for anything to the one before."""
    kept: list[str] = []
    for part in parts:
        if kept and len(part.split()) < 2:
            kept[-1] = f"{kept[-1]} {part}"
        else:
            kept.append(part)
    return [part.strip() for part in kept if part.strip()] or [""]


_JOINED = re.compile(
    r"\s(?:and|then|also|plus|next|after\w*|while)\s|[;&+]|[,.]\s(?:oh\s)?(?:and\s)?", re.IGNORECASE
)
_ONLY_SAYS = re.compile(
    r"(?:no|not|without|when|for|i|i'[md]|it|it's|my|that|which|because|but|so|he|she|they|in|"
    r"any)\b",
    re.IGNORECASE,
)


def may_go_on(text: str) -> bool:
    """Tells whether something may be asked for behind some word that joins."""
    tails = (text[match.end() :] for match in _JOINED.finditer(text))
    return any(tail.strip() and not _ONLY_SAYS.match(tail) for tail in tails)


_ASKED = re.compile(
    r"\b(?:show|find|search|swap|change|replace|put|draw|design|sketch|make|build|see|try|"
    r"look for|get|"
    r"do (?:me|us)|dress|give|pick|style|exchange|switch|redo|match|want|need|let|tell|buy|"
    r"bring)\b",
    re.IGNORECASE,
)


def asks(part: str) -> bool:
    """Tells whether a part of a message has a word that asks for something."""
    return _ASKED.search(part) is not None
