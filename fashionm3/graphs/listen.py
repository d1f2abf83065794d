"""Takes the shopper's words in: starts the round and closes what an abandoned one left open."""

from typing import Any

from fashionm3.graphs.state import Node, State, dump, thread_of, turn_of


def make_listen() -> Node:
    """Makes the node."""

    def listen(state: State) -> dict[str, Any]:
        thread = thread_of(state)
        turn = turn_of(state)
        refs = thread.refs
        for sha256 in turn.pictures:
            refs, _ = refs.with_picture(sha256)
        thread = thread.model_copy(update={"round": thread.round + 1, "refs": refs})
        kept = ("round_id", "undone", "words", "pictures")
        turn = type(turn)(**{name: getattr(turn, name) for name in kept})
        return {"thread": dump(thread), "turn": dump(turn), "results": None}

    return listen
