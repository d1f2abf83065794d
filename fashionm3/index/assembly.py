"""Writes a generation of a catalogue directory from finished batches."""

import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from fashionm3.index.building import Batch, WorkFolder, sync
from fashionm3.index.manifest import (
    NAME,
    FileEntry,
    Manifest,
    digest_of,
    generation_name,
)
from fashionm3.index.pictures import FOLDER
from fashionm3.index.table import SCHEMA
from fashionm3.index.vectors import write_vectors

_GROUP = 16_384
_FILES = (("items", ".parquet"), ("embeddings", ".safetensors"), ("rejected", ".jsonl"))


def assemble(
    out: Path,
    work: WorkFolder,
    batches: list[Batch],
    currency: str | None,
    encoder: tuple[str, int] | None,
) -> Manifest:
    """Writes all files of the next generation and commits them with the manifest.

    Args:
        out: The catalogue directory.
        work: Where the batches lie.
        batches: All of them, in order.
        currency: Of all prices.
        encoder: Id and width of the embeddings, or None.
    """
    out.mkdir(parents=True, exist_ok=True)
    generation = Manifest.read(out).generation + 1 if (out / NAME).is_file() else 1
    _place_pictures(work.path / FOLDER, out / FOLDER)
    files = {"items": out / generation_name("items", ".parquet", generation)}
    categories = _write_items(files["items"], work, len(batches))
    rows = sum(len(batch.ids) for batch in batches)
    files["rejected"] = out / generation_name("rejected", ".jsonl", generation)
    with files["rejected"].open("w", encoding="utf-8") as lines:
        for batch in batches:
            lines.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in batch.rejected)
    if encoder is not None:
        files["embeddings"] = out / generation_name("embeddings", ".safetensors", generation)
        write_vectors(files["embeddings"], work.vectors(len(batches)), rows, encoder[1])
    for path in files.values():
        sync(path)
    entries = {role: FileEntry.of(path) for role, path in sorted(files.items())}
    manifest = Manifest(
        generation=generation,
        rows=rows,
        files=entries,
        encoder_id=encoder[0] if encoder else None,
        dim=encoder[1] if encoder else 0,
        categories=tuple(categories),
        currency=currency,
        digest=digest_of(entries),
    )
    manifest.write(out)
    _drop_older(out, generation)
    return manifest


def _place_pictures(source: Path, target: Path) -> None:
    """Puts pictures in the catalogue too: the work folder stays whole until the commit."""
    target.mkdir(exist_ok=True)
    for path in sorted(source.rglob("*")):
        place = target / path.relative_to(source)
        if path.is_file() and path.suffix != ".part" and not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            part = place.with_suffix(".part")
            part.unlink(missing_ok=True)
            try:
                os.link(path, part)
            except OSError:
                shutil.copyfile(path, part)
            part.replace(place)


def _write_items(path: Path, work: WorkFolder, n: int) -> list[str]:
    """Writes the table and returns its categories, most frequent first."""
    groups = _equal_titles(work, n)
    categories: Counter[str] = Counter()
    waiting: list[pa.Table] = []
    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
        for table in work.tables(n):
            categories.update(filter(None, table["category"].to_pylist()))
            waiting.append(_grouped(table, groups))
            if sum(part.num_rows for part in waiting) >= _GROUP:
                writer.write_table(pa.concat_tables(waiting))
                waiting = []
        if any(part.num_rows for part in waiting):
            writer.write_table(pa.concat_tables(waiting))
    return [name for name, _ in sorted(categories.items(), key=lambda e: (-e[1], e[0]))]


def _keys(table: pa.Table) -> Iterator[tuple[str, str] | None]:
    """Yields title and brand of rows that may be a variant by their title alone."""
    columns = (table[name].to_pylist() for name in ("variant_group", "title", "brand", "sources"))
    for group, title, brand, sources in zip(*columns, strict=True):
        is_given = ("title", "given") in (sources or ())
        is_name = is_given and len(title.split()) > 1
        yield (title.casefold(), (brand or "").casefold()) if not group and is_name else None


def _equal_titles(work: WorkFolder, n: int) -> set[tuple[str, str]]:
    counts = Counter(key for table in work.tables(n) for key in _keys(table) if key)
    return {key for key, count in counts.items() if count > 1}


def _grouped(table: pa.Table, groups: set[tuple[str, str]]) -> pa.Table:
    """Groups rows of equal title and brand where the feed gives no group."""
    if not groups:
        return table
    given = table["variant_group"].to_pylist()
    named = [
        f"title:{key[0]}" if key in groups and key else group
        for group, key in zip(given, _keys(table), strict=True)
    ]
    place = table.schema.get_field_index("variant_group")
    return table.set_column(place, SCHEMA.field("variant_group"), pa.array(named, pa.string()))


def _drop_older(out: Path, generation: int) -> None:
    """Removes files of generations before the last one: a reader may still open that."""
    for old in range(1, generation - 1):
        for stem, suffix in (
            ("items", ".parquet"),
            ("embeddings", ".safetensors"),
            ("rejected", ".jsonl"),
        ):
            (out / generation_name(stem, suffix, old)).unlink(missing_ok=True)
