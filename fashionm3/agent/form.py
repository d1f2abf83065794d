"""The written form in which the small planner reads a round and says a decision.

::

    <rules and the actions>
    parcel(order*, day): when a parcel arrives    a line for each tool beside the seven actions
    u: navy chinos up to 70                      words of an earlier round
    > search category=pants color=navy ...       what was decided then
    s: look 1=grey blazer 89 | shown A=...       what is on the screen now
    u: the second one but without the zip        words of now
    > swap target="B" negatives="no zip"         the decision, one line

A planner is trained for one version of this form; `FORM_HASH` goes into its model card. Titles are
shop data and never enter the form: a thing is described by its kind from the lexicon, its plain
colour and its price. A request that asks for two actions has its finished ones as further decision
lines under the words, each ending in ``more``.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fashionm3.actions import ACTIONS
from fashionm3.agent.field_words import data_words
from fashionm3.agent.round import Call, Context, Owned, Profile, Round, Thing
from fashionm3.errors import PlanError
from fashionm3.index.lexicon import Lexicon

RULES = "Dress people from the shop. Answer each u: line with one action.\nactions: {tools}\n"
USER = "u: "
STATE = "s: "
SAY = ">"
PICTURE = "p: "
"""Begins the line of a picture that the planner should only look at."""

IMAGE = "\ufffc"
"""Stands for a picture in the written form (U+FFFC, object replacement character)."""

PLAIN_ARGS = frozenset({"category", "color", "gender", "season", "kind"})
"""Arguments whose value is one known word, written without quotes."""

SEE = "see"
"""Begins the line in which the planner says what a picture shows."""

IMAGE_TOKEN = 16
"""SmolLM2's ``<empty_output>``, which no text becomes, stands for a cell of a picture."""

N_TOKENS = 4
"""Image tokens a picture takes."""

LISTS = frozenset({"negatives", "missing", "note"})
HISTORY_ROUNDS = 6
"""Earlier rounds that are read at most, the latest ones."""

HISTORY_STEP = 3
"""The window over earlier rounds moves by so many, so that its start is often the same."""

MAX_WORDS = 1200
"""Characters of one message that are read."""

FORM_HASH = hashlib.sha256(
    "|".join([RULES, USER, STATE, SAY, *sorted(PLAIN_ARGS), *ACTIONS, "1"]).encode()
).hexdigest()[:16]


TOOL_CHARS = 640
"""Characters that the descriptions of all further tools share; none has over `DESCRIBED`."""

DESCRIBED = 90


@dataclass(frozen=True)
class Described:
    """A tool beside the seven actions, as the head of the prompt tells of it.

    Attributes:
        name: As a decision says it.
        arguments: Names, with a star where one is required, and their choices where there are
            few: ``speed*=slow|express``.
        description: What it does; the first sentence is read.
    """

    name: str
    arguments: tuple[str, ...] = ()
    description: str = ""


def prefix(further: Sequence[Described] = ()) -> str:
    """Returns the constant head of every prompt.

    Args:
        further: Tools beside the seven actions.
    """
    head = RULES.format(tools=" ".join([*ACTIONS, *(tool.name for tool in further)]))
    room = min(DESCRIBED, TOOL_CHARS // max(len(further), 1))
    return head + "".join(_described(tool, room) for tool in further)


def _described(tool: Described, room: int) -> str:
    first = re.split(r"(?<=[.!?])\s", one_line(tool.description), maxsplit=1)[0].rstrip(".!")
    if len(first) > room:
        first = first[: room + 1].rpartition(" ")[0]
    return f"{tool.name}({', '.join(tool.arguments)}): {first}\n"


def spelled(name: str) -> str:
    """Returns the name of a tool or argument as a line can hold it: small letters only."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    letters = re.sub(r"[0-9]", lambda digit: "abcdefghij"[int(digit.group())], snake)
    return re.sub(r"[^a-z_]", "_", letters) or "_"


def one_line(text: str) -> str:
    """Folds white space and control characters, and shortens to `MAX_WORDS` characters."""
    return folded(text)[:MAX_WORDS]


def folded(text: str) -> str:
    """Folds white space and control characters into single blanks."""
    return re.sub(rf"[\s\x00-\x1f\x7f{IMAGE}]+", " ", text).strip()


def number(value: float) -> str:
    """Writes a price as people do: no trailing zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def say(call: Call, note: Sequence[str] = (), more: bool = False) -> str:
    """Writes a decision in one line, arguments in the schema's order."""
    words = [spelled(call.tool)]
    args = {key: value for key, value in call.args.items() if key != "note"}
    schema = ACTIONS.get(call.tool)
    order = [field.alias or name for name, field in schema.model_fields.items()] if schema else []
    for key in sorted(args, key=lambda k: order.index(k) if k in order else len(order)):
        words.extend(_pair(spelled(key), args[key]))
    notes = [*note, *call.args.get("note", [])]
    if notes:
        words.extend(_pair("note", notes))
    if more:
        words.append("more")
    return " ".join(words)


def _pair(key: str, value: Any) -> list[str]:  # noqa: ANN401
    if value is None or value == []:
        return []
    if isinstance(value, bool):
        known = [key] if value else []
        return known if key in _FLAGS else [f"{key}={str(value).lower()}"]
    if isinstance(value, int | float):
        return [f"{key}={number(value)}"]
    text = "; ".join(str(part) for part in value) if isinstance(value, list) else str(value)
    text = one_line(text.replace('"', "'"))
    return [f"{key}={text}"] if key in PLAIN_ARGS else [f'{key}="{text}"']


_PAIR = re.compile(r'\s*(?:(?P<key>[a-z_]+)(?:=(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+)))?)')
_FLAGS = frozenset({"more", "cheaper", "personal"})
_NUMBERS = frozenset({"price_min", "price_max", "budget_max"})


def read(line: str) -> tuple[Call, tuple[str, ...], bool]:
    """Reads a decision line: the call, its notes, and whether more is asked for.

    Raises:
        PlanError: It is not a line of this form.
    """
    text = line.strip()
    match = re.match(r"[a-z_]+", text)
    if match is None:
        raise PlanError(f"no action at the start of {text[:60]!r}")
    args: dict[str, Any] = {}
    known = match.group() in ACTIONS
    position = match.end()
    while position < len(text):
        pair = _PAIR.match(text, position)
        if pair is None or pair.end() == position:
            raise PlanError(f"can't read {text[position : position + 40]!r} in a decision")
        args[pair["key"]] = _value(pair, known)
        position = pair.end()
    more = bool(args.pop("more", False))
    note = tuple(args.pop("note", ()))
    return Call(tool=match.group(), args=args), note, more


def _value(pair: re.Match[str], known: bool) -> Any:  # noqa: ANN401
    """Reads a value; of a tool beside the seven actions only ``note`` and ``more`` are known."""
    key, quoted, bare = pair["key"], pair["quoted"], pair["bare"]
    if quoted is None and bare is None:
        if key in _FLAGS:
            return True
        raise PlanError(f"argument {key!r} has no value")
    text = quoted if quoted is not None else bare
    if key in LISTS and (known or key == "note"):
        return [part.strip() for part in text.split(";") if part.strip()]
    if key in _NUMBERS and known:
        try:
            return float(text) if "." in text else int(text)
        except ValueError:
            raise PlanError(f"{key} wants a number, got {text!r}") from None
    return text


def state_line(context: Context, lexicon: Lexicon) -> str:
    """Describes the screen and the profile; empty where nothing is known."""
    parts = []
    if context.outfit:
        parts.append("look " + ", ".join(_thing(piece, lexicon) for piece in context.outfit))
    if context.shown:
        parts.append("shown " + ", ".join(_thing(item, lexicon) for item in context.shown))
    if context.looks:
        parts.append("looks " + ", ".join(look.ref for look in context.looks))
    if context.photo:
        parts.append("photo")
    profile = _profile(context.profile)
    if profile:
        parts.append(f"profile {profile}")
    return " | ".join(parts)


def _thing(thing: Thing, lexicon: Lexicon) -> str:
    pattern = "" if thing.pattern in (None, "plain") else str(thing.pattern)
    kind = _kind_in_title(thing, lexicon)
    words = [*map(data_words, (thing.color, pattern)), kind, data_words(thing.category)]
    if thing.price is not None:
        words.append(number(thing.price))
    described = " ".join(word for word in words if word)
    return f"{thing.ref}={one_line(described)}"


def _kind_in_title(thing: Thing, lexicon: Lexicon) -> str:
    if not thing.title:
        return ""
    spans = lexicon.spans(thing.title[:200], fuzzy=False)
    styles = [s.style for s in spans if s.slot == "category" and s.value == thing.category]
    return next((style for style in styles if style), "")


def _profile(profile: Profile) -> str:
    parts = [data_words(profile.gender).partition(" ")[0]]
    owned = map(_owned, profile.owns)
    said = {"size": (profile.size,), "likes": profile.likes, "dislikes": profile.dislikes}
    for name, values in {**said, "owns": owned}.items():
        words = ", ".join(filter(None, map(data_words, values)))
        parts += [f"{name} {words}"] if words else []
    parts += [f"budget {number(profile.budget)}" if profile.budget is not None else ""]
    return one_line("; ".join(part for part in parts if part))


def _owned(owned: Owned) -> str:
    return " ".join(filter(None, map(data_words, (owned.color, owned.category))))


def first_read(n_rounds: int) -> int:
    """Returns the position of the first earlier round that is read: four to six are.

    Args:
        n_rounds: Earlier rounds there are.
    """
    over = max(0, n_rounds - HISTORY_ROUNDS)
    return -(-over // HISTORY_STEP) * HISTORY_STEP


def history_lines(round_: Round) -> str:
    """Writes the earlier rounds that are read."""
    lines = []
    for past in round_.history[first_read(len(round_.history)) :]:
        lines.append(f"{USER}{one_line(past.user)[:300]}\n")
        if past.decision is not None:
            lines.append(f"{SAY} {say(past.decision)}\n")
    return "".join(lines)


def question_lines(
    round_: Round, lexicon: Lexicon, words: str | None = None, n_pictures: int = 0
) -> str:
    """Writes the state, the words and what is done, up to where the planner speaks.

    Args:
        round_: The round.
        lexicon: Names the kinds of the things on the screen.
        words: The words as the code parts rewrote them (numbers as digits), or None.
        n_pictures: Pictures that come with the words.
    """
    state = state_line(round_.context, lexicon)
    lines = [f"{STATE}{state}\n"] if state else []
    said = one_line(round_.text if words is None else words)
    lines.append(f"{USER}{IMAGE * n_pictures}{said}\n")
    lines += [f"{SAY} {say(call, more=True)}\n" for call in round_.done]
    lines.append(SAY)
    return "".join(lines)
