"""``fashionm3 chat``: a shopper's conversation in the terminal."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from fashionm3.cli.faults import one_line_faults
from fashionm3.cli.terminal import Terminal
from fashionm3.config import CatalogSettings, Settings
from fashionm3.errors import BusyError, FashionM3Error, InputError

HELP = """\
Say what you look for, e.g. "navy chinos up to 70, nothing cropped". Point at things by letter (A),
number (1 is the first piece of the look) or words. Commands:
  /look            the current look          /undo [n]        take the last rounds back
  /show A          all the shop says of it   /history         what was said so far
  /save FILE.json  keep the conversation     /notes           what I keep in mind for you
  /new             start over                /quit            leave"""


@one_line_faults
def chat(
    shop: Annotated[
        Path | None, typer.Option(help="Catalogue directory (see `fashionm3 catalog`).")
    ] = None,
    thread: Annotated[str, typer.Option(help="Name of the conversation; goes on if it exists.")] = (
        "main"
    ),
    config: Annotated[Path | None, typer.Option(help="Settings in TOML.")] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Read a message a line, print an answer a line as JSON.")
    ] = False,
) -> None:
    """Talk with the assistant over a catalogue.

    Examples:
      fashionm3 chat --shop shop
      fashionm3 chat --shop shop --thread anna
      echo "black boots under 90" | fashionm3 chat --shop shop --json
    """
    from fashionm3.assistant import Assistant

    settings = chosen_settings(config, shop)
    if as_json:
        _scripted(Assistant.open(settings), thread)
        return
    terminal = Terminal()
    with terminal.waiting("opening the shop"):
        assistant = Assistant.open(settings)
    Conversation(assistant, thread, terminal).run()


def chosen_settings(config: Path | None, shop: Path | None) -> Settings:
    """Reads settings; a shop on the command line wins."""
    settings = Settings.load(config)
    if shop is not None:
        settings = settings.model_copy(update={"catalog": CatalogSettings(path=shop)})
    return settings


def _scripted(assistant: Any, thread: str) -> None:  # noqa: ANN401
    failed = False
    for line in sys.stdin:
        words = line.rstrip("\n")
        if not words.strip():
            continue
        try:
            answer = assistant.say(words, thread)
            out = answer.model_dump(mode="json", exclude_defaults=True)
        except (InputError, BusyError) as error:
            out, failed = {"error": str(error)}, True
        print(json.dumps(out, ensure_ascii=False), flush=True)  # noqa: T201
    if failed:
        raise typer.Exit(1)


class Conversation:
    """One conversation at a terminal.

    Args:
        assistant: Answers.
        thread: The conversation's name.
        terminal: Shows and reads.
    """

    def __init__(self, assistant: Any, thread: str, terminal: Terminal) -> None:  # noqa: ANN401
        self._assistant, self._thread, self._terminal = assistant, thread, terminal
        self._commands: dict[str, Callable[[str], None]] = {
            "/look": self._look,
            "/undo": self._undo,
            "/show": self._show,
            "/history": self._history,
            "/save": self._save,
            "/notes": self._notes,
            "/new": self._new,
            "/help": lambda _: self._terminal.say(HELP),
        }

    def run(self) -> None:
        """Reads and answers until the shopper leaves."""
        self._terminal.say(HELP)
        for line in self._lines():
            try:
                self._handle(line)
            except FashionM3Error as error:
                self._terminal.fault(str(error))

    def _lines(self) -> Iterator[str]:
        while True:
            line = self._terminal.ask()
            if line is None or line in ("/quit", "/exit", "/q"):
                return
            if line:
                yield line

    def _handle(self, line: str) -> None:
        if line.startswith("/"):
            name, _, rest = line.partition(" ")
            command = self._commands.get(name)
            if command is None:
                raise InputError(f"unknown command {name}: /help lists them")
            command(rest.strip())
            return
        with self._terminal.waiting("thinking"):
            answer = self._assistant.say(line, self._thread)
        self._terminal.answer(answer)

    def _look(self, _: str) -> None:
        rounds = self._assistant.rounds(self._thread)
        look = rounds[-1].outfit if rounds else None
        if look is None:
            raise InputError("there is no look yet: ask for an outfit")
        self._terminal.look(look)

    def _undo(self, rest: str) -> None:
        if rest and not rest.isdigit():
            raise InputError(f"/undo takes a number of rounds, got {rest!r}")
        now = self._assistant.undo(self._thread, int(rest or 1))
        self._terminal.say("Back at the beginning." if now is None else f'Back after "{now.user}".')

    def _show(self, rest: str) -> None:
        rounds = self._assistant.rounds(self._thread)
        wanted = rest.strip().upper()
        for answer in reversed(rounds):
            pieces = answer.outfit.slots.values() if answer.outfit else ()
            for card in (*pieces, *answer.cards):
                if card.ref == wanted and card.item_id is not None:
                    self._terminal.item(self._assistant.parts.shop.item(card.item_id))
                    return
        raise InputError(f"nothing here is called {rest!r}: use a letter or number from the screen")

    def _history(self, _: str) -> None:
        for answer in self._assistant.rounds(self._thread):
            self._terminal.past(answer)

    def _save(self, rest: str) -> None:
        file = Path(rest or f"{self._thread}.json")
        rounds = [a.model_dump(mode="json") for a in self._assistant.rounds(self._thread)]
        try:
            file.write_text(json.dumps({"rounds": rounds}, indent=1, ensure_ascii=False), "utf-8")
        except OSError as error:
            raise InputError(f"can't write {file}: {error.strerror}") from None
        self._terminal.say(f"Kept {len(rounds)} rounds in {file}.")

    def _notes(self, _: str) -> None:
        held = self._assistant.constraints(self._thread).model_dump(exclude_defaults=True)
        lines = [f"{name}: {value}" for name, value in held.items()]
        self._terminal.say("\n".join(lines) or "You have not told me anything to keep in mind.")

    def _new(self, _: str) -> None:
        self._assistant.forget(self._thread)
        self._terminal.say("A fresh start.")
