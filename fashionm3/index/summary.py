"""What a catalogue holds, in figures."""

from collections import Counter
from typing import Any

from fashionm3.index.catalog import Catalog

_PLAIN = ("title", "description", "category", "pattern", "material", "gender", "in_stock", "price",
          "brand", "url", "variant_group")  # fmt: skip
_LISTS = ("color", "season", "style", "occasion", "sizes", "pictures")


def summary(catalog: Catalog) -> dict[str, Any]:
    """Returns figures as JSON: rows, categories with counts, share of items that have each field.

    ``sources`` counts for each field how often it was given, read from words, or from a picture.
    """
    table, n = catalog.table, max(1, len(catalog))
    filled = {}
    for name in (*_PLAIN, *_LISTS):
        cells = table[name].to_pylist()
        has = sum(cell is not None and cell != "" and cell != [] for cell in cells)
        filled[name] = round(has / n, 4)
    sources = Counter(pair for pairs in table["sources"].to_pylist() for pair in pairs or ())
    by_field: dict[str, dict[str, int]] = {}
    for (name, source), count in sorted(sources.items()):
        by_field.setdefault(name, {})[source] = count
    counts = Counter(filter(None, table["category"].to_pylist()))
    manifest = catalog.manifest
    return {
        "path": str(catalog.path),
        "rows": len(catalog),
        "generation": manifest.generation,
        "currency": manifest.currency,
        "encoder_id": manifest.encoder_id,
        "dim": manifest.dim,
        "digest": manifest.digest,
        "categories": {name: counts[name] for name in manifest.categories},
        "filled": filled,
        "sources": by_field,
    }
