"""A decision that is being said: what was said so far, what may follow, and how sure it was."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray

from fashionm3.agent.grammar import Matcher
from fashionm3.torchvision_ops import declare_missing_ops

declare_missing_ops()
from transformers import DynamicCache  # noqa: E402

MAX_TOKENS = 96
"""Tokens of one decision, line end included; more only where required arguments are left."""

_CLOSING = 24


@dataclass(frozen=True)
class Signs:
    """Tokens with a meaning of their own, and how tokens become text."""

    line_end: int
    quote: int
    decode: Callable[[list[int]], str]


@dataclass
class Saying:
    """A decision that is being said; `Decoder.advance` goes on with it.

    Attributes:
        matcher: Holds it to its grammar.
        cache: Keys and values of what the model has read.
        unread: Tokens that it has not read yet.
        n_prompt: Tokens of the prompt, head included.
        rounds: Pieces of the prompt in front of the unread tokens that are not in ``cache`` yet.
        chain: What these pieces are known by.
        n_kept: Tokens that were taken from kept rounds.
        tokens: What was said.
        ended: Nothing more is said.
        could_end: How many tokens make the longest whole line so far; 0 for none.
        pictures: Vectors of the pictures among the unread tokens, ``(n, 4, width)``, or None.
        probability: Of the action's name: the product of its tokens' shares among those that the
            grammar allowed. Whole once the name is said.
        named: The action's name is said.
        choice: Tokens that were allowed at the last choice, and their logits, ``(n,)`` each.
    """

    matcher: Matcher
    cache: DynamicCache
    unread: list[int]
    n_prompt: int
    rounds: list[list[int]] = field(default_factory=list)
    chain: list[bytes] = field(default_factory=list)
    n_kept: int = 0
    tokens: list[int] = field(default_factory=list)
    ended: bool = False
    could_end: int = 0
    pictures: torch.Tensor | None = None
    probability: float = 1.0
    named: bool = False
    choice: tuple[NDArray[np.intp], NDArray[np.float32]] | None = None

    @property
    def sureness(self) -> dict[str, float]:
        """The probability as an answer's metadata carry it; empty before the name is said."""
        return {"action_probability": self.probability} if self.named else {}

    def go_on(self, logits: NDArray[np.float32], signs: Signs) -> list[int]:
        """Takes the likeliest token that is allowed, and those that can only follow it.

        Args:
            logits: Of the next token, ``(vocabulary,) float32``.
            signs: Tokens with a meaning of their own.

        Returns:
            The new tokens.
        """
        allowed = self.matcher.allowed()[: len(logits)]
        if allowed[signs.line_end]:
            self.could_end = len(self.tokens)
        ids = np.flatnonzero(allowed)
        late = len(self.tokens) >= MAX_TOKENS - _CLOSING and not self.could_end
        quoted = late and bool(allowed[signs.quote])
        chosen = signs.quote if quoted else int(ids[logits[ids].argmax()])
        self.choice = ids, logits[ids]
        if not self.named:
            self._weigh(chosen, signs)
        self.matcher.take([chosen])
        forced = self.matcher.forced()
        self.matcher.take(forced)
        new = self.unread = [chosen, *forced]
        self.tokens += new
        self.named = self.named or _separated(signs.decode(self.tokens)[1:])
        self.ended = self.matcher.done
        if not self.ended and self.could_end and len(self.tokens) >= MAX_TOKENS:
            # It became too long: what counts is its last whole argument.
            self.ended = True
            self.tokens = [*self.tokens[: self.could_end], signs.line_end]
        return new

    def shares(self) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Returns the tokens that were allowed at the last choice, and their shares.

        Both are ``(n,)``, empty before the first choice.
        """
        if self.choice is None:
            return np.empty(0, np.intp), np.empty(0)
        ids, logits = self.choice
        return ids, _softmax(logits)

    def _weigh(self, chosen: int, signs: Signs) -> None:
        """Takes a token of the name into the probability."""
        ids, shares = self.shares()
        counted = ids == chosen
        if self.tokens and _separates(signs, chosen):
            # The name ends here, by whichever token, where another name could go on.
            counted = np.array([_separates(signs, int(token)) for token in ids])
        self.probability *= float(shares[counted].sum())


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float64]:
    powers = np.exp(logits.astype(np.float64) - float(logits.max()))
    shares: NDArray[np.float64] = powers / powers.sum()
    return shares


def _separates(signs: Signs, token: int) -> bool:
    return _separated(signs.decode([token])[:1])


def _separated(text: str) -> bool:
    return " " in text or "\n" in text


def within(pieces: Sequence[list[int]], room: int) -> list[list[int]]:
    """Leaves out the first rounds, then the start of the rest, of a prompt that is too long."""
    *rounds, rest = pieces
    rest = rest[-max(room, 1) :]
    while rounds and sum(map(len, rounds)) + len(rest) > room:
        rounds = rounds[1:]
    return [*rounds, rest]
