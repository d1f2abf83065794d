"""A fault of a user is one line on standard error and exit status 1, never a stack."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

import typer

from fashionm3.errors import FashionM3Error, UsageError


@contextmanager
def extra(name: str) -> Iterator[None]:
    """Wraps imports that an extra of the package brings.

    Raises:
        UsageError: One is missing; the message says how to install it.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("fashionm3"):
            raise
        raise UsageError(
            f"this command needs {error.name}: pip install 'fashionm3[{name}]'"
        ) from None


P = ParamSpec("P")
R = TypeVar("R")


def one_line_faults(command: Callable[P, R]) -> Callable[P, R]:
    """Wraps a command: an error that fashionm3 raises on purpose ends it in one line."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except FashionM3Error as error:
            typer.echo(f"error: {error}", err=True)
            raise typer.Exit(1) from None
        except BrokenPipeError:
            raise typer.Exit(1) from None

    return wrapped
