"""Decides a round: a chat model with the mechanical parts in code around it."""

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage

from fashionm3.actions import ACTIONS
from fashionm3.agent.answering import answered
from fashionm3.agent.bound_tools import tool_dicts, unsaid
from fashionm3.agent.capabilities import capabilities_of
from fashionm3.agent.carrying import carried
from fashionm3.agent.declaring import lifted, of_a_piece, supported
from fashionm3.agent.guard import harms, must_refuse
from fashionm3.agent.heard import Heard
from fashionm3.agent.intents import Intents
from fashionm3.agent.languages import spoken
from fashionm3.agent.limits import last_limit, relative
from fashionm3.agent.messages import messages_of
from fashionm3.agent.numbers import digits
from fashionm3.agent.pasted import plainly
from fashionm3.agent.pointing import Pointing
from fashionm3.agent.reading import read_message
from fashionm3.agent.round import Call, Decision, Outcome, Round
from fashionm3.agent.seeing import See, Seen, afresh, as_seen, pictured, read_picture, with_patterns
from fashionm3.agent.steps import asks, may_go_on, steps
from fashionm3.agent.swapping import Swapping
from fashionm3.agent.wording import Wording
from fashionm3.errors import Cancelled, InputError
from fashionm3.index.lexicon import Lexicon

log = logging.getLogger(__name__)

_SHORT = 6
"""Words of a message that takes something back and asks for nothing."""


class Planner:
    """A chat model that plans rounds.

    Args:
        model: Any chat model that can bind tools.
        lexicon: The shared lexicon of clothes words.
        tools: Further tools that the model may call: LangChain tools, pydantic classes, functions
            or OpenAI schemas.
        ask_below: Probability of an action below which the shopper is asked in place of acting.

    Attributes:
        capabilities: What the model can do beyond binding tools.
    """

    def __init__(
        self,
        model: BaseChatModel,
        lexicon: Lexicon,
        tools: Sequence[Any] = (),
        ask_below: float = 0.0,
    ) -> None:
        self._lexicon, self._chat, self._ask_below = lexicon, model, ask_below
        self._see: See | None = getattr(model, "see", None)
        self.capabilities = capabilities_of(model)
        bound = [*tool_dicts(list(ACTIONS.values())), *tool_dicts(tools)]
        self._functions = {made["function"]["name"]: made["function"] for made in bound}
        self._model = model.bind_tools(list(map(with_note_and_more, bound)))

    def with_tools(self, tools: Sequence[Any]) -> "Planner":
        """Returns a planner of the same model with other further tools."""
        return Planner(self._chat, self._lexicon, tools, self._ask_below)

    def decide(
        self,
        round_: Round,
        problem: str = "",
        cancelled: threading.Event | None = None,
        picture: bytes | None = None,
    ) -> Decision:
        """Returns what to do for a round.

        Args:
            round_: What the planner may read.
            problem: Why the last decision could not be used, in one line.
            cancelled: Gives the decision up when set.
            picture: The one that came with the words; ``round_.picture`` is read by default.

        Raises:
            Cancelled: The round was given up.
        """
        round_ = answered(round_, self._lexicon)
        whole, round_ = round_.text, plainly(round_, self._lexicon)
        if must_refuse(round_.text) or harms(whole):
            return _single(Call(tool="reply", args={"kind": "refuse"}))
        round_, picture, seen = self._looked(round_, picture)
        words = _digits(round_)
        messages = messages_of(round_, self._lexicon, words, problem, picture)
        options: dict[str, Any] = {"cancelled": cancelled} if self.capabilities.cancels else {}
        message = self._model.invoke(messages, **options)
        if cancelled is not None and cancelled.is_set():
            raise Cancelled("the round was given up: a newer message came")
        assert isinstance(message, AIMessage)
        decision = read_message(message)
        return self._mechanical(decision, round_, words, seen, picture is not None)

    def unaided(self, round_: Round) -> Decision:
        """Returns what the model decides without the code parts, for the ablation.

        Numbers in the words are still written as digits, as the model is trained on.
        """
        message = self._model.invoke(messages_of(round_, self._lexicon, digits(round_.text)))
        assert isinstance(message, AIMessage)
        return read_message(message)

    def _looked(
        self, round_: Round, picture: bytes | None
    ) -> tuple[Round, bytes | None, Seen | None]:
        """Looks at the pictures; one that can't be read is said in the log and left out."""
        if not self.capabilities.pictures:
            return round_, None, None
        try:
            if picture is None and round_.picture is not None:
                picture = read_picture(round_.picture)
            if self._see is None:
                return round_, picture, None
            seen = self._see(picture) if picture is not None else None
            return with_patterns(round_, self._see, self._lexicon), picture, seen
        except InputError as error:
            log.warning("%s: decided by the words alone", error)
            return round_.model_copy(update={"picture": None}), None, None

    def _mechanical(
        self,
        decision: Decision,
        round_: Round,
        words: str,
        seen: Seen | None = None,
        looked: bool = False,
    ) -> Decision:
        """Holds calls and notes against the words and counts what pointers fit."""
        if decision.outcome in ("malformed", "empty"):
            return decision
        note = supported(decision.note, words, self._lexicon)
        note = tuple(n for n in note if not _of_pieces(n, decision, self._lexicon))
        freed = lifted(words, round_.context.profile.dislikes)
        if freed and len(words.split()) <= _SHORT:
            return _single(Call(tool="reply", args={"kind": "other"}), freed)
        note = tuple(dict.fromkeys([*note, *freed]))
        here, more = _step(round_, decision.more)
        decision = decision.model_copy(update={"note": note, "more": more})
        words = words if here is round_ else _digits(here)
        heard = Heard(words, self._lexicon, note)
        pointing = Pointing(here.text, here, self._lexicon)
        parts = _Parts(
            heard,
            Wording(heard, here, self._lexicon, note),
            pointing,
            Intents(here, heard, pointing, note),
            Swapping(here, heard, pointing),
            here is not round_ or not (more or round_.done),
        )
        calls = []
        for planned in decision.calls:
            known = planned.tool in ACTIONS
            attached = looked or round_.picture is not None
            call = parts.corrected(planned, decision, attached) if known else planned
            if attached and known:
                call = afresh(call, parts.intents.last, heard)
            if seen is not None:
                call = pictured(call, seen, heard)
            elif looked and call is not planned:
                call = as_seen(call, planned, heard)
            unsure = call.tool == planned.tool and _below(decision.probability, self._ask_below)
            if call.tool in ("ask", "reply") or unsure or self._lacks(call):
                return _spoken(call, decision)
            calls.append(call)
        return decision.model_copy(update={"outcome": "calls", "calls": tuple(calls)})

    def _lacks(self, call: Call) -> bool:
        """Tells whether a needed argument is missing, so that only a question is left."""
        schema = ACTIONS.get(call.tool)
        if schema is None:
            function = self._functions.get(call.tool)
            return function is not None and unsaid(function, call.args)
        fields = schema.model_fields.items()
        return any(field.is_required() and name not in call.args for name, field in fields)


@dataclass(frozen=True)
class _Parts:
    """The code parts that have read one step of a message."""

    heard: Heard
    wording: Wording
    pointing: Pointing
    intents: Intents
    swapping: Swapping
    alone: bool

    def corrected(self, call: Call, decision: Decision, pictured: bool) -> Call:
        """Returns one of the seven actions as the words and the screen have it."""
        if self.alone or call.tool == "ask":
            call = self.intents.settled(call, _idle(call, decision), decision.more)
        if call.tool == "outfit" and self.intents.later:
            call = self.pointing.anchored(call)
        if call.tool == "swap":
            call = self.swapping.settled(call)
        call = self.pointing.corrected(call)
        worded = self.wording.corrected(call)
        if not self.alone:
            # What the words hold may belong to the other action.
            known = {key: value for key, value in worded.args.items() if key in call.args}
            return Call(tool=worded.tool, args=known)
        if self.intents.later or pictured:
            return worded
        return carried(worded, self.intents.last, self.heard.text, self.heard)


def _step(round_: Round, more: bool) -> tuple[Round, bool]:
    """Returns the round with the words of the step that is next, and whether others follow."""
    parts = steps(round_.text)
    n = len(round_.done)
    if not (more or round_.done or all(map(asks, parts[1:]))):
        return round_, more
    if len(parts) == 1 or n >= len(parts):
        foreign = spoken(round_.text) != "en"
        return round_, more and (foreign or may_go_on(round_.text))
    return round_.model_copy(update={"text": parts[n]}), n + 1 < len(parts)


def _of_pieces(note: str, decision: Decision, lexicon: Lexicon) -> bool:
    return any(of_a_piece(note, call, lexicon) for call in decision.calls)


def _digits(round_: Round) -> str:
    return digits(relative(round_.text, last_limit(round_)))


def _idle(call: Call, decision: Decision) -> bool:
    return call.args.get("kind") == "other" and not decision.note and not decision.text


def _below(probability: float | None, bar: float) -> bool:
    return probability is not None and probability < bar


def _spoken(call: Call, decision: Decision) -> Decision:
    if call.tool not in ("ask", "reply"):
        return _single(Call(tool="ask", args={}), decision.note)
    same = bool(decision.calls) and call == decision.calls[0]
    return decision if same else _single(call, decision.note)


def _single(call: Call, note: tuple[str, ...] = ()) -> Decision:
    outcome: Outcome = "ask" if call.tool == "ask" else "reply"
    text = str(call.args.get("question") or "")
    return Decision(outcome=outcome, calls=(call,), note=note, text=text)


def with_note_and_more(tool: dict[str, Any]) -> dict[str, Any]:
    """Adds to a tool's schema what any decision may carry; both are taken off before the call."""
    function = dict(tool["function"])
    parameters = dict(function.get("parameters") or {"type": "object"})
    parameters["properties"] = {
        "note": {"type": "array", "items": {"type": "string"}},
        "more": {"type": "boolean"},
        **(parameters.get("properties") or {}),
    }
    function["parameters"] = parameters
    return {**tool, "function": function}
