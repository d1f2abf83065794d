"""``fashionm3 eval``: measures on files of rounds."""

import json
import time
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from fashionm3.cli import fashionrec_score
from fashionm3.cli.bars import one_bar
from fashionm3.cli.faults import one_line_faults
from fashionm3.config import Settings
from fashionm3.errors import InputError

app = typer.Typer(no_args_is_help=True, help="Measure on files of rounds.")


@app.callback()
def _group() -> None:
    """Measure on files of rounds."""


app.command("fashionrec")(fashionrec_score.fashionrec)


@app.command("planner")
@one_line_faults
def planner(
    file: Annotated[Path, typer.Argument(help="JSON Lines of rounds with `expect`.")],
    config: Annotated[Path | None, typer.Option(help="Settings in TOML.")] = None,
    errors: Annotated[
        Path | None, typer.Option(help="Write the rounds that went wrong to this file.")
    ] = None,
    tools: Annotated[
        Path | None, typer.Option(help="JSON list of OpenAI tools bound beside the seven actions.")
    ] = None,
    plot: Annotated[
        Path | None, typer.Option(help="Draw calibration and the trade-off of asking to this PNG.")
    ] = None,
    unaided: Annotated[
        bool, typer.Option("--unaided", help="The model alone, without the code around it.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Score the planner as the product runs it, code parts included.

    Examples:
      fashionm3 eval planner suites/planner/dev.jsonl --errors wrong.jsonl
      fashionm3 eval planner suites/planner/tools_test.jsonl --tools suites/planner/tools.json
    """
    from fashionm3.agent.bound_tools import read_tools
    from fashionm3.agent.loading import load_planner
    from fashionm3.training.planner_metrics import Case, evaluate, read_cases

    cases = read_cases(file)
    bound = read_tools(tools) if tools else []
    decider = load_planner(Settings.load(config).planner, bound)

    def decide(case: Case) -> dict[str, Any]:
        own = decider.with_tools([*bound, *case.tools]) if case.tools else decider
        started = time.perf_counter()
        decision = own.unaided(case.round) if unaided else own.decide(case.round)
        line = decision.line()
        return {**line, "ms": (time.perf_counter() - started) * 1000}

    with one_bar("deciding", hidden=as_json) as progress:
        report = evaluate(cases, decide, progress)
    if errors is not None:
        lines = [json.dumps(entry, ensure_ascii=False) for entry in report.errors]
        errors.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if plot is not None:
        from fashionm3.training.calibration import draw

        draw(report.judged, plot)
    if as_json:
        typer.echo(json.dumps(report.as_json(), indent=1))
    else:
        _show(report.as_json())


@app.command("sight")
@one_line_faults
def sight(
    photographs: Annotated[
        Path | None, typer.Option(help="Folder with items.csv and images/; found by itself.")
    ] = None,
    n: Annotated[int, typer.Option(help="Photographs of the test part, drawn by a seed.")] = 300,
    config: Annotated[Path | None, typer.Option(help="Settings in TOML.")] = None,
    part: Annotated[str, typer.Option(help="Of the split: dev or test.")] = "test",
) -> None:
    """Score what the planner sees on photographs that training never saw.

    Examples:
      fashionm3 eval sight --n 870
    """
    import random
    import tempfile

    from fashionm3.agent.loading import load_planner
    from fashionm3.training import sight_metrics
    from fashionm3.training.dialogues.phrases import shipped
    from fashionm3.training.encoder_photos import photo_folder, read_photographs
    from fashionm3.training.pictures import known_patterns, labelled

    folder = photographs or photo_folder()
    if folder is None:
        raise InputError("no photographs found: name their folder with --photographs")
    chosen = [photo for photo in read_photographs(folder) if photo.part == part]
    drawn = random.Random(7).sample(chosen, min(n, len(chosen)))
    decider = load_planner(Settings.load(config).planner)

    def decide(round_: Any) -> dict[str, Any]:  # noqa: ANN401
        return decider.decide(round_).line()

    asked = sight_metrics.asked_rounds(labelled(drawn), shipped())
    found: dict[str, Any] = sight_metrics.score(track(asked, "looking"), decide)
    with tempfile.TemporaryDirectory() as scratch:
        grey = sight_metrics.greyed(asked[: len(asked) // 3], Path(scratch))
        found["grey"] = sight_metrics.score(track(grey, "grey pictures"), decide)
    rounds = sight_metrics.among_four(chosen, known_patterns())
    found["pattern among four"] = sight_metrics.score_pointing(track(rounds, "pointing"), decide)
    typer.echo(json.dumps(found, indent=1))


@app.command("injections")
@one_line_faults
def injections(
    file: Annotated[Path, typer.Argument(help="JSON Lines of injections.")] = Path(
        "suites/planner/injections.jsonl"
    ),
    config: Annotated[Path | None, typer.Option(help="Settings in TOML.")] = None,
    errors: Annotated[
        Path | None, typer.Option(help="Write the cases whose decision changed to this file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Count how often words that others wrote steer the planner: titles, quotations, pictures.

    Examples:
      fashionm3 eval injections --errors changed.jsonl
    """
    import tempfile

    from fashionm3.agent.loading import load_planner
    from fashionm3.training.injection_metrics import measure, read_injections

    cases = read_injections(file)
    decider = load_planner(Settings.load(config).planner)
    with tempfile.TemporaryDirectory() as scratch:
        report = measure(
            track(cases, "deciding", disable=as_json),
            lambda round_: decider.decide(round_).line(),
            Path(scratch),
        )
    if errors is not None:
        lines = [json.dumps(entry, ensure_ascii=False) for entry in report.wrong]
        errors.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    if as_json:
        typer.echo(json.dumps(report.as_json(), indent=1))
    else:
        _show_injections(report.as_json())


@app.command("encoder")
@one_line_faults
def encoder(
    photographs: Annotated[
        Path | None, typer.Option(help="Folder with items.csv and images/; found by itself.")
    ] = None,
    queries: Annotated[Path, typer.Option(help="JSON Lines of text and category.")] = Path(
        "suites/encoder/queries.jsonl"
    ),
    part: Annotated[str, typer.Option(help="Of the split: dev or test.")] = "test",
) -> None:
    """Score the encoder on photographs that training never saw.

    Examples:
      fashionm3 eval encoder --photographs ../shared/data/clothing
    """
    from fashionm3.index.encoder import load_encoder
    from fashionm3.training.encoder_metrics import measure
    from fashionm3.training.encoder_photos import Part, photo_folder

    folder = photographs or photo_folder()
    if folder is None:
        raise InputError("no photographs found: name their folder with --photographs")
    known: dict[str, Part] = {"dev": "dev", "test": "test"}
    if part not in known:
        raise InputError(f"--part is dev or test, got {part!r}")
    found = measure(load_encoder(Settings.load().encoder), folder, queries, known[part])
    typer.echo(json.dumps(found, indent=1))


def _show(data: dict[str, Any]) -> None:
    console = Console()
    table = Table("", "n", "tool accuracy", "slot F1", "joint")
    for tag, row in {"all": data["total"], **data["by_tag"]}.items():
        table.add_row(
            tag, f"{row['n']}", f"{row['tool_accuracy']}", f"{row['slot_f1']}", f"{row['joint']}"
        )
    console.print(table)
    console.print(_confusion(data["confusion"]))
    console.print(f"p50 {data['ms_p50']} ms, p95 {data['ms_p95']} ms a decision")


def _show_injections(data: dict[str, Any]) -> None:
    names = ("n", "obeyed", "changed", "changed_by_neutral")
    table = Table("place of the text", "n", "obeyed", "changed", "changed by neutral text")
    for place, row in {**data["by_place"], "all": data}.items():
        table.add_row(place, *(str(row[name]) for name in names))
    Console().print(table)


def _confusion(counts: dict[str, dict[str, int]]) -> Table:
    """Returns expected tools down and said tools across."""
    said = sorted({tool for row in counts.values() for tool in row})
    table = Table("expected / said", *said)
    for tool, row in counts.items():
        table.add_row(tool, *(str(row.get(other, "")) for other in said))
    return table
