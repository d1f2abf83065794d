"""Mints and resolves the short references of a thread.

Shown items get letters, pieces of the current look numbers, looks ``L1``, ``L2``, pictures ``P1``.
An item keeps its letter while it is remembered; after the last letter minting starts over with the
oldest, so that a thread of any length remembers the last 24 items and its state stays small.
Reading is tolerant of syntax (``item b``, ``[B]``, ``#2``) and strict on meaning.
"""

import re
from typing import Literal

from fashionm3.types import Value

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""I and O are left out: they read as words and digits. 24 letters."""

Kind = Literal["item", "piece", "look", "picture"]


class Reference(Value):
    """What a reference points at.

    Attributes:
        kind: An item of the shop, a piece of the look, a look or a picture.
        ref: As minted.
        id: Item id, look reference, or the hash of a picture.
    """

    kind: Kind
    ref: str
    id: str


class References(Value):
    """The references of one thread.

    Attributes:
        items: Letter to item id, oldest first.
        pieces: Number to item id of the current look (``""`` for a piece the shopper owns).
        looks: Reference to item ids.
        pictures: Reference to hash.
        n_looks: How many looks were ever minted.
    """

    items: dict[str, str] = {}
    pieces: dict[str, str] = {}
    looks: dict[str, tuple[str, ...]] = {}
    pictures: dict[str, str] = {}
    n_looks: int = 0
    next_letter: int = 0

    def with_items(self, item_ids: list[str]) -> "References":
        """Mints letters for at most 24 items, in order; a remembered item keeps its letter."""
        items = dict(self.items)
        position = self.next_letter
        by_id = {item_id: letter for letter, item_id in items.items()}
        taken = {by_id[item_id] for item_id in item_ids if item_id in by_id}
        for item_id in item_ids:
            letter = by_id.get(item_id)
            if letter is None:
                while LETTERS[position % len(LETTERS)] in taken:
                    position += 1
                letter = LETTERS[position % len(LETTERS)]
                position += 1
                taken.add(letter)
                by_id[item_id] = letter
            items.pop(letter, None)
            items[letter] = item_id
        return self.model_copy(update={"items": items, "next_letter": position % len(LETTERS)})

    def with_looks(self, looks: list[tuple[str, ...]]) -> tuple["References", list[str]]:
        """Mints references for looks and forgets older ones; returns the new references too."""
        minted = [f"L{self.n_looks + 1 + n}" for n in range(len(looks))]
        update = {
            "looks": dict(zip(minted, looks, strict=True)),
            "n_looks": self.n_looks + len(looks),
        }
        return self.model_copy(update=update), minted

    def with_pieces(self, item_ids: list[str]) -> "References":
        """Numbers the pieces of the current look from 1."""
        pieces = {str(n + 1): item_id for n, item_id in enumerate(item_ids)}
        return self.model_copy(update={"pieces": pieces})

    def with_picture(self, sha256: str) -> tuple["References", str]:
        """Mints a reference for a picture; the last 8 are remembered."""
        for ref, known in self.pictures.items():
            if known == sha256:
                return self, ref
        n = max((int(ref[1:]) for ref in self.pictures), default=0) + 1
        kept = dict(list(self.pictures.items())[-7:])
        return self.model_copy(update={"pictures": {**kept, f"P{n}": sha256}}), f"P{n}"

    def letter_of(self, item_id: str) -> str | None:
        """Returns the letter of an item, if it is remembered."""
        return next((ref for ref, known in self.items.items() if known == item_id), None)

    def resolve(self, said: str) -> Reference | None:
        """Reads a reference; None where it is none of this thread."""
        ref = plain(said)
        tables: tuple[tuple[Kind, dict[str, str]], ...] = (
            ("piece", self.pieces),
            ("item", self.items),
            ("picture", self.pictures),
            ("look", {look: look for look in self.looks}),
        )
        for kind, table in tables:
            if ref in table:
                return Reference(kind=kind, ref=ref, id=table[ref])
        return None


_AROUND = re.compile(r"^(?:item|option|number|piece|look|picture|no\.?|nr\.?)\s+", re.IGNORECASE)


def plain(said: str) -> str:
    """Takes decoration off a reference: ``item b.`` is ``B``, ``#2`` is ``2``, ``look 1`` is L1."""
    text = said.strip().strip("[](){}<>\"'`*#.,:;!? ")
    look = re.fullmatch(r"(?:the )?look\s+(\d+)", text, re.IGNORECASE)
    if look:
        return f"L{look.group(1)}"
    return _AROUND.sub("", text).strip("# ").upper()
