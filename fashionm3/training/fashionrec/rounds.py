"""Turns samples into rounds of the planner's contract, with the decision that is expected.

A basic sample becomes an ``outfit`` around the first piece of its picture, a personalised one the
same with ``personal``, an alternative one a ``swap`` of the changeable piece of a look that is on
the screen. What the words say besides comes from a sample's ``labels``; without them (the original
data) from the lexicon, and only where the sample's own pieces bear it out.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from fashionm3.agent.round import checked_args
from fashionm3.artifacts import decode
from fashionm3.errors import EngineError, InputError
from fashionm3.index.kinds import of_words
from fashionm3.index.lexicon import Lexicon
from fashionm3.training.fashionrec.sample import Piece, Sample
from fashionm3.training.fashionrec.shards import Pictured
from fashionm3.training.fashionrec.shoppers import shared

_SAID = ("occasion", "season", "gender")
_OF_PIECES = ("color", "material", "pattern")
_LIKES = 3


class Rounder:
    """Makes rounds of samples.

    Args:
        lexicon: Reads kinds, colours and what the words say.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def row(self, sample: Sample, picture: str) -> dict[str, Any]:
        """Returns a line of a file of rounds.

        Args:
            sample: The sample.
            picture: Path of its picture.

        Raises:
            InputError: Its labels are not arguments of the planner's contract.
        """
        tool, args = self.expected(sample)
        return {
            "id": f"{sample.task}-{sample.key}",
            "tags": ["fashionrec", sample.task],
            "context": self.context(sample),
            "history": [],
            "text": sample.question,
            "picture": picture,
            "expect": {"tool": tool, "args": checked_args(tool, args), "more": False},
        }

    def context(self, sample: Sample) -> dict[str, Any]:
        """Returns what is on the screen: the look to be changed, or a taste."""
        if sample.task == "alternative":
            pieces = enumerate(sample.partial_outfit, 1)
            return {"outfit": [{"ref": str(n), **self._thing(piece)} for n, piece in pieces]}
        likes = shared([self._facts(piece) for piece in sample.history])[:_LIKES]
        return {"profile": {"likes": likes}} if likes else {}

    def expected(self, sample: Sample) -> tuple[str, dict[str, Any]]:
        """Returns the tool and its arguments."""
        if sample.task == "alternative":
            return "swap", {"target": self._replaced(sample), **self._change(sample)}
        args = self._wanted(sample)
        if sample.partial_outfit:
            args["anchor"] = self.phrase(sample.partial_outfit[0])
        if sample.task == "personalised":
            args["personal"] = True
        return "outfit", args

    def category(self, piece: Piece) -> str:
        """Returns the category of a piece by its kind, else by its words."""
        for text in (piece.subcategory, piece.description):
            kind = of_words(text, self._lexicon) or self._lexicon.category(text)
            if kind is not None:
                return kind.category
        return piece.subcategory.lower() or "piece"

    def color(self, piece: Piece) -> str | None:
        """Returns the first plain colour that a description names."""
        return self._facts(piece).get("color")

    def phrase(self, piece: Piece) -> str:
        """Names a piece in two words, as an anchor that the shopper owns."""
        return " ".join(filter(None, (self.color(piece), self.category(piece))))

    def _thing(self, piece: Piece) -> dict[str, Any]:
        said = {"category": self.category(piece), "color": self.color(piece)}
        return {**said, "title": piece.description or piece.subcategory}

    def _facts(self, piece: Piece) -> dict[str, str]:
        found = self._lexicon.facts(piece.description)
        return {slot: found[slot][0] for slot in _OF_PIECES if slot in found}

    def _wanted(self, sample: Sample) -> dict[str, Any]:
        if sample.labels is not None:
            return dict(sample.labels.args)
        said = self._lexicon.facts(sample.question)
        args: dict[str, Any] = {slot: said[slot][0] for slot in _SAID if slot in said}
        missing = dict.fromkeys(self.category(piece) for piece in sample.target_items)
        return {**args, "missing": list(missing)} if missing else args

    def _replaced(self, sample: Sample) -> str:
        """Returns the reference of the piece that goes, or its category where it is not shown."""
        old = sample.changeable_items[1]
        ids = [piece.item_id for piece in sample.partial_outfit]
        return str(ids.index(old.item_id) + 1) if old.item_id in ids else self.category(old)

    def _change(self, sample: Sample) -> dict[str, Any]:
        """Returns what the new piece should be: the label, or words that tell the two apart."""
        if sample.labels is not None:
            changes = sample.labels.args
            return {name: value for name, value in changes.items() if name not in _SAID}
        said = self._lexicon.facts(sample.question)
        new, old = (self._facts(piece) for piece in sample.changeable_items)
        return {
            slot: new[slot]
            for slot in _OF_PIECES
            if slot in new and new[slot] in said.get(slot, ()) and old.get(slot) != new[slot]
        }


def write_rounds(entries: Iterable[Pictured], out: Path, lexicon: Lexicon) -> int:
    """Writes rounds to a file of JSON Lines, and their pictures to a folder of its name.

    Returns:
        How many.

    Raises:
        InputError: A sample or its picture can't be read.
        EngineError: The disk refuses.
    """
    rounder, folder = Rounder(lexicon), out.with_name(f"{out.stem}-pictures")
    part = out.with_name(f"{out.name}.part")
    n = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8") as lines:
            for n, entry in enumerate(entries, 1):  # noqa: B007
                lines.write(json.dumps(_row(rounder, entry, folder), ensure_ascii=False) + "\n")
        part.replace(out)
    except OSError as error:
        raise EngineError(f"can't write {out}: {error}") from None
    return n


def _row(rounder: Rounder, entry: Pictured, folder: Path) -> dict[str, Any]:
    sample = entry.sample
    picture = folder / f"{sample.task}-{Path(sample.key).name}.{entry.ending}"
    decode(entry.picture, entry.name)
    try:
        row = rounder.row(sample, f"{folder.name}/{picture.name}")
    except InputError as error:
        raise InputError(f"{entry.name}: {error}") from None
    picture.write_bytes(entry.picture)
    return row
