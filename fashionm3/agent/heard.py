"""What a message says: spans of the lexicon, wanted and ruled out apart, and its price limits."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from fashionm3.agent.cues import CORRECTION
from fashionm3.agent.denying import denied, joined, waived
from fashionm3.agent.languages import spoken
from fashionm3.agent.prices import prices_in
from fashionm3.index.lexicon import Lexicon, Span

_NEGATION = re.compile(
    r"(?:\b(?:no|not|nowt|sans|ohne|sin|kein(?:e|en)?|without|nothing|never|non|minus|except|"
    r"avoid|hates?|dislikes?|loathes?|detests?|can'?t stand|"
    r"(?:does|do)(?:n['’]?t| not) (?:want|like)|done with|better than|more than|sooner than|"
    r"no love for|"
    r"(?:must|should|can|could|need|do|does|did|wo|would)n['’]?t (?=be |have |look |come )|"
    r"anything but|other than|rather than|instead of|isn'?t|aren'?t|sick of|tired of|nor|w/o)\s+"
    r"(?:in |with |any |a |an |the |of |too |so |just |only |for |more |that |made |from |"
    r"anything |really |wear |"
    r"wearing |"
    r"be |have |look |come |touch |buy |want |do |like )*)$",
    re.IGNORECASE,
)
_RULED_OUT = re.compile(
    r"(?:\s+(?:is|are)(?: not possible|n'?t possible| out\b| not allowed| a no)|[- ]free\b|"
    r"\s+out(?: of (?:it|this|that))?\b)",
    re.IGNORECASE,
)
_AND = re.compile(r"^\s*(?:,|or|and|nor|/)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Read:
    """A span of the words and whether it is wanted or ruled out."""

    span: Span
    negated: bool


_PREDICATE = re.compile(r"\b(?:(?:to|must|should|not|n'?t) be|being)\s+$", re.IGNORECASE)
_WITH = re.compile(r"\b(?:with|has|have|had|in)\s+$", re.IGNORECASE)
_DID = re.compile(
    r"\s+(?:stole|borrowed|took|gave|bought|told|said|says|thinks|reckons|hates|got me|dumped|"
    r"lost|ruined|"
    r"ripped|made me|won'?t|wouldn'?t|doesn'?t|didn'?t|is making|'s making|wants me|told me)\b",
    re.IGNORECASE,
)
_STORY = re.compile(
    r"\b(?:some|had|have|\d+|one|two|three|four|little|big|after|since|before|because of|from|"
    r"with|by|than) (?:the |my |a )?$",
    re.IGNORECASE,
)
_CHILD = re.compile(
    r"\b(?:(?:he|she|they)(?:['’]?s| is| are|['’]?re)(?: only| just| nearly| about| almost|"
    r" turning)? |"
    r"(?:aged|age of) )(?:1[0-3]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve)\b(?!\s*(?:foot|feet|ft|cm|stone|kg|inch|['’\"-]))|"
    r"\b(?:my|our|a|an|the|his|her) (?:1[0-3]|[1-9]|one|two|three|four|five|six|seven|eight|nine|"
    r"ten|"
    r"eleven|twelve)[ -](?:years?|yrs?|yo|months?|mths?)\b",
    re.IGNORECASE,
)


_NEAR = 3
_FOR = re.compile(
    r"(?:\b(?:for|i'?m|i am|as|fit|fits|suits?|dress|style|treat|she'?s|"
    r"he'?s)\b(?:\s+[\w'’-]+){0,3}|^)\W*$",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"(?:men|women|man|woman|ladies|lady|gents?|gentlem[ae]n|chaps?|kids|children|childrens|boys|"
    r"girls|"
    r"males?|females?|"
    r"guys|blokes|mens|womens|toddlers?|bab(?:y|ies))['’]?s?['’]?",
    re.IGNORECASE,
)


def _is_in(span: Span, text: str, notes: tuple[str, ...]) -> bool:
    """Tells whether a span belongs to what is declared for good, which is no wish of now."""
    for note in notes:
        declared = note.partition(" ")[2].lower()
        start = text.lower().find(declared) if declared else -1
        inside = start <= span.start and span.end <= start + len(declared)
        if start >= 0 and inside and note.startswith(("dislikes ", "owns ", "forget ", "likes ")):
            return text.lower().count(declared) == 1
    return False


class Heard:
    """Reads one message, numbers as digits.

    Attributes:
        text: The message.
        reads: Everything that the lexicon finds in it.
        prices: Its price limits.
        foreign: It is not in English.
    """

    def __init__(self, text: str, lexicon: Lexicon, notes: tuple[str, ...] = ()) -> None:
        language = spoken(text)
        self.text = text
        self.foreign, self._language = language != "en", language
        self.prices = prices_in(text)
        spans = lexicon.spans(text, fuzzy=not self.foreign, language=language)
        self.reads = list(self._read([span for span in spans if not _is_in(span, text, notes)]))

    def _read(self, spans: list[Span]) -> Iterable[Read]:
        last = Read(Span("category", "", 0, 0, ""), negated=False)
        for span in spans:
            if waived(self.text, span.start, span.end, self._language):
                continue
            between = self.text[last.span.end : span.start]
            beside = bool(_AND.match(between)) or joined(between, self._language)
            same = beside and last.negated and last.span.slot == span.slot
            last = Read(span, same or self._is_denied(span))
            yield last

    def _is_denied(self, span: Span) -> bool:
        cut = span.slot == "style"
        if self.foreign and denied(self.text, span.start, span.end, self._language, cut):
            return True
        before = bool(_NEGATION.search(self.text[: span.start]))
        return before or bool(_RULED_OUT.match(self.text, span.end))

    def _is_for(self, span: Span) -> bool:
        """Tells whether a person is named as the one to dress, and not as somebody in a story."""
        before, after = self.text[: span.start], self.text[span.end :]
        if _DID.match(after) or _STORY.search(before):
            return False
        beside = any(
            0 <= read.span.start - span.end <= _NEAR or 0 <= span.start - read.span.end <= _NEAR
            for read in self.reads
            if read.span.slot == "category"
        )
        return (
            beside or bool(_FOR.search(before) or _PEOPLE.fullmatch(span.surface)) or self.foreign
        )

    def _is_trait(self, span: Span) -> bool:
        """Tells whether a name of garments only describes one: "with long sleeves"."""
        before = self.text[: span.start]
        if _PREDICATE.search(before):
            return True
        return bool(_WITH.search(before)) and not span.style and span.value == "longsleeve"

    @property
    def rules_out(self) -> bool:
        """Whether a colour, fabric, pattern or cut is ruled out."""
        return any(read.negated and read.span.slot != "category" for read in self.reads)

    def corrected(self, known: Callable[[str], str | None]) -> str | None:
        """Returns what ``known`` makes of the word behind a correction: "navy - sorry, tan"."""
        for match in reversed(list(CORRECTION.finditer(self.text))):
            word = re.match(r"[\s,:]*(?:in |the )?([^\W\d_]{3,})", self.text[match.end() :])
            value = known(word.group(1)) if word else None
            if value is not None:
                return value
        return None

    @property
    def about_a_child(self) -> bool:
        """Whether the age of a child is said: "he's six", "my 9 year old"."""
        return _CHILD.search(self.text) is not None

    @property
    def limit(self) -> float | None:
        """The highest price that the words allow, major units."""
        return self.prices.high

    def wanted(self, slot: str) -> list[Span]:
        """Returns the spans of a slot that are not ruled out; after a correction the later ones."""
        spans = [read.span for read in self.reads if read.span.slot == slot and not read.negated]
        if slot == "gender":
            spans = [span for span in spans if self._is_for(span)]
        if slot == "category":
            spans = [span for span in spans if not self._is_trait(span)]
        for match in CORRECTION.finditer(self.text):
            later = [span for span in spans if span.start >= match.end()]
            spans = later if later and len(later) < len(spans) else spans
        return spans
