"""Texts as normal words: folded, singular, one spelling for British and American English.

The catalogue's columns are split by Arrow, a query by Python; both follow the same steps, and
only distinct words are normalised one by one.
"""

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from fashionm3.index.lexicon.inflection import singular

if TYPE_CHECKING:
    import pyarrow as pa

BREAK = "§"
"""A token of its own between the fields of an item, so that no phrase runs across them."""

_STEPS = (
    (r"\p{Mn}+", ""),
    (r"['’`´]", ""),
    (r"&", " and "),
    (r"\bt(ee)?[- ]?shirt", "tshirt"),
)
_SPLIT = r"[^\p{L}\p{N}§]+"

_PYTHON_STEPS = tuple((re.compile(step), by) for step, by in _STEPS[1:3])
_TSHIRT = re.compile(_STEPS[3][0], re.ASCII)
_PYTHON_WORD = re.compile(r"[^\W_]+")

_BRITISH = {
    "gray": "grey", "color": "colour", "colored": "coloured", "multicolor": "multicolour",
    "jewelry": "jewellery", "pajama": "pyjama", "woolen": "woollen", "fiber": "fibre",
    "center": "centre", "odor": "odour", "armor": "armour", "plaited": "pleated", "tie": "tie",
    "womens": "woman", "mens": "man", "women": "woman", "men": "man", "wmns": "woman",
    "childrens": "child", "oversize": "oversized", "checkered": "chequered", "cosy": "cozy",
    "mould": "mold", "tire": "tyre", "sulfur": "sulphur", "catalog": "catalogue",
    "tee": "tshirt", "tees": "tshirt", "sneaker": "trainer", "grays": "grey",
}  # fmt: skip

_STOP = frozenset(
    {
        *("a", "an", "the", "and", "or", "of", "for", "with", "in", "on", "at", "to", "by", "from"),
        *("is", "are", "be", "it", "its", "this", "that", "these", "those", "i", "me", "my", "you"),
        *("your", "we", "our", "some", "any", "something", "want", "need", "looking", "show"),
        *("find", "like", "please", "would", "can", "do"),
    }
)


@lru_cache(maxsize=65536)
def normal(word: str) -> str:
    """Returns the form under which a folded word is indexed and looked up."""
    if word in _BRITISH:
        return _BRITISH[word]
    if not word.isalpha():
        return word
    one = singular(word)
    one = _BRITISH.get(one, one)
    if len(one) > 6 and one.endswith(("ized", "izing")):
        return one[: one.rindex("iz")] + "is" + one[one.rindex("iz") + 2 :]
    return one


def tokenize(text: str) -> list[str]:
    """Splits a query into normal words, function words included."""
    folded = unicodedata.normalize("NFKD", text.lower())
    folded = "".join(c for c in folded if unicodedata.category(c) != "Mn")
    for step, by in _PYTHON_STEPS:
        folded = step.sub(by, folded)
    folded = _TSHIRT.sub("tshirt", folded)
    return [normal(word) for word in _PYTHON_WORD.findall(folded)]


def content(tokens: list[str]) -> list[str]:
    """Leaves out function words, unless nothing else is there."""
    return [token for token in tokens if token not in _STOP] or tokens


def split_column(texts: "pa.Array | pa.ChunkedArray") -> "tuple[pa.Array, pa.Array]":
    """Splits a column into words that are folded but not yet normal.

    Args:
        texts: Strings without nulls.

    Returns:
        Words of all rows one after the other, and how many each row has; empty words are left in.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    folded = pc.utf8_normalize(pc.utf8_lower(texts), form="NFKD")
    for step, by in _STEPS:
        folded = pc.replace_substring_regex(folded, step, by)
    words = pc.split_pattern_regex(folded, _SPLIT)
    if isinstance(words, pa.ChunkedArray):
        words = words.combine_chunks()
    return words.flatten(), pc.list_value_length(words)
