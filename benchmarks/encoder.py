"""Pictures and texts a second of the encoder, in batches against one by one.

Run: ``python -m benchmarks.encoder [--json FILE]``.
"""

import argparse
import json
import time
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from fashionm3.config import EncoderSettings
from fashionm3.index.encoder import load_encoder

TEXTS = [
    f"{color} {kind}" for color in ("navy", "red", "olive") for kind in ("coat", "tee", "boots")
]


def rate(work: Any, n: int, seconds: float = 4.0) -> float:  # noqa: ANN401
    """Returns things a second of a function that handles ``n`` of them."""
    work()
    started, done = time.perf_counter(), 0
    while time.perf_counter() - started < seconds:
        work()
        done += n
    return done / (time.perf_counter() - started)


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    encoder = load_encoder(EncoderSettings())
    rng = np.random.default_rng(1)
    pixels = rng.integers(0, 255, (32, 512, 384, 3), dtype=np.uint8)
    pictures = [Image.fromarray(array) for array in pixels]
    fresh = iter(range(10**9))
    found = {
        "images_per_s_batch_32": rate(lambda: encoder.encode_images(pictures), 32),
        "images_per_s_batch_1": rate(lambda: encoder.encode_images(pictures[:1]), 1),
        "texts_per_s_batch_9": rate(
            lambda: encoder.encode_texts([f"{text} {next(fresh)}" for text in TEXTS]), len(TEXTS)
        ),
        "texts_per_s_repeated": rate(lambda: encoder.encode_texts(TEXTS[:1]), 1, 1.0),
    }
    found = {name: round(value, 1) for name, value in found.items()}
    print("| encoder | a second |\n|---|---|")
    for name, value in found.items():
        print(f"| {name.replace('_', ' ')} | {value} |")
    if chosen.json:
        chosen.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
