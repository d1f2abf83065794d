"""Tunes the picture tower's last stages on labels, from cached features of the frozen ones.

Losses: cross entropy over the 17 categories by a linear head and by learnt prototypes in the shared
space, with label smoothing and mixed feature maps (manifold mixup, arXiv 1806.05236); for drawings,
whose colour and pattern are known, two more linear heads, so that the features keep them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from fashionm3.index.nano import FIRST_TUNED_STAGE
from fashionm3.training.encoder_steps import Progress, Steps, StepSettings
from fashionm3.training.encoder_towers import tail
from fashionm3.training.encoder_views import FrozenViews
from fashionm3.types import CATEGORIES, COLORS, PATTERNS

UNKNOWN = -1
_SCALE = 16.0  # of cosines before the softmax


@dataclass(frozen=True)
class Bank:
    """Pictures of one kind with what is known of each; `UNKNOWN` where it isn't.

    Attributes:
        views: Features of the frozen stages.
        labels: ``(n,)`` rows of `CATEGORIES`.
        colors: ``(n,)`` rows of `COLORS`.
        patterns: ``(n,)`` rows of `PATTERNS`.
        share: Of each batch.
    """

    views: FrozenViews
    labels: NDArray[np.int64]
    colors: NDArray[np.int64]
    patterns: NDArray[np.int64]
    share: float

    def draw(self, n: int, rng: np.random.Generator) -> NDArray[np.int64]:
        """Returns ``(n,)`` rows; a category's weight is the square root of its count."""
        counts = np.bincount(self.labels, minlength=len(CATEGORIES))
        weights = 1 / np.sqrt(counts[self.labels])
        return rng.choice(len(self.labels), n, p=weights / weights.sum())


@dataclass(frozen=True)
class ImageSettings:
    """How the picture tower is tuned.

    Attributes:
        steps: The run.
        batch: Pictures a step.
        rate_tail: Peak learning rate of the tuned stages.
        rate_heads: Peak learning rate of everything new.
        smoothing: Of labels.
        mix: Parameter of the beta distribution of mixing weights; 0 mixes nothing.
    """

    steps: StepSettings
    batch: int = 32
    rate_tail: float = 4e-4
    rate_heads: float = 1e-3
    smoothing: float = 0.1
    mix: float = 0.3


class Heads(nn.Module):
    """Reads a picture's labels from its pooled features; only the prototypes outlive training.

    Args:
        prototypes: ``(17, d)`` first guess.
        width: Of the pooled features.
    """

    def __init__(self, prototypes: Tensor, width: int) -> None:
        super().__init__()
        self.label = nn.Linear(width, len(CATEGORIES))
        self.color = nn.Linear(width, len(COLORS))
        self.pattern = nn.Linear(width, len(PATTERNS))
        self.prototypes = nn.Parameter(prototypes.clone())

    def forward(self, pooled: Tensor, project: nn.Module) -> list[Tensor]:
        """Returns logits: two of the label, one of the colour, one of the pattern."""
        shared = functional.normalize(project(pooled), dim=-1)
        near = _SCALE * shared @ functional.normalize(self.prototypes, dim=-1).T
        return [self.label(pooled), near, self.color(pooled), self.pattern(pooled)]


def tune_images(
    visual: nn.Module,
    prototypes: Tensor,
    banks: list[Bank],
    settings: ImageSettings,
    folder: Path | None = None,
    key: str = "",
    progress: Progress = lambda name, done, total: None,
) -> Tensor:
    """Tunes the tail and head of open_clip's picture tower in place.

    Args:
        visual: open_clip's ``TimmModel``.
        prototypes: ``(17, d)`` where each category's pictures should begin to gather.
        banks: Pictures with labels.
        settings: How.
        folder: Where checkpoints lie.
        key: Tells runs apart.
        progress: Told every step.

    Returns:
        ``(17, d)`` learnt prototypes.
    """
    trunk, project = visual.get_submodule("trunk"), visual.get_submodule("head")
    torch.manual_seed(settings.steps.seed)
    heads = Heads(prototypes, _width(trunk))
    thaw(trunk)
    trunk.to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    def loss(rng: np.random.Generator) -> Tensor:
        maps, targets = _batch(banks, settings.batch, rng)
        other = torch.from_numpy(rng.permutation(len(maps)))
        part = float(rng.beta(settings.mix, settings.mix)) if settings.mix else 1.0
        logits = heads(tail(trunk, torch.lerp(maps[other], maps, part)), project)
        one = _loss(logits, targets, settings.smoothing)
        return part * one + (1 - part) * _loss(logits, targets[:, other], settings.smoothing)

    tuned = {f"trunk.{k}": p for k, p in trunk.named_parameters() if p.requires_grad}
    new = {f"head.{k}": p for k, p in [*project.named_parameters(), *heads.named_parameters()]}
    rates: list[tuple[Mapping[str, nn.Parameter], float]] = [
        (tuned, settings.rate_tail),
        (new, settings.rate_heads),
    ]
    Steps("images", rates, settings.steps, folder, key).run(loss, progress)
    visual.eval().requires_grad_(False)
    return heads.prototypes.detach()


def _width(trunk: Any) -> int:  # noqa: ANN401
    return int(trunk.num_features)


def thaw(trunk: nn.Module) -> None:
    """Sets the tuned stages to training, their BatchNorm statistics excepted."""
    trunk.requires_grad_(False)
    stages = list(trunk.get_submodule("blocks").children())[FIRST_TUNED_STAGE:]
    for module in (*stages, trunk.get_submodule("conv_head"), trunk.get_submodule("bn2")):
        module.requires_grad_(True).train()
        for part in module.modules():
            if isinstance(part, nn.modules.batchnorm._BatchNorm):
                part.eval()


def _batch(banks: list[Bank], size: int, rng: np.random.Generator) -> tuple[Tensor, Tensor]:
    """Draws ``(b, c, h, w)`` feature maps and ``(3, b)`` targets: label, colour, pattern."""
    maps, targets = [], []
    total = sum(bank.share for bank in banks)
    for bank in banks:
        rows = bank.draw(max(1, round(size * bank.share / total)), rng)
        maps.append(bank.views.fetch(rows, rng.integers(bank.views.n_views, size=len(rows))))
        targets.append(np.stack([bank.labels[rows], bank.colors[rows], bank.patterns[rows]]))
    return torch.cat(maps), torch.from_numpy(np.concatenate(targets, axis=1))


def _loss(logits: list[Tensor], targets: Tensor, smoothing: float) -> Tensor:
    label, near, color, pattern = logits
    total = functional.cross_entropy(label, targets[0], label_smoothing=smoothing)
    total = total + functional.cross_entropy(near, targets[0], label_smoothing=smoothing)
    for guess, target in ((color, targets[1]), (pattern, targets[2])):
        n_known = int((target != UNKNOWN).sum())
        share = n_known / len(target)
        if n_known:
            total = total + share * functional.cross_entropy(guess, target, ignore_index=UNKNOWN)
    return total
