"""Joins the results in the order of the calls, mints references, and moves the thread on."""

from typing import Any, Literal

from fashionm3.graphs.state import (
    LookState,
    Node,
    Seen,
    State,
    ThreadState,
    dump,
    thread_of,
    turn_of,
)
from fashionm3.references import References

MAX_ERRORS = 2
MAX_STEPS = 4


def make_observe() -> Node:
    """Makes the node."""

    def observe(state: State) -> dict[str, Any]:
        thread, turn = thread_of(state), turn_of(state)
        by_id = {result["id"]: result for result in state.get("results") or []}
        for call in turn.calls:
            result = by_id.get(call.id, {"error": f"the result of {call.tool} is lost"})
            if "seen" not in result:
                turn = turn.model_copy(update={"errors": (*turn.errors, result["error"])})
                continue
            thread, seen = shown_on(thread, Seen.model_validate(result["seen"]))
            turn = turn.model_copy(update={"seen": (*turn.seen, seen), "done": (*turn.done, call)})
        turn = turn.model_copy(update={"calls": ()})
        return {"thread": dump(thread), "turn": dump(turn), "results": None}

    return observe


def after_observe(state: State) -> Literal["plan", "answer"]:
    """Goes back to the planner after a tool error (at most 2) or when it said more (at most 4)."""
    turn = turn_of(state)
    failed = 0 < len(turn.errors) <= MAX_ERRORS and not turn.seen
    again = failed or (turn.more and bool(turn.seen))
    return "plan" if again and turn.steps < MAX_STEPS else "answer"


def shown_on(thread: ThreadState, seen: Seen) -> tuple[ThreadState, Seen]:
    """Puts what a tool showed on the screen: mints references, changes list, looks and outfit."""
    refs, update = thread.refs, dict[str, Any]()
    if seen.items:
        refs = refs.with_items(list(seen.items))
        if seen.changed_slot is None:
            update["shown"] = seen.items
    if seen.looks and not seen.looks[0].ref:
        ids = [_ids(look) for look in seen.looks]
        refs, names = refs.with_looks(ids)
        looks = tuple(
            look.model_copy(update={"ref": name})
            for look, name in zip(seen.looks, names, strict=True)
        )
        seen = seen.model_copy(update={"looks": looks})
        update["looks"] = looks
    if seen.outfit is not None:
        outfit, refs = _worn(seen.outfit, seen.looks, refs)
        update["outfit"] = outfit
        seen = seen.model_copy(update={"outfit": outfit})
    return thread.model_copy(update={**update, "refs": refs}), seen


def _worn(
    outfit: LookState, looks: tuple[LookState, ...], refs: References
) -> tuple[LookState, References]:
    ref = next((look.ref for look in looks if _ids(look) == _ids(outfit)), outfit.ref)
    return outfit.model_copy(update={"ref": ref}), refs.with_pieces(list(_ids(outfit)))


def _ids(look: LookState) -> tuple[str, ...]:
    return tuple(piece.item_id or "" for piece in look.slots.values())
