"""Composes samples of the three tasks from looks."""

import random
from collections.abc import Callable

from fashionm3.errors import InputError
from fashionm3.index.outfits import slot_of
from fashionm3.training.fashionrec.grid import CELLS
from fashionm3.training.fashionrec.sample import Sample, Task
from fashionm3.training.fashionrec.shoppers import PER_PART, SHOWN, Shopper, shopper
from fashionm3.training.fashionrec.split import Split
from fashionm3.training.fashionrec.telling import Scene, Teller
from fashionm3.training.fashionrec.wardrobe import Drawn
from fashionm3.types import Item

_TRIES = 500
_OTHERS = 8
_TOGETHER = 0.5
"""The rules' share beside a shopper's taste."""


class Composer:
    """Makes samples; the same seed and number give the same sample.

    Args:
        split: The wardrobe of each part.
        teller: Puts them into words.
        seed: Of everything that is drawn.
    """

    def __init__(self, split: Split, teller: Teller, seed: int) -> None:
        self._split, self._teller, self._seed = split, teller, seed
        self._shoppers: dict[tuple[str, int], Shopper] = {}

    def sample(self, task: Task, part: str, n: int, key: str) -> tuple[Sample, tuple[Item, ...]]:
        """Makes the n-th sample of a task and part, and names the pieces of its picture.

        Raises:
            InputError: The part's pieces allow none.
        """
        rng = random.Random(f"{self._seed}/{task}/{part}/{n}")
        draw: Callable[[random.Random, str], Scene | None] = {
            "basic": self._basic,
            "personalised": self._personalised,
            "alternative": self._alternative,
        }[task]
        for _ in range(_TRIES):
            scene = draw(rng, part)
            if scene is not None:
                return self._teller.tell(task, scene, key, rng), scene.shown
        raise InputError(
            f"no {task} sample could be made of the {part} part in {_TRIES} tries: "
            "the catalogue has too few pieces of a kind"
        )

    def _look(self, rng: random.Random, part: str, wearer: str | None, most: int) -> Drawn | None:
        """Draws a look of two to ``most`` pieces; what is put on last is left out."""
        drawn = self._split.wardrobes[part].draw(rng, wearer)
        if drawn is None or len(drawn.items) < 2:
            return None
        return Drawn(drawn.items[:most], drawn.wish, drawn.wearer)

    def _basic(self, rng: random.Random, part: str) -> Scene | None:
        wearer = self._split.wardrobes[part].wearer(rng)
        drawn = self._look(rng, part, wearer, CELLS + 1)
        if drawn is None or not self._split.allows(part, drawn.ids):
            return None
        n = 2 if len(drawn.items) >= 4 and rng.random() < 0.25 else 1
        places = set(rng.sample(range(len(drawn.items)), n))
        shown = tuple(item for place, item in enumerate(drawn.items) if place not in places)
        return Scene(drawn, shown, tuple(drawn.items[place] for place in sorted(places)))

    def _personalised(self, rng: random.Random, part: str) -> Scene | None:
        buyer = self._shopper(part, rng.randrange(PER_PART[part]))
        drawn = self._look(rng, part, buyer.wearer, CELLS + 1)
        if drawn is None:
            return None
        old = rng.choice(drawn.items)
        shown = tuple(item for item in drawn.items if item is not old)
        score = self._split.wardrobes[part].scorer.score

        def rank(item: Item) -> tuple[float, str]:
            together = score([*shown, item]).value
            return _TOGETHER * together + (1 - _TOGETHER) * buyer.taste(item), item.item_id

        best = max([old, *self._others(rng, part, drawn, old)], key=rank)
        ids = {item.item_id for item in (*shown, best)}
        if not self._split.allows(part, ids):
            return None
        before = [item for item in buyer.history if item.item_id not in ids]
        history = rng.sample(before, min(len(before), rng.randint(*SHOWN)))
        return Scene(drawn, shown, (best,), shopper=buyer, history=tuple(history))

    def _alternative(self, rng: random.Random, part: str) -> Scene | None:
        wearer = self._split.wardrobes[part].wearer(rng)
        drawn = self._look(rng, part, wearer, CELLS)
        if drawn is None:
            return None
        old = rng.choice(drawn.items)
        rest = [item for item in drawn.items if item is not old]
        score = self._split.wardrobes[part].scorer.score
        others = self._others(rng, part, drawn, old)
        if not others:
            return None
        new = max(others, key=lambda item: (score([*rest, item]).value, item.item_id))
        changed = {item.item_id for item in (*rest, new)}
        if not self._split.allows(part, drawn.ids, changed):
            return None
        return Scene(drawn, drawn.items, (new,), replaced=old)

    def _others(self, rng: random.Random, part: str, drawn: Drawn, old: Item) -> list[Item]:
        """Draws further pieces of the slot that fit what the look is for, of another name."""
        found = [
            item
            for item in self._split.wardrobes[part].suited(drawn.wearer, drawn.wish)
            if slot_of(item.category) == slot_of(old.category)
            and item.category != "undershirt"
            and not self._teller.names_alike(item, old)
        ]
        return rng.sample(found, min(_OTHERS, len(found)))

    def _shopper(self, part: str, n: int) -> Shopper:
        if (part, n) not in self._shoppers:
            wardrobe = self._split.wardrobes[part]
            self._shoppers[part, n] = shopper(n, part, wardrobe, self._seed)
        return self._shoppers[part, n]
