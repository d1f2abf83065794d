"""Words that are refused before any planner reads them.

Narrow on purpose: a shop's ordinary words (nude heels, a sexy dress, kids' swimwear, skin tone,
strip lights) must pass. What is not caught here is still the planner's to refuse.
"""

import re
from collections.abc import Iterable

from fashionm3.agent import refused_abroad as abroad
from fashionm3.agent import refused_words as words
from fashionm3.agent.disguises import readings


def _any(parts: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)


_HARM = _any((*words.NUDITY, *words.MINORS, *words.SECRET, *words.FRAUD, *abroad.HARM))
_CONSENT = _any(words.CONSENT)
_AGREED = _any([words.AGREED])
_MACHINE = _any((*words.MACHINE, *abroad.MACHINE))
_INNOCENT = _any(words.INNOCENT)


def must_refuse(text: str) -> bool:
    """Tells whether the words ask for something that is refused.

    Args:
        text: The shopper's own words; letters in disguise are read as they are meant.
    """
    return any(_harms(read) or _MACHINE.search(read) for read in readings(text))


def harms(text: str) -> bool:
    """Tells whether words ask for harm, whoever wrote them; orders to the machine don't count."""
    return any(_harms(read) for read in readings(text))


def instructs(text: str) -> bool:
    """Tells whether words give orders to the machine."""
    return any(_MACHINE.search(read) is not None for read in readings(text))


def _harms(read: str) -> bool:
    read = _INNOCENT.sub("", read.replace("’", "'"))
    if _HARM.search(read):
        return True
    return _CONSENT.search(read) is not None and not _AGREED.search(read)
