"""An order of reading that wastes little padding and mixes long and short all the same.

Transformers' own grouping by length reads each group from the longest sequence down, so that whole
stretches of a run see dialogues of one kind only. Here batches of like length are shuffled.
"""

from collections.abc import Iterator, Sequence

import torch
from torch.utils.data import Sampler


class LengthBatches(Sampler[int]):
    """Yields every row once: neighbours have like lengths, batches come in a random order.

    Args:
        lengths: Of the rows, in tokens.
        batch: Rows that are padded together.
        seed: Of the order; each pass has another one.
    """

    def __init__(self, lengths: Sequence[int], batch: int, seed: int) -> None:
        self._lengths, self._batch, self._seed = list(lengths), batch, seed
        self._epoch = 0

    def set_epoch(self, epoch: int) -> None:
        """Sets the pass that comes next."""
        self._epoch = epoch

    def __len__(self) -> int:
        return len(self._lengths)

    def __iter__(self) -> Iterator[int]:
        draw = torch.Generator().manual_seed(self._seed * 1000 + self._epoch)
        # Rows of one length are in another order in each pass.
        mixed = torch.randperm(len(self._lengths), generator=draw).tolist()
        rows = sorted(mixed, key=self._lengths.__getitem__)
        batches = [rows[n : n + self._batch] for n in range(0, len(rows), self._batch)]
        whole = len(rows) // self._batch
        for n in torch.randperm(whole, generator=draw).tolist():
            yield from batches[n]
        # What is left over comes last: in between it would move all pairs by one.
        yield from rows[whole * self._batch :]
