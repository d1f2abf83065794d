"""``fashionm3``: the command line."""

from typing import Annotated

import typer

from fashionm3 import __version__
from fashionm3.cli import catalog, chat, data, demo, evaluate, models, plan, train

app = typer.Typer(
    name="fashionm3",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Agents that dress people from a real catalogue.",
    epilog="Start:  fashionm3 models fetch  |  fashionm3 catalog sample shop  |  fashionm3 chat",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Agents that dress people from a real catalogue."""


app.add_typer(models.app, name="models")
app.add_typer(catalog.app, name="catalog")
app.add_typer(data.app, name="data")
app.add_typer(train.app, name="train")
app.add_typer(evaluate.app, name="eval")
app.command("plan")(plan.plan)
app.command("chat")(chat.chat)
app.command("demo")(demo.demo)
