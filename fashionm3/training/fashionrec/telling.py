"""Puts a look, and what is asked about it, into words and pieces."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fashionm3.index.outfits import OutfitScorer, spoken
from fashionm3.training.fashionrec.sample import Labels, Piece, Said, Sample, Task
from fashionm3.training.fashionrec.shoppers import Shopper, in_common
from fashionm3.training.fashionrec.wardrobe import Drawn
from fashionm3.training.fashionrec.wishes import wanted
from fashionm3.training.fashionrec.wording import Namer, listed, say, surfaces
from fashionm3.types import Item


@dataclass(frozen=True)
class Scene:
    """What a conversation is about.

    Attributes:
        drawn: The look it starts from.
        shown: The pieces of the picture.
        targets: The pieces that the answer recommends.
        replaced: The piece that a target takes the place of.
        shopper: Whose taste counts.
        history: What they chose before, as far as the sample tells.
    """

    drawn: Drawn
    shown: tuple[Item, ...]
    targets: tuple[Item, ...]
    replaced: Item | None = None
    shopper: Shopper | None = None
    history: tuple[Item, ...] = ()

    @property
    def rest(self) -> tuple[Item, ...]:
        """The pieces that stay."""
        return tuple(item for item in self.shown if item is not self.replaced)


class Teller:
    """Tells scenes as samples.

    Args:
        namer: Names pieces.
        scorer: Gives the reasons.
        to_major: Minor units of a price in a major one.
    """

    def __init__(self, namer: Namer, scorer: OutfitScorer, to_major: float) -> None:
        self._namer, self._scorer, self._to_major = namer, scorer, to_major

    def tell(self, task: Task, scene: Scene, key: str, rng: random.Random) -> Sample:
        """Returns the sample of a scene; labels hold only what its words say."""
        values, args = self._asked(scene, rng)
        question, said = say(f"human.{task}", values, rng)
        answer, _ = say(f"gpt.{task}", values | self._known(scene), rng)
        kept = {name: value for name, (mark, value) in args.items() if mark in said}
        if {"item", "noun"} & said:
            kept["missing"] = list(dict.fromkeys(item.category for item in scene.targets))
        if task == "personalised":
            kept["personal"] = True
        replaced = () if scene.replaced is None else (*scene.targets, scene.replaced)
        turns = (Said(speaker="human", value=question), Said(speaker="gpt", value=answer))
        return Sample(
            key=key,
            conversation=turns,
            partial_outfit=self._pieces(scene.shown),
            target_items=self._pieces(scene.targets),
            uid=scene.shopper.uid if scene.shopper else None,
            history=self._pieces(scene.history),
            changeable_items=self._pieces(replaced),
            labels=Labels(tool="swap" if scene.replaced else "outfit", args=kept),
        )

    def names_alike(self, one: Item, other: Item) -> bool:
        """Tells whether words don't tell two pieces apart."""
        return self._namer.bare(one) == self._namer.bare(other)

    def _pieces(self, items: Sequence[Item]) -> tuple[Piece, ...]:
        return tuple(
            Piece(
                item_id=item.item_id,
                path=item.pictures[0],
                subcategory=self._namer.noun(item),
                description=self._namer.bare(item),
            )
            for item in items
        )

    def _asked(
        self, scene: Scene, rng: random.Random
    ) -> tuple[dict[str, str], dict[str, tuple[str, Any]]]:
        """Returns marks with words for them, and arguments with the mark that says each."""
        values: dict[str, str] = {}
        args: dict[str, tuple[str, Any]] = {}
        wish = scene.drawn.wish
        if wish.occasion:
            values["occasion"] = rng.choice(
                surfaces("occasion").get(wish.occasion) or (wish.occasion,)
            )
            args["occasion"] = ("occasion", wish.occasion)
        if wish.season:
            values["season"] = wish.season
            args["season"] = ("season", wish.season)
        if scene.replaced is not None:
            plural = self._namer.is_plural(scene.replaced)
            want = wanted(scene.targets[0], scene.replaced, self._to_major, plural, rng)
            values |= {"wish": want.words, "replaced": self._replaced(scene, rng)}
            args |= {name: ("wish", value) for name, value in want.args.items()}
        else:
            kinds = dict.fromkeys(item.category for item in scene.targets)
            values["item"] = listed([self._namer.asked(kind, rng) for kind in kinds])
            if len(kinds) == 1:
                values["noun"] = spoken(*kinds)
        values["pieces"] = listed([self._namer.one(item) for item in scene.shown])
        values["anchor"] = self._namer.short(scene.shown[0])
        return values, args

    def _replaced(self, scene: Scene, rng: random.Random) -> str:
        """Names the piece that goes by its kind, or by more."""
        assert scene.replaced is not None
        ways = (self._namer.noun, self._namer.short, self._namer.bare)
        return rng.choice(ways)(scene.replaced)

    def _known(self, scene: Scene) -> dict[str, str]:
        """Returns the marks that only an answer has."""
        values = {"target": listed([self._namer.one(item) for item in scene.targets])}
        if scene.rest:
            values["rest"] = listed([self._namer.one(item) for item in scene.rest])
        reasons = self._scorer.score([*scene.rest, *scene.targets]).reasons
        if reasons:
            values["reason_low"] = reasons[0]
            values["reason"] = f"{reasons[0][:1].upper()}{reasons[0][1:]}."
        common = in_common(scene.history, scene.targets[0])
        if common:
            values["taste"] = listed(common[:2])
        return values
