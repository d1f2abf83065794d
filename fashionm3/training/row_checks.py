"""Proves that the labels of rows are decisions that the planner could say.

The seven actions are held to their schemas, to the vocabulary of the contract and to the things on
the screen; other tools to the JSON schema they are bound with.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from jsonschema import Draft202012Validator

from fashionm3.actions import ACTIONS, REFERENCE_ARGS
from fashionm3.agent.grammar import NOTES
from fashionm3.agent.round import Round, checked_args
from fashionm3.errors import InputError
from fashionm3.index.lexicon import Lexicon
from fashionm3.training.rows import Json, Row
from fashionm3.types import COLORS

_NEGATIVE = ("no ", "not ")


def faults(row: Row, lexicon: Lexicon, bound: Sequence[Json] = ()) -> list[str]:
    """Returns what is wrong with a row's label; empty where nothing is.

    Args:
        row: A labelled round.
        lexicon: Knows the kinds of garments.
        bound: OpenAI tools bound beside those that the row names.
    """
    tool, args = str(row.expect["tool"]), dict(row.expect.get("args") or {})
    if tool not in ACTIONS:
        return _other_tool(tool, args, [*row.tools, *bound])
    notes = args.pop("note", [])
    try:
        checked_args(tool, args)
    except InputError as error:
        return [str(error)]
    found = [*_words(args, lexicon), *_lists(args, lexicon), *_notes(notes)]
    return found + list(_references(tool, args, row.round))


def _other_tool(tool: str, args: Json, tools: Sequence[Json]) -> list[str]:
    bound = {entry["function"]["name"]: entry["function"] for entry in tools}
    if tool not in bound:
        return [f"tool {tool!r} is neither one of the seven nor bound"]
    validator = Draft202012Validator(bound[tool].get("parameters") or {})
    unknown = set(args) - set((bound[tool].get("parameters") or {}).get("properties") or {})
    found = [f"{tool} has no argument {name!r}" for name in sorted(unknown)]
    return found + [f"{tool}: {error.message}" for error in validator.iter_errors(args)]


def _words(args: Json, lexicon: Lexicon) -> Iterator[str]:
    categories = set(lexicon.categories())
    if "category" in args and args["category"] not in categories:
        yield f"category {args['category']!r} is no kind of the vocabulary"
    if "color" in args and args["color"] not in COLORS:
        yield f"color {args['color']!r} is no plain colour word"
    for key in ("price_min", "price_max", "budget_max"):
        if key in args and not args[key] > 0:
            yield f"{key} {args[key]!r} is not above 0"


def _lists(args: Json, lexicon: Lexicon) -> Iterator[str]:
    for value in args.get("negatives", ()):
        if not value.startswith(_NEGATIVE):
            yield f"negative {value!r} does not start with no or not"
    for value in args.get("missing", ()):
        if value not in lexicon.categories():
            yield f"missing {value!r} is no kind of the vocabulary"


def _notes(notes: Sequence[str]) -> Iterator[str]:
    for note in notes:
        if note.partition(" ")[0] not in NOTES:
            yield f"note {note!r} starts with none of {', '.join(NOTES)}"


def _references(tool: str, args: dict[str, Any], round_: Round) -> Iterator[str]:
    context = round_.context
    things = {thing.ref for thing in (*context.outfit, *context.shown)}
    looks = {look.ref for look in context.looks}
    kinds = {thing.category for thing in (*context.outfit, *context.shown)}
    for key in sorted(REFERENCE_ARGS & set(args) - {"anchor"}):
        known = things | looks
        if key == "target":
            known |= {kind for kind in kinds if kind} | ({"outfit"} if tool == "try_on" else set())
        if args[key] not in known:
            yield f"{key} {args[key]!r} is nothing on the screen"
