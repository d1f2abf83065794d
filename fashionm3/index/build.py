"""Builds a catalogue directory from a source, batch by batch; a killed build goes on.

The same source and options give the same bytes. A bad row never stops a build: it is listed in
``rejected.jsonl`` with its line and the reason.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from fashionm3.errors import EngineError, InputError
from fashionm3.index.assembly import assemble
from fashionm3.index.building import Batch, WorkFolder
from fashionm3.index.enrichment import Enrichment, Entry
from fashionm3.index.lexicon import Lexicon
from fashionm3.index.manifest import NAME
from fashionm3.index.pictures import FOLDER, Album
from fashionm3.index.readers.base import Row
from fashionm3.index.records import Draft, Records
from fashionm3.index.rejections import rejection
from fashionm3.index.survey import Survey, survey
from fashionm3.types import Item, Value

if TYPE_CHECKING:
    from fashionm3.index.encoder import Encoder

ROWS = 128
"""Rows of a batch: what a kill can cost."""

_FORM = 3  # Raised when the same source would give other items: old work folders are not resumed.

Progress = Callable[[int, int | None], None]
"""Is told how many rows are done, of how many (None: not known)."""


class Report(Value):
    """What a build did.

    Attributes:
        columns: Field to the columns that filled it.
        spare: Columns that filled nothing.
        n_read: Rows of the source.
        rows: Items of the catalogue.
        n_resumed: Rows that an earlier, killed build had done.
        rejected: Reason to number of rows that became no item.
        repaired: Reason to number of items that were mended.
        merged: Reason to number of rows that are part of other rows' items.
        guessed: "FIELD from words" or "FIELD from picture" to number of items.
    """

    out: str
    format: str
    columns: dict[str, tuple[str, ...]]
    spare: tuple[str, ...]
    currency: str | None
    encoder_id: str | None
    generation: int
    n_read: int
    rows: int
    n_resumed: int
    rejected: dict[str, int]
    repaired: dict[str, int]
    merged: dict[str, int]
    guessed: dict[str, int]


def build(
    source: str | Path,
    out: str | Path,
    *,
    encoder: "Encoder | None" = None,
    lexicon: Lexicon | None = None,
    overrides: Mapping[str, str] | None = None,
    currency: str | None = None,
    force: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Builds a catalogue.

    Args:
        source: A table (CSV and its kin, JSON Lines, Parquet) or a folder of pictures with or
            without a table.
        out: The catalogue directory to be.
        encoder: Makes embeddings and guesses categories; without it words alone are searched.
        lexicon: Reads words; the package's own by default.
        overrides: Field to column, against what is recognised.
        currency: ISO 4217; by default the most frequent one of the source.
        force: Make a new generation where ``out`` already is a catalogue.
        progress: Called after each batch.

    Raises:
        InputError: The source is no table, a column is missing, or ``out`` is taken.
        EngineError: The disk refuses.
    """
    target = Path(out)
    check_target(target, force)
    _check_apart(Path(source), target)
    looked = survey(source, overrides, currency)
    place = _work_place(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{place}.lock", timeout=0) as lock:
            work = WorkFolder.open(place, _state(looked, encoder))
            enrichment = Enrichment(lexicon or Lexicon.load(), encoder)
            report = _Build(looked, work, enrichment, target, encoder).run(progress)
            Path(lock.lock_file).unlink(missing_ok=True)
            return report
    except Timeout:
        raise InputError(f"another process is building {target}: wait for it") from None
    except OSError as error:
        raise EngineError(f"can't write catalogue {target}: {error}") from None


def check_target(target: Path, force: bool) -> None:
    """Refuses a place that is taken.

    Raises:
        InputError: It is a file, a catalogue or a directory with something in it; ``force`` allows
            the latter two.
    """
    if target.is_file():
        raise InputError(f"{target} is a file: expected a directory to be made")
    if force or not target.exists():
        return
    if (target / NAME).exists():
        raise InputError(f"{target} already is a catalogue: --force makes a new generation of it")
    if any(not is_left_over(path, target) for path in target.iterdir()):
        raise InputError(f"{target} is not empty: name a new directory or say --force")


def is_left_over(path: Path, target: Path) -> bool:
    """Tells whether a file of a directory is what an interrupted build put there."""
    place = _work_place(target)
    stem = path.name.split(".")[0].split("-")[0]
    ours = {FOLDER, "items", "embeddings", "rejected", "manifest"}
    return stem in ours and (place.exists() or Path(f"{place}.lock").exists())


def _work_place(target: Path) -> Path:
    target = target.resolve()
    return target.parent / f".{target.name}.building"


def _check_apart(source: Path, target: Path) -> None:
    """Refuses a catalogue inside its source: its pictures would be read as further items."""
    if source.is_dir() and target.resolve().is_relative_to(source.resolve()):
        raise InputError(f"{target} lies inside the source {source}: name a directory beside it")


def _state(looked: Survey, encoder: "Encoder | None") -> dict[str, Any]:
    stats = [(str(path.resolve()), path.stat()) for path in looked.source.files]
    return {
        "form": [_FORM, ROWS],
        "files": [[name, stat.st_size, stat.st_mtime_ns] for name, stat in stats],
        "fields": {name: list(columns) for name, columns in looked.columns.fields.items()},
        "currency": looked.currency,
        "comma": looked.comma,
        "encoder": encoder.id if encoder is not None else None,
    }


class _Build:
    def __init__(
        self,
        looked: Survey,
        work: WorkFolder,
        enrichment: Enrichment,
        target: Path,
        encoder: "Encoder | None",
    ) -> None:
        self._looked = looked
        self._work = work
        self._enrichment = enrichment
        self._target = target
        self._encoder = None if encoder is None else (encoder.id, encoder.dim)
        self._records = Records(looked.columns, looked.currency, looked.comma)
        self._album = Album(looked.source.folder, work.path)
        self._ids: set[str] = set()

    def run(self, progress: Progress | None) -> Report:
        batches = self._work.done()
        n_read = n_resumed = sum(batch.n_read for batch in batches)
        self._ids.update(item_id for batch in batches for item_id in batch.ids)
        rows = islice(self._looked.reader.rows(), n_read, None)
        while batch_rows := list(islice(rows, ROWS)):
            batches.append(self._batch(len(batches), batch_rows))
            n_read += len(batch_rows)
            if progress is not None:
                progress(n_read, self._looked.total)
        manifest = assemble(self._target, self._work, batches, self._looked.currency, self._encoder)
        self._work.remove()
        reasons = Counter(r["reason"] for batch in batches for r in batch.rejected)
        return Report(
            out=str(self._target),
            format=self._looked.format,
            columns=self._looked.columns.fields,
            spare=self._looked.columns.spare,
            currency=manifest.currency,
            encoder_id=manifest.encoder_id,
            generation=manifest.generation,
            n_read=n_read,
            rows=manifest.rows,
            n_resumed=n_resumed,
            rejected=dict(reasons.most_common()),
            repaired=_total(batch.repaired for batch in batches),
            merged=_total(batch.merged for batch in batches),
            guessed=_total(batch.guessed for batch in batches),
        )

    def _batch(self, number: int, rows: list[Row]) -> Batch:
        entries: list[Entry] = []
        rejected: list[dict[str, Any]] = []
        repaired: Counter[str] = Counter()
        merged: Counter[str] = Counter()
        for row in rows:
            if row.merged:
                merged[row.merged] += 1
                continue
            entry, fault = self._entry(row)
            if fault:
                rejected.append(rejection(row, entry.draft.item_id, fault))
                continue
            self._ids.add(entry.draft.item_id)
            repaired.update(dict.fromkeys([*row.repairs, *entry.draft.repairs]).keys())
            entries.append(entry)
        items, vectors = self._enrichment.items(entries)
        batch = Batch(
            n_read=len(rows),
            ids=tuple(item.item_id for item in items),
            rejected=tuple(rejected),
            repaired=dict(sorted(repaired.items())),
            merged=dict(merged),
            guessed=_guesses(items),
        )
        self._work.add(number, batch, items, vectors)
        return batch

    def _entry(self, row: Row) -> tuple[Entry, str | None]:
        """Reads a row and its pictures, or says why it becomes no item."""
        if row.fault:
            return Entry(Draft()), row.fault
        try:
            draft = self._records.draft(row.cells, row.line)
        except (ValueError, TypeError, ArithmeticError, RecursionError) as error:
            # No cell that we know of does this; one that does must cost its own row only.
            return Entry(Draft()), f"can't be read ({type(error).__name__})"
        entry = Entry(draft)
        if draft.fault:
            return entry, draft.fault
        if draft.item_id in self._ids:
            return entry, "duplicate id"
        self._attach(entry)
        if not draft.title and entry.image is None:
            return entry, "no title and no readable picture"
        return entry, None

    def _attach(self, entry: Entry) -> None:
        """Keeps the pictures that can be read; the first of them is the main one."""
        draft = entry.draft
        named: list[Any] = list(draft.pictures)
        by_id = self._album.locate_id(draft.item_id) if not named else None
        if by_id is not None:
            named = [by_id.relative_to(self._looked.source.folder).as_posix()]
        kept: list[str] = []
        for reference in named:
            try:
                found = self._album.keep(reference)
            except InputError as error:
                draft.repairs.append(str(error).split(":")[0].split(" and can't")[0])
                continue
            if found.name not in kept:
                kept.append(found.name)
            entry.image = entry.image or found.image
        entry.pictures = tuple(kept)


def _guesses(items: Iterable[Item]) -> dict[str, int]:
    sources = (pair for item in items for pair in item.sources.items())
    counts = Counter(f"{name} from {source}" for name, source in sources if source != "given")
    return dict(sorted(counts.items()))


def _total(parts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for part in parts:
        total.update(part)
    return dict(total.most_common())
