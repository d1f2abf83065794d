"""Runs a function in a daemon thread of its own, with a time limit and a cancel.

LangGraph's time limits refuse sync nodes and its executor joins every task, so a hung tool would
hang the round. A body that does not end in time is abandoned: its thread runs on, its result is
dropped.
"""

import threading
from collections.abc import Callable
from contextvars import copy_context
from typing import Any

from fashionm3.errors import ToolError, ToolTimeout

_STEP = 0.05


def within(
    seconds: float, body: Callable[[], Any], name: str, cancelled: threading.Event | None = None
) -> Any:  # noqa: ANN401
    """Returns what ``body`` returns, or raises what it raises.

    Args:
        seconds: The limit.
        body: Runs in its own daemon thread with a copy of the caller's context.
        name: Of the tool, for the message.
        cancelled: Gives the body up when set, within 0.05 s.

    Raises:
        ToolTimeout: The limit has passed.
        ToolError: The call was cancelled.
    """
    done = threading.Event()
    box: dict[str, Any] = {}
    context = copy_context()

    def run() -> None:
        try:
            box["value"] = context.run(body)
        except BaseException as error:
            box["error"] = error
        finally:
            done.set()

    threading.Thread(target=run, name=f"tool-{name}", daemon=True).start()
    _wait(done, seconds, name, cancelled)
    if "error" in box:
        raise box["error"]
    return box["value"]


def _wait(
    done: threading.Event, seconds: float, name: str, cancelled: threading.Event | None
) -> None:
    if cancelled is None:
        if not done.wait(seconds):
            raise ToolTimeout(f"{name} did not answer within {seconds:g} s")
        return
    left = seconds
    while not done.wait(min(_STEP, max(left, 0.0))):
        left -= _STEP
        if cancelled.is_set():
            raise ToolError(f"{name} was cancelled")
        if left <= 0:
            raise ToolTimeout(f"{name} did not answer within {seconds:g} s")
