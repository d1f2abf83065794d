"""Loads the planner that the settings name."""

from collections.abc import Sequence
from inspect import signature
from typing import Any

from langchain_core.language_models import BaseChatModel

from fashionm3.agent.planner import Planner
from fashionm3.config import PlannerSettings
from fashionm3.errors import UsageError
from fashionm3.index.lexicon import Lexicon
from fashionm3.plugins import import_object, load

_LOADERS = {
    "nano": "chat:ChatVLM",
    "transformers": "transformers_chat:TransformersChat",
    "openai": "openai_chat:OpenAIChat",
}


def _loaded(settings: PlannerSettings) -> BaseChatModel:
    """Loads one of the chat models of this package; options that it doesn't know are an error."""
    loader = import_object(f"fashionm3.agent.{_LOADERS[settings.name]}").load
    try:
        signature(loader).bind(**settings.options)
    except TypeError as error:
        raise UsageError(f"[planner.options] of {settings.name!r}: {error}") from None
    made = loader(**settings.options)
    assert isinstance(made, BaseChatModel)
    return made


def load_planner(settings: PlannerSettings, tools: Sequence[Any] = ()) -> Planner:
    """Loads the planner that settings name.

    Args:
        settings: Which planner.
        tools: Further tools that it may call, see `Planner`.

    Raises:
        UsageError: The name or an option is wrong.
        EngineError: Weights are missing.
    """
    lexicon = Lexicon.load()
    if settings.name in _LOADERS:
        return Planner(_loaded(settings), lexicon, tools, settings.ask_below)
    if settings.name == "langchain":
        if settings.model is None:
            raise UsageError('[planner] name = "langchain" wants model = "package.module:Class"')
        made = import_object(settings.model)(**settings.options)
    else:
        made = load("planners", settings.name)(**settings.options)
    if not isinstance(made, BaseChatModel):
        raise UsageError(f"planner {settings.name!r} is a {type(made).__name__}, not a chat model")
    return Planner(made, lexicon, tools, settings.ask_below)
