"""Carries what holds for the subject: earlier words stay until they are changed or taken back."""

import re
from collections.abc import Sequence
from typing import Any

from fashionm3.agent.heard import Heard
from fashionm3.agent.round import Call

_KEPT = {
    "search": "color pattern material style occasion season gender price_min price_max negatives",
    "outfit": "occasion anchor missing color style season gender budget_max negatives",
    "swap": "color pattern material style price_max negatives",
}
_OFF = r"(?:forget|never ?mind|ignore|drop|skip|scrap)"
_FREE = rf"(?:any|whatever|every|all|other|lift|regardless of|{_OFF})"
_NO_MATTER = (
    r"(?:does ?n[o']?t matter|do ?n[o']?t care|is (?:fine|up to you|not important)|is no object)"
)
_TOPICS = {
    "color": r"colou?rs?",
    "price_max": r"price(?: limit| thing)?|budget|limit|money|cost",
    "price_min": r"price(?: limit| thing| range)?|limits?|money|cost",
    "material": r"materials?|fabrics?",
    "pattern": r"patterns?|prints?",
    "style": r"styles?|fits?|cuts?",
    "gender": r"gender|men'?s or women'?s",
    "season": r"seasons?",
    "occasion": r"occasions?",
}
_DROPPED = {
    name: re.compile(
        rf"\b{_FREE}\s+(?:the |about the |what i said about the )?(?:{words})\b|"
        rf"\b(?:{words})\b[\w\s]{{0,12}}\b{_NO_MATTER}|\b(?:don'?t care about|"
        rf"no) (?:the )?(?:{words})\b",
        re.IGNORECASE,
    )
    for name, words in _TOPICS.items()
}
_AFTER_ALL = re.compile(
    r"\b(?:after all|is ok(?:ay)?(?: again)?|are ok(?:ay)?|is fine|are fine|is allowed|don'?t mind|"
    r"i'?ll take|can be|can come back|(?:is|are) back)\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"\b(?:same|back to|from before|again|still|keep|rather|as before|"
    r"like before|those but|these but|"
    r"it but|more|others?|"
    r"them|"
    r"ones|they|any other|what else|instead|another one|but)\b",
    re.IGNORECASE,
)
_FRESH = re.compile(
    r"\b(?:something else|start over|scrap (?:that|it|this)|forget (?:it|that|those)|new search|"
    r"next|"
    r"changed my mind|different question|moving on)\b",
    re.IGNORECASE,
)


_LIMITS = re.compile(
    r"\b(?:same|that|still|keep\w*)\b[^.,;]{0,12}\b(?:price|limit|cap|budget|colou?r|money|"
    r"rules?)\b",
    re.IGNORECASE,
)
_OPPOSED = tuple(
    frozenset(pair.split())
    for pair in (
        "slim skinny loose baggy wide relaxed oversized fitted tight straight bootcut flared",
        "long short cropped mini midi maxi knee-length ankle-length",
        "smart casual formal informal",
        "high-waisted low-rise mid-rise",
    )
)
_BACK = re.compile(
    r"\b(?:back to (?!the drawing)|from before|from earlier|earlier|returning to|go back)\b",
    re.IGNORECASE,
)
_FRESH_LOOK = re.compile(r"\b(?:outfits?|look|ensemble|fit)\b", re.IGNORECASE)
_NEW = re.compile(
    r"\b(?:new|another|different|again|other|same|this look|the look|it)\b", re.IGNORECASE
)
_TOO = re.compile(r"\b(?:too|as well|also|likewise|the same)\b", re.IGNORECASE)


def subject(told: Sequence[Call], heard: Heard) -> Call:
    """Returns the decision that words go on from: the last one, or an earlier one of a kind.

    Args:
        told: Earlier decisions, the latest last.
        heard: The words, read.
    """
    named = {span.value for span in heard.wanted("category")}
    if named and _BACK.search(heard.text):
        for call in reversed(told):
            if call.args.get("category") in named:
                return call
    return told[-1] if told else Call(tool="", args={})


def carried(call: Call, last: Call, text: str, heard: Heard) -> Call:
    """Returns the call with what still holds of the round before.

    Args:
        call: This round's decision, already held against its words.
        last: The decision of the round before.
        text: The words.
        heard: The words, read.
    """
    if (
        call.tool != last.tool
        or call.tool not in _KEPT
        or not _same_subject(call, last, text, heard)
    ):
        return _without_dropped(call, text)
    args = _kept(call, last, heard)
    if "style" in call.args and call.tool in ("search", "outfit"):
        args["style"] = _both_styles(call, last, heard)
    if call.tool == "swap" and "cheaper" in args and "price_max" not in call.args:
        args.pop("price_max", None)
    old = [n for n in last.args.get("negatives", []) if not taken_back(str(n), text)]
    new = [n for n in call.args.get("negatives", []) if not taken_back(str(n), text)]
    args["negatives"] = list(dict.fromkeys([*old, *new]))
    if _AFTER_ALL.search(text) and args.get("material") and "material" not in last.args:
        args.pop("material")
    if call.tool == "search" and "category" in last.args:
        args.setdefault("category", last.args["category"])
    return _without_dropped(Call(tool=call.tool, args=_filled(args)), text)


def _both_styles(call: Call, last: Call, heard: Heard) -> str:
    """Joins a cut that is said now to the kind that holds; another kind takes its place."""
    new, old = str(call.args["style"]), str(last.args.get("style") or "")
    words = set(re.split(r"[\s-]+", new))
    spans = heard.wanted("category")
    another = any(span.style or span.extra.get("kind", span.value) != span.value for span in spans)
    if another or call.tool == "outfit" or words & set(re.split(r"[\s-]+", old)):
        return new
    return " ".join([new, *(word for word in old.split() if not _opposed(word, words))])


def _kept(call: Call, last: Call, heard: Heard) -> dict[str, Any]:
    """Returns a call's arguments with those of the round before that it does not name."""
    kept = {key: last.args[key] for key in _KEPT[call.tool].split() if key in last.args}
    if _names_plain_kind(heard):
        kept.pop("style", None)
    return {**call.args, **{key: kept[key] for key in kept if key not in call.args}}


def _names_plain_kind(heard: Heard) -> bool:
    """Tells whether the words name a kind that needs no style ("jeans" after "chinos")."""
    return any(
        not span.style and span.extra.get("kind", span.value) not in (span.value, f"{span.value}s")
        for span in heard.wanted("category")
    )


def _opposed(word: str, words: set[str]) -> bool:
    return any(word in pair and words & (pair - {word}) for pair in _OPPOSED)


def _filled(args: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in args.items() if value not in (None, [], "")}


def _same_subject(call: Call, last: Call, text: str, heard: Heard) -> bool:
    if "look" in call.args or (_FRESH.search(text) and call.tool != "outfit"):
        return False
    if call.tool == "swap":
        return _same_piece(call, last, text)
    named = {span.value for span in heard.wanted("category")}
    if call.tool == "search":
        if "like" in call.args:
            return bool(_LIMITS.search(text))
        return not named or (named == {last.args.get("category")} and bool(_AGAIN.search(text)))
    if "anchor" in call.args:
        return False
    if _FRESH_LOOK.search(text) and not _NEW.search(text):
        return False
    repeats = any(call.args.get(key) == value for key, value in last.args.items())
    plain = "occasion" not in call.args and "anchor" not in last.args
    return plain or repeats or bool(_AGAIN.search(text))


def _same_piece(call: Call, last: Call, text: str) -> bool:
    """Tells whether a swap goes on with a piece, or asks the same of another one."""
    if "with" in call.args or "with" in last.args:
        return False
    if call.args.get("target") == last.args.get("target"):
        return True
    return set(call.args) <= {"target"} and _TOO.search(text) is not None


def _without_dropped(call: Call, text: str) -> Call:
    args = {
        key: value
        for key, value in call.args.items()
        if key not in _DROPPED or not (_DROPPED[key].search(text) or _named_off(key, value, text))
    }
    return Call(tool=call.tool, args=args)


def taken_back(negative: str, text: str) -> bool:
    """Tells whether a no-go was taken back: "leather is okay after all"."""
    word = re.sub(r"^(?:no|not)\s+", "", negative.lower())
    clauses = re.split(r"[,;.!?]", text.lower())
    return any(word in clause and _AFTER_ALL.search(clause) for clause in clauses)


def _named_off(key: str, value: object, text: str) -> bool:
    """Tells whether a value is taken back by its name: "ignore the wool requirement"."""
    if key not in ("color", "material", "pattern") or not value:
        return False
    off = rf"\b{_OFF}\s+(?:about |the |that |my )*{re.escape(str(value))}\b(?! (?:and|or|but)\b)"
    return re.search(off, text, re.IGNORECASE) is not None
