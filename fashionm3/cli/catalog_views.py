"""How the ``catalog`` commands show builds and hits, in a terminal or as JSON."""

import json
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fashionm3.index.build import Report
    from fashionm3.index.catalog import Catalog
    from fashionm3.index.search import Found

_COUNTS = ("rejected", "repaired", "merged", "guessed")


def print_json(facts: Any) -> None:  # noqa: ANN401
    """Prints facts as JSON and nothing else."""
    typer.echo(json.dumps(facts, indent=1, ensure_ascii=False))


def show_report(report: "Report", as_json: bool) -> None:
    """Shows what a build did: columns, then counts by reason."""
    if as_json:
        print_json(report.model_dump())
        return
    _columns(report.columns, report.spare)
    resumed = f" ({report.n_resumed} done before)" if report.n_resumed else ""
    typer.echo(f"{report.n_read} rows read{resumed}, {report.rows} items in {report.out}")
    if any(getattr(report, name) for name in _COUNTS):
        table = _table("", "rows", "why")
        for name in _COUNTS:
            for reason, n in getattr(report, name).items():
                table.add_row(name, str(n), Text(reason))
        _console().print(table)
    if report.rejected:
        typer.echo("the rejected rows are listed in rejected*.jsonl beside the manifest")


def _columns(fields: "Mapping[str, tuple[str, ...]]", spare: tuple[str, ...]) -> None:
    table = _table("field", "filled from")
    for field, columns in fields.items():
        table.add_row(field, Text(", ".join(columns)))
    if spare:
        table.add_row("[dim]not used[/dim]", Text(", ".join(spare)))
    _console().print(table)


def hit_facts(catalog: "Catalog", item_id: str, score: float) -> dict[str, Any]:
    """Returns one hit with its price in major units."""
    item = catalog.item(item_id)
    return {
        "item_id": item_id,
        "title": item.title,
        "category": item.category,
        "color": item.main_color,
        "price": None if item.price is None else catalog.to_major(item.price),
        "currency": item.currency,
        "score": round(score, 6),
    }


def show_hits(rows: list[dict[str, Any]], found: "Found") -> None:
    """Shows hits as lines, and on standard error what became of the filters."""
    for row in rows:
        price = "" if row["price"] is None else f"{row['price']:.2f} {row['currency'] or ''}"
        typer.echo(f"{row['item_id']:<12} {price:>12}  {row['title']}  ({row['score']:.3f})")
    said = [f"given up: {name}" for name in found.relaxed]
    said += [f"not known in this catalogue: {name}" for name in found.ignored]
    typer.echo("; ".join([f"{found.eligible} eligible", *said]), err=True)


def _table(*headers: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for header in headers:
        table.add_column(header, justify="right" if header == "rows" else "left")
    return table


def _console() -> Console:
    # Made when it is used: a test or a pipe may have put another stream in place.
    return Console(highlight=False)
