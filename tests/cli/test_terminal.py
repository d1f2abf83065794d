"""What the terminal shows of answers."""

from io import StringIO

from rich.console import Console

from fashionm3.cli.terminal import Terminal
from fashionm3.types import Card, Look

SHOES = Card(item_id="s1", title="Canvas trainers", price=7590, currency="EUR")


def shown(look: Look) -> str:
    out = StringIO()
    Terminal(Console(file=out, width=60, highlight=False)).look(look)
    return out.getvalue()


def test_the_reasons_of_a_look_are_whole_however_narrow_the_terminal_is():
    reason = "red and yellow lie side by side on the colour wheel; all pieces are smart-casual"
    text = shown(Look(ref="L1", slots={"shoes": SHOES}, total=7590, reasons=(reason,)))
    assert reason in " ".join(text.replace("│", " ").split())


def test_a_look_without_reasons_has_no_empty_line():
    lines = shown(Look(ref="L1", slots={"shoes": SHOES}, total=7590)).splitlines()
    assert len(lines) == 3
