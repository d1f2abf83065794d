"""The tool contract: a LangChain tool that returns an observation and never bytes.

A tool sees two things: the arguments, in which references are already resolved to item ids, and a
`Scene`, what it may know of the conversation. Any other `BaseTool` can be used too: its plain text
becomes a card.
"""

from abc import abstractmethod
from typing import Any, Literal, TypeVar

from langchain_core.runnables import RunnableConfig
from langchain_core.tools import BaseTool
from pydantic import BaseModel

from fashionm3.types import Card, Constraints, ImageRef, Look, Observation, Value

Args = TypeVar("Args", bound=BaseModel)


class Scene(Value):
    """What a tool may know of the conversation.

    Attributes:
        constraints: What the shopper declared for good; every tool obeys.
        outfit: The current look.
        looks: Looks on the screen, with their references.
        shown: Cards on the screen, with their references.
        photo: A photograph of the shopper.
        skip: Item ids not to show again.
        cheaper: Lower prices than those on the screen are wanted.
        seed: Makes a random tool repeatable.
    """

    constraints: Constraints = Constraints()
    outfit: Look | None = None
    looks: tuple[Look, ...] = ()
    shown: tuple[Card, ...] = ()
    photo: ImageRef | None = None
    skip: tuple[str, ...] = ()
    cheaper: bool = False
    user_id: str = ""
    thread_id: str = ""
    seed: int = 0

    def worn(self, target: str) -> tuple[str, Card] | None:
        """Finds a piece of the look by item id, slot or category."""
        slots = self.outfit.slots if self.outfit else {}
        for slot, card in slots.items():
            if target in (card.item_id, slot, card.category):
                return slot, card
        return None

    def seen(self, target: str) -> Card | None:
        """Finds a shown item by item id."""
        return next((card for card in self.shown if card.item_id == target), None)

    def look(self, ref: str) -> Look | None:
        """Finds a look on the screen by its reference."""
        return next((look for look in self.looks if look.ref == ref), None)


class FashionTool(BaseTool):
    """A tool of the assistant: implement `observe`.

    ``metadata`` says ``version`` (part of the cache key), ``cost`` (``cheap`` or ``heavy``) and
    ``needs_consent``.
    """

    response_format: Literal["content", "content_and_artifact"] = "content_and_artifact"
    metadata: dict[str, Any] | None = {"version": "1", "cost": "cheap", "needs_consent": False}

    @abstractmethod
    def observe(self, args: Any, scene: Scene) -> Observation:  # noqa: ANN401
        """Does the work.

        Args:
            args: An instance of ``args_schema``; references are item ids, look ids or words.
            scene: What the tool may know of the conversation.

        Raises:
            ToolError: It can't be done; the planner reads why.
        """

    def _run(self, *, config: RunnableConfig, **arguments: Any) -> tuple[str, dict[str, Any]]:  # noqa: ANN401
        schema = self.args_schema
        if not (isinstance(schema, type) and issubclass(schema, BaseModel)):
            raise TypeError(f"{self.name}: args_schema must be a pydantic model")
        scene = Scene.model_validate(config.get("configurable", {}).get("scene") or {})
        observation = self.observe(schema.model_validate(arguments), scene)
        return summary(observation), observation.model_dump(mode="json", exclude_defaults=True)


def summary(observation: Observation) -> str:
    """Writes what the planner reads of an observation: one short line, no titles.

    Titles and descriptions are shop data; a planner needs kinds and colours only.
    """
    things = [_brief(card) for card in observation.cards]
    for look in observation.looks:
        things.append("look: " + ", ".join(_brief(card) for card in look.slots.values()))
    facts = ", ".join(f"{key}={value}" for key, value in observation.facts.items())
    body = "; ".join(things) or "nothing"
    return f"{observation.kind}: {body}" + (f" ({facts})" if facts else "")


def _brief(card: Card) -> str:
    return " ".join(word for word in (card.color, card.category) if word) or "a text"
