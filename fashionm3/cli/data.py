"""``fashionm3 data``: make, read and show training data."""

import typer

from fashionm3.cli import fashionrec, planner_data

app = typer.Typer(no_args_is_help=True, help="Make, read and show training data.")


@app.callback()
def _group() -> None:
    """Make, read and show training data."""


app.add_typer(fashionrec.app, name="fashionrec")
app.add_typer(planner_data.app, name="planner")
