"""Frozen pydantic values that pass between the rooms."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

CATEGORIES = (
    "t-shirt", "longsleeve", "shirt", "blouse", "polo", "top", "undershirt", "hoodie", "blazer",
    "outerwear", "dress", "bodysuit", "skirt", "pants", "shorts", "shoes", "hat",
)  # fmt: skip
"""The 17 kinds of garment that the planner knows; a catalogue may carry further terms."""

COLORS = (
    "black", "white", "grey", "beige", "brown", "red", "orange", "yellow", "green", "blue", "navy",
    "purple", "pink", "multicolor",
)  # fmt: skip
"""The plain colour words that filters and labels use."""

SEASONS = ("spring", "summer", "autumn", "winter")
GENDERS = ("men", "women", "kids")
PATTERNS = (
    "plain", "striped", "checked", "dotted", "floral", "graphic", "animal", "camouflage",
)  # fmt: skip

Provenance = Literal["given", "words", "picture"]
"""Where a field's value comes from: the data itself, its words, or its picture."""


class Value(BaseModel):
    """An immutable value with no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ImageRef(Value):
    """A picture by the SHA-256 of its decoded RGB pixels, never by its bytes.

    Attributes:
        sha256: 64 hexadecimal digits over size and pixels.
        width: Pixels.
        height: Pixels.
    """

    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    width: Annotated[int, Field(gt=0)]
    height: Annotated[int, Field(gt=0)]


class ColorShare(Value):
    """A plain colour and its share of the garment's pixels (0 to 1)."""

    name: str
    share: Annotated[float, Field(ge=0, le=1)]


class Size(Value):
    """A size as the shop writes it; ``stock`` is None where it is unknown."""

    name: str
    stock: int | None = None


class Item(Value):
    """One row of the catalogue.

    Attributes:
        item_id: The shop's own id, always text.
        category: One of `CATEGORIES`, or the feed's own term for other kinds.
        color: Plain colours, the main one first.
        in_stock: None where the feed doesn't say.
        price: Minor units of ``currency`` (cents), or None.
        variant_group: Shared by the variants of one product.
        pictures: Paths relative to the catalogue directory, the main one first.
        sources: Field name to where its value comes from.
    """

    item_id: Annotated[str, Field(min_length=1)]
    title: str
    description: str = ""
    category: str
    color: tuple[ColorShare, ...] = ()
    pattern: str | None = None
    material: str | None = None
    gender: str | None = None
    season: tuple[str, ...] = ()
    style: tuple[str, ...] = ()
    occasion: tuple[str, ...] = ()
    sizes: tuple[Size, ...] = ()
    in_stock: bool | None = None
    price: Annotated[int | None, Field(ge=0)] = None
    currency: Annotated[str | None, Field(pattern=r"^[A-Z]{3}$")] = None
    brand: str | None = None
    url: str | None = None
    variant_group: str | None = None
    pictures: tuple[str, ...] = ()
    sources: dict[str, Provenance] = {}

    @property
    def main_color(self) -> str | None:
        """The plain colour with the largest share, or None where no colour is known."""
        return self.color[0].name if self.color else None


class Card(Value):
    """What a surface shows of one thing; ``ref`` is how this thread calls it.

    A tool leaves ``ref`` empty; the graph mints it. ``price`` is in minor units.
    """

    ref: str = ""
    item_id: str | None = None
    title: str
    category: str | None = None
    color: str | None = None
    price: int | None = None
    currency: str | None = None
    brand: str | None = None
    url: str | None = None
    variant_group: str | None = None
    sizes: tuple[Size, ...] = ()
    picture: str | None = None
    text: str | None = None


class Look(Value):
    """A complete outfit: slot name to the item worn there, in wearing order.

    Attributes:
        ref: How this thread calls it (``L1``); empty until minted.
        slots: Slot name (``top``, ``bottom``, ``shoes``, ...) to a card.
        total: Sum of prices in minor units, or None where a price is unknown.
        missing: Slots that the shop could not fill.
        reasons: One short true sentence each, from the scorer's evidence.
        score: The scorer's value, higher is better.
    """

    ref: str = ""
    slots: dict[str, Card]
    total: int | None = None
    missing: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    score: float = 0.0


class Constraints(Value):
    """What the shopper declared for good; every tool obeys until it is lifted.

    Attributes:
        negatives: Each ``no ...`` or ``not ...``.
        budget: Minor units for a piece or a look, whichever is asked.
        sizes: Category (or ``""`` for clothes in general) to size name.
        likes: Short phrases.
        dislikes: Short phrases.
        owns: Short phrases of pieces the shopper has.
        gender: Whom the pieces are for, as it was last said.
    """

    negatives: tuple[str, ...] = ()
    budget: int | None = None
    sizes: dict[str, str] = {}
    likes: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()
    owns: tuple[str, ...] = ()
    gender: str | None = None


class Observation(Value):
    """What a tool found, as JSON, never with bytes.

    Attributes:
        kind: Which reply template speaks about it.
        cards: Items to show; the graph mints their references.
        looks: Complete looks to show.
        outfit: The look that is the current one from now on, if the tool changed it.
        changed_slot: The single slot that a swap changed.
        facts: Plain values for the reply (counts, what was relaxed, what is missing).
    """

    kind: str
    cards: tuple[Card, ...] = ()
    looks: tuple[Look, ...] = ()
    outfit: Look | None = None
    changed_slot: str | None = None
    facts: dict[str, Any] = {}


EventType = Literal[
    "token", "plan", "progress", "card", "image", "ask", "approval", "selected", "done", "error"
]


class Event(Value):
    """One typed event of a round, the same on every surface.

    Attributes:
        type: What happened.
        thread_id: The conversation.
        round: Counted from 1.
        text: Words of a ``token``, ``ask``, ``done`` or ``error`` event.
        card: Set on ``card``.
        data: JSON values that depend on the type (calls of a plan, the look, ...).
    """

    type: EventType
    thread_id: str
    round: int
    text: str = ""
    card: Card | None = None
    data: dict[str, Any] = {}


class Answer(Value):
    """What a round brought.

    Attributes:
        thread_id: The conversation.
        round: Counted from 1.
        user: The shopper's words.
        reply: The answer in words.
        calls: Tool calls in order, each ``{"tool", "args"}`` as the planner said them.
        cards: Items shown in this round, with their references.
        looks: Complete looks shown in this round.
        outfit: The current look after this round.
        question: The reply asks the shopper something back.
        note: What was kept for good in this round.
    """

    thread_id: str
    round: int
    user: str
    reply: str
    calls: tuple[dict[str, Any], ...] = ()
    cards: tuple[Card, ...] = ()
    looks: tuple[Look, ...] = ()
    outfit: Look | None = None
    question: bool = False
    note: tuple[str, ...] = ()
