"""Checks every byte of a catalogue directory against its manifest."""

from collections.abc import Iterator
from pathlib import PurePosixPath

import numpy as np

from fashionm3.index.catalog import Catalog
from fashionm3.index.manifest import digest_of, file_digest
from fashionm3.index.table import to_items

_ROWS = 4096


def faults(catalog: Catalog) -> Iterator[str]:
    """Yields one line for each fault: digests, row counts, embeddings, ids, pictures."""
    manifest = catalog.manifest
    for role, entry in sorted(manifest.files.items()):
        path = catalog.path / entry.name
        if not path.is_file():
            yield f"{entry.name} ({role}) is missing"
        elif file_digest(path) != entry.sha256:
            yield f"{entry.name} ({role}) has another sha256 than the manifest says"
    if digest_of(manifest.files) != manifest.digest:
        yield "the manifest's digest does not match its files"
    ids = catalog.table["item_id"].to_pylist()
    if len(set(ids)) != len(ids):
        yield f"{len(ids) - len(set(ids))} item ids occur twice"
    yield from _vector_faults(catalog)
    yield from _item_faults(catalog)


def _vector_faults(catalog: Catalog) -> Iterator[str]:
    dim = catalog.embeddings.shape[1]
    if dim != catalog.manifest.dim:
        yield f"embeddings have {dim} dimensions, the manifest says {catalog.manifest.dim}"
    for start in range(0, len(catalog) if dim else 0, _ROWS):
        norms = np.linalg.norm(catalog.embeddings[start : start + _ROWS], axis=1)
        bad = ~(np.isclose(norms, 1, atol=1e-3) | (norms == 0))
        if bad.any():
            yield f"embedding of row {start + int(np.argmax(bad))} is not L2-normalised"
            return


def _item_faults(catalog: Catalog) -> Iterator[str]:
    checked: set[str] = set()
    for start in range(0, len(catalog), _ROWS):
        for item in to_items(catalog.table.slice(start, _ROWS)):
            if item.price is not None and item.currency != catalog.currency:
                yield f"item {item.item_id!r} is priced in {item.currency}"
            for name in item.pictures:
                if name not in checked:
                    checked.add(name)
                    yield from _picture_faults(catalog, name)


def _picture_faults(catalog: Catalog, name: str) -> Iterator[str]:
    path = catalog.path / name
    if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
        yield f"picture {name} lies outside the catalogue"
    elif not path.is_file():
        yield f"picture {name} is missing"
    elif file_digest(path) != path.stem:
        yield f"picture {name} has other bytes than its name says"
