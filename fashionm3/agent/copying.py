"""What a further tool's free words may be: runs of words that were said.

A small model that is to fill in a name or a number of which it knows nothing invents one. Held to
the words of the conversation it can only choose which of them are meant.
"""

import re
from functools import cached_property

from fashionm3.agent.form import folded

N_WORDS = 60
"""Words that are read, the latest."""

LONGEST_RUN = 9
"""Words that a value may have."""

_EAST = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_EAST}]|[#£€$@+]?[^\W_{_EAST}]+(?:[’'./:@&+_-]+[^\W_{_EAST}]+)*[%€£$]?")
_QUOTED = re.compile(r"(?<!\w)(?:['“‘«「])(?P<inside>[^'”’»」]{1,60})['”’»」](?!\w)")
_STEM = 4
_META = frozenset("\\.+*?()|[]{}^$&~-#")


class Said:
    """The words that values can be copied from.

    Args:
        text: What was said, the latest last.
    """

    def __init__(self, text: str) -> None:
        self._text = folded(text.replace('"', "'"))

    def __bool__(self) -> bool:
        return bool(self._words)

    @cached_property
    def _words(self) -> list[re.Match[str]]:
        return list(_WORD.finditer(self._text))[-N_WORDS:]

    @cached_property
    def runs(self) -> str:
        """The regular expression of every run of up to `LONGEST_RUN` words."""
        starts = [self._run(at, LONGEST_RUN) for at in range(len(self._words))]
        return f"({'|'.join(dict.fromkeys(starts))})"

    def _run(self, at: int, left: int) -> str:
        word = self._words[at]
        if left == 1 or at + 1 == len(self._words):
            return literal(word.group())
        gap = self._text[word.end() : self._words[at + 1].start()]
        if re.search(r"[;!?]", gap):
            return literal(word.group())
        return f"{literal(word.group())}({literal(gap)}{self._run(at + 1, left - 1)})?"

    def value(self, name: str) -> str:
        """Returns the regular expression of what an argument may be.

        Words in quotes that are introduced by the argument's own name are its value: "a customer
        named 'Xu'" for ``customer_name``.

        Args:
            name: Of the argument.
        """
        stems = {part[:_STEM] for part in name.split("_") if len(part) >= _STEM - 1}
        for quoted in _QUOTED.finditer(self._text):
            before = re.findall(r"\w+", self._text[: quoted.start()].lower())
            inside = quoted["inside"].strip()
            if inside and before and before[-1][:_STEM] in stems:
                return literal(inside)
        return self.runs


def literal(text: str) -> str:
    """Returns the regular expression of a text."""
    return "".join(f"\\{sign}" if sign in _META else sign for sign in text)
