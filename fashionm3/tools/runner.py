"""The runner wraps every tool alike: time limit, cancel, retry, cache, and honest errors.

It takes arguments whose references are already resolved, and returns what the planner reads and
what the surfaces show. A tool without an observation of its own becomes a text card.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Any

from langchain_core.messages import ToolMessage
from langchain_core.tools import BaseTool
from langgraph.errors import GraphBubbleUp
from pydantic import ValidationError

from fashionm3.config import ToolSettings, brief
from fashionm3.errors import EngineError, ToolError, UsageError
from fashionm3.tools.base import Scene
from fashionm3.tools.deadline import within
from fashionm3.tools.results import ResultCache, result_key
from fashionm3.types import Card, Observation, Value

log = logging.getLogger(__name__)
MAX_CONTENT = 2000
"""Characters of a tool's answer that the planner reads."""


class ToolOutcome(Value):
    """What a call brought.

    Attributes:
        content: What the planner reads.
        observation: What the surfaces show; None after an error.
        error: Why it failed, in one line.
    """

    content: str
    observation: Observation | None = None
    error: str | None = None


class ToolRunner:
    """Runs tools by name.

    Args:
        tools: Any LangChain tools; names must be unique.
        settings: Limits.
        generation: Returns the catalogue's generation, part of the cache key.
    """

    def __init__(
        self,
        tools: Sequence[BaseTool],
        settings: ToolSettings | None = None,
        generation: Callable[[], int] = lambda: 0,
    ) -> None:
        self._settings = settings or ToolSettings()
        self._generation = generation
        self._cache = ResultCache(self._settings.cache_entries)
        self.tools: dict[str, BaseTool] = {}
        for tool in tools:
            if tool.name in self.tools:
                raise UsageError(f"two tools are called {tool.name!r}: names must be unique")
            self.tools[tool.name] = tool

    def run(
        self,
        name: str,
        args: dict[str, Any],
        scene: Scene,
        call_id: str,
        cancelled: threading.Event | None = None,
    ) -> ToolOutcome:
        """Runs one call; a tool's failure is an outcome, not an exception.

        Raises:
            EngineError: A model or a disk that the tool needs can't be used.
        """
        tool = self.tools.get(name)
        if tool is None:
            known = ", ".join(sorted(self.tools))
            return _failed(f"there is no tool {name!r}; there are {known}")
        version = str((tool.metadata or {}).get("version", "1"))
        key = result_key(name, version, args, scene, self._generation())
        kept = self._cache.find(key)
        if kept is not None:
            return ToolOutcome.model_validate(kept)
        outcome = self._attempts(tool, args, scene, call_id, cancelled)
        if outcome.error is None:
            self._cache.keep(key, outcome.model_dump())
        return outcome

    def _attempts(
        self,
        tool: BaseTool,
        args: dict[str, Any],
        scene: Scene,
        call_id: str,
        cancelled: threading.Event | None,
    ) -> ToolOutcome:
        outcome = _failed(f"{tool.name} did not run")
        for _ in range(1 + self._settings.retries):
            outcome, final = self._attempt(tool, args, scene, call_id, cancelled)
            if final:
                break
        return outcome

    def _attempt(
        self,
        tool: BaseTool,
        args: dict[str, Any],
        scene: Scene,
        call_id: str,
        cancelled: threading.Event | None,
    ) -> tuple[ToolOutcome, bool]:
        call = {"name": tool.name, "args": dict(args), "id": call_id, "type": "tool_call"}
        config: Any = {"configurable": {"scene": scene.model_dump(mode="json")}}
        try:
            answer = within(
                self._settings.timeout,
                lambda: tool.invoke(call, config=config),
                tool.name,
                cancelled,
            )
        except ToolError as error:
            return _failed(str(error)), True
        except ValidationError as error:
            return _failed(f"{tool.name}: {brief(error)}"), True
        except (GraphBubbleUp, EngineError):
            raise
        except Exception as error:
            log.exception("tool %s failed", tool.name)
            return _failed(f"{tool.name} failed: {type(error).__name__}"), False
        return _read(tool.name, answer), True


def _failed(why: str) -> ToolOutcome:
    return ToolOutcome(content=f"error: {why}"[:MAX_CONTENT], error=why[:MAX_CONTENT])


def _read(name: str, answer: Any) -> ToolOutcome:  # noqa: ANN401
    """Reads what a tool gave back; nonsense is an error that the planner can read."""
    if not isinstance(answer, ToolMessage):
        return _failed(f"{name} gave back no tool message")
    if answer.status == "error":
        return _failed(f"{name}: {answer.text}")
    text = answer.text[:MAX_CONTENT]
    if answer.artifact is None:
        if not text.strip():
            return _failed(f"{name} gave back nothing")
        card = Card(title=name, text=text)
        return ToolOutcome(content=text, observation=Observation(kind="text", cards=(card,)))
    try:
        observation = Observation.model_validate(answer.artifact)
    except ValidationError as error:
        return _failed(f"{name} gave back a malformed observation: {brief(error)}")
    return ToolOutcome(content=text, observation=observation)
