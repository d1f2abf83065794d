"""``fashionm3 eval fashionrec``: how near answers are in wording to those of a set."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from fashionm3.cli.bars import Progress, one_bar
from fashionm3.cli.catalog_views import print_json
from fashionm3.cli.faults import one_line_faults
from fashionm3.errors import InputError, UsageError

if TYPE_CHECKING:
    from fashionm3.training.fashionrec.sample import Sample


@one_line_faults
def fashionrec(
    places: Annotated[
        list[Path], typer.Argument(metavar="SHARDS", help="Shards, or folders of them.")
    ],
    n: Annotated[int, typer.Option(min=1, help="The first samples of each task.")] = 500,
    task: Annotated[str, typer.Option(help="basic, personalised, alternative or all.")] = "all",
    answers: Annotated[Path | None, typer.Option(help='JSON Lines of {"key", "answer"}.')] = None,
    catalog: Annotated[
        Path | None,
        typer.Option(help="Answer from this catalogue with the product's tools and templates."),
    ] = None,
    config: Annotated[Path | None, typer.Option(help="Settings in TOML.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Score answers by S-BERT: MiniLM cosine x 100 against what gpt says in the samples.

    A secondary figure: it compares wording, and can't tell good advice from bad. "others" is what
    the same answers get against other samples of the task.

    Examples:
      fashionm3 eval fashionrec fashionrec/basic/test-00000.tar --answers answers.jsonl
      fashionm3 eval fashionrec fashionrec --task basic --n 100 --catalog shop
    """
    from fashionm3.agent.bars import no_bar
    from fashionm3.training.fashionrec.similarity import SentenceVectors, score
    from fashionm3.weights.base import base_path

    if (answers is None) == (catalog is None):
        raise UsageError("say where answers come from: --answers FILE or --catalog DIR")
    samples = _first(places, n, task)
    with one_bar("answering", hidden=as_json or answers is not None) as progress:
        pairs = _pairs(samples, answers, catalog, config, progress)
    with no_bar():
        model = SentenceVectors(base_path("minilm"))
    found = score(pairs, model.encode)
    if as_json:
        print_json(found)
        return
    table = Table("task", "n", "S-BERT", "against others")
    for name, row in found["tasks"].items():
        table.add_row(name, f"{row['n']}", f"{row['s_bert']}", f"{row['s_bert_of_others']}")
    Console().print(table)
    typer.echo(found["note"])


def _first(places: list[Path], n: int, task: str) -> "list[Sample]":
    """Returns the first n samples of each task that is asked for."""
    from fashionm3.training.fashionrec.sample import TASKS
    from fashionm3.training.fashionrec.shards import read_shards

    if task not in (*TASKS, "all"):
        raise UsageError(f"--task {task!r}: expected {', '.join(TASKS)} or all")
    counts: Counter[str] = Counter()
    found = []
    for entry in read_shards(places):
        of = entry.sample.task
        if task in (of, "all") and counts[of] < n:
            counts[of] += 1
            found.append(entry.sample)
    if not found:
        raise InputError(f"the shards hold no sample of task {task}")
    return found


def _pairs(
    samples: "list[Sample]",
    answers: Path | None,
    catalog: Path | None,
    config: Path | None,
    progress: Progress,
) -> "list[tuple[Sample, str]]":
    from fashionm3.training.fashionrec.similarity import paired, read_answers

    if answers is not None:
        return paired(samples, read_answers(answers))
    from fashionm3.cli.chat import chosen_settings
    from fashionm3.graphs.factory import load_shop
    from fashionm3.training.fashionrec.answers import ShopAnswers

    shop = ShopAnswers(load_shop(chosen_settings(config, catalog)))
    pairs = []
    for n, sample in enumerate(samples, 1):
        pairs.append((sample, shop.answer(sample)))
        progress(n, len(samples))
    return pairs
