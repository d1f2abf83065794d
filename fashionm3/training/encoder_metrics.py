"""Measures an encoder on photographs that training never saw.

``top1``: the label by class prompts (mean over the plain names of each category). ``p_at_10``: how
many of the ten nearest photographs have the query's label, over written queries, by embedding
alone: ``plain`` divides by ten, the other figure by what there is to find where that is less than
ten. The product's search is measured by ``benchmarks/search_quality.py``.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from fashionm3.errors import InputError
from fashionm3.index.encoder import Encoder
from fashionm3.index.lexicon import Lexicon
from fashionm3.training.encoder_photos import Part, Photograph, read_photographs
from fashionm3.training.encoder_words import class_prompts
from fashionm3.types import CATEGORIES

BATCH = 64


def photo_rows(encoder: Encoder, photographs: Sequence[Photograph]) -> NDArray[np.float32]:
    """Returns ``(n, d) float32``, one row a photograph."""
    rows = []
    for start in range(0, len(photographs), BATCH):
        pictures = []
        for photograph in photographs[start : start + BATCH]:
            with Image.open(photograph.path) as image:
                pictures.append(image.convert("RGB"))
        rows.append(encoder.encode_images(pictures))
    return np.concatenate(rows)


def class_rows(encoder: Encoder, lexicon: Lexicon) -> NDArray[np.float32]:
    """Returns ``(17, d) float32``: the mean over the prompts of each category, L2-normalised."""
    rows = [encoder.encode_texts(class_prompts(lexicon, c)).mean(0) for c in CATEGORIES]
    stacked = np.stack(rows)
    unit: NDArray[np.float32] = stacked / np.linalg.norm(stacked, axis=1, keepdims=True)
    return unit.astype(np.float32)


def top1(
    rows: NDArray[np.float32], labels: Sequence[str], classes: NDArray[np.float32]
) -> tuple[float, dict[str, float]]:
    """Returns the share of right labels, over all and for each category."""
    guess = (rows @ classes.T).argmax(1)
    right = np.array([CATEGORIES[g] == label for g, label in zip(guess, labels, strict=True)])
    each = {
        category: round(float(right[[label == category for label in labels]].mean()), 3)
        for category in CATEGORIES
        if category in labels
    }
    return float(right.mean()), each


def p_at_k(
    rows: NDArray[np.float32],
    labels: Sequence[str],
    queries: NDArray[np.float32],
    wanted: Sequence[str],
    k: int = 10,
    plain: bool = False,
) -> float:
    """Returns precision at k, averaged over queries.

    Args:
        rows: ``(n, d) float32`` of the photographs.
        labels: Category of each photograph.
        queries: ``(m, d) float32``.
        wanted: Category of each query.
        k: How many of the nearest count.
        plain: Divide by k also where fewer than k photographs have the label.
    """
    known = np.array(labels)
    found = [known[np.argsort(-(rows @ query))[:k]] for query in queries]
    shares = [
        (hits == label).sum() / (k if plain else min(k, max(1, int((known == label).sum()))))
        for hits, label in zip(found, wanted, strict=True)
    ]
    return float(np.mean(shares))


def measure(
    encoder: Encoder, photographs: Path, queries: Path | None, part: Part = "test"
) -> dict[str, Any]:
    """Returns every figure for one part of the split.

    Raises:
        InputError: The photographs or the queries can't be read.
    """
    chosen = [photo for photo in read_photographs(photographs) if photo.part == part]
    labels = [photo.label for photo in chosen]
    rows = photo_rows(encoder, chosen)
    share, each = top1(rows, labels, class_rows(encoder, Lexicon.load()))
    found: dict[str, Any] = {
        "part": part,
        "photographs": len(chosen),
        "top1": round(share, 4),
        "top1_by_category": each,
    }
    if queries is not None:
        texts, wanted = _read_queries(queries, set(labels))
        found["queries"] = len(texts)
        asked = encoder.encode_texts(texts)
        for name, plain in (("p_at_10_by_embedding", False), ("p_at_10_plain", True)):
            found[name] = round(p_at_k(rows, labels, asked, wanted, plain=plain), 4)
    return found


def _read_queries(file: Path, labels: set[str]) -> tuple[list[str], list[str]]:
    try:
        rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
        kept = [row for row in rows if row["category"] in labels]
        return [row["text"] for row in kept], [row["category"] for row in kept]
    except (OSError, json.JSONDecodeError, KeyError) as error:
        raise InputError(f"queries {file} can't be read: {error}") from None
