"""Plain text out of cells that hold HTML, entities and control characters."""

import re
from html import unescape
from html.parser import HTMLParser

_HIDDEN = {"script", "style", "head", "template", "noscript"}
_INLINE = {
    "a",
    "b",
    "i",
    "u",
    "em",
    "strong",
    "span",
    "font",
    "small",
    "sub",
    "sup",
    "abbr",
    "mark",
}
_TAG = re.compile(r"<[a-zA-Z/!]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
# C0 and C1 controls, zero-width and direction marks, the replacement mark of half a pair.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_BLANKS = re.compile(r"\s+")


class _Text(HTMLParser):
    """Collects the visible words of a fragment."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _HIDDEN:
            self._hidden += 1
        if tag not in _INLINE:
            self.parts.append(" ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag, attrs
        self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN and self._hidden:
            self._hidden -= 1
        if tag not in _INLINE:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


def plain(text: str) -> tuple[str, tuple[str, ...]]:
    """Removes tags, entities and control characters and squeezes blanks.

    Returns:
        The text in one line, and what was mended, one reason each.
    """
    repairs = []
    if _CONTROL.search(text):
        text = _CONTROL.sub("", text)
        repairs.append("control characters removed")
    if _TAG.search(text):
        text = _visible(text)
        repairs.append("HTML removed")
    if _ENTITY.search(text):
        # Twice: shops escape what was escaped already.
        text = unescape(unescape(text))
        repairs.append("entities decoded")
        if _TAG.search(text):
            text = _visible(text)
        text = _CONTROL.sub("", text)
    text = text.replace("\\r\\n", " ").replace("\\n", " ")
    return _BLANKS.sub(" ", text).strip(), tuple(repairs)


def _visible(text: str) -> str:
    parser = _Text()
    try:
        parser.feed(text)
        parser.close()
    except (AssertionError, ValueError):
        return re.sub(r"<[^>]*>", " ", text)
    return "".join(parser.parts)
