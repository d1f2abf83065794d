"""Builds the parts of a conversation from settings, once a process."""

import threading
from functools import cache
from typing import Any

from langchain_core.tools import BaseTool
from langgraph.graph.state import CompiledStateGraph

from fashionm3.agent.loading import load_planner
from fashionm3.artifacts import ArtifactStore
from fashionm3.config import Settings
from fashionm3.errors import UsageError
from fashionm3.graphs.dialogue import build_graph
from fashionm3.graphs.parts import Parts
from fashionm3.graphs.state import State
from fashionm3.index.catalog import Catalog
from fashionm3.index.lexicon import Lexicon
from fashionm3.index.rules import RuleScorer
from fashionm3.index.search import Search
from fashionm3.plugins import load
from fashionm3.tools.outfit import OutfitTool
from fashionm3.tools.runner import ToolRunner
from fashionm3.tools.search import SearchTool
from fashionm3.tools.shop import Shop
from fashionm3.tools.swap import SwapTool

_LOCK = threading.Lock()


def load_shop(settings: Settings) -> Shop:
    """Opens the catalogue with its search.

    Raises:
        InputError: The catalogue can't be opened.
        EngineError: Base weights are missing.
    """
    catalog = Catalog.open(settings.catalog.path)
    lexicon = Lexicon.load()
    encoder = None
    if catalog.manifest.encoder_id is not None:
        from fashionm3.index.encoder import load_encoder

        encoder = load_encoder(settings.encoder)
        if encoder.id != catalog.manifest.encoder_id:
            raise UsageError(
                f"catalogue {catalog.path} was built with encoder {catalog.manifest.encoder_id}, "
                f"the settings name {encoder.id}: build it again or change [encoder]"
            )
    return Shop(
        catalog=catalog,
        search=Search(catalog, encoder, lexicon),
        lexicon=lexicon,
        scorer=RuleScorer(),
        encoder=encoder,
        artifacts=ArtifactStore(str(settings.data / "pictures")),
    )


def shop_tools(shop: Shop) -> list[BaseTool]:
    """Makes the tools that ship."""
    return [SearchTool(shop=shop), OutfitTool(shop=shop), SwapTool(shop=shop)]


def load_parts(settings: Settings) -> Parts:
    """Builds everything a conversation needs.

    Raises:
        UsageError: A setting or a plugin is wrong.
        InputError: The catalogue can't be opened.
        EngineError: Weights are missing.
    """
    shop = load_shop(settings)
    found = [load("tools", name) for name in settings.tools.extra]
    extra = [tool if isinstance(tool, BaseTool) else tool(shop) for tool in found]
    tools = [*shop_tools(shop), *extra]
    runner = ToolRunner(tools, settings.tools, lambda: shop.catalog.generation)
    planner = load_planner(settings.planner, extra)
    return Parts(planner=planner, runner=runner, shop=shop, settings=settings)


@cache
def _cached_parts() -> Parts:
    return load_parts(Settings.load())


def make_graph() -> CompiledStateGraph[State, None, State, State]:
    """Serves ``langgraph.json``: a graph without a saver, over parts that are loaded once."""
    with _LOCK:
        parts: Any = _cached_parts()
    return build_graph(parts)
