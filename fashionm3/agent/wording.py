"""Holds a planned call against the words: what is mechanical is not left to a model.

The lexicon reads colours, kinds, materials, patterns, people and seasons; prices are read as
numbers. What the words hold plainly is put in, a value that neither the words nor the history nor
the screen support is taken out, and names become plain values.
"""

import re
from itertools import pairwise
from typing import Any

from fashionm3.agent.free_values import FreeValues
from fashionm3.agent.heard import Heard
from fashionm3.agent.limits import of_thing
from fashionm3.agent.patterned import by_pattern
from fashionm3.agent.round import Call, Round
from fashionm3.agent.ruled_out import RuledOut
from fashionm3.index.lexicon import Lexicon
from fashionm3.types import COLORS

_CHEAPER = re.compile(
    r"\bche+a?p[ae]?r\b|\bcheaper\b|\bless (?:expensive|pricey|dear|costly)\b|\bmore affordable\b|"
    r"\bnot (?:so|as|that|quite so) (?:expensive|pricey|dear|costly)\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"^\s*(?:,|and|plus|&|or|with|then)+\s*(?:(?:a|an|some|the|maybe|sort of|kind of|new)\s+)*$",
    re.IGNORECASE,
)
_IN_PICTURES = ("category", "color", "pattern")
_WORD = re.compile(r"[^\W\d_]{3,}")
_PRICEY = re.compile(r"(?:pric[ey]+|expensive|dear|costly|cheap)", re.IGNORECASE)


class Wording:
    """Corrects the calls of one round.

    Args:
        heard: The words, read.
        round_: Their round.
        lexicon: The shared lexicon.
        notes: What the words declare for good.
    """

    def __init__(
        self, heard: Heard, round_: Round, lexicon: Lexicon, notes: tuple[str, ...] = ()
    ) -> None:
        self._notes = notes
        self._heard_words, self._round, self._lexicon = heard, round_, lexicon
        self._text, self._reads, self._prices = heard.text, heard.reads, heard.prices
        self._carried = _last_args(round_)
        self._before = " ".join(
            [past.user for past in round_.history] + [str(self._carried)]
        ).lower()
        self._free = FreeValues(heard, lexicon, self._before)

    def corrected(self, call: Call) -> Call:
        """Returns the call with its arguments held against the words."""
        args = dict(call.args)
        if call.tool in ("search", "design"):
            self._category(args)
            self._color(args, add=True)
        elif call.tool in ("swap", "outfit"):
            self._color(args, add="look" in args or self._changes_color(call))
        if call.tool in ("search", "outfit", "swap", "design"):
            self._people_and_seasons(call.tool, args)
            self._free.correct(call.tool, args, self._replaced(args))
            self._money(call.tool, args)
            self._negatives(call.tool, args)
        if "like" in args and by_pattern(self._text, self._round.context.shown, self._lexicon):
            args.pop("pattern", None)
        if "missing" in args:
            args["missing"] = self._joined(self._categories(args["missing"]))
        kept = {k: v for k, v in args.items() if v not in (None, [], "")}
        return Call(tool=call.tool, args={**self._pictured(call), **kept})

    def _pictured(self, call: Call) -> dict[str, Any]:
        """Returns what a picture beside the words may have told the model."""
        if self._round.picture is None:
            return {}
        names = [n for n in _IN_PICTURES if n in call.args and call.args[n] not in self._ruled(n)]
        return {name: call.args[name] for name in names}

    def _category(self, args: dict[str, Any]) -> None:
        spans = self._heard_words.wanted("category")
        values = list(dict.fromkeys(span.value for span in spans))
        said = args.get("category")
        if said is not None and said not in values:
            kind = self._lexicon.category(str(said))
            args["category"] = said = kind.category if kind else said
        if values and said not in values:
            styled = [
                span.value for span in spans if span.style and span.style == args.get("style")
            ]
            args["category"] = (styled or values)[0]
        elif not values and said is not None and not self._known_kind(str(said)):
            args.pop("category")

    def _known_kind(self, category: str) -> bool:
        context = self._round.context
        on_screen = {thing.category for thing in (*context.shown, *context.outfit)}
        told = {
            str(past.decision.args.get("category")) for past in self._round.history if past.decision
        }
        return category in on_screen | told or self._carried.get("category") == category

    def _color(self, args: dict[str, Any], add: bool) -> None:
        values = list(dict.fromkeys(span.value for span in self._heard_words.wanted("color")))
        late = self._heard_words.corrected(self._lexicon.color)
        values = values if late is None else [late]
        values = [value for value in values if value != self._likened(args)]
        said = args.get("color")
        if said is not None:
            said = self._lexicon.color(str(said)) or str(said).lower()
            args["color"] = said
        if values and said not in values and (said is not None or add):
            keeps = said is not None and self._carried.get("color") == said and not add
            args["color"] = said if keeps else values[-1 if said is None else 0]
        elif not values and said is not None and said != self._carried.get("color"):
            supported = said in self._before or said not in COLORS or self._says(str(said))
            if not supported:
                args.pop("color")

    def _changes_color(self, call: Call) -> bool:
        """Tells whether a swap's words hold one colour that the piece does not have."""
        if call.tool != "swap" or "with" in call.args or "like" in call.args:
            return False
        context = self._round.context
        colors = {thing.ref: thing.color for thing in (*context.outfit, *context.shown)}
        held = f"{call.args.get('material')} {call.args.get('pattern')} {' '.join(self._notes)}"
        spans = self._heard_words.wanted("color")
        wanted = {span.value for span in spans if span.surface.lower() not in held.lower()}
        return len(wanted) == 1 and wanted != {colors.get(str(call.args.get("target")))}

    def _replaced(self, args: dict[str, Any]) -> str | None:
        context = self._round.context
        kinds = {thing.ref: thing.category for thing in (*context.outfit, *context.shown)}
        target = str(args.get("target"))
        return kinds.get(target, target)

    def _is_budget(self, limit: float | None) -> bool:
        """Tells whether a limit was declared for good, so that code holds every tool to it."""
        budgets = [
            note.removeprefix("budget ") for note in self._notes if note.startswith("budget ")
        ]
        return limit is not None and f"{limit:g}" in budgets

    def _likened(self, args: dict[str, Any]) -> str | None:
        """Returns the colour of the thing that a search should be like, which only names it."""
        context = self._round.context
        colors = {thing.ref: thing.color for thing in (*context.outfit, *context.shown)}
        return None if args.get("color") else colors.get(str(args.get("like")))

    def _says(self, color: str) -> bool:
        """Tells whether some word of the message can be a name of a colour."""
        return any(self._lexicon.color(word) == color for word in _WORD.findall(self._text))

    def _people_and_seasons(self, tool: str, args: dict[str, Any]) -> None:
        if tool not in ("search", "outfit"):
            return
        for slot in ("gender", "season"):
            values = [
                span.value for span in self._heard_words.wanted(slot) if span.value != "unisex"
            ]
            if slot == "gender" and self._heard_words.about_a_child:
                values = ["kids"]
            said = args.get(slot)
            if values and said not in values and not (said == "kids" and slot == "gender"):
                args[slot] = values[0]
            elif not values and said is not None and not self._told(slot, str(said)):
                args.pop(slot)

    def _told(self, slot: str, said: str) -> bool:
        profile = self._round.context.profile.gender
        known = self._lexicon.gender if slot == "gender" else self._lexicon.season
        named = any(known(word) == said for word in _WORD.findall(self._text))
        return named or said == self._carried.get(slot) or said in self._before or said == profile

    def _money(self, tool: str, args: dict[str, Any]) -> None:
        if tool == "design":
            return
        low, high = self._prices.low, self._prices.high
        if tool == "swap":
            relative = self._of_target(args)
            high = high if relative is None else relative
            if relative is None:
                self._cheaper(args)
        if tool != "outfit" and self._is_budget(high):
            high = None
        self._limit("budget_max" if tool == "outfit" else "price_max", high, args)
        if tool == "search":
            self._limit("price_min", low, args)

    def _limit(self, name: str, found: float | None, args: dict[str, Any]) -> None:
        """Puts a limit in that the words hold, and takes one out that nothing supports."""
        said = args.get(name)
        if found is not None:
            args.pop("cheaper", None)
            args[name] = said if said == found and isinstance(said, int) else _number(found)
        elif said is not None and not self._counted(name, float(said)):
            args.pop(name)

    def _cheaper(self, args: dict[str, Any]) -> None:
        """Reads "cheaper" in any spelling where no figure is said."""
        if _CHEAPER.search(self._text) and self._prices.high is None:
            args["cheaper"] = True
            style = " ".join(
                word for word in str(args.get("style") or "").split() if not _CHEAPER.search(word)
            )
            args["style"] = style

    def _of_target(self, args: dict[str, Any]) -> float | None:
        """Returns the limit that the words set by the price of the piece that goes."""
        context = self._round.context
        prices = {thing.ref: thing.price for thing in (*context.outfit, *context.shown)}
        return of_thing(self._text, prices.get(str(args.get("target"))))

    def _counted(self, name: str, said: float) -> bool:
        if self._carried.get(name) == said or f"{said:g}" in self._before:
            return True
        sized = rf"\b(?:size|sizes|uk|eu|us|a|aged?|am|waist)\s+{said:g}\b"
        other = re.search(sized, self._text, re.IGNORECASE)
        bounded = self._prices.high is not None and name == "price_max"
        taken = said in (self._prices.low, self._prices.high) and not bounded
        return said in self._prices.seen and not other and not taken

    def _negatives(self, tool: str, args: dict[str, Any]) -> None:
        if tool == "design":
            return
        ruled_out = RuledOut(self._heard_words, self._before)
        said = [str(negative) for negative in args.get("negatives") or []]
        negatives = ruled_out.all_of(said, self._notes)
        if tool == "outfit":
            negatives = list(dict.fromkeys([*negatives, *ruled_out.kinds()]))
        args["negatives"] = [plain for plain in map(_plain, negatives) if self._bars(plain, args)]
        ruled_out.unstyle(args)
        for slot in ("color", "material", "pattern"):
            wanted = {span.value for span in self._heard_words.wanted(slot)}
            known = self._lexicon.spans(str(args.get(slot) or ""), fuzzy=False)
            values = {span.value for span in known if span.slot == slot}
            barred = any(_bare(no) == str(args.get(slot)) for no in args["negatives"])
            if barred or (values and values <= self._ruled(slot) - wanted):
                args.pop(slot)

    def _bars(self, negative: str, args: dict[str, Any]) -> bool:
        """Tells whether a no-go bars something: no price, and not the very kind that is wanted."""
        word = _bare(negative)
        kind = self._lexicon.category(word)
        wanted = kind is not None and not kind.style and kind.category == args.get("category")
        return not (wanted or _PRICEY.fullmatch(word))

    def _ruled(self, slot: str) -> set[str]:
        return {r.span.value for r in self._reads if r.negated and r.span.slot == slot}

    def _joined(self, missing: list[str]) -> list[str]:
        """Adds the kinds that the words join to missing ones: "a coat and boots"."""
        spans = self._heard_words.wanted("category")
        for first, second in pairwise(spans):
            beside = _BESIDE.match(self._text[first.end : second.start])
            if beside and first.value in missing and second.value not in missing:
                missing = [*missing, second.value]
        return missing

    def _categories(self, words: list[Any]) -> list[str]:
        found = []
        for word in words:
            kind = self._lexicon.category(str(word))
            found.append(kind.category if kind else str(word).lower())
        return list(dict.fromkeys(found))


def _bare(negative: str) -> str:
    return re.sub(r"^(?:no|not)\s+", "", negative)


def _plain(negative: str) -> str:
    """Takes the measure out of a no-go: "not too skinny"."""
    return re.sub(r"^(no|not) (?:too|so|very|that|quite|really) (?=\w)", r"\1 ", negative)


def _last_args(round_: Round) -> dict[str, Any]:
    for past in reversed(round_.history):
        if past.decision is not None and past.decision.args:
            return past.decision.args
    return {}


def _number(value: float) -> float | int:
    return int(value) if value == int(value) else value
