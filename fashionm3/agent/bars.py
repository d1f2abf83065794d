"""Keeps transformers' progress bars out of a command's output."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def no_bar() -> Iterator[None]:
    """Hides the bars while something is loaded or saved."""
    from transformers.utils import logging as transformers_logging

    logging: Any = transformers_logging
    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()
