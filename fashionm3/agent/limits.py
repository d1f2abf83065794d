"""Price limits said relative to the one before: "double it", "knock another ten off"."""

import re
from collections.abc import Callable

from fashionm3.agent.numbers import digits
from fashionm3.agent.round import Round

_THAT = (
    r"(?:(?:the|that|this|my|our) (?:price |top |total )?(?:limit|budget|price|max(?:imum)?|cap|"
    r"figure|ceiling|top)|it|"
    r"that|"
    r"this)"
)
_N = r"(?:[€£$]\s?)?(\d+(?:\.\d+)?)"
_RULES: tuple[tuple[re.Pattern[str], Callable[[float, float], float]], ...] = (
    (re.compile(rf"\b(?:double|twice) {_THAT}", re.IGNORECASE), lambda limit, n: limit * 2),
    (re.compile(rf"\bhalf (?:of )?{_THAT}", re.IGNORECASE), lambda limit, n: limit / 2),
    (
        re.compile(
            rf"\b(?:knock|take|shave) (?:another |a further )?{_N}(?: \w+)? off(?: {_THAT})?",
            re.IGNORECASE,
        ),
        lambda limit, n: limit - n,
    ),
    (
        re.compile(rf"\b(?:bring|take|get|go) (?:{_THAT} )?down by {_N}", re.IGNORECASE),
        lambda limit, n: limit - n,
    ),
    (
        re.compile(rf"\badd (?:another )?{_N}(?: \w+)? to {_THAT}", re.IGNORECASE),
        lambda limit, n: limit + n,
    ),
    (
        re.compile(rf"\b(?:lower|drop|reduce|cut) {_THAT} by {_N}", re.IGNORECASE),
        lambda limit, n: limit - n,
    ),
    (
        re.compile(rf"\b(?:raise|up|increase|lift) {_THAT} by {_N}", re.IGNORECASE),
        lambda limit, n: limit + n,
    ),
    (
        re.compile(
            rf"\b(?:another )?{_N}(?: \w+)? (?:less|lower|cheaper)(?: (?:than|from) (?:that|before|"
            r"last time|the last \w+))?(?=\s*(?:$|[,.!?]|please|and|then|as (?:the|my|a) limit))",
            re.IGNORECASE,
        ),
        lambda limit, n: limit - n,
    ),
    (
        re.compile(
            rf"\b(?:another )?{_N}(?: \w+)? (?:more|higher)(?: than (?:that|before|last time))?"
            r"(?=\s*(?:$|[,.!?]|please|and|then))",
            re.IGNORECASE,
        ),
        lambda limit, n: limit + n,
    ),
)


def last_limit(round_: Round) -> float | None:
    """Returns the limit of the latest round that had one: of a piece, or of a look."""
    for past in reversed(round_.history):
        args = past.decision.args if past.decision is not None else {}
        for name in ("price_max", "budget_max"):
            if isinstance(args.get(name), int | float):
                return float(args[name])
    return None


def relative(text: str, limit: float | None) -> str:
    """Writes a limit that is relative to the one before as ``up to N``; other words stay."""
    if limit is None:
        return text
    plain = digits(text)
    for pattern, change in _RULES:
        match = pattern.search(plain)
        if match is not None:
            n = float(match.group(1)) if pattern.groups else 0.0
            new = max(0.0, change(limit, n))
            return f"{plain[: match.start()]}up to {new:g}{plain[match.end() :]}"
    return text


_THING = (
    r"(?:it|this|that|these|those|they|now|what|mine|the (?!last|first|limit|budget)\w+|my \w+)"
)
_OF_THING: tuple[tuple[re.Pattern[str], Callable[[float, float], float]], ...] = (
    (
        re.compile(
            rf"{_N}(?: \w+)? (?:less|lower|cheaper|under|"
            rf"below) than {_THING}\b",
            re.IGNORECASE,
        ),
        lambda price, n: price - n,
    ),
    (
        re.compile(
            r"\bhalf (?:of )?(?:it|that|this|as much|price|(?:the|its|that|their|his|her) price)\b",
            re.IGNORECASE,
        ),
        lambda price, n: price / 2,
    ),
    (
        re.compile(
            r"\b(?:(?:the )?same price(?: or (?:less|under|below|lower|cheaper))?|(?:no|"
            r"not) (?:more|dearer|"
            rf"pricier) than {_THING}|for (?:the )?same money)\b",
            re.IGNORECASE,
        ),
        lambda price, n: price,
    ),
)


def of_thing(text: str, price: float | None) -> float | None:
    """Returns a limit that is relative to the price of a thing: "15 less than it costs now".

    Args:
        text: The words, numbers as digits.
        price: What the thing costs, major units.
    """
    for pattern, limit in _OF_THING if price is not None else ():
        match = pattern.search(text)
        if match is not None:
            n = float(match.group(1)) if pattern.groups else 0.0
            return max(0.0, limit(price or 0.0, n))
    return None
