"""Brings a stored thread of an older version to today's form.

A committed thread of each released version is loaded by the tests.
"""

from typing import Any

from fashionm3.errors import UsageError
from fashionm3.index.outfits import OUTER

LATEST = 2


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
    return _named_slots(thread) if version < 2 else thread


def _named_slots(thread: dict[str, Any]) -> dict[str, Any]:
    """Version 1 called the slot of coats and jackets "layer"."""
    renamed = dict(thread)
    if thread.get("outfit"):
        renamed["outfit"] = _renamed(thread["outfit"])
    if thread.get("looks"):
        renamed["looks"] = [_renamed(look) for look in thread["looks"]]
    return {**renamed, "state_version": LATEST}


def _renamed(look: dict[str, Any]) -> dict[str, Any]:
    slots = {OUTER if name == "layer" else name: p for name, p in look.get("slots", {}).items()}
    return {**look, "slots": slots}
