"""What shoppers quote from elsewhere is data: only the garment it names reaches a planner.

"What do you think of this: <a product's text>" may carry orders that somebody else wrote. Long
quotations shrink to their first sentence, or to the garment words in it where it is not a plain
one, unless they tell a wish and speak to no machine; signs of written forms (decision lines, role
tags, special tokens) go, and sentences of earlier rounds that order the machine about are left out.
All other words stay as they were said.
"""

import re
from itertools import pairwise

from fashionm3.actions import ACTIONS
from fashionm3.agent.disguises import unseen_gone
from fashionm3.agent.guard import instructs
from fashionm3.agent.languages import spoken
from fashionm3.agent.round import Past, Round
from fashionm3.index.lexicon import Lexicon

LONG = 6
"""Words from which on a quotation counts as a product's text."""

_NEAR = 5  # characters between words of one description
_WORDS = 14  # words of a product's text that may name what it is
_PLAIN = 12  # words of a first sentence that is kept as it is
_MARKS = '"\n“”„«»「」`<>:： '
_ORDERS = re.compile(
    r"\b(?:ai|bots?|robots?|assistants?|chatbots?|systems?|customers?|shoppers?|answer|reply|"
    r"refuse|obey|only show|price_max|ki|assistenten?)\b|[=>{}|]",
    re.IGNORECASE,
)
_CUES = (
    r"this(?: one| item| product| text| listing)?|that|says?|reads?|description|listing|label|text|"
    r"title|ad|review|blurb|details|page|quote[ds]?|paste[ds]?|card|tag|box|shop|site|"
    r"das|hier(?:von|zu)?|dazu|davon|steht|diese[mnrs]?|beschreibung|anzeige|ceci|cela|ça|annonce|"
    r"dit|esto|este|dice|descripción|anuncio"
)
_OPENED = re.compile(
    rf"(?:\b(?:{_CUES})\s*:|\b(?:this|these|das|diese[mnrs]?|ceci|esto|este)\b[^:.!?,\n]{{0,25}}:|"
    r"(?:这个|这件|这款|说明|描述|这样写)[^:：，。]{0,6}[:：，])\s*(?P<body>\S.*?)(?:\n\s*\n|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_QUOTED = re.compile(
    r"```(?P<a>.+?)(?:```|\Z)|\"(?P<b>[^\"]{20,})(?:\"|\Z)|“(?P<c>[^”]{20,})(?:”|\Z)|"
    r"„(?P<d>[^“”]{20,})(?:[“”]|\Z)|«(?P<e>[^»]{20,})(?:»|\Z)|「(?P<f>[^」]{8,})(?:」|\Z)|"
    r"<(?P<tag>[a-z_]{2,20})>(?P<g>.{20,}?)(?:</(?P=tag)>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_WISHED = re.compile(
    r"\b(?:look(?:ing)? for|need|want|would like|i'?d like|after|buy|find|list|sizes?|plans?|"
    r"budget|suche|brauche|will|möchte|cherche|veux|voudrais|busco|quiero|necesito)\b|[想要找买]",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:what|how|which|can|could|do|does|should|would|will)\b.*\b(?:i|my|me|we)\b", re.IGNORECASE
)
_SIGNS = re.compile(
    rf">\s*(?:{'|'.join(ACTIONS)})\b(?:\s+\w+=(?:\"[^\"]*\"|\S+)|\s+more\b)*|"
    r"<\|[^|>]{0,40}\|>|</?[a-z_]{1,20}/?>|\[/?[A-Z_]{3,20}\]|<</?\w+>>|"
    r"\{[^{}]{0,200}\"\s*:[^{}]{0,200}\}?|\b[a-z_]{3,}=(?:\"[^\"]*\"|\S+)|"
    r"(?:^|(?<=\n))\s*(?:[sup]|system|assistant|user|tool)\s*:(?=\s)|`{3,}|#{3,}|-{4,}|={4,}",
)
_END = re.compile(r"(?<=[^\W\d_])[.!?](?:\s|$)|[\n|>{}<。！？]")
_COMMA = re.compile(r"[,;，；:：]")
_WORD = re.compile(r"[\u4e00-\u9fff]|[^\W_]+")
_SENTENCE = re.compile(r"(?<=[.!?。！？])\s*|\n+|\s+[|;]\s+")


def plainly(round_: Round, lexicon: Lexicon) -> Round:
    """Returns the round with its words and those of earlier rounds as `own_words` has them."""
    history = tuple(_earlier(past, lexicon) for past in round_.history)
    text = own_words(round_.text, lexicon)
    return round_.model_copy(update={"text": text, "history": history})


def _earlier(past: Past, lexicon: Lexicon) -> Past:
    words = own_words(past.user, lexicon)
    if instructs(words):
        parts = (part for part in _SENTENCE.split(words) if part)
        words = " ".join(part for part in parts if not instructs(part))
    return past if words == past.user else past.model_copy(update={"user": words})


def own_words(text: str, lexicon: Lexicon) -> str:
    """Returns a message with quotations shrunk to the garments they name, without written signs.

    Args:
        text: A shopper's message.
        lexicon: Knows the words for garments.
    """
    plain = unseen_gone(text)
    shrunk = _QUOTED.sub(lambda match: _shrunk(match, plain, lexicon), plain)
    shrunk = _OPENED.sub(lambda match: _shrunk(match, shrunk, lexicon), shrunk)
    cleaned = _SIGNS.sub(" ", shrunk)
    return text if cleaned == text else re.sub(r"[ \t]+", " ", cleaned).strip()


def _shrunk(match: re.Match[str], text: str, lexicon: Lexicon) -> str:
    """Returns what stays of a quotation: all of a short one and of one that stands alone."""
    name = next(key for key, body in match.groupdict().items() if body and key != "tag")
    body = match[name]
    alone = len(_WORD.findall(text)) - len(_WORD.findall(body)) < 1
    ordering = instructs(body) or _ORDERS.search(body) or _SIGNS.search(body)
    wished = _WISHED.search(text[: match.start(name)]) and not ordering
    if len(_WORD.findall(body)) < LONG or alone or wished:
        return match.group()
    kept = " ".join(filter(None, (_first(body, lexicon, spoken(text)), _own_question(body))))
    if not kept and instructs(body) and name != "g":
        return match.group()
    at = match.start(name) - match.start()
    head, tail = match.group()[:at], match.group()[at + len(body) :]
    return f"{head}{kept}{tail}" if kept else f"{head.rstrip(_MARKS)} {tail.lstrip(_MARKS)}"


def _own_question(body: str) -> str:
    """Returns the last sentence of a body that runs to the end, where the shopper asks in it."""
    last = [part for part in _SENTENCE.split(body) if part.strip()][1:][-1:]
    return next(
        (p for p in last if _ASKS.search(p) and not (instructs(p) or _ORDERS.search(p))), ""
    )


def _first(body: str, lexicon: Lexicon, language: str) -> str:
    """Returns a product text's first sentence, or its garment words where it isn't a plain one."""
    end = _END.search(body.strip())
    first = body.strip()[: end.end() if end else None].strip(" \n|><{}")
    if len(_WORD.findall(first)) <= _PLAIN and not _ORDERS.search(first) and not instructs(first):
        return first
    first = _COMMA.split(first, maxsplit=1)[0] if instructs(first) else first
    return _garment(" ".join(first.split()[:_WORDS]), lexicon, language)


def _garment(first: str, lexicon: Lexicon, language: str) -> str:
    """Returns the garment words that stand together at the start of a sentence."""
    spans = lexicon.spans(first, fuzzy=False, language=language)
    kinds = [n for n, span in enumerate(spans) if span.slot == "category"]
    if not kinds or instructs(first):
        return ""
    kept = spans[: kinds[0] + 1]
    for before, after in pairwise(spans[kinds[0] :]):
        if after.slot == "category" or after.start - before.end > _NEAR:
            break
        kept.append(after)
    return " ".join(span.surface for span in kept)
