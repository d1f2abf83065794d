"""The grammar of one decision: only bound tools, their arguments and things that are there.

A decision line is one regular expression, built from the bound tools' schemas and the references of
the round, and compiled by llguidance (https://github.com/guidance-ai/llguidance): 1 ms to compile,
0.1 ms a token. A planner that is held to it can't name a tool, an argument or a piece that does not
exist.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from llguidance import LLMatcher, LLTokenizer
from numpy.typing import NDArray

from fashionm3.actions import REFERENCE_ARGS
from fashionm3.agent.bound_tools import Argument, BoundTool
from fashionm3.agent.copying import Said, literal
from fashionm3.agent.form import PLAIN_ARGS, SEE, one_line
from fashionm3.agent.number_patterns import integers, numbers
from fashionm3.agent.round import Round
from fashionm3.agent.schema_limits import NO_LIMITS, Limits
from fashionm3.errors import EngineError

N_COMPILED = 128
"""Compiled grammars that are kept."""

_CONTROLS = r"\x00-\x1f\x7f"
_BLANK = rf"\s{_CONTROLS}"
_LONGEST = 60
_LONGEST_PART = 40
_PRICE = r"[0-9]{1,6}(\.[0-9]{1,2})?"
NOTES = ("size", "likes", "dislikes", "owns", "budget", "lift", "forget")
"""First words of what a shopper declares for good."""

_PARTS = 8


@dataclass(frozen=True)
class Words:
    """The known words of arguments that are not free.

    Attributes:
        categories: Of the lexicon or of the catalogue's manifest.
        colors: Plain colour words.
    """

    categories: tuple[str, ...]
    colors: tuple[str, ...]


@dataclass(frozen=True)
class Things:
    """What of a round can be pointed at.

    Attributes:
        pieces: References of shown items and of the look's pieces.
        looks: References of looks.
        kinds: Categories of these pieces.
    """

    pieces: tuple[str, ...] = ()
    looks: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @classmethod
    def of(cls, round_: Round) -> "Things":
        """Collects the references of a round that can be written in a line."""
        context = round_.context
        things = [*context.outfit, *context.shown]
        return cls(
            _writable(thing.ref for thing in things),
            _writable(look.ref for look in context.looks),
            _writable(thing.category for thing in things if thing.category),
        )


def _writable(values: Iterable[str]) -> tuple[str, ...]:
    kept = [value for value in values if value and value == one_line(value) and '"' not in value]
    return tuple(dict.fromkeys(kept))


def line_pattern(
    tools: Sequence[BoundTool], words: Words, things: Things | None = None, said: Said | None = None
) -> str:
    """Returns the regular expression of a decision, from its leading space to its line end.

    Args:
        tools: The tools that may be called.
        words: Known words.
        things: What can be pointed at; None where the round is not known, then any reference can
            be said.
        said: What free words of further tools are copied from; None where they are the planner's.
    """
    lines = [_line(tool, words, things, said) for tool in tools]
    possible = [line for line in lines if line is not None]
    if not possible:
        return line_pattern(tools, words, said=said)
    return f" {_any(possible)}\\n"


def see_pattern(words: Words, patterns: Sequence[str]) -> str:
    """Returns the regular expression of what a look at one picture says."""
    category, color = _literals(words.categories), _literals(words.colors)
    return f' {SEE} category={category} color={color} pattern="{_literals(patterns)}"\\n'


def _line(tool: BoundTool, words: Words, things: Things | None, said: Said | None) -> str | None:
    """Returns the pattern of one tool; None where a required reference has nothing to name."""
    parts = [literal(tool.alias)]
    for argument in tool.arguments:
        value = _copied(tool, argument, said) or _value(tool, argument, words, things)
        if value is None and argument.required:
            return None
        if value is not None:
            parts.append(f" {argument.alias}{value}")
            if not argument.required:
                parts[-1] = f"({parts[-1]})?"
    if tool.note:
        parts.append(f"( note{_list(_any(NOTES) + ' ' + _part(NO_LIMITS))})?")
    if tool.more:
        parts.append("( more)?")
    return "".join(parts)


def _copied(tool: BoundTool, argument: Argument, said: Said | None) -> str | None:
    """Returns the pattern of words that are copied; None where they need not be."""
    listed = argument.sort == "list" and argument.parts == "text"
    limited = argument.limits != NO_LIMITS or argument.part_limits != NO_LIMITS
    if tool.known or limited or not said or not (listed or argument.sort == "text"):
        return None
    return _list(said.runs) if listed else _quoted(said.value(argument.alias))


def _value(tool: BoundTool, argument: Argument, words: Words, things: Things | None) -> str | None:
    """Returns the pattern behind an argument's name; None where nothing can be said."""
    if tool.known and argument.name in REFERENCE_ARGS and argument.name != "anchor":
        if things is None:
            return _quoted(_free(NO_LIMITS))
        pointed = _pointed(tool.name, argument.name, things)
        return _quoted(_literals(pointed)) if pointed else None
    if tool.known and argument.name in ("category", "color") and not argument.choices:
        return "=" + _literals(words.categories if argument.name == "category" else words.colors)
    if tool.known and argument.sort == "list":
        return _list(_known_part(argument, words))
    return _by_sort(argument, tool.known)


def _known_part(argument: Argument, words: Words) -> str:
    if argument.name == "missing":
        return _literals(argument.choices or words.categories)
    part = _part(NO_LIMITS)
    return f"(no|not) {part}" if argument.name == "negatives" else part


def _by_sort(argument: Argument, known: bool) -> str:
    limits = argument.limits
    if argument.sort == "flag":
        # A line reads a bare word as a flag only where the form knows it as one.
        return "" if known else "=(true|false)"
    if argument.sort == "number":
        return f"={_PRICE}" if known else f"={numbers(limits)}"
    if argument.sort == "integer":
        return f"={integers(limits)}"
    if argument.sort == "choice":
        bare = argument.alias in PLAIN_ARGS and not any(" " in c for c in argument.choices)
        choices = _literals(argument.choices)
        return f"={choices}" if bare else _quoted(choices)
    if argument.sort == "list":
        return _list(_listed(argument), limits)
    return _quoted(_free(limits))


def _listed(argument: Argument) -> str:
    if argument.choices:
        return _literals(argument.choices)
    by_sort = {"number": numbers, "integer": integers}
    return by_sort.get(argument.parts, _part)(argument.part_limits)


def _free(limits: Limits) -> str:
    """Returns free words in quotes: they begin with a sign that is seen."""
    n = max(limits.shortest, _LONGEST) if limits.longest is None else limits.longest
    return _words('\\"', max(limits.shortest, 1), min(n, max(limits.shortest, _LONGEST)))


def _part(limits: Limits) -> str:
    """Returns free words in a list: a part ends at a semicolon, spaces around it don't count."""
    n = max(limits.shortest, _LONGEST_PART) if limits.longest is None else limits.longest
    most = min(n, max(limits.shortest, _LONGEST_PART))
    if limits.shortest <= 1:
        return _words('\\";', 1, most)
    begun = _words('\\";', limits.shortest - 1, most - 1)
    return rf"{begun}[^\";{_BLANK}]"


def _words(without: str, least: int, most: int) -> str:
    return f"[^{without}{_BLANK}][^{without}{_CONTROLS}]{{{least - 1},{most - 1}}}"


def _pointed(tool: str, name: str, things: Things) -> tuple[str, ...]:
    if name == "look":
        return things.looks
    if name == "about":
        return (*things.pieces, *things.looks)
    if name != "target":
        return things.pieces
    whole = (*things.looks, "outfit") if tool == "try_on" else ()
    return tuple(dict.fromkeys((*things.pieces, *things.kinds, *whole)))


def _any(patterns: Sequence[str]) -> str:
    return f"({'|'.join(patterns)})"


def _literals(values: Sequence[str]) -> str:
    return _any([literal(value) for value in values]) if values else ""


def _quoted(pattern: str) -> str:
    return f'="{pattern}"'


def _list(part: str, limits: Limits = NO_LIMITS) -> str:
    least = max(limits.fewest, 1)
    most = max(least, _PARTS) if limits.many is None else min(limits.many, max(least, _PARTS))
    return _quoted(f"{part}(; {part}){{{least - 1},{most - 1}}}")


class Matcher:
    """Follows one decision and says which tokens may come next."""

    def __init__(self, matcher: LLMatcher, line_end: int) -> None:
        self._matcher, self._line_end = matcher, line_end

    def allowed(self) -> NDArray[np.bool_]:
        """Returns which token ids may come next, ``(vocabulary,) bool``."""
        packed = np.frombuffer(self._matcher.compute_bitmask(), np.uint8)
        return np.unpackbits(packed, bitorder="little").view(np.bool_)

    def forced(self) -> list[int]:
        """Returns the tokens that must come next, where only one text can."""
        tokens: list[int] = self._matcher.compute_ff_tokens()
        return tokens

    def take(self, tokens: Sequence[int]) -> None:
        """Goes on by tokens.

        Raises:
            EngineError: One of them is not allowed.
        """
        if not self._matcher.consume_tokens(list(tokens)):
            raise EngineError(f"a decision left its grammar: {self._matcher.get_error()}")

    @property
    def done(self) -> bool:
        """Whether the line has ended."""
        return bool(self._matcher.is_stopped())

    @property
    def may_end(self) -> bool:
        """Whether the line could end here."""
        return bool(self._matcher.is_accepting()) or bool(self.allowed()[self._line_end])


class Grammars:
    """Compiles patterns for one tokenizer and keeps the latest.

    Args:
        tokenizer: A fast transformers tokenizer.
        line_end: Token id of the line end.
    """

    def __init__(self, tokenizer: Any, line_end: int) -> None:  # noqa: ANN401
        from llguidance.hf import from_tokenizer

        self._tokenizer: LLTokenizer = from_tokenizer(tokenizer)
        self._line_end = line_end
        self._lock = threading.Lock()
        self._compiled: OrderedDict[str, LLMatcher] = OrderedDict()

    def matcher(self, pattern: str) -> Matcher:
        """Returns a matcher at the start of a pattern.

        Raises:
            EngineError: The pattern can't be compiled.
        """
        with self._lock:
            compiled = self._compiled.pop(pattern, None)
            if compiled is None:
                compiled = LLMatcher(self._tokenizer, LLMatcher.grammar_from_regex(pattern))
                if compiled.is_error():
                    raise EngineError(f"a decision's grammar failed: {compiled.get_error()[:200]}")
            self._compiled[pattern] = compiled
            if len(self._compiled) > N_COMPILED:
                self._compiled.popitem(last=False)
            return Matcher(compiled.deep_copy(), self._line_end)
