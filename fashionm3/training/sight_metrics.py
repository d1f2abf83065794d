"""Scores what the planner sees: rounds with photographs that training never saw.

The words are held-out phrasings, so neither picture nor words are known. The same rounds are asked
again with a grey picture, which tells how much of the answers the words alone give away.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from PIL import Image

from fashionm3.agent.round import Context, Round, Thing
from fashionm3.index.lexicon import Lexicon
from fashionm3.training.dialogues.composer import Composer
from fashionm3.training.dialogues.phrases import Phrase
from fashionm3.training.dialogues.pictures import Picture
from fashionm3.training.dialogues.screen import VISUAL
from fashionm3.training.encoder_photos import Photograph

Decide = Callable[[Round], dict[str, Any]]


_POINTING = ("more like {}", "{} in another colour please", "have you got {} cheaper")


@dataclass
class Tally:
    """Hits of each question, and how often it was asked."""

    hits: dict[str, int] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)

    def count(self, name: str, right: bool) -> None:
        """Counts one answer."""
        self.asked[name] = self.asked.get(name, 0) + 1
        self.hits[name] = self.hits.get(name, 0) + right

    def rates(self) -> dict[str, float]:
        """Returns the share of right answers by question, with how often it was asked."""
        rates = {name: round(self.hits[name] / n, 3) for name, n in self.asked.items()}
        return {**rates, **{f"{name} n": float(n) for name, n in self.asked.items()}}


@dataclass(frozen=True)
class Asked:
    """A round with a picture and what is right.

    Attributes:
        section: ``photo.same``, ``photo.color`` or ``photo.kind``.
        expected: Category and colour.
    """

    section: str
    round: Round
    expected: dict[str, str]


def asked_rounds(
    pictures: Sequence[tuple[Picture, Path]], phrases: Iterable[Phrase], seed: int = 5
) -> list[Asked]:
    """Makes one round of each kind for each picture, in words of held-out phrasings."""
    lexicon = Lexicon.load()
    chosen = [p for p in phrases if p.section.startswith("photo.") and p.held_out]
    found = []
    for n, (picture, path) in enumerate(pictures):
        for section in ("photo.same", "photo.color", "photo.kind"):
            spoken = [p for p in chosen if p.section == section]
            turn = Composer(spoken, lexicon, seed + n, [picture]).pictured_turn(section)
            args = turn.call.args
            expected = {"category": args["category"], "color": args["color"]}
            round_ = Round(text=turn.text, picture=str(path))
            found.append(Asked(section, round_, expected))
    return found


def score(asked: Iterable[Asked], decide: Decide) -> dict[str, float]:
    """Returns how often category and colour are right, by what the words ask for."""
    tally = Tally()
    for entry in asked:
        said = decide(entry.round)
        args = said["args"] if said["tool"] == "search" else {}
        for slot, value in entry.expected.items():
            name = {
                ("photo.same", "category"): "category from the picture",
                ("photo.same", "color"): "colour from the picture",
                ("photo.color", "color"): "another colour obeyed",
                ("photo.color", "category"): "category, another colour asked",
                ("photo.kind", "category"): "another kind obeyed",
                ("photo.kind", "color"): "colour, another kind asked",
            }[entry.section, slot]
            tally.count(name, args.get(slot) == value)
    return tally.rates()


def greyed(asked: Iterable[Asked], folder: Path) -> list[Asked]:
    """Returns the same rounds with a grey picture."""
    path = folder / "grey.png"
    Image.new("RGB", (260, 260), (128, 128, 128)).save(path)
    return [
        replace(entry, round=entry.round.model_copy(update={"picture": str(path)}))
        for entry in asked
    ]


def among_four(
    photographs: Sequence[Photograph], patterns: dict[str, str], n: int = 100, seed: int = 5
) -> list[tuple[Round, str]]:
    """Makes rounds that point at one of four shown things by its pattern alone.

    Returns:
        Each round and the reference that is meant.
    """
    rng = random.Random(seed)
    by_pattern: dict[str, list[Photograph]] = {}
    for photo in photographs:
        if photo.item_id in patterns:
            by_pattern.setdefault(patterns[photo.item_id], []).append(photo)
    usable = [name for name, found in by_pattern.items() if len(found) >= 2]
    rounds = []
    for _ in range(n):
        names = rng.sample(usable, min(4, len(usable)))
        shown = [rng.choice(by_pattern[name]) for name in names]
        things = tuple(
            Thing(ref=ref, category=photo.label, color=None, picture=str(photo.path))
            for ref, photo in zip("ABCD", shown, strict=False)
        )
        meant = rng.randrange(len(things))
        words = rng.choice(
            ("more like {}", "{} in another colour please", "have you got {} cheaper")
        )
        text = words.format(rng.choice(VISUAL[names[meant]]))
        rounds.append((Round(text=text, context=Context(shown=things)), things[meant].ref))
    return rounds


def score_pointing(rounds: Iterable[tuple[Round, str]], decide: Decide) -> float:
    """Returns how often the meant thing is the one that the decision names."""
    right = [
        ref in (said := decide(round_))["args"].values() and said["tool"] != "reply"
        for round_, ref in rounds
    ]
    return float(round(sum(right) / max(1, len(right)), 3))
