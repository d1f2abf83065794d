"""Parts that other packages bring, found by entry point.

Groups: ``fashionm3.tools`` (any LangChain ``BaseTool``, or a function that takes the parts and
returns one), ``fashionm3.planners``, ``fashionm3.scorers``.
"""

from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from fashionm3.errors import UsageError

GROUPS = ("tools", "planners", "scorers")


def names(group: str) -> list[str]:
    """Lists the entry points of a group, sorted."""
    return sorted({point.name for point in entry_points(group=f"fashionm3.{group}")})


def load(group: str, name: str) -> Any:  # noqa: ANN401
    """Loads one entry point.

    Raises:
        UsageError: No package brings it, or importing it fails.
    """
    if group not in GROUPS:
        raise UsageError(f"plugin group {group!r} is unknown: expected one of {', '.join(GROUPS)}")
    for point in entry_points(group=f"fashionm3.{group}"):
        if point.name == name:
            try:
                return point.load()
            except (ImportError, AttributeError) as error:
                raise UsageError(f"plugin {name!r} of {group} can't be imported: {error}") from None
    known = ", ".join(names(group)) or "none"
    raise UsageError(f"no plugin {name!r} in group fashionm3.{group}; installed: {known}")


def import_object(path: str) -> Any:  # noqa: ANN401
    """Imports ``package.module:Name``.

    Raises:
        UsageError: The path has another form or nothing is there.
    """
    module, _, attribute = path.partition(":")
    if not module or not attribute:
        raise UsageError(f"{path!r} is not of the form package.module:Name")
    try:
        return getattr(import_module(module), attribute)
    except (ImportError, AttributeError) as error:
        raise UsageError(f"can't import {path!r}: {error}") from None
