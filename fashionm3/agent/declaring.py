"""Keeps only notes that the words declare: a model hears declarations where there are none."""

import re

_CUES = {
    "likes": r"\b(?:like|likes|love|loves|adore|into|fan of|prefer|fond|favou?rite|obsessed|crazy about|"
    r"mad about|keen on|always (?:wear|go for)|live in|suits? me|weakness for|partial to|all about|"
    r"happy|my thing|enjoy)\b",
    "dislikes": r"\b(?:hate|hates|dislike|don'?t (?:like|wear|do|want|fancy)|do not (?:like|wear|do)|"
    r"never|can'?t (?:stand|bear|wear|do|abide)|cannot|not (?:a fan|keen|into|my|for me)|allergic|"
    r"allergy|itch\w*|no more|sick of|detest|loathe|awful in|look (?:ill|terrible|awful|dead|pale)|"
    r"avoid|vegan|won'?t wear|wouldn'?t wear|despise|refuse|off the menu|no thanks to|"
    r"makes? me|not wearing)\b",
    "owns": r"\b(?:own|owns|have|has|had|got|'?ve|bought|my|mine|already|wardrobe|at home|inherited|"
    r"thrifted|gave me|given)\b",
    "size": r"\b(?:size|sized|i'?m an?|i am an?|wear an?|wear|take|takes|feet|foot|waist|usually|"
    r"normally|always|fits?|uk|eu|us|in (?:shoes|trousers|jeans|dresses|tops|coats))\b|\b\d+\b|"
    r"\b(?:xs|s|m|l|xl|xxl|small|medium|large)\b",
    "budget": r"\d",
    "lift": r"\b(?:forget|lift|drop|ignore|scrap|no (?:more )?(?:budget|limit)|remove|never ?mind|"
    r"doesn'?t matter|sky'?s|whatever|off|gone|increase)\b",
    "forget": r"\b(?:ok|okay|fine|again|forget|changed my mind|don'?t mind|come round|like|after all|"
    r"allowed|scrap|anymore|any more|no longer|not true|sold|gave away|back)\b",
}
_DECLARED_BUDGET = re.compile(
    r"\b(?:budget|never|always|in total|altogether|overall|everything|for good|from now on|"
    r"remember|generally|ever|all in|limit is|my limit|max(?:imum)? for|whole thing|stick to|per)\b",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[a-z]{3,}|\d+|\b(?:xs|s|m|l|xl|xxl)\b", re.IGNORECASE)


def supported(notes: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Returns the notes that the words declare.

    A note stays when its first word has a cue in the words and the rest of it was said.
    """
    return tuple(dict.fromkeys(note for note in notes if _declared(note, text)))


def _declared(note: str, text: str) -> bool:
    head, _, rest = note.strip().partition(" ")
    cue = _CUES.get(head.lower())
    if cue is None or not rest.strip():
        return False
    if not re.search(cue, text, re.IGNORECASE):
        return False
    if head == "budget" and not _DECLARED_BUDGET.search(text):
        return False
    return head == "lift" or _said(rest, text.lower(), head)


def _said(rest: str, text: str, head: str) -> bool:
    parts = _PLAIN.findall(rest.lower())
    heard = [part for part in parts if (part[:4] if len(part) > 3 else part) in text]
    needed = 1 if head == "size" else max(1, len(parts) - 1)
    return len(heard) >= needed
