"""Measures filtered search against FAISS with post-filtering and hnswlib, in one run.

Every search has one thread: on shared cores a second one is waited for longer than it helps.

Usage: python benchmarks/search.py [--rows 10000 100000] [--json out.json]
"""

import argparse
import json
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fashionm3.index.catalog import Catalog
from fashionm3.index.lexicon import Lexicon
from fashionm3.index.manifest import Manifest
from fashionm3.index.neighbours import FaissNeighbours, NumpyNeighbours
from fashionm3.index.search import Filters, Found, Query, Search
from fashionm3.index.table import SCHEMA

K = 10
N_CANDIDATES = 100  # that the approximate searches may look at
DIM = 384
CATEGORIES = ("dress", "shirt", "shoes", "pants", "skirt", "hat", "polo", "hoodie", "shorts", "top")
COLORS = ("black", "white", "grey", "beige", "brown", "red", "green", "blue", "navy", "pink")
MATERIALS = ("cotton", "linen", "silk", "wool", "denim", "leather", "viscose", "velvet", "tweed",
             "suede")  # fmt: skip
STYLES = ("slim", "relaxed", "cropped", "vintage", "minimal", "sporty", "tailored", "oversized")
NOUNS = ("weekend", "garden", "harbour", "studio", "market", "coast", "city", "mountain", "evening")
TEXTS = (
    "navy linen shirt", "oversized vintage hoodie", "black evening dress", "tailored wool trousers",
    "cropped denim jeans", "white trainers", "sumer dress for the garden", "slim cotton polo",
    "red hat", "sporty shorts for the coast",
)  # fmt: skip
FILTERS = {
    "50 %": Filters(gender="women"),
    "10 %": Filters(category="dress"),
    "1 %": Filters(category="dress", color="navy"),
    "0.1 %": Filters(category="dress", color="navy", material="linen", negatives=("no zipper",)),
}


class HashEncoder:
    """Encodes a text as a fixed random direction, in no time: text encoding is not measured."""

    id = "benchmark"
    dim = DIM

    def encode_texts(self, texts: list[str]) -> NDArray[np.float32]:
        """Returns ``(n, d) float32``, L2-normalised."""
        seeds = [sum(text.encode()) for text in texts]
        rows = [np.random.default_rng(seed).standard_normal(DIM) for seed in seeds]
        return unit(np.array(rows, np.float32))


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scales rows to length 1."""
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def make_catalog(n: int) -> Catalog:
    """Draws a catalogue with clustered embeddings and texts of some 25 words."""
    import pyarrow as pa

    rng = np.random.default_rng(7)
    terms = (CATEGORIES, COLORS, MATERIALS, STYLES)
    category, color, material, style = (rng.integers(0, len(names), n) for names in terms)
    gender, price = rng.integers(0, 2, n), rng.integers(900, 30000, n)
    noun, numbers = rng.integers(0, 9, (n, 6)), rng.integers(0, 20000, (n, 4))
    rows = []
    for i in range(n):
        words = [
            CATEGORIES[category[i]],
            COLORS[color[i]],
            MATERIALS[material[i]],
            STYLES[style[i]],
        ]
        rows.append({
            "item_id": f"item-{i}", "title": " ".join((*reversed(words), NOUNS[noun[i, 0]])),
            "description": "A piece for the " + " and the ".join(NOUNS[j] for j in noun[i])
            + " with model " + " ".join(f"m{j}" for j in numbers[i]),
            "category": words[0], "color": [{"name": words[1], "share": 0.8}], "material": words[2],
            "gender": ("women", "men")[gender[i]], "style": [words[3]], "season": ["summer"],
            "sizes": [{"name": s, "stock": int(price[i]) % 3} for s in ("S", "M", "L")],
            "in_stock": True, "price": int(price[i]), "currency": "EUR", "brand": NOUNS[noun[i, 1]],
            "variant_group": f"group-{i // 3}", "occasion": [], "pictures": [], "sources": [],
        })  # fmt: skip
    centres = unit(rng.standard_normal((len(CATEGORIES) * len(STYLES), DIM)).astype(np.float32))
    noise = rng.standard_normal((n, DIM)).astype(np.float32) * 0.06
    embeddings = unit(centres[category * len(STYLES) + style] + noise)
    manifest = Manifest(
        generation=1, rows=n, files={}, encoder_id=HashEncoder.id, dim=DIM, digest="-"
    )
    return Catalog(Path("-"), manifest, pa.Table.from_pylist(rows, schema=SCHEMA), embeddings)


Finder = Callable[[NDArray[np.float32]], list[int]]
Report = dict[str, Any]


def allowed_rows(catalog: Catalog, filters: Filters) -> NDArray[np.int64]:
    """Filters row by row in plain Python: the reference."""
    table = catalog.table.select(["category", "color", "material", "gender"]).to_pylist()
    kept = [
        row
        for row, item in enumerate(table)
        if filters.category in (None, item["category"])
        and filters.color in (None, item["color"][0]["name"])
        and filters.material in (None, item["material"])
        and filters.gender in (None, item["gender"])
    ]
    return np.array(kept, np.int64)


def timed(call: Callable[[], Any], repeats: int) -> list[float]:
    """Returns milliseconds of each call, the first left out."""
    call()
    spans = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        spans.append((time.perf_counter() - start) * 1000)
    return spans


def recall(found: list[int], truth: list[int]) -> float:
    """Returns the share of the true hits that was found."""
    return len(set(found) & set(truth)) / max(1, len(truth))


def summary(name: str, spans: list[float], recalls: list[float]) -> Report:
    """Returns median and 95th percentile in milliseconds, and mean recall@10."""
    p50, p95 = (round(float(value), 3) for value in np.percentile(spans, [50, 95]))
    return {"search": name, "p50_ms": p50, "p95_ms": p95, "recall@10": float(np.mean(recalls))}


def rows_of(found: Found) -> list[int]:
    """Returns the rows of the hits."""
    return [int(hit.item_id.removeprefix("item-")) for hit in found.hits]


def measure_fused(
    search: Search, rankings: list[list[int]], filters: Filters, allowed: set[int], repeats: int
) -> Report:
    """Times `Search.search`; the truth is the NumPy ranking of all rows, then the allowed ones."""
    spans: list[float] = []
    recalls = []
    for text, ranking in zip(TEXTS, rankings, strict=True):
        find = partial(search.search, Query(text=text), filters, k=K, variants=True)
        spans += timed(find, repeats)
        truth = [row for row in ranking if row in allowed][:K]
        recalls.append(recall(rows_of(find()), truth))
    return summary("fashionm3: words + embeddings + data", spans, recalls)


def measure_vectors(
    name: str, find: Finder, catalog: Catalog, rows: NDArray[np.int64], repeats: int
) -> Report:
    """Times a search by embedding alone; the truth is an exact scan of the allowed rows."""
    spans: list[float] = []
    recalls = []
    chosen = np.asarray(catalog.embeddings[rows])
    for k, noise in enumerate(HashEncoder().encode_texts(list(TEXTS))):
        # Near a real item, as an encoder's queries are; a random direction has no neighbours.
        vector = unit((noise * 0.5 + chosen[k * 997 % len(rows)])[None])[0]
        spans += timed(partial(find, vector), repeats)
        truth = rows[np.argsort(-(chosen @ vector), kind="stable")[:K]].tolist()
        recalls.append(recall(find(vector), truth))
    return summary(name, spans, recalls)


def flat_finder(catalog: Catalog, allowed: set[int]) -> Finder:
    """FAISS flat over everything, then the filter on its first hundred."""
    import faiss

    faiss.omp_set_num_threads(1)
    index = faiss.IndexFlatIP(DIM)
    index.add(catalog.embeddings)

    def find(vector: NDArray[np.float32]) -> list[int]:
        _, rows = index.search(vector[None], N_CANDIDATES)
        return [row for row in rows[0].tolist() if row in allowed][:K]

    return find


def graph_finders(catalog: Catalog) -> Callable[[set[int]], tuple[Finder, Finder]] | None:
    """An hnswlib index with its filter callback, and with the filter afterwards."""
    try:
        import hnswlib
    except ImportError:
        return None
    index = hnswlib.Index(space="ip", dim=DIM)
    index.init_index(max_elements=len(catalog), M=16, ef_construction=100, random_seed=1)
    index.add_items(catalog.embeddings, num_threads=2)
    index.set_ef(N_CANDIDATES)
    index.set_num_threads(1)

    def finders(allowed: set[int]) -> tuple[Finder, Finder]:
        def filtered(vector: NDArray[np.float32]) -> list[int]:
            try:
                labels, _ = index.knn_query(vector, k=K, filter=allowed.__contains__)
            except RuntimeError:  # it found fewer than k
                return []
            return [int(label) for label in labels[0]]

        def after(vector: NDArray[np.float32]) -> list[int]:
            labels, _ = index.knn_query(vector, k=N_CANDIDATES)
            return [row for row in labels[0].tolist() if row in allowed][:K]

        return filtered, after

    return finders


def exact_finder(catalog: Catalog, rows: NDArray[np.int64]) -> Finder:
    """The exact scan of the eligible rows, as the search does it, without words and data."""
    neighbours = FaissNeighbours(catalog.embeddings)

    def find(vector: NDArray[np.float32]) -> list[int]:
        found = neighbours.scores(vector, rows)
        first = np.argpartition(-found, min(K, len(found)) - 1)[:K]
        return [int(row) for row in rows[first]]

    return find


def measure(n: int, repeats: int) -> list[Report]:
    """Measures every search at every selectivity over n items."""
    catalog = make_catalog(n)
    search = Search(catalog, HashEncoder(), Lexicon.load())
    start = time.perf_counter()
    search.open()
    opened = time.perf_counter() - start
    print(f"\n{n} items: search opened in {opened:.2f} s")
    graph = graph_finders(catalog)
    if graph is None:
        print("hnswlib is not installed: left out")
    reference = Search(catalog, HashEncoder(), Lexicon.load(), backend=NumpyNeighbours)
    everything = partial(reference.search, filters=Filters(in_stock=False), k=n, variants=True)
    rankings = [rows_of(everything(Query(text=text))) for text in TEXTS]
    reports = []
    for selectivity, filters in FILTERS.items():
        rows = allowed_rows(catalog, filters)
        allowed = set(rows.tolist())
        found = [measure_fused(search, rankings, filters, allowed, repeats)]
        finders = {
            "fashionm3: embeddings alone": exact_finder(catalog, rows),
            f"FAISS flat, filter on the first {N_CANDIDATES}": flat_finder(catalog, allowed),
        }
        if graph is not None:
            during, after = graph(allowed)
            finders["hnswlib, filter in the walk"] = during
            finders[f"hnswlib, filter on the first {N_CANDIDATES}"] = after
        found += [measure_vectors(name, f, catalog, rows, repeats) for name, f in finders.items()]
        for report in found:
            ratio = round(report["p50_ms"] / found[0]["p50_ms"], 2)
            size = {"items": n, "selectivity": selectivity, "eligible": len(rows)}
            reports.append({**size, **report, "p50 ratio": ratio, "open_s": round(opened, 2)})
    return reports


def markdown(reports: list[Report]) -> str:
    """Writes reports as one table."""
    names = [name for name in reports[0] if name != "open_s"]
    lines = ["| " + " | ".join(names) + " |", "|" + "---|" * len(names)]
    for report in reports:
        cells = (f"{report[n]:.3g}" if isinstance(report[n], float) else report[n] for n in names)
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--repeats", type=int, default=20)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    reports = [report for n in args.rows for report in measure(n, args.repeats)]
    print("\n" + markdown(reports))
    if args.json:
        args.json.write_text(json.dumps(reports, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
