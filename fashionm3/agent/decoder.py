"""Says a decision token by token: greedy, held to a grammar, over a key-value cache.

The constant head of every prompt is read once and its cache is kept. Everything after the head is
read in one piece, so that a decision never depends on what was decided before it: with 8-bit
activations the numbers depend on what is read together.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch

from fashionm3.agent.form import SAY
from fashionm3.agent.grammar import Grammars, Matcher
from fashionm3.errors import Cancelled

MAX_TOKENS = 96
"""Tokens of one decision."""

_CLOSING = 24
_N_HEADS = 4


@dataclass
class Decision:
    """One decision that is being said; `Decoder.advance` goes on with it.

    Attributes:
        n_prompt: Tokens of the prompt, head included.
        tokens: What was said.
        ended: Nothing more is said.
    """

    matcher: Matcher
    unread: list[int]
    cache: Any
    n_prompt: int
    limit: int = MAX_TOKENS
    tokens: list[int] = field(default_factory=list)
    ended: bool = False
    could_end: int = 0
