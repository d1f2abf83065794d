"""Keeps the notes that the words declare: a model hears some where there are none, and misses some.

Plain declarations ("I hate beige", "I'm a 42 in shoes") are read by code too.
"""

import re
from collections.abc import Iterable

from fashionm3.agent.round import Call
from fashionm3.index.lexicon import Lexicon, Span

_CUES = {
    "likes": r"\b(?:like|likes|love|loves|adore|into|fan of|prefer|fond|favou?rite|obsessed|"
    r"crazy about|"
    r"mad about|keen on|always (?:wear|go for)|live in|suits? me|weakness for|partial to|all about|"
    r"happy|happiest|my thing|enjoy|loving|liking|best|any day|for ?ever|4ever|every day|all day|"
    r"live for|"
    r"die for|can'?t get enough|swear by|big on)\b",
    "dislikes": r"\b(?:hate|hates|dislike|don'?t (?:like|wear|do|want|fancy)|do not (?:like|wear|"
    r"do)|"
    r"never|can'?t (?:stand|bear|wear|do|abide)|cannot|not (?:a fan|keen|into|my|for me)|allergic|"
    r"allergy|itch\w*|no more|sick of|detest|loathe|awful in|look (?:ill|terrible|awful|dead|pale)|"
    r"avoid|vegan|won'?t wear|wouldn'?t wear|despise|refuse|off the menu|no thanks to|"
    r"makes? me|not wearing|no|not|nothing|over|bored|done with|isn'?t|aren'?t|steer clear|"
    r"scratch\w*|"
    r"can'?t|won'?t|wouldn'?t|fed up|enough of|annoys?|drains?|bin|ban|ugly|horrible|yuck)\b",
    "owns": r"\b(?:own|owns|have|has|had|got|'?ve|bought|my|mine|already|wardrobe|at home|"
    r"inherited|"
    r"thrifted|gave me|given)\b",
    "size": r"\b(?:size|sized|i'?m an?|i am an?|wear an?|wear|take|takes|feet|foot|waist|usually|"
    r"normally|always|fits?|uk|eu|us|in (?:shoes|trousers|jeans|dresses|tops|coats))\b|\b\d+\b|"
    r"\b(?:xs|s|m|l|xl|xxl|small|medium|large)\b",
    "budget": r"\d",
    "lift": r"\b(?:forget|lift|drop|ignore|scrap|no (?:more )?(?:budget|limit)|remove|never ?mind|"
    r"doesn'?t matter|sky'?s|whatever|off|gone|increase)\b",
    "forget": r"\b(?:ok|okay|fine|again|forget|changed my mind|don'?t mind|come round|like|"
    r"after all|"
    r"allowed|scrap|anymore|any more|no longer|not true|sold|gave away|back)\b",
}
_DECLARED_BUDGET = re.compile(
    r"\b(?:budget|never|always|in total|altogether|overall|everything|for good|from now on|"
    r"remember|generally|ever|all in|limit is|my limit|max(?:imum)? for|whole thing|stick to|"
    r"per)\b",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[a-z]{3,}|\d+|\b(?:xs|s|m|l|xl|xxl)\b", re.IGNORECASE)


_TASTES = (
    (
        "dislikes",
        re.compile(
            r"\b(?:i(?:'ll| will| really| just| absolutely)?|(?:and|but))\s+(?:hate|"
            r"can'?t (?:stand|bear|wear)|"
            r"never wear|detest|loathe|despise|am allergic to|won'?t wear)\s+"
            r"(?:wearing |the colou?r |anything )?|\bi'm allergic to\s+",
            re.IGNORECASE,
        ),
    ),
    (
        "likes",
        re.compile(
            r"\b(?:i(?: really| just| absolutely)?|(?:and|but))\s+(?:love|adore)\s+(?:wearing )?|"
            r"\bi(?:'?m| am)\s+(?:obsessed with|mad about|crazy about|really into)\s+",
            re.IGNORECASE,
        ),
    ),
)
_SIZED = re.compile(
    r"\b(?:i'?m|i am|i take|i wear|i'm usually|i usually take)\s+(?:an?\s+)?(?:size\s+)?"
    r"(\d{1,2}(?:\.5)?|xs|s|m|l|xl|xxl)\b(?!\s*(?:years?|yrs?|cm|ft|foot|%|yo\b))"
    r"(?:\s+in\s+([\w ]+))?",
    re.IGNORECASE,
)
_KIND_SIZE = re.compile(
    r"\b(\w+) size(?:'s| is|:)?\s+(?:an? )?(\d{1,2}(?:\.5)?|xs|s|m|l|xl|xxl)\b", re.IGNORECASE
)
_SHOE_SIZE = re.compile(
    r"\b(?:i wear|i take|i'?m|i am|and)(?: an?)?(?: size)?\s+(\d{1,2}(?:\.5)?)\s+(?:in )?"
    r"(?:shoes?|boots?|trainers?|sneakers?|feet)\b",
    re.IGNORECASE,
)
_UNCUED = frozenset({"owns", "forget"})
_LARGEST_SIZE = 62
_SIZE_CUE = (
    r"(?:sizes?|sz|sized|number|no|in|now|uk|eu|us|wears?|takes?|need|am|i'?m|are|is|usually|"
    r"normally|always|fits?|waist|"
    r"bust|feet|foot|collar|a|an)"
)
_TAKEN_BACK = re.compile(
    r"\b(?:forget|changed my mind|used to|come round|no longer)\b", re.IGNORECASE
)


_FORGET = re.compile(
    r"\b(?:forget|never ?mind|drop|scrap)\s+(?:about\s+|the\s+|my\s+|that\s+)*(?:no[- ])?"
    r"(\w[\w-]*)(?:\s+(?:thing|rule|bit|ban|stuff))?\b|\b(\w[\w-]*) is (?:fine|ok(?:ay)?) "
    r"(?:now|again|after all)\b",
    re.IGNORECASE,
)


def lifted(text: str, disliked: Iterable[str]) -> tuple[str, ...]:
    """Returns the notes that take back what the shopper disliked: "forget the yellow thing"."""
    match = _FORGET.search(text)
    word = next(filter(None, match.groups()), "").lower() if match else ""
    return tuple(f"forget {phrase}" for phrase in disliked if word and word in phrase.split())


def supported(notes: tuple[str, ...], text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Returns the notes that the words declare, and plain declarations that the model missed.

    A note stays when its first word has a cue in the words and the rest of it was said.
    """
    kept = [note for note in notes if _declared(note, text) and not _leaves(note, lexicon)]
    if _TAKEN_BACK.search(text):
        kept = [_forgotten(note) for note in kept]
    if not _TAKEN_BACK.search(text):
        heard = _heard(text, lexicon)
        kept = [note for note in kept if _opposite(note) not in heard]
        kept = [note for note in kept if not _is_within(note, heard)]
        kept += [note for note in heard if not _is_among(note, kept)]
    return tuple(dict.fromkeys(kept))


def of_a_piece(note: str, call: Call, lexicon: Lexicon) -> bool:
    """Tells whether a dislike is only of the piece that is swapped: "don't like the hoodie"."""
    head, _, rest = note.partition(" ")
    return head == "dislikes" and call.tool == "swap" and lexicon.category(rest) is not None


def _leaves(note: str, lexicon: Lexicon) -> bool:
    """Tells whether a note only leaves a subject: "forget shoes, hats!"."""
    head, _, rest = note.partition(" ")
    kind = lexicon.category(rest) if head == "forget" else None
    return kind is not None and not kind.style


def _forgotten(note: str) -> str:
    """A dislike that is spoken of to be taken back: "I said I hate pink? Forget that"."""
    head, _, rest = note.partition(" ")
    return f"forget {rest}" if head == "dislikes" else note


def _opposite(note: str) -> str:
    head, _, rest = note.partition(" ")
    turned = {"likes": "dislikes", "dislikes": "likes"}.get(head)
    return f"{turned} {rest}" if turned else ""


def _is_among(note: str, notes: list[str]) -> bool:
    """Tells whether a note was taken already, perhaps in more words."""
    head, _, rest = note.partition(" ")
    others = [other.partition(" ")[2] for other in notes if other.startswith(f"{head} ")]
    return any(rest in other or other in rest for other in others)


def _is_within(note: str, heard: list[str]) -> bool:
    """Tells whether code heard more of a size: "size dress 16", where the model has "size 16"."""
    size = note.removeprefix("size ")
    return note.startswith("size ") and any(
        other != note and other.startswith("size ") and other.endswith(f" {size}")
        for other in heard
    )


def _heard(text: str, lexicon: Lexicon) -> list[str]:
    found = []
    spans = lexicon.spans(text)
    for head, pattern in _TASTES:
        match = pattern.search(text)
        named = _at(spans, match.end()) if match else None
        if named is not None:
            found.append(f"{head} {named.surface.lower()}")
    shoes = _SHOE_SIZE.search(text)
    sized = _SIZED.search(text)
    of_kind = _KIND_SIZE.search(text)
    kind = lexicon.category(of_kind[1]) if of_kind else None
    if of_kind and kind and not shoes:
        return [*found, f"size {kind.category} {of_kind[2].upper()}"]
    if shoes:
        found.append(f"size shoes {shoes.group(1)}")
    if (
        sized
        and not (shoes and sized.group(1) in shoes.groups())
        and (sized.group(2) or not sized.group(1).isdigit())
    ):
        kinds = [s for s in lexicon.spans(sized.group(2) or "") if s.slot == "category"]
        category = f"{kinds[0].value} " if kinds else ""
        found.append(f"size {category}{sized.group(1).upper()}")
    return found


def _at(spans: list[Span], start: int) -> Span | None:
    wanted = ("color", "material", "pattern", "style", "category")
    return next((s for s in spans if s.start == start and s.slot in wanted), None)


def _declared(note: str, text: str) -> bool:
    head, _, rest = note.strip().partition(" ")
    cue = _CUES.get(head.lower())
    if cue is None or not rest.strip():
        return False
    if head not in _UNCUED and not re.search(cue, text, re.IGNORECASE):
        return False
    if head == "budget" and not _DECLARED_BUDGET.search(text):
        return False
    if head == "size" and not _is_size(rest, text):
        return False
    return head == "lift" or _said(rest, text.lower(), head)


def _is_size(rest: str, text: str) -> bool:
    """Tells whether a size was said as one, and not an age, a price or "a size bigger"."""
    found = re.findall(r"\b(?:\d{1,2}(?:\.\d)?|x{0,4}s|m|x{0,5}l|small|medium|large)\b", rest, re.I)
    if not found or (found[-1].isdigit() and int(found[-1]) > _LARGEST_SIZE):
        return False
    size = re.escape(found[-1])
    before = rf"\b{_SIZE_CUE}\W+(?:[\w'’]+\W+){{0,3}}?{size}(?![\w'’])"
    after = rf"(?<![\w'’]){size}\W+(?:[\w'’]+\W+){{0,2}}?(?:size|in|feet|foot|waist|bust|length)\b"
    return re.search(f"{before}|{after}", text, re.IGNORECASE) is not None


def _said(rest: str, text: str, head: str) -> bool:
    parts = _PLAIN.findall(rest.lower())
    heard = [part for part in parts if (part[:4] if len(part) > 3 else part) in text]
    needed = 1 if head == "size" else max(1, len(parts) - 1)
    return len(heard) >= needed
