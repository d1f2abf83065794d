"""The planner's vocabulary: the arguments of each action, as the planner may say them.

One place, because the tools' schemas, the training data, the evaluation files and the grammar of
constrained decoding must not drift apart. Prices are in major units of the catalogue's currency,
as shoppers say them. References are opaque strings.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Gender = Literal["men", "women", "kids"]
Season = Literal["spring", "summer", "autumn", "winter"]
ReplyKind = Literal["thanks", "about_item", "care", "off_topic", "refuse", "other"]


class Action(BaseModel):
    """Arguments of one action; unknown keys are an error."""

    model_config = ConfigDict(extra="forbid")


class SearchArgs(Action):
    """Show pieces of one kind."""

    category: str | None = Field(None, description="kind of garment")
    color: str | None = Field(None, description="plain colour word")
    pattern: str | None = Field(None, description="striped, floral, ...")
    material: str | None = Field(None, description="wool, denim, ...")
    style: str | None = Field(None, description="kind within the category, cut, fit, length")
    occasion: str | None = Field(None, description="what it is for")
    season: Season | None = None
    gender: Gender | None = None
    price_min: float | None = Field(None, ge=0, description="major units")
    price_max: float | None = Field(None, ge=0, description="major units")
    negatives: list[str] = Field([], description='hard limits, each "no ..." or "not ..."')
    like: str | None = Field(None, description="reference whose likeness is wanted")


class OutfitArgs(Action):
    """Build a whole look, or find what goes with something."""

    occasion: str | None = Field(None, description="what it is for")
    anchor: str | None = Field(None, description="reference, or words for an own piece")
    missing: list[str] = Field([], description="categories the look still needs")
    color: str | None = Field(None, description="plain colour word")
    style: str | None = Field(None, description="in the shopper's words")
    season: Season | None = None
    gender: Gender | None = None
    budget_max: float | None = Field(None, ge=0, description="major units for the whole look")
    negatives: list[str] = Field([], description='hard limits, each "no ..." or "not ..."')
    personal: bool = Field(False, description="the shopper appeals to their own taste")
    look: str | None = Field(None, description="reference of a look that was shown")


class SwapArgs(Action):
    """Replace one piece of the look or of the list."""

    target: str = Field(description="reference, or category of the look's piece")
    color: str | None = Field(None, description="plain colour word")
    pattern: str | None = Field(None, description="striped, floral, ...")
    material: str | None = Field(None, description="wool, denim, ...")
    style: str | None = Field(None, description='in the shopper\'s words, e.g. "less formal"')
    price_max: float | None = Field(None, ge=0, description="major units")
    cheaper: bool = Field(False, description="cheaper than the piece, no figure said")
    negatives: list[str] = Field([], description='hard limits, each "no ..." or "not ..."')
    like: str | None = Field(None, description="reference whose likeness is wanted")
    with_: str | None = Field(
        None, alias="with", description="reference of the very piece to put in"
    )

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class DesignArgs(Action):
    """Draw a garment that the shop does not have."""

    category: str = Field(description="kind of garment")
    color: str | None = Field(None, description="plain colour word")
    pattern: str | None = Field(None, description="pattern or motif")
    material: str | None = Field(None, description="wool, denim, ...")
    style: str | None = Field(None, description="kind within the category, cut, fit, length")
    like: str | None = Field(None, description="reference whose likeness is wanted")


class TryOnArgs(Action):
    """Show a piece or the look on the person."""

    target: str = Field(description='reference, category, or "outfit"')


class AskArgs(Action):
    """Ask the shopper for what is missing or ambiguous."""

    question: str | None = Field(None, description="short question")


class ReplyArgs(Action):
    """Answer in words."""

    kind: ReplyKind | None = None
    about: str | None = Field(None, description="reference the reply talks about")


ACTIONS: dict[str, type[Action]] = {
    "search": SearchArgs,
    "outfit": OutfitArgs,
    "swap": SwapArgs,
    "design": DesignArgs,
    "try_on": TryOnArgs,
    "ask": AskArgs,
    "reply": ReplyArgs,
}
"""The seven actions by name; ``ask`` and ``reply`` are bound but never executed."""

REFERENCE_ARGS = frozenset({"like", "with", "look", "about", "target", "anchor"})
"""Arguments that may carry a reference of the thread."""
