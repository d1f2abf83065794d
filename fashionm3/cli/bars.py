"""Bars on standard error that show how far a long command is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[int, int | None], None]
"""Is told how many steps are done, of how many (None: not known)."""


@contextmanager
def one_bar(name: str, hidden: bool) -> Iterator[Progress]:
    """Shows one bar on standard error."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    bars = Bars(*columns, console=Console(stderr=True), disable=hidden)
    task = bars.add_task(name, total=None)

    def show(done: int, total: int | None) -> None:
        # Started by the first step, so that a fault before it stays one line.
        bars.start()
        bars.update(task, completed=done, total=total)

    try:
        yield show
    finally:
        if bars.live.is_started:
            bars.stop()
