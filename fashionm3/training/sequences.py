"""Dialogues as token sequences: one sequence a dialogue, a loss on every decision.

Two shapes share the planner's written form (`fashionm3.agent.form`). *Whole* sequences carry the
state line whenever it changes, as a conversation unrolls. *Served* ones carry only the last state,
as a planner reads a round: earlier decisions count there only where they need no state.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from fashionm3.agent.bound_tools import bound_tools
from fashionm3.agent.form import (
    HISTORY_ROUNDS,
    IMAGE_TOKEN,
    N_TOKENS,
    PICTURE,
    SAY,
    SEE,
    STATE,
    USER,
    one_line,
    prefix,
    say,
    state_line,
)
from fashionm3.agent.round import Call
from fashionm3.index.lexicon import Lexicon
from fashionm3.training.dialogues.pictures import Picture
from fashionm3.training.dialogues.turns import Dialogue, Turn

_STATELESS = frozenset(
    {"search.new", "search.refine", "search.drop", "search.switch", "outfit.new", "outfit.own"}
    | {"outfit.personal", "design.new", "reply.thanks", "reply.refuse"}
)

SERVED = 0.6
"""Share of the sequences that carry the last state only."""


class Words(Protocol):
    """Rewrites a shopper's words before the planner reads them (numbers as digits)."""

    def __call__(self, text: str) -> str:
        """Returns the words to read."""


class Tokenizer(Protocol):
    """The part of a transformers tokenizer that is used."""

    bos_token_id: int

    def encode(self, text: str, add_special_tokens: bool = True) -> list[int]:
        """Returns token ids."""


@dataclass(frozen=True)
class Sequence_:
    """Token ids and, for each, whether it is part of a decision that is learned.

    Attributes:
        pictures: Keys of the pictures whose image tokens are among the ids, in order.
    """

    ids: list[int]
    learned: list[bool]
    pictures: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.ids)


class Encoder:
    """Writes dialogues as token sequences.

    Args:
        tokenizer: The planner's tokenizer.
        lexicon: Names the kinds of the things on the screen.
        words: Rewrites the words as the product does before the planner reads them.
    """

    def __init__(self, tokenizer: Tokenizer, lexicon: Lexicon, words: Words) -> None:
        self._tokenizer, self._lexicon, self._words = tokenizer, lexicon, words
        self._bos = tokenizer.bos_token_id

    def _head(self, tools: Sequence[dict[str, Any]] = ()) -> list[int]:
        described = [tool.described for tool in bound_tools(tools)]
        return [self._bos, *self._ids(prefix(described))]

    def _ids(self, text: str) -> list[int]:
        return self._tokenizer.encode(text, add_special_tokens=False)

    def sequence(self, dialogue: Dialogue, rng: random.Random) -> Sequence_:
        """Writes one dialogue in one of the two shapes."""
        served = rng.random() < SERVED
        turns: Sequence[Turn] = dialogue.turns
        if served:
            turns = _cut(turns, rng)
        ids = self._head(dialogue.tools)
        learned = [False] * len(ids)
        pictures: list[str] = []
        state = ""
        last_text = max(n for n, turn in enumerate(turns) if turn.text)
        for n, turn in enumerate(turns):
            shown = n >= last_text if served else True
            if turn.text:
                now = state_line(turn.context, self._lexicon)
                if now and shown and (now != state or served):
                    self._add(ids, learned, f"{STATE}{now}\n", False)
                state = now
                words = f"{one_line(self._words(turn.text))}\n"
                if turn.picture is not None and shown:
                    pictures.append(turn.picture.key)
                    self._add(ids, learned, USER, False)
                    self._look(ids, learned)
                    self._add(ids, learned, words, False)
                else:
                    self._add(ids, learned, f"{USER}{words}", False)
            self._add(ids, learned, SAY, False)
            counted = shown or turn.section in _STATELESS or turn.section.startswith("tool.")
            self._add(ids, learned, f" {say(turn.call, turn.note, turn.more)}\n", counted)
        return Sequence_(ids, learned, tuple(pictures))

    def caption(self, picture: Picture) -> Sequence_:
        """Writes a look at one picture: what it shows, as a decision."""
        ids = self._head()
        learned = [False] * len(ids)
        self._add(ids, learned, PICTURE, False)
        self._look(ids, learned)
        self._add(ids, learned, f"\n{SAY}", False)
        self._add(ids, learned, f" {say(Call(tool=SEE, args=caption_args(picture)))}\n", True)
        return Sequence_(ids, learned, (picture.key,))

    def _look(self, ids: list[int], learned: list[bool]) -> None:
        ids.extend([IMAGE_TOKEN] * N_TOKENS)
        learned.extend([False] * N_TOKENS)

    def _add(self, ids: list[int], learned: list[bool], text: str, count: bool) -> None:
        new = self._ids(text)
        ids.extend(new)
        learned.extend([count] * len(new))


def caption_args(picture: Picture) -> dict[str, str]:
    """Returns what a caption says: always kind and colour, pattern and material where known."""
    said = {"category": picture.category, "color": picture.color}
    said |= {"pattern": picture.pattern} if picture.pattern else {}
    return said | ({"material": picture.material} if picture.material else {})


def _cut(dialogue: Sequence[Turn], rng: random.Random) -> Sequence[Turn]:
    starts = [n for n, turn in enumerate(dialogue) if turn.text]
    last = rng.randrange(len(starts))
    end = starts[last + 1] if last + 1 < len(starts) else len(dialogue)
    return dialogue[starts[max(0, last - HISTORY_ROUNDS)] : end]
