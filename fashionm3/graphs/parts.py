"""The live objects that nodes close over; state holds data only."""

import threading
from dataclasses import dataclass, field

from langchain_core.runnables import RunnableConfig

from fashionm3.agent.planner import Planner
from fashionm3.config import Settings
from fashionm3.tools.runner import ToolRunner
from fashionm3.tools.shop import Shop


@dataclass(frozen=True)
class Parts:
    """Everything a conversation needs, ready to use.

    Attributes:
        planner: Decides.
        runner: Carries out.
        shop: Names and prices for what is shown.
        settings: Limits and language.
        cancels: Thread id to the event that gives its running round up.
    """

    planner: Planner
    runner: ToolRunner
    shop: Shop
    settings: Settings = field(default_factory=Settings)
    cancels: dict[str, threading.Event] = field(default_factory=dict)

    def cancelled(self, config: RunnableConfig) -> threading.Event | None:
        """Returns the event that gives up the round of a configuration's thread."""
        return self.cancels.get(str(config.get("configurable", {}).get("thread_id", "")))
