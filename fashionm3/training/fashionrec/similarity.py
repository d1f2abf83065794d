"""The source paper's S-BERT score: how near answers are in wording to the reference answers.

Cosine of two MiniLM sentence vectors, times 100. It says nothing about whether the advice is good,
fits the outfit or exists in a shop: two sentences on other shoes come near each other. Secondary.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fashionm3.errors import InputError
from fashionm3.torchvision_ops import declare_missing_ops
from fashionm3.training.fashionrec.sample import Sample

NOTE = "secondary: similarity of wording only, not of advice"
_BATCH = 32
_LONGEST = 256
"""Tokens of a text that are read, as all-MiniLM-L6-v2 was tuned for."""

Vectors = NDArray[np.float32]
Progress = Callable[[int, int], None]


class SentenceVectors:
    """all-MiniLM-L6-v2 with mean pooling.

    Args:
        folder: Base weights in transformers' layout.
    """

    def __init__(self, folder: Path) -> None:
        declare_missing_ops()
        from transformers import AutoModel, AutoTokenizer

        self._tokenizer: Any = AutoTokenizer.from_pretrained(folder)
        self._model: Any = AutoModel.from_pretrained(folder).eval()

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Returns ``(n, 384) float32``, L2-normalised."""
        rows = []
        for start in range(0, len(texts), _BATCH):
            rows.append(self._encode(list(texts[start : start + _BATCH])))
            if progress is not None:
                progress(min(start + _BATCH, len(texts)), len(texts))
        return np.concatenate(rows)

    def _encode(self, texts: list[str]) -> Vectors:
        import torch

        from fashionm3.agent.tool_matcher import mean_states

        options: dict[str, Any] = {"padding": True, "truncation": True, "max_length": _LONGEST}
        tokens = self._tokenizer(texts, return_tensors="pt", **options)
        with torch.inference_mode():
            states = self._model(**tokens).last_hidden_state
        mean = mean_states(states, tokens["attention_mask"])
        unit = torch.nn.functional.normalize(mean, dim=1)
        return np.asarray(unit.numpy(), np.float32)


def read_answers(file: Path) -> dict[str, str]:
    """Reads JSON Lines of ``key`` and ``answer``.

    Raises:
        InputError: A line is not in that form; it is named.
    """
    answers: dict[str, str] = {}
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"answers {file} can't be read: {error}") from None
    for n, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            answers[str(row["key"])] = str(row["answer"])
        except (ValueError, KeyError, TypeError):
            raise InputError(
                f'{file}, line {n}: expected {{"key": "0000001", "answer": "..."}}'
            ) from None
    return answers


def paired(samples: Iterable[Sample], answers: Mapping[str, str]) -> list[tuple[Sample, str]]:
    """Puts each sample beside its answer.

    Raises:
        InputError: A sample has no answer.
    """
    pairs = []
    for sample in samples:
        if sample.key not in answers:
            raise InputError(f"there is no answer to sample {sample.key}: add a line with this key")
        pairs.append((sample, answers[sample.key]))
    return pairs


def score(
    pairs: Sequence[tuple[Sample, str]],
    encode: Callable[[Sequence[str]], Vectors],
) -> dict[str, Any]:
    """Scores answers against what gpt says in the samples.

    Args:
        pairs: Each sample with an answer.
        encode: Texts to ``(n, d) float32``, L2-normalised.

    Returns:
        Task to count and mean cosine x 100, and beside it that of answers to other samples of the
        task, each moved on by one: what any answer in this manner gets.

    Raises:
        InputError: There are no pairs.
    """
    if not pairs:
        raise InputError("no samples to score: check --task and the shards")
    said = encode([answer for _, answer in pairs])
    wanted = encode([sample.answer for sample, _ in pairs])
    rows: dict[str, list[int]] = defaultdict(list)
    for n, (sample, _) in enumerate(pairs):
        rows[sample.task].append(n)
    by_task = {}
    for task, places in rows.items():
        own = (said[places] * wanted[places]).sum(1).mean()
        other = (said[places] * np.roll(wanted[places], 1, axis=0)).sum(1).mean()
        by_task[task] = {
            "n": len(places),
            "s_bert": round(float(own) * 100, 2),
            "s_bert_of_others": round(float(other) * 100, 2),
        }
    return {"note": NOTE, "tasks": by_task}
