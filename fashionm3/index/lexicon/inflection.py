"""Folding of words and the regular inflection of English nouns."""

import re
import unicodedata

WORD = re.compile(r"[\u4e00-\u9fff]|[^\W\u4e00-\u9fff]+(?:['’`][^\W\u4e00-\u9fff]+)*|&")
"""A Chinese character, a word with its inner apostrophes, or an ampersand."""

_APOSTROPHES = str.maketrans("", "", "'’`")
_VOWELS = "aeiou"
_IRREGULAR = {
    "scarf": "scarves", "half": "halves", "foot": "feet", "man": "men", "woman": "women",
    "child": "children", "person": "people", "wife": "wives", "kimono": "kimonos",
    "poncho": "ponchos", "polo": "polos", "tuxedo": "tuxedos", "bolero": "boleros",
    "stiletto": "stilettos", "kangaroo": "kangaroos", "tango": "tangos", "chino": "chinos",
    "dhoti": "dhotis", "lungi": "lungis",
}  # fmt: skip
_SINGULARS = {many: one for one, many in _IRREGULAR.items()}


def fold(word: str) -> str:
    """Lower case without accents and apostrophes; an ampersand is "and"."""
    if word.isascii():
        return "and" if word == "&" else word.lower().translate(_APOSTROPHES)
    plain = unicodedata.normalize("NFKD", word.lower().replace("ß", "ss"))
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(_APOSTROPHES)


def key(phrase: str) -> str:
    """The form under which a phrase is looked up: folded words with single blanks."""
    return " ".join(map(fold, WORD.findall(phrase)))


def is_plural(phrase: str) -> bool:
    """Whether the last word looks like a plural."""
    last = phrase.rsplit(" ", 1)[-1].lower()
    return last in _SINGULARS or (
        len(last) > 3 and last.endswith("s") and not last.endswith(_SINGULAR_ENDS)
    )


_SINGULAR_ENDS = ("ss", "us", "is", "canvas")


def plural(phrase: str) -> str:
    """The regular plural of a phrase's last word; plurals stay as they are."""
    if is_plural(phrase):
        return phrase
    head, _, last = phrase.rpartition(" ")
    if last in _IRREGULAR:
        many = _IRREGULAR[last]
    elif last.endswith(("s", "x", "z", "ch", "sh")):
        many = last + "es"
    elif last.endswith("y") and last[-2:-1] not in _VOWELS:
        many = last[:-1] + "ies"
    else:
        many = last + "s"
    return f"{head} {many}" if head else many


def singular(phrase: str) -> str:
    """The singular of a phrase's last word; singulars stay as they are."""
    if not is_plural(phrase):
        return phrase
    head, _, last = phrase.rpartition(" ")
    if last in _SINGULARS:
        one = _SINGULARS[last]
    elif last.endswith(("sses", "ches", "shes", "xes")):
        one = last[:-2]
    elif last.endswith("ies") and len(last) > 5 and last not in _IE:
        one = last[:-3] + "y"
    else:
        one = last[:-1]
    return f"{head} {one}" if head else one


_IE = frozenset(
    {
        "hoodies", "beanies", "cardies", "booties", "undies", "wellies", "boardies", "onesies",
        "nighties", "jimmies", "panties", "flannies", "bunnies", "cozzies", "scrunchies",
    }
)  # fmt: skip


def article(phrase: str) -> str:
    """The phrase behind its indefinite article: "an anorak", "a uniform shirt"."""
    vowel = phrase[:1].lower() in _VOWELS and not phrase.lower().startswith(("uni", "eu", "one"))
    spelt = phrase.lower().startswith(("lbd", "m65", "hour"))
    return f"{'an' if vowel or spelt else 'a'} {phrase}"
