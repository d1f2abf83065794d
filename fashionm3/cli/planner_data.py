"""``fashionm3 data planner``: the dialogues that the planner is trained on."""

from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from fashionm3.cli.bars import one_bar
from fashionm3.cli.catalog_views import print_json
from fashionm3.cli.faults import extra, one_line_faults

app = typer.Typer(no_args_is_help=True, help="Dialogues for the planner: compose and check them.")

Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
_SHOWN = 20


@app.command(
    "build",
    epilog="Examples:  fashionm3 data planner build dialogues.jsonl.xz --dialogues 12000  |  "
    "fashionm3 data planner build small.jsonl --dialogues 50 --seed 4 --apart mine.jsonl",
)
@one_line_faults
def build_command(
    out: Annotated[Path, typer.Argument(help="The file to be: .jsonl, .jsonl.xz or .jsonl.gz.")],
    dialogues: Annotated[int, typer.Option(min=1, help="Dialogues of 1 to 8 rounds.")] = 12_000,
    seed: Annotated[int, typer.Option(help="The same seed makes the same file.")] = 1,
    run: Annotated[
        Path | None,
        typer.Option(help="Folder whose pictures.pt shoppers attach; made there if it is missing."),
    ] = None,
    apart: Annotated[
        list[Path] | None,
        typer.Option(help="Rounds that must not be trained on: near-duplicates are left out."),
    ] = None,
    phrasings: Annotated[
        float,
        typer.Option(min=0, max=1, help="Share of the written phrasings, for a learning curve."),
    ] = 1.0,
    as_json: Json = False,
) -> None:
    """Compose dialogues from the written phrasings, each label checked against the schemas."""
    with extra("train"):
        from fashionm3.training.dialogues.building import build
    from fashionm3.training.sight import known_pictures

    with one_bar("pictures", hidden=as_json) as looked:
        pictures = known_pictures(run, lambda n: looked(n, None)).pictures if run else ()
    with one_bar("composing", hidden=as_json) as composed:
        built = build(
            out,
            dialogues,
            seed,
            pictures,
            apart or (),
            lambda n: composed(n, dialogues),
            share=phrasings,
        )
    if as_json:
        print_json(built.as_json())
        return
    typer.echo(
        f"{built.dialogues} dialogues, {built.rounds} rounds in {out}; left out: {built.near} near "
        f"a round kept apart, {built.faulty} with a label that can't be said."
    )


@app.command(
    "check",
    epilog="Examples:  fashionm3 data planner check mine.jsonl  |  "
    "fashionm3 data planner check suites/planner/dev.jsonl --json",
)
@one_line_faults
def check_command(
    file: Annotated[Path, typer.Argument(help="Labelled rounds, compressed or not.")],
    tools: Annotated[
        Path | None, typer.Option(help="OpenAI schemas of tools bound beside the seven actions.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Prove that each label is a decision that the planner could say; exit status 1 where not."""
    from fashionm3.agent.bound_tools import read_tools
    from fashionm3.index.lexicon import Lexicon

    with extra("train"):
        from fashionm3.training.row_checks import faults
    from fashionm3.training.rows import read_rows

    lexicon = Lexicon.load()
    bound = tuple(read_tools(tools)) if tools else ()
    rows = list(read_rows(file))
    found = [f"{row.where}: {fault}" for row in rows for fault in faults(row, lexicon, bound)]
    if as_json:
        print_json({"rounds": len(rows), "faults": found})
    else:
        for line in islice(found, _SHOWN):
            typer.echo(line)
        typer.echo(f"{len(rows)} rounds, {len(found)} faults")
    if found:
        raise typer.Exit(1)
