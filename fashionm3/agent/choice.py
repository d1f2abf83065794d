"""Which of the bound tools may be called: ``tool_choice`` as LangChain and providers write it."""

from typing import Any

from fashionm3.actions import ACTIONS
from fashionm3.agent.bound_tools import BoundTool, bound_tools, tool_dicts
from fashionm3.errors import UsageError

_ANY = ("any", "required", True)
_FREELY = (None, "auto", "none", False)


def chosen(tools: tuple[BoundTool, ...], choice: Any) -> tuple[BoundTool, ...]:  # noqa: ANN401
    """Returns the tools that may be said: a reply is always possible where no call is demanded.

    Args:
        tools: What is bound; nothing means the seven actions, said as text.
        choice: A tool's name, ``auto``, ``any``, ``required``, ``none``, a flag, or a dictionary
            with one of these as its ``name`` or ``type``.

    Raises:
        UsageError: The named tool is not bound.
    """
    choice = _plain(choice)
    if choice in _ANY:
        return tools or seven()
    if choice not in _FREELY:
        named = tuple(tool for tool in tools if tool.name == choice)
        if not named:
            raise UsageError(f"tool_choice {choice!r} is not bound: bind it or name another")
        return named
    if not tools or choice == "none":
        return seven()
    if any(tool.name == "reply" for tool in tools):
        return tools
    return (*tools, *(tool for tool in seven() if tool.name == "reply"))


def callable_tools(
    tools: tuple[BoundTool, ...],
    choice: Any,  # noqa: ANN401
) -> tuple[BoundTool, ...]:
    """Returns the tools whose decision is a call: with ``none`` every decision is text."""
    return () if _plain(choice) == "none" else tools


def _plain(choice: Any) -> Any:  # noqa: ANN401
    if not isinstance(choice, dict):
        return choice
    inner = choice.get("function", choice)
    return inner.get("name") or inner.get("type")


def seven() -> tuple[BoundTool, ...]:
    """Returns the seven actions as tools."""
    return bound_tools(tool_dicts(list(ACTIONS.values())))
