"""The planner's baseline: a sentence encoder that chooses the action and says no arguments.

MiniLM reads the state, the actions of earlier rounds and the words, and a linear layer over the
mean of its token states chooses one of the seven actions. Trained on the same rows as the planner
it shows what choosing alone is worth.
"""

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from fashionm3.actions import ACTIONS
from fashionm3.agent.form import state_line
from fashionm3.agent.numbers import digits
from fashionm3.agent.tool_matcher import mean_states
from fashionm3.index.lexicon import Lexicon
from fashionm3.torchvision_ops import declare_missing_ops
from fashionm3.training.rows import Row

declare_missing_ops()
from transformers import AutoModel, AutoTokenizer  # noqa: E402

NAMES = tuple(ACTIONS)
MAX_TOKENS = 128
_PAST = 3


class ToolHead:
    """A sentence encoder with a linear layer over the seven actions.

    Args:
        base: Folder of a BERT-like encoder.
        seed: Of the layer and the order of the rows.
    """

    def __init__(self, base: Path, seed: int = 1) -> None:
        torch.manual_seed(seed)
        auto: Any = AutoTokenizer
        self._tokenizer = auto.from_pretrained(base)
        self._encoder: Any = AutoModel.from_pretrained(base, dtype=torch.float32)
        self._head = nn.Linear(self._encoder.config.hidden_size, len(NAMES))
        self._lexicon = Lexicon.load()
        self._rng = random.Random(seed)

    def train(
        self,
        rows: Sequence[Row],
        steps: int = 1000,
        batch: int = 32,
        rate: float = 3e-4,
        progress: Callable[[int, float], None] | None = None,
    ) -> None:
        """Fine-tunes encoder and layer; the rate falls linearly to nothing.

        Args:
            rows: Labelled rounds; those that ask for another tool are left out.
            steps: Of ``batch`` rows, drawn with replacement.
            batch: Rows a step.
            rate: Peak learning rate of the layer; the encoder's is a tenth.
            progress: Told the step and its loss.
        """
        known = [row for row in rows if row.expect["tool"] in ACTIONS]
        groups = [
            {"params": self._head.parameters(), "lr": rate},
            {"params": self._encoder.parameters(), "lr": rate / 10},
        ]
        optimizer = torch.optim.AdamW(groups)
        schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.0, steps)
        self._encoder.train()
        for step in range(1, steps + 1):
            drawn = self._rng.choices(known, k=batch)
            wanted = torch.tensor([NAMES.index(row.expect["tool"]) for row in drawn])
            loss = nn.functional.cross_entropy(self._scores(drawn), wanted)
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
            if progress is not None:
                progress(step, float(loss.detach()))
        self._encoder.eval()

    @torch.no_grad()
    def accuracy(self, rows: Sequence[Row]) -> float:
        """Returns how often the chosen action is the expected one."""
        hits = 0
        for start in range(0, len(rows), 64):
            part = rows[start : start + 64]
            chosen = self._scores(part).argmax(1).tolist()
            hits += sum(NAMES[n] == row.expect["tool"] for n, row in zip(chosen, part, strict=True))
        return hits / max(len(rows), 1)

    def _scores(self, rows: Sequence[Row]) -> Tensor:
        read = self._tokenizer(
            [self._text(row) for row in rows],
            padding=True,
            truncation=True,
            max_length=MAX_TOKENS,
            return_tensors="pt",
        )
        states = self._encoder(**read).last_hidden_state
        scores: Tensor = self._head(mean_states(states, read["attention_mask"]))
        return scores

    def _text(self, row: Row) -> str:
        round_ = row.round
        past = [past.decision.tool for past in round_.history[-_PAST:] if past.decision]
        done = [call.tool for call in round_.done]
        parts = [digits(round_.text), " ".join([*past, "now", *done])]
        parts += ["picture"] if round_.picture else []
        return " | ".join([*parts, state_line(round_.context, self._lexicon)])
