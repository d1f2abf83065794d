"""No-gos in words ("no leather", "not white", "no zip"): what an item must not have or mention."""

import re
from dataclasses import dataclass

from fashionm3.index.lexicon import Lexicon, Span
from fashionm3.index.tokens import normal, tokenize

_OPENING = re.compile(
    r"^\s*(?:(?:no|not|nothing|none|non|never|without|w/o|avoid|except|anything but|nor|"
    r"don'?t want)\b[\s:-]*)+",
    re.IGNORECASE,
)
_OR = re.compile(r"\s+(?:or|nor|and no|and not)\s+|\s*[,;/]\s*", re.IGNORECASE)
# Words that forbid nothing by themselves.
_EMPTY = frozenset(
    {
        *("a", "an", "the", "any", "anything", "too", "very", "so", "more", "that", "this"),
        *("those", "these", "with", "in", "of", "on", "made", "please", "stuff", "thing", "item"),
        *("one", "piece", "clothe", "clothing", "colour", "coloured", "fabric", "material", "all"),
        *("at", "is", "are", "be", "i", "me", "my", "really", "quite", "overly", "super", "for"),
        *("to", "and"),
    }
)
_DATA = ("color", "material", "pattern", "gender", "season")
_IMPLIED = {"hood": ("hoodie",), "logo": ("branded",), "fur": ("furry", "shearling")}
_SOME_PATTERN = frozenset({"pattern", "patterned"})


@dataclass(frozen=True)
class Ban:
    """One thing that must not be there: any of the phrases, or the value of a field.

    Attributes:
        phrases: Normal words side by side.
        field: Which field holds ``value``; empty where words alone say it.
        value: The plain value; ``*`` is any pattern but plain.
    """

    phrases: tuple[tuple[str, ...], ...]
    field: str = ""
    value: str = ""


def read_negative(text: str, lexicon: Lexicon) -> list[tuple[Ban, ...]]:
    """Reads a no-go.

    Args:
        text: ``no leather``, ``not white or cream``, ``no leather shoes``.
        lexicon: Gives plain words and synonyms.

    Returns:
        Groups of bans; an item is out if it breaks every ban of a group ("leather" and "shoes").
    """
    rest = _OPENING.sub("", text)
    groups: list[tuple[Ban, ...]] = []
    for part in _OR.split(rest):
        part = _OPENING.sub("", part)
        spans = lexicon.spans(part)
        groups.append(_group(part, spans, lexicon))
        if any(_by_data(span, lexicon) for span in spans):
            groups.append(_group(part, spans, lexicon, by_data=True))
    return [group for group in groups if group]


def _group(
    text: str, spans: list[Span], lexicon: Lexicon, by_data: bool = False
) -> tuple[Ban, ...]:
    """Reads words that belong together; by data, jeans are pants of denim."""
    bans, end = [], 0
    # "No zip hoodies" forbids some hoodies; "no itchy wool" forbids wool.
    narrowing = not spans or any(span.slot == "category" for span in spans)
    for span in spans:
        bans += _words_only(text[end : span.start]) if narrowing else []
        bans += (by_data and _by_data(span, lexicon)) or [_ban(span, lexicon)]
        end = span.end
    return (*bans, *(_words_only(text[end:]) if narrowing else ()))


def _by_data(span: Span, lexicon: Lexicon) -> list[Ban]:
    """A kind taken apart ("zip hoodies": a hoodie that mentions a zip), where it can be."""
    said, material = tokenize(span.surface), span.extra.get("material")
    plain = [kind.name for kind in lexicon.kinds(span.value) if not kind.style or kind.broad]
    heads = {tokenize(name)[-1] for name in plain}
    if span.slot != "category" or said[-1] not in heads or (len(said) == 1 and not material):
        return []
    bans = [Ban((), "category", span.value)]
    bans += [Ban((), "material", material)] if material else []
    rest = (word for word in said[:-1] if lexicon.material(word) is None)
    return bans + [Ban(tuple((form,) for form in derived(word))) for word in rest]


def _words_only(text: str) -> list[Ban]:
    bans = []
    for word in tokenize(text):
        if word in _SOME_PATTERN:
            bans.append(Ban(((word,), ("patterned",)), "pattern", "*"))
        elif word not in _EMPTY:
            forms = (*derived(word), *_IMPLIED.get(word, ()))
            bans.append(Ban(tuple((form,) for form in forms)))
    return bans


def _ban(span: Span, lexicon: Lexicon) -> Ban:
    said = tuple(tokenize(span.surface))
    if span.slot == "category":
        return _kind_ban(span, said, lexicon)
    forms = tuple((form,) for form in derived(said[0])) if len(said) == 1 else (said,)
    plain = said == tuple(tokenize(span.value))
    # A shade ("not olive") does not forbid the whole colour; the plain word does.
    if span.slot not in _DATA or (span.slot == "color" and not plain):
        return Ban(forms)
    names = strong_names(span.slot, span.value, lexicon)
    return Ban(tuple(dict.fromkeys((*forms, *names))), span.slot, span.value)


def _kind_ban(span: Span, said: tuple[str, ...], lexicon: Lexicon) -> Ban:
    """A plain category is forbidden as a field too; a kind ("jeans") by its names alone."""
    name = span.extra.get("kind", span.value)
    kind = next((k for k in lexicon.kinds(span.value) if k.name == name), None)
    names = (kind.name, *kind.aliases) if kind is not None else (name,)
    read = (tuple(tokenize(written)) for written in names)
    sure = (words for words in read if _means(words, "category", span.value, lexicon))
    phrases = tuple(dict.fromkeys([said, *sure]))
    if span.style or "material" in span.extra or (kind is not None and kind.broad):
        return Ban(phrases)
    return Ban(phrases, "category", span.value)


def strong_names(slot: str, value: str, lexicon: Lexicon) -> list[tuple[str, ...]]:
    """Returns the names of a value that mean nothing else in a sentence ("nappa" for leather)."""
    names = (tuple(tokenize(name)) for name in lexicon.surfaces(slot, value))  # type: ignore[arg-type]
    return [name for name in names if _means(name, slot, value, lexicon)]


def _means(words: tuple[str, ...], slot: str, value: str, lexicon: Lexicon) -> bool:
    """Whether normal words say the value even where nothing around them helps."""
    spans = lexicon.spans(f"about {' '.join(words)} then", fuzzy=False)
    return any(span.slot == slot and span.value == value for span in spans)


def derived(word: str) -> list[str]:
    """Returns a normal word with its regular relatives: zip, zipped, zipper; crop, cropped."""
    forms = [word]
    stem = word
    if word.endswith("ed") and len(word) > 4:
        stem = word[:-2]
        forms += [stem, word[:-1]]
        if stem[-1] == stem[-2]:
            stem = stem[:-1]
            forms.append(stem)
    doubled = stem + stem[-1]
    forms += [stem + "ed", stem + "d", doubled + "ed", doubled + "er", stem + "er", stem + "y"]
    return list(dict.fromkeys(normal(form) for form in forms if len(form) > 1))
