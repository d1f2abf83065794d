"""``fashionm3 plan``: decisions for rounds on standard input."""

import json
import sys
import time
from pathlib import Path
from typing import Annotated, Any

import typer

from fashionm3.cli.bars import one_bar
from fashionm3.cli.faults import one_line_faults
from fashionm3.config import Settings
from fashionm3.errors import InputError, UsageError


@one_line_faults
def plan(
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read a round a line, print a decision a line.")
    ] = False,
    config: Annotated[Path | None, typer.Option(help="Settings in TOML.")] = None,
    tools: Annotated[
        Path | None, typer.Option(help="JSON list of OpenAI tools bound beside the seven actions.")
    ] = None,
) -> None:
    """Decide rounds as the product does, code parts included.

    A line that is not valid JSON or has no text gives {"error": "line 3: ..."} in its place and
    exit status 1 at the end.

    Examples:
      fashionm3 plan --jsonl < rounds.jsonl > decisions.jsonl
      echo '{"text": "navy chinos up to 70"}' | fashionm3 plan --jsonl
      fashionm3 plan --jsonl --tools tools.json < rounds.jsonl
    """
    if not jsonl:
        raise UsageError(
            "fashionm3 plan reads JSON Lines: add --jsonl, and rounds on standard input"
        )
    from fashionm3.agent.bound_tools import read_tools
    from fashionm3.agent.loading import load_planner
    from fashionm3.agent.round import Round

    bound = read_tools(tools) if tools else []
    planner = load_planner(Settings.load(config).planner, bound)
    failed = False
    with one_bar("deciding", hidden=not _shows_bar()) as progress:
        for n, line in enumerate(sys.stdin.buffer, 1):
            try:
                out = _decide(planner, Round.parse_line(line.decode("utf-8", "replace")))
            except InputError as error:
                out, failed = {"error": f"line {n}: {error}"}, True
            typer.echo(json.dumps(out, ensure_ascii=False))
            progress(n, None)
    if failed:
        raise typer.Exit(1)


def _shows_bar() -> bool:
    """A bar is of use where the decisions go to a file and a person looks on."""
    return sys.stderr.isatty() and not sys.stdout.isatty()


def _decide(planner: Any, round_: Any) -> dict[str, Any]:  # noqa: ANN401
    started = time.perf_counter()
    line: dict[str, Any] = planner.decide(round_).line()
    return {**line, "ms": round((time.perf_counter() - started) * 1000)}
