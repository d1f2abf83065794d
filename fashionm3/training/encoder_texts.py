"""Tunes the text tower's last layers, so that words of a kind meet the pictures of that kind.

The picture tower has learnt one prototype a category. A query's embedding is drawn to the prototype
of its category among all 17 (cross entropy over cosines, and the cosine itself, so that means over
words classify pictures as the prototypes do), and to the pictures that have what it names: category
and, of drawings, colour and pattern (soft multi-positive contrastive loss). The frozen layers'
states are computed on the fly: queries are never the same twice.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from fashionm3.index.lexicon import Lexicon
from fashionm3.index.nano import N_TUNED_LAYERS
from fashionm3.training.encoder_steps import Progress, Steps, StepSettings
from fashionm3.training.encoder_towers import shortened, text_stem, text_tail
from fashionm3.training.encoder_words import QueryWriter
from fashionm3.types import CATEGORIES, COLORS, PATTERNS

_SCALE = 16.0


@dataclass(frozen=True)
class Gallery:
    """Pictures in the shared space with what is known of each.

    Attributes:
        rows: ``(n, d)``, L2-normalised.
        labels: ``(n,)`` rows of `CATEGORIES`.
        colors: ``(n,)`` rows of `COLORS`, or -1.
        patterns: ``(n,)`` rows of `PATTERNS`, or -1.
    """

    rows: Tensor
    labels: Tensor
    colors: Tensor
    patterns: Tensor


@dataclass(frozen=True)
class TextSettings:
    """How the text tower is tuned.

    Attributes:
        steps: The run.
        batch: Queries a step.
        rate_layers: Peak learning rate of the tuned layers.
        rate_head: Peak learning rate of the projection.
        shown: Pictures of the gallery that a step compares with.
        pull: Weight of the cosine to the prototype.
        meeting: Weight of the contrastive loss from queries to pictures.
        sorting: Weight of the one from pictures to the mean query of each category.
    """

    steps: StepSettings
    batch: int = 64
    rate_layers: float = 4e-4
    rate_head: float = 1e-3
    shown: int = 256
    pull: float = 0.5
    meeting: float = 0.25
    sorting: float = 1.0


def tune_texts(
    text: nn.Module,
    tokenizer: Callable[[list[str]], Tensor],
    prototypes: Tensor,
    gallery: Gallery,
    lexicon: Lexicon,
    settings: TextSettings,
    folder: Path | None = None,
    key: str = "",
    progress: Progress = lambda name, done, total: None,
) -> None:
    """Tunes the last layers and the projection of open_clip's text tower in place.

    Args:
        text: open_clip's ``HFTextEncoder``.
        tokenizer: Texts to ``(n, t)`` token ids, 0 on padding.
        prototypes: ``(17, d)`` of the picture tower.
        gallery: Pictures to meet.
        lexicon: Where words come from.
        settings: How.
        folder: Where checkpoints lie.
        key: Tells runs apart.
        progress: Told every step.
    """
    bert, project = text.get_submodule("transformer"), text.get_submodule("proj")
    text.requires_grad_(False).eval()
    layers = nn.ModuleList(list(bert.get_submodule("encoder.layer").children())[-N_TUNED_LAYERS:])
    for module in (layers, project):
        module.requires_grad_(True)
    writer = QueryWriter(lexicon)
    targets, n_rows = functional.normalize(prototypes, dim=-1), len(gallery.rows)

    def loss(rng: np.random.Generator) -> Tensor:
        draw = random.Random(int(rng.integers(2**31)))
        queries = [writer.write(draw.choice(CATEGORIES), draw) for _ in range(settings.batch)]
        tokens = shortened(tokenizer([query.text for query in queries]))
        with torch.autocast("cpu", torch.bfloat16):
            pooled = project(text_tail(bert, text_stem(bert, tokens), tokens))
        rows = functional.normalize(pooled.float(), dim=-1)
        labels = torch.tensor([CATEGORIES.index(query.category) for query in queries])
        near = rows @ targets.T
        total = functional.cross_entropy(_SCALE * near, labels, label_smoothing=0.05)
        total = total - settings.pull * near.gather(1, labels[:, None]).mean()
        shown = torch.from_numpy(rng.choice(n_rows, min(settings.shown, n_rows), replace=False))
        colors = _wanted([query.color for query in queries], COLORS)
        patterns = _wanted([query.pattern for query in queries], PATTERNS)
        total = total + settings.sorting * _sorting(rows, labels, gallery, shown)
        return total + settings.meeting * _meeting(rows, (labels, colors, patterns), gallery, shown)

    tuned = {f"layers.{k}": p for k, p in layers.named_parameters()}
    head = {f"proj.{k}": p for k, p in project.named_parameters()}
    rates: list[tuple[Mapping[str, nn.Parameter], float]] = [
        (tuned, settings.rate_layers),
        (head, settings.rate_head),
    ]
    Steps("texts", rates, settings.steps, folder, key).run(loss, progress)
    text.eval().requires_grad_(False)


def _wanted(values: list[str | None], names: tuple[str, ...]) -> Tensor:
    return torch.tensor([names.index(value) if value in names else -1 for value in values])


def _sorting(rows: Tensor, labels: Tensor, gallery: Gallery, shown: Tensor) -> Tensor:
    """Returns the loss of classifying shown pictures by the mean query of each category."""
    present, where = labels.unique(return_inverse=True)  # type: ignore[no-untyped-call]
    means = torch.zeros(len(present), rows.shape[1]).index_add(0, where, rows)
    hits = (gallery.labels[shown][:, None] == present[None]).nonzero()
    logits = _SCALE * gallery.rows[shown[hits[:, 0]]] @ functional.normalize(means, dim=-1).T
    return functional.cross_entropy(logits, hits[:, 1], label_smoothing=0.05)


def _meeting(
    rows: Tensor, wanted: tuple[Tensor, Tensor, Tensor], gallery: Gallery, shown: Tensor
) -> Tensor:
    """Returns the loss that draws queries to every shown picture that has what they name."""
    labels, colors, patterns = wanted
    fits = labels[:, None] == gallery.labels[shown][None]
    for values, known in ((colors, gallery.colors), (patterns, gallery.patterns)):
        asked = values[:, None] >= 0
        fits &= ~asked | (values[:, None] == known[shown][None])
    some = fits.any(1)
    if not bool(some.any()):
        return rows.sum() * 0
    logits = _SCALE * rows[some] @ gallery.rows[shown].T
    share = fits[some].float()
    share = share / share.sum(1, keepdim=True)
    return functional.cross_entropy(logits, share)
