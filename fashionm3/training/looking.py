"""The projector between the planner's eye and its language model, and its first training stage.

Stage one aligns it without the language model: the views of colour, pattern and kind should land
near the embeddings of the words for them, so that the language model finds words it knows where a
picture stands. Stage two trains it together with the adapter.
"""

import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn import functional

from fashionm3.agent.eye import N_FEATURES, N_MEASURES, N_VIEWS, views
from fashionm3.training.dialogues.pictures import Picture
from fashionm3.training.pictures import PictureSet
from fashionm3.types import CATEGORIES, COLORS, PATTERNS

_SHARPNESS = 20.0  # of the cosines with the words
_NOISE = 0.3
_WEIGHTS = (1.0, 1.0, 1.5)  # of colour, pattern and kind
_LABELLED = 3.0  # how much oftener a photograph is drawn whose pattern is known
_IGNORED = -100


class Looking(nn.Module):
    """What a picture becomes in the language model: four vectors.

    Args:
        width: Of the language model's embeddings.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.mean: Tensor
        self.spread: Tensor
        self.register_buffer("mean", torch.zeros(N_MEASURES))
        self.register_buffer("spread", torch.ones(N_MEASURES))
        self.linear_1 = nn.Linear(N_FEATURES, width)
        self.linear_2 = nn.Linear(width, width)

    def forward(self, measures: Tensor, noise: float = 0.0) -> Tensor:
        """Returns ``(n, 4, width)`` for measures ``(n, N_MEASURES)``."""
        laid = views(measures, self.mean, self.spread).flatten(2).transpose(1, 2)
        laid = functional.dropout(laid, noise / 2, self.training and noise > 0)
        hidden = functional.gelu(self.linear_1(laid))
        found: Tensor = self.linear_2(functional.dropout(hidden, noise, self.training))
        return found

    def fit_scale(self, measures: Tensor) -> None:
        """Takes mean and spread of each measure from training pictures."""
        known = measures.float()
        self.mean = known.mean(0)
        self.spread = known.std(0).clamp(min=1e-3)

    def save(self, file: Path) -> None:
        """Writes weights and scale, fp16 and fp32."""
        state = {
            name: value.contiguous() if name in ("mean", "spread") else value.half().contiguous()
            for name, value in self.state_dict().items()
        }
        save_file(state, file)

    @classmethod
    def load(cls, file: Path) -> "Looking":
        """Reads what `save` wrote."""
        state = {name: value.float() for name, value in load_file(file).items()}
        looking = cls(len(state["linear_2.bias"]))
        looking.load_state_dict(state)
        return looking


class Sight:
    """Labelled pictures, and the projector that makes vectors of them.

    Args:
        known: Training pictures.
        looking: An aligned projector.
    """

    def __init__(self, known: PictureSet, looking: Looking) -> None:
        self.looking = looking
        self._known = known
        self._rows = {picture.key: row for row, picture in enumerate(known.pictures)}
        self._weights = draws(known.pictures).tolist()

    def drawn(self, rng: random.Random, n: int = 512) -> list[Picture]:
        """Draws pictures, rare kinds and known patterns more often."""
        labelled = self._known.pictures[: len(self._weights)]
        return rng.choices(labelled, self._weights, k=n)

    @property
    def pictures(self) -> Sequence[Picture]:
        """All known pictures."""
        return self._known.pictures

    def learn_of(self, others: PictureSet) -> None:
        """Takes pictures without labels: they can be measured and are never drawn."""
        self._known = self._known + others
        self._rows = {picture.key: row for row, picture in enumerate(self._known.pictures)}

    def measures(self, keys: Sequence[str]) -> Tensor:
        """Returns what the eye measured of the pictures of some keys, ``(n, N_MEASURES)``."""
        return self._known.measures[[self._rows[key] for key in keys]]


def targets(
    pictures: Sequence[Picture],
    embeddings: Tensor,
    tokenizer: Any,  # noqa: ANN401
) -> tuple[list[Tensor], Tensor]:
    """Returns the embeddings of the words of each view, and each picture's right ones.

    Returns:
        For colour, pattern and kind ``(n_words, width)``; and ``(n, 3) int64``, -100 where unknown.
    """
    words: list[Tensor] = []
    for vocabulary in (COLORS, PATTERNS, CATEGORIES):
        ids = [tokenizer.encode(f" {word}", add_special_tokens=False) for word in vocabulary]
        words.append(torch.stack([embeddings[tokens].float().mean(0) for tokens in ids]))
    rows = [
        [
            COLORS.index(p.color),
            PATTERNS.index(p.pattern) if p.pattern in PATTERNS else _IGNORED,
            CATEGORIES.index(p.category),
        ]
        for p in pictures
    ]
    return words, torch.tensor(rows)


def draws(pictures: Sequence[Picture]) -> Tensor:
    """Returns how often each picture is drawn: rare kinds and known patterns more often."""
    kinds = Counter(picture.category for picture in pictures)
    weights = [
        kinds[p.category] ** -0.5 * (_LABELLED if p.pattern and p.key.startswith("photo") else 1.0)
        for p in pictures
    ]
    return torch.tensor(weights)


def align(
    looking: Looking,
    known: PictureSet,
    words: Sequence[Tensor],
    right: Tensor,
    steps: int = 1500,
    rate: float = 1e-3,
    seed: int = 1,
) -> None:
    """Trains a projector so that its views lie near the words for what they show.

    Args:
        looking: The projector; changed.
        known: Training pictures.
        words: See `targets`.
        right: See `targets`.
        steps: Of 96 pictures.
        rate: Peak learning rate; cosine to a twentieth.
        seed: Of the draws.
    """
    generator = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    looking.fit_scale(known.measures)
    weights = draws(known.pictures)
    optimizer = torch.optim.AdamW(looking.parameters(), lr=rate, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, rate, total_steps=steps, pct_start=0.04, div_factor=20, final_div_factor=1
    )
    looking.train()
    for _ in range(steps):
        batch = torch.multinomial(weights, 96, replacement=True, generator=generator)
        found = looking(known.measures[batch], _NOISE)
        loss = sum(
            weight * _cross_entropy(found[:, n], words[n], right[batch, n])
            for n, weight in enumerate(_WEIGHTS)
        )
        length = float(words[0].norm(dim=1).mean())
        loss = loss + 0.02 * (found.norm(dim=-1) / length - 1).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    looking.eval()


def _cross_entropy(found: Tensor, words: Tensor, right: Tensor) -> Tensor:
    if bool((right == _IGNORED).all()):
        return found.sum() * 0
    return functional.cross_entropy(
        _logits(found, words), right, ignore_index=_IGNORED, label_smoothing=0.05
    )


def _logits(found: Tensor, words: Tensor) -> Tensor:
    cosines = functional.normalize(found, dim=-1) @ functional.normalize(words, dim=-1).T
    return _SHARPNESS * cosines


@torch.no_grad()
def accuracy(
    looking: Looking, known: PictureSet, words: Sequence[Tensor], right: Tensor
) -> dict[str, float]:
    """Returns how often the nearest word is the right one, by view."""
    found = looking(known.measures)
    assert found.shape[1] == N_VIEWS
    scores = {}
    for n, name in enumerate(("color", "pattern", "category")):
        known_rows = right[:, n] != _IGNORED
        nearest = _logits(found[:, n], words[n]).argmax(1)
        hits = (nearest == right[:, n])[known_rows]
        scores[name] = round(float(hits.float().mean()), 4) if len(hits) else float("nan")
    return scores
