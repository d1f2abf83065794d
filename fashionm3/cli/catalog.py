"""``fashionm3 catalog``: build, inspect and search a catalogue directory."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fashionm3.cli.bars import one_bar
from fashionm3.cli.catalog_views import hit_facts, print_json, show_hits, show_report
from fashionm3.cli.faults import one_line_faults
from fashionm3.errors import EngineError, InputError, UsageError

if TYPE_CHECKING:
    from fashionm3.index.build import Report
    from fashionm3.index.encoder import Encoder

app = typer.Typer(no_args_is_help=True, help="Build, inspect and search a catalogue directory.")

Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
Force = Annotated[
    bool, typer.Option("--force", help="Make a new generation of a catalogue that exists.")
]
EncoderName = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help="auto (the configured one where its weights are ready), nano, none, or an "
        "open_clip name.",
    ),
]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The catalogue directory.")]


@app.command(
    "sample",
    epilog="Examples:  fashionm3 catalog sample shop  |  fashionm3 catalog sample shop --n 60",
)
@one_line_faults
def sample(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The catalogue directory to be.")],
    seed: Annotated[int, typer.Option(help="The same seed draws the same shop.")] = 7,
    n: Annotated[int, typer.Option(min=1, help="Number of items.")] = 640,
    encoder: EncoderName = "auto",
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Draw the sample shop and build its catalogue.

    The drawn feed (items.jsonl and images) stays in OUT/source as an example of a source.
    """
    show_report(sample_shop(out, seed, n, encoder, force, hidden=as_json), as_json)


@app.command(
    "build",
    epilog="Examples:  fashionm3 catalog build items.csv shop  |  "
    "fashionm3 catalog build photos/ shop --encoder nano  |  "
    "fashionm3 catalog build feed.tsv shop --map title=Artikel --map price=VK --currency EUR",
)
@one_line_faults
def build_command(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="SRC",
            help="CSV (or TSV, semicolons, pipes), JSON Lines, Parquet, or a folder of pictures "
            "with or without a table.",
        ),
    ],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The catalogue directory to be.")],
    maps: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="FIELD=COLUMN", help="Which column fills a field; can be repeated."
        ),
    ] = None,
    currency: Annotated[
        str | None, typer.Option(help="ISO 4217; by default the source's most frequent one.")
    ] = None,
    encoder: EncoderName = "auto",
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Build a catalogue from a shop's own file; a killed build goes on where it was.

    Rows that can't become items are listed in OUT/rejected.jsonl with line and reason.
    """
    from fashionm3.index.build import build, check_target
    from fashionm3.index.readers.detection import open_source

    overrides = _overrides(maps or [])
    check_target(out, force)
    open_source(source)
    with one_bar(out.name, hidden=as_json) as progress:
        report = build(
            source,
            out,
            encoder=_encoder(encoder),
            overrides=overrides,
            currency=currency,
            force=force,
            progress=progress,
        )
    show_report(report, as_json)


@app.command(
    "info", epilog="Examples:  fashionm3 catalog info shop  |  fashionm3 catalog info shop --json"
)
@one_line_faults
def info(folder: Folder, as_json: Json = False) -> None:
    """Say what a catalogue holds: items, categories, currency, and how full each field is."""
    from fashionm3.index.catalog import Catalog
    from fashionm3.index.summary import summary

    facts = summary(Catalog.open(folder))
    if as_json:
        print_json(facts)
        return
    for name in ("path", "rows", "generation", "currency", "encoder_id", "digest"):
        typer.echo(f"{name:<11} {facts[name]}")
    categories = ", ".join(f"{name} {n}" for name, n in facts["categories"].items())
    typer.echo(f"{'categories':<11} {categories}")
    filled = ", ".join(f"{name} {share:.0%}" for name, share in facts["filled"].items())
    typer.echo(f"{'filled':<11} {filled}")


@app.command("verify", epilog="Example:  fashionm3 catalog verify shop --json")
@one_line_faults
def verify(folder: Folder, as_json: Json = False) -> None:
    """Check every byte: digests, row counts, embeddings, pictures; exit status 1 on a fault."""
    from fashionm3.index.catalog import Catalog
    from fashionm3.index.verification import faults

    try:
        catalog = Catalog.open(folder)
        found, rows = list(faults(catalog)), len(catalog)
    except InputError as error:
        if not as_json:
            raise
        found, rows = [str(error)], 0
    if as_json:
        print_json({"path": str(folder), "ok": not found, "rows": rows, "faults": found})
    else:
        for fault in found:
            typer.echo(f"error: {fault}", err=True)
        typer.echo(f"{folder}: {rows} items, " + (f"{len(found)} faults" if found else "sound"))
    if found:
        raise typer.Exit(1)


@app.command(
    "search",
    epilog='Examples:  fashionm3 catalog search shop "linen shirt" --color white --max 60  |  '
    'fashionm3 catalog search shop "winter boots" --not leather --json',
)
@one_line_faults
def search(
    folder: Folder,
    query: Annotated[str, typer.Argument(metavar="QUERY", help="Words; may be empty.")],
    k: Annotated[int, typer.Option("--k", min=1, help="The most items shown.")] = 10,
    category: Annotated[str | None, typer.Option(help="A category of the catalogue.")] = None,
    color: Annotated[str | None, typer.Option(help="A plain colour.")] = None,
    pattern: Annotated[str | None, typer.Option(help="A plain pattern.")] = None,
    material: Annotated[str | None, typer.Option(help="A material.")] = None,
    gender: Annotated[str | None, typer.Option(help="men, women or kids.")] = None,
    season: Annotated[str | None, typer.Option(help="A season.")] = None,
    size: Annotated[str | None, typer.Option(help="A size as the shop writes it.")] = None,
    price_min: Annotated[float | None, typer.Option("--min", help="In major units.")] = None,
    price_max: Annotated[float | None, typer.Option("--max", help="In major units.")] = None,
    negatives: Annotated[
        list[str] | None,
        typer.Option("--not", "--no", help="What it must not be; can be repeated."),
    ] = None,
    encoder: EncoderName = "auto",
    as_json: Json = False,
) -> None:
    """Search a catalogue: filters first, then the best of what is left.

    A price limit in the words ("boots under 90") filters like --min and --max.
    """
    from fashionm3.agent.numbers import digits
    from fashionm3.agent.prices import prices_in
    from fashionm3.index.catalog import Catalog
    from fashionm3.index.lexicon import Lexicon
    from fashionm3.index.search import Filters, Query, Search

    catalog = Catalog.open(folder)
    said_prices = prices_in(digits(query))
    price_min = said_prices.low if price_min is None else price_min
    price_max = said_prices.high if price_max is None else price_max
    filters = Filters(
        category=category,
        color=color,
        pattern=pattern,
        material=material,
        gender=gender,
        season=season,
        size=size,
        price_min=None if price_min is None else catalog.to_minor(price_min),
        price_max=None if price_max is None else catalog.to_minor(price_max),
        negatives=tuple(f"no {word}" for word in negatives or ()),
    )
    chosen = _encoder(encoder) if catalog.manifest.encoder_id is not None else None
    found = Search(catalog, chosen, Lexicon.load()).search(Query(text=query), filters, k)
    rows = [hit_facts(catalog, hit.item_id, hit.score) for hit in found.hits]
    if as_json:
        print_json(rows)
    else:
        show_hits(rows, found)


def ensure_sample(out: Path, seed: int = 7, n: int = 640) -> None:
    """Draws and builds the sample shop where no catalogue lies; raises `InputError` if taken."""
    from fashionm3.index.manifest import NAME

    if not (out / NAME).exists():
        sample_shop(out, seed, n, "auto", force=False, hidden=False)


def sample_shop(out: Path, seed: int, n: int, encoder: str, force: bool, hidden: bool) -> "Report":
    """Draws the sample shop and builds its catalogue in ``out``."""
    from fashionm3.index.build import build, check_target
    from fashionm3.sample.shop import write_shop

    if not _only_source(out):
        check_target(out, force)
    chosen = _encoder(encoder)
    try:
        with one_bar("drawing", hidden) as progress:
            path = write_shop(out / "source", seed, n, progress)
    except OSError as error:
        raise EngineError(f"can't draw the sample shop in {out}: {error}") from None
    with one_bar("building", hidden) as progress:
        return build(path, out, encoder=chosen, force=True, progress=progress)


def _only_source(out: Path) -> bool:
    """Tells whether a directory holds nothing but what an interrupted sample left."""
    from fashionm3.index.build import is_left_over

    return out.is_dir() and all(
        path.name == "source" or is_left_over(path, out) for path in out.iterdir()
    )


def _encoder(name: str) -> "Encoder | None":
    """Loads an encoder by name; ``auto`` goes on without one, and says so."""
    if name == "none":
        return None
    from fashionm3.config import EncoderSettings, Settings
    from fashionm3.index.encoder import load_encoder

    if name != "auto":
        return load_encoder(EncoderSettings(name=name))
    try:
        return load_encoder(Settings.load().encoder)
    except EngineError as error:
        typer.echo(f"without embeddings, words alone are searched: {error}", err=True)
        return None


def _overrides(maps: list[str]) -> dict[str, str]:
    pairs = [entry.partition("=") for entry in maps]
    for (name, sign, _), entry in zip(pairs, maps, strict=True):
        if not sign or not name.strip():
            raise UsageError(f"--map {entry!r}: expected FIELD=COLUMN, title=Name for example")
    return {name.strip(): column.strip() for name, _, column in pairs}
