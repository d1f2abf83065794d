"""A run of training steps that survives a kill: AdamW, warm-up and cosine, averaged weights.

Every step draws from its own number, so that a run that was killed and resumed from its last
checkpoint ends with the weights of one that was not.
"""

import math
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

Progress = Callable[[str, int, int], None]
"""Told what runs, the steps done and the steps in all."""


@dataclass(frozen=True)
class StepSettings:
    """How a run goes.

    Attributes:
        n_steps: Optimiser steps.
        warmup: Steps until the full learning rate.
        weight_decay: Of matrices and kernels; biases and norms have none.
        ema: Share of the averaged weights that a step keeps.
        every: Steps between checkpoints.
        seed: Of all draws.
    """

    n_steps: int
    warmup: int = 100
    weight_decay: float = 0.05
    ema: float = 0.998
    every: int = 200
    seed: int = 1


class Steps:
    """Trains parameters by a loss of the step's random numbers.

    Args:
        name: Shown with the progress and part of the checkpoint's name.
        rates: Learning rate of each group of named parameters.
        settings: How the run goes.
        folder: Where the checkpoint lies; none is kept where None.
        key: Tells runs with other data or settings apart; another key's checkpoint is not resumed.
    """

    def __init__(
        self,
        name: str,
        rates: list[tuple[Mapping[str, nn.Parameter], float]],
        settings: StepSettings,
        folder: Path | None = None,
        key: str = "",
    ) -> None:
        self._name, self._settings, self._key = name, settings, key
        self._file = None if folder is None else folder / f"{name}.pt"
        self._tuned = {k: p for group, _ in rates for k, p in group.items()}
        self._optimizer = torch.optim.AdamW(
            [
                {"params": [p], "lr": rate, "peak": rate, "weight_decay": self._decay(p)}
                for group, rate in rates
                for p in group.values()
            ],
            betas=(0.9, 0.99),
            foreach=True,
        )
        self._average = {k: p.detach().clone() for k, p in self._tuned.items()}
        self._done = 0

    def run(
        self,
        loss: Callable[[np.random.Generator], Tensor],
        progress: Progress = lambda name, done, total: None,
    ) -> None:
        """Takes the steps that are left and then puts the averaged weights in place."""
        self._resume()
        for step in range(self._done, self._settings.n_steps):
            rng = np.random.default_rng([self._settings.seed, step])
            torch.manual_seed(int(rng.integers(2**31)))
            self._set_rate(step)
            self._optimizer.zero_grad(set_to_none=True)
            loss(rng).backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(self._tuned.values(), 2.0)
            self._optimizer.step()
            self._follow(step)
            self._done = step + 1
            if self._done % self._settings.every == 0 or self._done == self._settings.n_steps:
                self._save()
            progress(self._name, self._done, self._settings.n_steps)
        with torch.no_grad():
            for key, parameter in self._tuned.items():
                parameter.copy_(self._average[key])

    def _decay(self, parameter: nn.Parameter) -> float:
        return self._settings.weight_decay if parameter.ndim > 1 else 0.0

    def _set_rate(self, step: int) -> None:
        settings = self._settings
        rising = min(1.0, (step + 1) / max(1, settings.warmup))
        falling = 0.5 * (1 + math.cos(math.pi * step / settings.n_steps))
        for group in self._optimizer.param_groups:
            group["lr"] = group["peak"] * min(rising, falling)

    def _follow(self, step: int) -> None:
        kept = min(self._settings.ema, (1 + step) / (10 + step))
        with torch.no_grad():
            torch._foreach_lerp_(
                list(self._average.values()),
                [p.detach() for p in self._tuned.values()],
                1 - kept,
            )

    def _save(self) -> None:
        if self._file is None:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_suffix(f".{os.getpid()}.tmp")
        torch.save(
            {
                "key": self._key,
                "done": self._done,
                "tuned": {k: p.detach() for k, p in self._tuned.items()},
                "average": self._average,
                "optimizer": self._optimizer.state_dict(),
            },
            fresh,
        )
        fresh.replace(self._file)

    def _resume(self) -> None:
        if self._file is None or not self._file.is_file():
            return
        saved: dict[str, Any] = torch.load(self._file, weights_only=True)
        if saved["key"] != self._key or saved["tuned"].keys() != self._tuned.keys():
            return
        with torch.no_grad():
            for key, parameter in self._tuned.items():
                parameter.copy_(saved["tuned"][key])
                self._average[key].copy_(saved["average"][key])
        self._optimizer.load_state_dict(saved["optimizer"])
        self._done = saved["done"]
