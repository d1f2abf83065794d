"""Writes a generation of a catalogue directory from finished batches."""

import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from fashionm3.errors import InputError
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

    Raises:
        InputError: There is no row, and the catalogue that is there has some.
    """
    out.mkdir(parents=True, exist_ok=True)
    rows = sum(len(batch.ids) for batch in batches)
    generation = _next_generation(out, rows, work)
    _place_pictures(work.path / FOLDER, out / FOLDER)
    files = {"items": out / generation_name("items", ".parquet", generation)}
    categories = _write_items(files["items"], work, len(batches))
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


def _next_generation(out: Path, rows: int, work: WorkFolder) -> int:
    """Numbers the generation to be; none without a row takes the place of a live catalogue."""
    if not (out / NAME).is_file():
        return 1
    last = Manifest.read(out)
    if last.rows and not rows:
        work.remove()
        raise InputError(
            f"the source has no usable row: {out} keeps its rows ({last.rows}); check the "
            "source, or build it into a new directory to see in rejected.jsonl why"
        )
    return last.generation + 1


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


def _keys(table: pa.Table) -> Iterator[str | None]:
    """Yields what names a product of rows that may be a variant by their title alone.

    Equal titles of one brand are one product only where people and category agree too.
    """
    names = ("variant_group", "sources", "title", "brand", "gender", "category")
    for group, sources, title, *rest in zip(*(table[n].to_pylist() for n in names), strict=True):
        is_name = ("title", "given") in (sources or ()) and len(title.split()) > 1
        may_be = is_name and rest[0] and not group
        yield "|".join([title, *(part or "" for part in rest)]).casefold() if may_be else None


def _equal_titles(work: WorkFolder, n: int) -> set[str]:
    counts = Counter(key for table in work.tables(n) for key in _keys(table) if key)
    return {key for key, count in counts.items() if count > 1}


def _grouped(table: pa.Table, groups: set[str]) -> pa.Table:
    """Groups rows of equal title, brand, people and category where the feed gives no group."""
    if not groups:
        return table
    given = table["variant_group"].to_pylist()
    named = [
        f"title:{key}" if key in groups and key else group
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
