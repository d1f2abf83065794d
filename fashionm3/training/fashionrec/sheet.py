"""A contact sheet: samples with their pictures and words, to be looked at."""

import textwrap
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from fashionm3.artifacts import decode
from fashionm3.training.fashionrec.sample import Piece, Sample
from fashionm3.training.fashionrec.shards import Pictured

_SIDE = 256
_WIDTH = 1240
_GAP = 14
_LETTERS = 112
"""Characters of a line."""

_LEADING = 19
_INK, _HUMAN, _GPT, _LINE = "#222222", "#1a4f8b", "#1b6e3c", "#dddddd"


def sheet(entries: Sequence[Pictured]) -> Image.Image:
    """Draws samples below each other: the picture on the left, key, words and pieces beside it.

    Raises:
        InputError: A picture can't be read; shard and sample are named.
    """
    rows = [_row(entry) for entry in entries]
    page = Image.new("RGB", (_WIDTH, sum(row.height for row in rows) or 1), "white")
    top = 0
    for row in rows:
        page.paste(row, (0, top))
        top += row.height
    return page


def _row(entry: Pictured) -> Image.Image:
    lines = [
        (color, line)
        for color, text in _words(entry.sample)
        for line in textwrap.wrap(text, _LETTERS, subsequent_indent="    ")
    ]
    height = max(_SIDE, _LEADING * len(lines)) + 2 * _GAP
    row = Image.new("RGB", (_WIDTH, height), "white")
    picture = decode(entry.picture, entry.name).resize((_SIDE, _SIDE))
    row.paste(picture, (_GAP, _GAP))
    pen = ImageDraw.Draw(row)
    pen.rectangle((_GAP - 1, _GAP - 1, _GAP + _SIDE, _GAP + _SIDE), outline=_LINE)
    font = ImageFont.load_default(15)
    for n, (color, line) in enumerate(lines):
        pen.text((_SIDE + 3 * _GAP, _GAP + n * _LEADING), line, fill=color, font=font)
    pen.line((0, height - 1, _WIDTH, height - 1), fill=_LINE)
    return row


def _words(sample: Sample) -> list[tuple[str, str]]:
    said = [
        (_HUMAN if said.speaker == "human" else _GPT, f"{said.speaker}: {said.value}")
        for said in sample.conversation
    ]
    pieces = {
        "picture": sample.partial_outfit,
        "target": sample.target_items,
        "changeable": sample.changeable_items,
        "history": sample.history,
    }
    facts = [f"{name}: {_listed(found)}" for name, found in pieces.items() if found]
    if sample.labels is not None:
        facts.append(f"labels: {sample.labels.tool} {sample.labels.args}")
    shopper = f", shopper {sample.uid}" if sample.uid else ""
    head = [(_INK, f"{sample.key}, {sample.task}{shopper}")]
    return [*head, *said, *((_INK, fact) for fact in facts)]


def _listed(pieces: Sequence[Piece]) -> str:
    return "; ".join(piece.description or piece.subcategory or piece.item_id for piece in pieces)
