"""Keeps what the model has read of earlier rounds: keys and values, known by what they stand for.

A prompt is read in fixed pieces: its head, each earlier round, and the rest in one. The last digits
of a sum depend on what is read together, so that the same pieces give the same bits whether they
are read again or taken from here. A piece is known by a digest of everything up to its end: no
name of a thread is needed, and a thread that says something else finds nothing.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence

import numpy as np
import torch

from fashionm3.agent.form import IMAGE, STATE, USER

KEPT_BYTES = 512 * 2**20
"""Bytes of keys and values that are kept by default, for all threads together."""

KeyValues = list[tuple[torch.Tensor, torch.Tensor]]
"""Keys and values of a text that was read, one pair a layer, ``(1, n_heads, n, d)``."""


def pieces_of(text: str) -> list[str]:
    """Cuts a prompt behind its head: each earlier round is a piece, the rest is the last one.

    A piece begins with a shopper's words; the last begins with the screen where there is one, and
    takes in every round from the first picture on.
    """
    pieces = [""]
    for line in text.splitlines(keepends=True):
        begins = line.startswith(STATE) or (
            line.startswith(USER) and not pieces[-1].startswith(STATE)
        )
        if begins and pieces[-1]:
            pieces.append("")
        pieces[-1] += line
    last = next((n for n, piece in enumerate(pieces) if IMAGE in piece), len(pieces) - 1)
    return [*pieces[:last], "".join(pieces[last:])]


def digests(head: str, pieces: Iterable[Sequence[int]]) -> list[bytes]:
    """Returns what each piece is known by: a digest of the head and all tokens up to its end."""
    chain, known = hashlib.sha256(head.encode()).digest(), []
    for tokens in pieces:
        chain = hashlib.sha256(chain + np.asarray(tokens, np.int32).tobytes()).digest()
        known.append(chain)
    return known


def joined(parts: Sequence[KeyValues]) -> KeyValues:
    """Returns keys and values of texts that were read one behind the other."""
    return [
        (torch.cat([keys for keys, _ in layer], -2), torch.cat([values for _, values in layer], -2))
        for layer in zip(*parts, strict=True)
    ]


class PrefixCache:
    """Keeps the keys and values that were used last, bounded in bytes.

    Heads are not counted: `Decoder` keeps four at most, outside.

    Args:
        n_bytes: The most that is kept; 0 keeps nothing.

    Attributes:
        held: Bytes that are kept now.
    """

    def __init__(self, n_bytes: int = KEPT_BYTES) -> None:
        self._n_bytes, self.held = n_bytes, 0
        self._kept: OrderedDict[bytes, KeyValues] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, chain: Sequence[bytes]) -> list[KeyValues]:
        """Returns the keys and values of the longest start of a chain that is kept."""
        found: list[KeyValues] = []
        with self._lock:
            for key in chain:
                if key not in self._kept:
                    break
                found.append(self._kept[key])
        return found

    def keep(self, chain: Sequence[bytes], read: Sequence[KeyValues]) -> None:
        """Keeps the pieces of a chain; of all pieces those that were used last stay.

        Args:
            chain: Digests, from the first piece on.
            read: Keys and values of these pieces, in tensors of their own.
        """
        with self._lock:
            for key, part in zip(chain, read, strict=True):
                if key not in self._kept:
                    self._kept[key] = part
                    self.held += _bytes(part)
            # A piece is of no use without those in front of it: the first ones go last.
            for key in reversed(chain):
                self._kept.move_to_end(key)
            while self.held > self._n_bytes:
                self.held -= _bytes(self._kept.popitem(last=False)[1])

    def __len__(self) -> int:
        return len(self._kept)


def _bytes(part: KeyValues) -> int:
    return sum(tensor.nbytes for layer in part for tensor in layer)
