"""Judges the search over photographs whose labels it does not see.

The photographs of the test side become a catalogue without texts: categories are guessed by the
encoder from class prompts, colours are measured. A query's hits are judged by the person's label
and, where it names a colour, also by the main colour as measured (so that the colour figure judges
the ranking, not the measuring).

Usage: python -m benchmarks.search_quality [--queries FILE] [--part test] [--json out.json]
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from fashionm3.index.catalog import Catalog
from fashionm3.index.lexicon import Lexicon
from fashionm3.index.manifest import Manifest
from fashionm3.index.search import Filters, Query, Search
from fashionm3.index.table import to_table
from fashionm3.training.encoder_photos import Photograph, photo_folder, read_photographs
from fashionm3.training.encoder_words import class_prompts
from fashionm3.types import CATEGORIES, ColorShare, Item

if TYPE_CHECKING:
    from fashionm3.index.encoder import Encoder

K = 10
Vectors = NDArray[np.float32]
Colors = Sequence[tuple[ColorShare, ...]]


def embed(encoder: "Encoder", photographs: Sequence[Photograph]) -> tuple[Vectors, Colors]:
    """Encodes and measures every photograph, ``(n, d) float32`` and one tuple of colours each."""
    from fashionm3.index.colour import colors

    blocks, measured = [], []
    for start in range(0, len(photographs), 32):
        pictures = [Image.open(p.path).convert("RGB") for p in photographs[start : start + 32]]
        blocks.append(encoder.encode_images(pictures))
        measured += [colors(picture) for picture in pictures]
    return np.concatenate(blocks), measured


def guess_categories(encoder: "Encoder", vectors: Vectors, lexicon: Lexicon) -> list[str]:
    """Gives each picture the category whose prompts it is nearest to."""
    centres = np.stack([
        encoder.encode_texts(class_prompts(lexicon, category)).mean(axis=0)
        for category in CATEGORIES
    ])  # fmt: skip
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    return [CATEGORIES[best] for best in (vectors @ centres.T).argmax(axis=1)]


def make_catalog(
    ids: Sequence[str], vectors: Vectors, colors: Colors, categories: Sequence[str], encoder_id: str
) -> Catalog:
    """Makes a catalogue in memory that has no words."""
    items = [
        Item(
            item_id=item_id,
            title="",
            category=category,
            color=color,
            sources={"category": "picture", "color": "picture"},
        )
        for item_id, category, color in zip(ids, categories, colors, strict=True)
    ]
    manifest = Manifest(
        generation=1,
        rows=len(items),
        files={},
        encoder_id=encoder_id,
        dim=vectors.shape[1],
        digest="-",
    )
    return Catalog(Path("-"), manifest, to_table(items), vectors)


def read_queries(path: Path) -> list[dict[str, Any]]:
    """Reads one query a line: text, category, color or null."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def judge(
    search: Search,
    queries: Sequence[dict[str, Any]],
    labels: dict[str, str],
    colors: dict[str, str],
) -> dict[str, Any]:
    """Returns label P@10, and label and colour P@10 with what the set allows.

    Args:
        search: Over the photographs.
        queries: With their true category and colour.
        labels: Item id to the person's label.
        colors: Item id to its main colour.
    """
    by_label: defaultdict[str, list[float]] = defaultdict(list)
    both, allowed = [], []
    for query in queries:
        hits = search.search(Query(text=query["text"]), Filters(), k=K).hits
        right = [hit.item_id for hit in hits if labels[hit.item_id] == query["category"]]
        by_label[query["category"]].append(len(right) / K)
        if query["color"] is None:
            continue
        both.append(sum(colors[item_id] == query["color"] for item_id in right) / K)
        there = sum(
            label == query["category"] and colors[item_id] == query["color"]
            for item_id, label in labels.items()
        )
        allowed.append(min(K, there) / K)
    every = [value for values in by_label.values() for value in values]
    return {
        "items": len(labels),
        "queries": len(every),
        "label P@10": round(float(np.mean(every)), 4),
        "standard error": round(float(np.std(every) / np.sqrt(len(every))), 4),
        "colour queries": len(both),
        "colour and label P@10": round(float(np.mean(both)), 4),
        "allowed": round(float(np.mean(allowed)), 4),
        "share of allowed": round(float(np.sum(both) / np.sum(allowed)), 4),
        "by label": {name: round(float(np.mean(by_label[name])), 3) for name in sorted(by_label)},
    }


def main() -> None:
    """Runs the check with the installed encoder."""
    from fashionm3.config import EncoderSettings
    from fashionm3.index.encoder import load_encoder

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--queries", type=Path, default=Path("suites/encoder/queries.jsonl"))
    parser.add_argument("--part", choices=("dev", "test"), default="test")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    folder = photo_folder()
    if folder is None:
        parser.error("no photographs: set FASHIONM3_PHOTOS to the folder with items.csv")
    lexicon, encoder = Lexicon.load(), load_encoder(EncoderSettings())
    chosen = [p for p in read_photographs(folder) if p.part == args.part]
    vectors, measured = embed(encoder, chosen)
    ids, labels = [p.item_id for p in chosen], {p.item_id: p.label for p in chosen}
    categories = guess_categories(encoder, vectors, lexicon)
    catalog = make_catalog(ids, vectors, measured, categories, encoder.id)
    right = sum(p.label == guess for p, guess in zip(chosen, categories, strict=True))
    main_colors = {i: c[0].name if c else "" for i, c in zip(ids, measured, strict=True)}
    report = judge(
        Search(catalog, encoder, lexicon), read_queries(args.queries), labels, main_colors
    )
    report = {"label top-1": round(right / len(chosen), 4), **report}
    print("| measure | value |\n|---|---|")
    for name, value in report.items():
        if name != "by label":
            print(f"| {name} | {value} |")
    print("\nP@10 by label: " + ", ".join(f"{n} {v}" for n, v in report["by label"].items()))
    if args.json:
        args.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
