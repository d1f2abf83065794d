"""Hears that the shopper wants to see something on themselves."""

import re

_TRY_ON = re.compile(
    r"\b(?:(?<!growing )(?<!grow )(?<!grown )on me|on myself|on my (?:photo|picture|pic|body)|"
    r"try (?:it|this|that|them|these|"
    r"those) on|"
    r"try on|tr(?:y|ies|ying) (?:\w+ ){1,5}on\b|(?:me|myself) (?:in|wearing|with) (?:it|this|"
    r"that|them|"
    r"the|these|those|[A-Z0-9]\b)|how (?:would|do|will|does|did) (?:i|it|that|this|they|"
    r"the \w+) look\b"
    r"(?! (?:with|like|next))|\blook\b[\w ]{0,12}\b(?:when|if|once) i (?:wear|put)|"
    r"at the lot on me|(?:see|know) how (?:i am|i look|am i|do i look)|"
    r"see (?:me|myself|it on)|(?:me|my) ?self in|meself|dress me|"
    r"suit m[ey]|fitting room|my selfie|"
    r"my turn to model|anprobieren|steht mir|mir\b[\w ]{0,25}\bsteht|wie mir|probarme|"
    r"essayer sur moi)\b",
    re.IGNORECASE,
)


def wants_try_on(text: str) -> bool:
    """Tells whether words ask to see a piece or the look on the shopper."""
    return _TRY_ON.search(text) is not None
