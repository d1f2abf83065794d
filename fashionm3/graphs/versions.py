"""Brings a stored thread of an older version to today's form.

A committed thread of each released version is loaded by the tests.
"""

from typing import Any

from fashionm3.errors import UsageError

LATEST = 1


def current(thread: dict[str, Any]) -> dict[str, Any]:
    """Returns the thread's state in the form of the latest version.

    Raises:
        UsageError: It was written by a newer version.
    """
    version = thread.get("state_version", LATEST)
    if not isinstance(version, int) or version > LATEST:
        raise UsageError(
            f"this thread has state version {version!r}, this package reads up to {LATEST}: "
            "update fashionm3"
        )
    return thread
