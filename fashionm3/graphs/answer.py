"""Says what was found, in words that code has put together from rows of the catalogue.

A planner that writes may write around ``{ref}`` marks; a mark that resolves to nothing shown, or a
stray price, falls back to the template.
"""

from typing import Any

from fashionm3.agent.form import HISTORY_STEP
from fashionm3.graphs.events import emit
from fashionm3.graphs.grounding import grounded
from fashionm3.graphs.parts import Parts
from fashionm3.graphs.replies import Replies
from fashionm3.graphs.screen import Screen
from fashionm3.graphs.state import (
    KEPT_ROUNDS,
    Node,
    PastRound,
    State,
    ThreadState,
    TurnState,
    dump,
    thread_of,
    turn_of,
)


def make_answer(parts: Parts) -> Node:
    """Makes the node."""
    replies = Replies(parts.shop, parts.settings.threads.language)

    def answer(state: State) -> dict[str, Any]:
        thread, turn = thread_of(state), turn_of(state)
        screen = Screen(thread, parts.shop)
        seen = [screen.observation(entry) for entry in turn.seen]
        reply = _own_words(turn, thread, screen) or replies.say(turn, thread, seen, screen)
        for observation in seen:
            for card in observation.cards:
                emit("card", card=card)
        if turn.outcome == "ask":
            emit("ask", text=reply)
        emit("token", text=reply)
        turn = turn.model_copy(update={"reply": reply})
        thread = thread.model_copy(update={"history": _history(thread, turn)})
        return {"thread": dump(thread), "turn": dump(turn), "results": None}

    return answer


def _own_words(turn: TurnState, thread: ThreadState, screen: Screen) -> str | None:
    if turn.outcome != "reply" or not turn.text:
        return None
    look = screen.outfit()
    cards = [*screen.shown(), *(look.slots.values() if look else ())]
    return grounded(turn.text, {card.ref: card for card in cards if card.ref})


def _history(thread: ThreadState, turn: TurnState) -> tuple[PastRound, ...]:
    if turn.undone is not None:
        return thread.history
    if turn.done:
        tool, args = turn.done[-1].tool, dict(turn.done[-1].args)
    else:
        tool, args = turn.outcome, _said(turn)
    if turn.note:
        args["note"] = list(turn.note)
    past = PastRound(user=turn.words[:300], tool=tool or "reply", args=args)
    history = (*thread.history, past)
    # Several at once: a planner's prompt begins as before until the window moves again.
    return history[HISTORY_STEP:] if len(history) > KEPT_ROUNDS else history


def _said(turn: TurnState) -> dict[str, Any]:
    kept = ("kind", "about") if turn.outcome == "reply" else ()
    return {key: turn.said[key] for key in kept if key in turn.said}
