"""How answers look in a terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from fashionm3.graphs.money import money
from fashionm3.types import Answer, Card, Item, Look


class Terminal:
    """Reads words and shows answers with rich.

    Args:
        console: Where to; standard output by default.
    """

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(highlight=False)
        with suppress(ImportError):
            import readline  # noqa: F401

    def ask(self) -> str | None:
        """Reads one line; None at the end of the input."""
        try:
            return input("\nyou › ").strip() if sys.stdin.isatty() else self._piped()
        except (EOFError, KeyboardInterrupt):
            return None

    def _piped(self) -> str | None:
        line = sys.stdin.readline()
        if not line:
            return None
        self.said(line.strip())
        return line.strip()

    def said(self, words: str) -> None:
        """Shows what the shopper says."""
        self._console.print(Text.assemble("\n", ("you › ", "bold"), words))

    @contextmanager
    def waiting(self, what: str) -> Iterator[None]:
        """Shows a spinner."""
        with self._console.status(f"[dim]{what} …[/dim]"):
            yield

    def say(self, text: str) -> None:
        """Shows plain words."""
        self._console.print(Text(text, style="dim"))

    def fault(self, text: str) -> None:
        """Shows a fault in one line."""
        self._console.print(Text(text, style="red"))

    def answer(self, answer: Answer) -> None:
        """Shows an answer: cards as a table, looks as boards, words around them."""
        if answer.looks and not answer.cards:
            for look in answer.looks:
                self.look(look)
            self._words(_outside_looks(answer.reply))
        elif answer.cards and answer.outfit is None:
            self._cards(answer.cards)
            self._words(_outside_cards(answer))
        else:
            self._words(answer.reply)

    def _words(self, text: str) -> None:
        if text.strip():
            self._console.print(Text(text.strip()))

    def _cards(self, cards: tuple[Card, ...]) -> None:
        table = Table(box=None, pad_edge=False, header_style="dim")
        for name in ("", "piece", "price", "brand", "sizes"):
            table.add_column(name, justify="right" if name == "price" else "left")
        for card in cards:
            sizes = " ".join(size.name for size in card.sizes if size.stock != 0)
            price = money(card.price, card.currency)
            table.add_row(f"[bold]{card.ref}[/bold]", Text(card.title), price, card.brand, sizes)
        self._console.print(table)

    def look(self, look: Look) -> None:
        """Shows a look as a board of slots."""
        table = Table(box=None, pad_edge=False, show_header=False)
        for n, (slot, card) in enumerate(look.slots.items(), 1):
            price = card.text if card.item_id is None else money(card.price, card.currency)
            table.add_row(f"[bold]{n}[/bold]", f"[dim]{slot}[/dim]", Text(card.title), price)
        first = next(iter(look.slots.values()))
        title = f"{look.ref or 'the look'} · {money(look.total, first.currency)}"
        reasons = [Text("; ".join(look.reasons), style="dim")] if look.reasons else []
        self._console.print(Panel(Group(table, *reasons), title=title, expand=False))

    def item(self, item: Item) -> None:
        """Shows everything the shop says of an item."""
        rows = item.model_dump(mode="json", exclude_defaults=True, exclude={"sources"})
        rows["price"] = money(item.price, item.currency)
        table = Table(box=None, show_header=False, pad_edge=False)
        for name, value in rows.items():
            table.add_row(f"[dim]{name}[/dim]", Text(str(value)))
        self._console.print(table)

    def past(self, answer: Answer) -> None:
        """Shows one round of the history."""
        self._console.print(Text(f"{answer.round}. you › {answer.user}", style="bold"))
        self._words(answer.reply)


def _outside_looks(reply: str) -> str:
    lines = reply.splitlines()
    kept = [n for n, line in enumerate(lines) if " is the one we go on with" in line]
    return "\n".join(lines[kept[0] :]) if kept else reply


def _outside_cards(answer: Answer) -> str:
    shown = {f"{card.ref}. {card.title}" for card in answer.cards}
    return "\n".join(
        line
        for line in answer.reply.splitlines()
        if not any(line.startswith(start) for start in shown)
    )
