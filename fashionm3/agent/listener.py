"""Tells words from calls and thoughts while an open model is still speaking."""

from collections.abc import Sequence
from typing import Any

from fashionm3.agent.tool_calls import (
    OPENERS,
    Schemas,
    Speech,
    call_of,
    invalid_call,
    read_calls,
    speech_of,
)

_THINK, _THOUGHT = "<think>", "</think>"
_FAULTS = (ValueError, LookupError, TypeError, RecursionError)


class Listener:
    """Takes what a model says piece by piece.

    Args:
        tools: The bound tools; without any, all that is said are words.
        ends: Tokens that are no words, e.g. the one that ends a turn.
        thinking: The prompt has already opened a thought.
        parser: transformers' parser of the model's own response template, where it has one.
        stops: Texts that end the words and don't belong to them.
    """

    def __init__(
        self,
        tools: Schemas,
        ends: Sequence[str] = (),
        thinking: bool = False,
        parser: Any = None,  # noqa: ANN401
        stops: Sequence[str] = (),
    ) -> None:
        self._tools = tools
        self._ends = [end for end in ends if end and end not in OPENERS]
        self._raw = self._text = _THINK if thinking else ""
        self._sent = ""
        self._parser = parser
        self._stops = stops
        self._marks = (*stops, *self._ends, *(OPENERS if tools else ()))
        self._fault: Exception | None = None
        self._words = ""

    def feed(self, piece: str) -> str:
        """Takes a piece and returns the words that are now sure to be words."""
        self._raw += piece
        self._text = self._raw
        for end in self._ends:
            self._text = self._text.replace(end, "")
        for stop in self._stops:
            self._text = self._text.partition(stop)[0]
        if self._parser is None:
            return self._new(self._sure())
        self._hear(piece)
        return self._new(self._words.strip())

    def finish(self) -> tuple[str, Speech]:
        """Returns the words that are still to be passed on, and all that was said."""
        thought, words = _parted(self._text)
        speech = self._read(words.strip()) if self._parser is None else self._templated()
        reasoning = speech.reasoning or thought.strip()
        speech = Speech(speech.text, speech.calls, speech.invalid, reasoning)
        return self._new(speech.text), speech

    def _read(self, words: str) -> Speech:
        return read_calls(words, self._tools) if self._tools else Speech(words)

    def _hear(self, raw: str) -> None:
        """Gives a piece to the model's own parser, as long as that finds no fault."""
        if self._fault is not None:
            return
        try:
            events = self._parser.feed(raw)
        except _FAULTS as error:
            self._fault = error
            return
        for event in events:
            if event["type"] == "region_chunk" and event["field"] == "content":
                self._words += event["text"]

    def _templated(self) -> Speech:
        """Reads by the model's own template, and by the common spellings what that can't."""
        try:
            if self._fault is not None:
                raise self._fault
            message, _ = self._parser.finalize()
        except _FAULTS as error:
            return self._faulty(error)
        calls = [call_of(call) for call in message.get("tool_calls") or () if self._tools]
        thought = message.get("reasoning_content") or message.get("thinking") or ""
        return speech_of(str(message.get("content") or "").strip(), calls, str(thought).strip())

    def _faulty(self, error: Exception) -> Speech:
        """Reads by the common spellings what the template could not; else keeps it as invalid."""
        speech = self._read(_parted(self._text)[1].strip())
        if speech.calls or speech.invalid or not self._tools:
            return speech
        reason = f"the call can't be read: {str(error).splitlines()[0][:200]}"
        return Speech("", (), (invalid_call(speech.text, reason),))

    def _new(self, words: str) -> str:
        new = words[len(self._sent) :] if words.startswith(self._sent) else ""
        self._sent += new
        return new

    def _sure(self) -> str:
        """Returns the words up to where a call or a thought may begin."""
        thought, words = _parted(self._text)
        words = words.lstrip()
        if _THINK.startswith(words[: len(_THINK)]) and not thought:
            return ""
        if self._tools and words.startswith(("{", "[")):
            return ""
        end = min((at for at in map(words.find, self._marks) if at >= 0), default=len(words))
        sure = words[:end]
        for mark in self._marks:
            for n in range(min(len(mark) - 1, len(sure)), 0, -1):
                if sure.endswith(mark[:n]):
                    sure = sure[:-n]
                    break
        return sure.rstrip()


def _parted(text: str) -> tuple[str, str]:
    """Returns the thought at the beginning of a text, and the rest."""
    before, mark, after = text.partition(_THOUGHT)
    if mark:
        return before.replace(_THINK, "", 1), after
    return (text, "") if text.lstrip().startswith(_THINK) else ("", text)
