"""What a thread remembers, as JSON: two channels, one for the thread and one for the round.

Checkpoints hold the whole state at every step, so it is small and bounded: items by id, pictures by
hash, the last rounds only. Nodes validate on entry and dump on exit.
"""

from typing import Annotated, Any, Protocol, TypedDict

from langchain_core.runnables import RunnableConfig

from fashionm3.graphs.versions import LATEST, current
from fashionm3.references import References
from fashionm3.types import Constraints, Value

STATE_VERSION = LATEST
KEPT_ROUNDS = 9
"""Most rounds of the transcript that the state holds; older ones are in older checkpoints."""


class Piece(Value):
    """A piece of a look: an item of the shop, or one that the shopper owns, in words."""

    item_id: str | None = None
    owned: str | None = None
    category: str | None = None
    color: str | None = None


class LookState(Value):
    """A look by ids."""

    ref: str = ""
    slots: dict[str, Piece] = {}
    missing: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


class Seen(Value):
    """An observation by ids: what a tool showed.

    Attributes:
        kind: Which reply speaks about it.
        items: Item ids.
        texts: Title and text of cards that are no items.
        looks: Complete looks.
        outfit: The look that is the current one from now on.
        changed_slot: The slot that a swap changed.
        facts: Plain values for the reply.
    """

    kind: str
    items: tuple[str, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    looks: tuple[LookState, ...] = ()
    outfit: LookState | None = None
    changed_slot: str | None = None
    facts: dict[str, Any] = {}


class CallState(Value):
    """One tool call: as the planner said it, and with references resolved for the tool.

    Attributes:
        skip: Item ids that a repeated search leaves out: they have been shown.
        cheaper: A repeated search asks for lower prices than those on the screen.
    """

    id: str
    tool: str
    args: dict[str, Any] = {}
    resolved: dict[str, Any] = {}
    skip: tuple[str, ...] = ()
    cheaper: bool = False


class PastRound(Value):
    """One line of the transcript."""

    user: str
    tool: str
    args: dict[str, Any] = {}


class ThreadState(Value):
    """What lives on from round to round.

    Attributes:
        shown: Item ids on the screen, in order.
        photo: Hash of the shopper's photograph.
    """

    state_version: int = STATE_VERSION
    round: int = 0
    history: tuple[PastRound, ...] = ()
    refs: References = References()
    shown: tuple[str, ...] = ()
    outfit: LookState | None = None
    looks: tuple[LookState, ...] = ()
    constraints: Constraints = Constraints()
    photo: str | None = None
    user_id: str = ""


class TurnState(Value):
    """What this round does.

    Attributes:
        round_id: The caller's id, so that a retried request is answered once.
        undone: The words took rounds back, and the thread stands as after this one (0: the start).
        pictures: Hashes of pictures that came with the words.
        calls: Calls of this step, still to be carried out.
        done: Calls carried out for these words.
        outcome: How the last plan ended: calls, ask or reply.
        said: Arguments of an ask or a reply.
        text: A writing planner's own words.
        more: Another action was asked for.
        steps: Plans made in this round.
        errors: Tool errors in this round, in one line each.
        seen: What tools showed in this round, in order.
        reply: The answer, once given.
    """

    round_id: str = ""
    undone: int | None = None
    words: str = ""
    pictures: tuple[str, ...] = ()
    calls: tuple[CallState, ...] = ()
    done: tuple[CallState, ...] = ()
    outcome: str = ""
    said: dict[str, Any] = {}
    text: str = ""
    note: tuple[str, ...] = ()
    more: bool = False
    steps: int = 0
    errors: tuple[str, ...] = ()
    seen: tuple[Seen, ...] = ()
    reply: str = ""


def gather(old: list[dict[str, Any]], new: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """Joins results of parallel calls; None empties the list."""
    return [] if new is None else [*old, *new]


class State(TypedDict, total=False):
    """The graph's channels."""

    thread: dict[str, Any]
    turn: dict[str, Any]
    results: Annotated[list[dict[str, Any]], gather]


class Node(Protocol):
    """A step that needs the state only."""

    def __call__(self, state: State) -> dict[str, Any]:
        """Returns what changes."""


class ConfiguredNode(Protocol):
    """A step that also needs to know which thread it works for."""

    def __call__(self, state: State, config: RunnableConfig) -> dict[str, Any]:
        """Returns what changes."""


def dump(value: Value) -> dict[str, Any]:
    """Turns a value into JSON types without what is at its default; a version is kept."""
    version = {"state_version": STATE_VERSION} if isinstance(value, ThreadState) else {}
    return {**value.model_dump(mode="json", exclude_defaults=True), **version}


def thread_of(state: State) -> ThreadState:
    """Reads the thread's part.

    Raises:
        UsageError: It was written by a newer version of this package.
    """
    return ThreadState.model_validate(current(state.get("thread") or {}))


def turn_of(state: State) -> TurnState:
    """Reads the round's part."""
    return TurnState.model_validate(state.get("turn") or {})
