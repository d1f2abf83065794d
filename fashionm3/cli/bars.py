"""Bars on standard error that show how far a long command is."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Progress(Protocol):
    """Is told how far a command is."""

    def __call__(self, done: int, total: int | None, said: str = "") -> None:
        """Shows how many steps are done, of how many (None: not known), and a few words."""


@contextmanager
def one_bar(name: str, hidden: bool = False) -> Iterator[Progress]:
    """Shows one bar on standard error."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[said]}"),
        TimeRemainingColumn(),
    )
    bars = Bars(*columns, console=Console(stderr=True), disable=hidden)
    task = bars.add_task(name, total=None, said="")

    def show(done: int, total: int | None, said: str = "") -> None:
        # Started by the first step, so that a fault before it stays one line.
        bars.start()
        words = said or bars.tasks[0].fields["said"]
        bars.update(task, completed=done, total=total, said=words)

    try:
        yield show
    finally:
        if bars.live.is_started:
            bars.stop()
