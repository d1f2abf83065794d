"""Fills one phrasing on one screen: the words and the labels that they carry."""

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fashionm3.index.lexicon import Lexicon
from fashionm3.training.dialogues.fillers import Filled, Fillers
from fashionm3.training.dialogues.foreign import ForeignFillers
from fashionm3.training.dialogues.phrases import Phrase
from fashionm3.training.dialogues.screen import Pointer, Screen
from fashionm3.types import CATEGORIES

_HOLE = re.compile(r"\{([a-z_0-9]+)\}")
_LISTS = frozenset({"negatives", "missing", "note"})
_NUMBERS = frozenset({"price_min", "price_max", "budget_max"})
_TRUE = frozenset({"cheaper", "personal"})
_LEXICON_SLOTS = frozenset({"material", "pattern", "occasion", "season", "gender"})


@dataclass
class Said:
    """Words and their labels.

    Attributes:
        text: What the shopper says.
        args: Labels of the words, in the vocabulary of the planner.
        note: What is declared for good.
        drop: Arguments that are taken back.
        ambiguous: A pointer fits several things.
        piece: Position in the look of the piece that is named, or None.
    """

    text: str
    args: dict[str, Any] = field(default_factory=dict)
    note: list[str] = field(default_factory=list)
    drop: list[str] = field(default_factory=list)
    ambiguous: bool = False
    piece: int | None = None


class Filling:
    """Fills phrasings; one instance a dialogue."""

    def __init__(
        self,
        screen: Screen,
        fill: Fillers,
        lexicon: Lexicon,
        rng: random.Random,
        foreign: Mapping[str, ForeignFillers],
    ) -> None:
        self._screen, self._fill, self._lexicon, self._rng = screen, fill, lexicon, rng
        self._foreign = foreign

    def say(self, phrase: Phrase, vague: bool = False) -> Said:
        """Fills one phrasing.

        Args:
            phrase: The phrasing.
            vague: Its pointer should fit several things.
        """
        said = Said("")
        surfaces: dict[str, str] = {}
        values: dict[str, str] = {}
        for hole in phrase.holes:
            if hole in surfaces:
                continue
            aside = Said("") if hole in phrase.quiet else said
            surfaces[hole] = self._hole(hole, phrase, aside, vague)
            values[hole] = _value(hole, aside, surfaces[hole])
            if hole == "color" and phrase.language != "en":
                values[hole] = str(aside.args["color"])
            said.ambiguous |= aside.ambiguous
        for key, value in phrase.labels:
            self._label(said, key, self._substitute(value, values))
        target = str(said.args.get("target") or "")
        if target in CATEGORIES and phrase.section.startswith("swap."):
            said.args["target"] = self._screen.wear(target)
        said.text = self._substitute(phrase.text, surfaces)
        return said

    def _substitute(self, text: str, surfaces: dict[str, str]) -> str:
        return _HOLE.sub(lambda match: surfaces.get(match.group(1), match.group(1)), text)

    def _label(self, said: Said, key: str, value: str) -> None:
        if key == "drop":
            said.drop.append(value)
        elif key == "note":
            said.note.append(value)
        else:
            self._argument(said.args, key, value)

    def _argument(self, args: dict[str, Any], key: str, value: str) -> None:
        if key in _LISTS:
            args[key] = [*args.get(key, []), value]
        elif key in _TRUE:
            args[key] = True
        elif key in _NUMBERS:
            digits = re.sub(r"[^\d.]", "", value).strip(".")
            args.update({key: int(float(digits))} if digits else {})
        elif key == "style" and args.get("style"):
            args["style"] = f"{value} {args['style']}"
        else:
            args[key] = (self._lexicon.color(value) or value) if key == "color" else value

    def _hole(self, hole: str, phrase: Phrase, said: Said, vague: bool) -> str:
        if hole in ("ref", "ref2"):
            return self._point(hole, said, vague, phrase.language != "en")
        if hole == "visual":
            pointer = self._screen.visual()
            assert pointer is not None  # the composer asks before it speaks
            said.args["ref"] = pointer.ref
            return pointer.surface
        if hole == "amount":
            return str(self._fill.amount(10, 400)[1] // 5 * 5)
        if hole == "piece":
            surface, label, said.piece = self._screen.piece()
            said.args["target"] = label
            return surface
        if hole == "look":
            return self._look(said)
        if hole in ("max", "min", "budget"):
            return self._money(hole, phrase, said)
        abroad = self._foreign.get(phrase.language)
        filled = abroad.fill(hole) if abroad else self._filled(hole)
        self._merge(said, hole, filled)
        return filled.surface

    def _filled(self, hole: str) -> Filled:
        fill = self._fill
        if hole in ("kind", "kinds", "a_kind", "kind2", "kinds2", "a_kind2"):
            return fill.noun(hole)
        if hole in _LEXICON_SLOTS:
            return fill.word(hole)
        plain = {
            "owned": fill.owned,
            "size": fill.size,
            "likes": fill.taste,
            "dislikes": fill.taste,
        }
        if hole in plain:
            return Filled(plain[hole](), {})
        made = {
            "color": fill.color,
            "color2": fill.color,
            "style": fill.style,
            "no": fill.no_go,
            "missing": fill.missing,
        }
        return made[hole]()

    def _merge(self, said: Said, hole: str, filled: Filled) -> None:
        if hole == "owned":
            said.args["anchor"] = filled.surface
        if hole.endswith("2"):
            return
        for key, value in filled.args.items():
            if key in _LISTS:
                said.args[key] = [*said.args.get(key, []), *value]
            elif key == "style" and said.args.get("style"):
                said.args["style"] = f"{said.args['style']} {value}"
            elif key == "material" and hole != "material":
                said.args.setdefault(key, value)
            else:
                said.args[key] = value

    def _point(self, hole: str, said: Said, vague: bool, bare: bool = False) -> str:
        things = self._screen.shown or self._screen.outfit
        if bare:
            ref = self._rng.choice(things)[0].ref
            said.args["ref" if hole == "ref" else "ref2"] = ref
            return ref
        pointer: Pointer = self._screen.point(things, vague and len(things) > 1)
        if pointer.ref is None:
            said.ambiguous = True
        said.args["ref" if hole == "ref" else "ref2"] = pointer.ref
        return pointer.surface

    def _look(self, said: Said) -> str:
        looks = self._screen.looks
        index = self._rng.randrange(len(looks))
        ordinals = ("first", "second", "third")
        said.args["look"] = looks[index].ref
        ref = looks[index].ref
        forms = [ref, ref.lower(), f"look {index + 1}", f"the {ordinals[index]} look"]
        forms += [f"the {ordinals[index]} one", f"number {index + 1}"]
        return self._rng.choice(forms)

    def _money(self, hole: str, phrase: Phrase, said: Said) -> str:
        whole = phrase.section.startswith("outfit") or hole == "budget"
        surface, n = self._fill.amount(40, 600) if whole else self._fill.amount()
        if hole == "min":
            n = min(n, int(said.args["price_max"]) // 2) if "price_max" in said.args else n // 2
            n = max(n, 5)
            surface = str(n)
        if hole == "max" and "price_min" in said.args and n <= said.args["price_min"]:
            n = int(said.args["price_min"]) * 2
            surface = str(n)
        if phrase.section != "note":
            key = "budget_max" if whole else "price_min" if hole == "min" else "price_max"
            said.args[key] = n
        return str(n) if phrase.section == "note" else surface


def _value(hole: str, said: Said, surface: str) -> str:
    """Returns what a placeholder stands for within a literal label's value."""
    keys = {
        "ref": ("ref",),
        "ref2": ("ref2",),
        "piece": ("target",),
        "look": ("look",),
        "max": ("price_max", "budget_max"),
        "min": ("price_min",),
        "budget": ("budget_max",),
    }.get(hole, ())
    found = [said.args[key] for key in keys if said.args.get(key) is not None]
    return str(found[0]) if found else surface
