"""Labelled rounds as JSON Lines: what planners are trained and scored on.

Each line is a round in the form of ``fashionm3 plan --jsonl`` with ``expect``: the decision, as
``{"tool": ..., "args": {...}, "more": false}``. Lines of one ``dialogue`` follow each other; where
they have no ``history`` of their own, the earlier ones are it. The first line of a dialogue may
bind ``tools`` beside the seven actions (OpenAI schemas). A ``picture`` is a path relative to the
file. Files may be compressed (.xz, .gz).
"""

import gzip
import json
import lzma
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, cast

from fashionm3.agent.round import Call, Past, Round
from fashionm3.errors import InputError
from fashionm3.training.dialogues.pictures import Picture
from fashionm3.training.dialogues.turns import Dialogue, Turn

Json = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """One labelled round.

    Attributes:
        where: File and line, for messages.
        id: Of the row; the line number where it has none.
        dialogue: Rows of one dialogue are each other's history; None for a row on its own.
        round: What the planner reads, history included.
        expect: The decision.
        tools: OpenAI tools bound beside the seven actions.
    """

    where: str
    id: str
    dialogue: str | None
    round: Round
    expect: Json
    tags: tuple[str, ...] = ()
    tools: tuple[Json, ...] = ()
    language: str = "en"


def open_rows(file: Path, mode: str = "rt") -> IO[str]:
    """Opens a file of rows, compressed or not.

    Raises:
        InputError: It can't be opened.
    """
    openers: dict[str, Callable[..., Any]] = {".xz": lzma.open, ".gz": gzip.open}
    try:
        opened = openers.get(file.suffix, open)(file, mode, encoding="utf-8")
    except OSError as error:
        raise InputError(f"can't open {file}: {error.strerror or error}") from None
    return cast("IO[str]", opened)


def read_rows(file: Path) -> Iterator[Row]:
    """Yields the rows of a file.

    Raises:
        InputError: A line is not a round with an expected decision; file and line are named.
    """
    dialogue: str | None = None
    past: list[Past] = []
    tools: tuple[Json, ...] = ()
    with open_rows(file) as lines:
        for n, line in enumerate(_text(lines, file), 1):
            if not line.strip():
                continue
            row = _placed(_row(line, f"{file.name}, line {n}", n), file.parent)
            if row.dialogue is None or row.dialogue != dialogue:
                dialogue, past, tools = row.dialogue, [], row.tools
            row = _continued(row, past, tools)
            yield row
            if not row.expect.get("more"):
                call = Call(tool=row.expect["tool"], args=dict(row.expect.get("args") or {}))
                past.append(Past(user=row.round.text, decision=call))


def _placed(row: Row, folder: Path) -> Row:
    """Finds a picture that lies beside the file of rows."""
    beside = folder / str(row.round.picture)
    if row.round.picture is None or not beside.is_file():
        return row
    return replace(row, round=row.round.model_copy(update={"picture": str(beside)}))


def _text(lines: Iterable[str], file: Path) -> Iterator[str]:
    try:
        yield from lines
    except (OSError, EOFError, UnicodeDecodeError, lzma.LZMAError) as error:
        raise InputError(f"can't read {file}: {error}") from None


def _row(line: str, where: str, n: int) -> Row:
    try:
        round_ = Round.parse_line(line)
    except InputError as error:
        raise InputError(f"{where}: {error}") from None
    data = json.loads(line)
    expect = data.get("expect")
    if not isinstance(expect, dict) or not isinstance(expect.get("tool"), str):
        raise InputError(f"{where}: expected an expect with a tool")
    return _made(data, round_, where, n)


def as_row(data: Json, tools: Sequence[Json] = ()) -> Row:
    """Returns a line of `lines_of` as a row, without its history."""
    row = _made(data, Round.model_validate(data), "composed", 0)
    return replace(row, tools=tuple(tools))


def _made(data: Json, round_: Round, where: str, n: int) -> Row:
    dialogue = data.get("dialogue")
    return Row(
        where,
        str(data.get("id", n)),
        None if dialogue is None else str(dialogue),
        round_,
        data["expect"],
        tuple(data.get("tags") or ()),
        tuple(data.get("tools") or ()),
        str(data.get("language") or "en"),
    )


def _continued(row: Row, past: list[Past], tools: tuple[Json, ...]) -> Row:
    round_ = row.round
    if past and not round_.history:
        round_ = round_.model_copy(update={"history": tuple(past)})
    return replace(row, round=round_, tools=tools)


def dialogues_of(rows: Iterable[Row], pictures: dict[str, Picture]) -> Iterator[Dialogue]:
    """Joins rows to dialogues; one whose pictures are not all known is left out.

    Args:
        rows: As `read_rows` yields them.
        pictures: Known pictures by key.
    """
    joined: list[Row] = []
    for row in rows:
        if joined and (row.dialogue is None or row.dialogue != joined[-1].dialogue):
            yield from _dialogue(joined, pictures)
            joined = []
        joined.append(row)
    yield from _dialogue(joined, pictures)


def _dialogue(rows: list[Row], pictures: dict[str, Picture]) -> Iterator[Dialogue]:
    keys = [row.round.picture for row in rows]
    if rows and all(key is None or key in pictures for key in keys):
        turns = _before(rows[0]) + [_turn(row, pictures) for row in rows]
        yield Dialogue(turns, rows[0].tools, rows[0].language)


def _before(row: Row) -> list[Turn]:
    """Returns the history that a first row brings with it, as turns without a screen."""
    return [
        Turn(Round(text="").context, past.user, past.decision, section="history")
        for past in row.round.history
        if past.decision is not None
    ]


def _turn(row: Row, pictures: dict[str, Picture]) -> Turn:
    args = dict(row.expect.get("args") or {})
    note = tuple(args.pop("note")) if isinstance(args.get("note"), list) else ()
    text = "" if row.round.done else row.round.text
    picture = None if row.round.picture is None else pictures[row.round.picture]
    section = row.tags[0] if row.tags else ""
    call = Call(tool=row.expect["tool"], args=args)
    more = bool(row.expect.get("more"))
    return Turn(row.round.context, text, call, note, more, section, picture)


def lines_of(dialogue: Dialogue, name: str) -> Iterator[Json]:
    """Yields a dialogue as JSON values, one a decision."""
    text, picture = "", None
    done: list[Json] = []
    for n, turn in enumerate(dialogue.turns):
        if turn.text:
            text, done, picture = turn.text, [], turn.picture
        notes = {"note": list(turn.note)} if turn.note else {}
        args = {**turn.call.args, **notes}
        line: Json = {
            "dialogue": name,
            "language": dialogue.language,
            "tags": [turn.section],
            "tools": list(dialogue.tools) if n == 0 else [],
            "context": turn.context.model_dump(mode="json", exclude_defaults=True),
            "text": text,
            "picture": None if picture is None else picture.key,
            "done": list(done),
            "expect": {"tool": turn.call.tool, "args": args, "more": turn.more},
        }
        yield {key: value for key, value in line.items() if value not in (None, [], {})}
        done.append({"tool": turn.call.tool, "args": turn.call.args})
