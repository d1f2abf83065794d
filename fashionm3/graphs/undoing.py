"""Reads "undo that" and its kin: words that take the round before back."""

import re

_UNDO = re.compile(
    r"\W*(?:(?:no|oops|sorry|wait|ok(?:ay)?|please|pls|actually|hmm|can you|could you|"
    r"i want to)\W+)*"
    r"(?:undo(?: (?:that|it|this|please|the last (?:one|change|step|thing)|my last \w+))?"
    r"|(?:take|put) (?:that|it) back(?: (?:how|the way|as) it was)?(?: before)?"
    r"|(?:put|bring|give me) the (?:old|previous|last|original) (?:\w+ )?\w+ back"
    r"|(?:go|step) back"
    r"(?: (?:one|a)(?: step| round)?| to (?:before|the previous (?:one|step|list)))?"
    r"|back|revert(?: (?:that|it))?|roll (?:that|it) back"
    r"|(?:go )?back to (?:how|what|the way) (?:it|we|i) (?:was|were|had)(?: before)?)"
    r"(?:\W+(?:please|pls|thanks|thx|sorry))*\W*",
    re.IGNORECASE,
)


def takes_back(words: str) -> bool:
    """Tells whether a message does nothing but take the round before back."""
    return _UNDO.fullmatch(words) is not None
