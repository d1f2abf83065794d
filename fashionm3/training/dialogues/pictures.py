"""Rounds with a picture: the picture gives what the words leave open."""

from dataclasses import dataclass
from typing import Any

from fashionm3.agent.round import Call
from fashionm3.training.dialogues.filling import Said

Args = dict[str, Any]


@dataclass(frozen=True)
class Picture:
    """A labelled picture of one garment.

    Attributes:
        key: Finds its features, and its file where there is one.
        pattern: None where nobody knows.
        material: None where nobody knows.
    """

    key: str
    category: str
    color: str
    pattern: str | None = None
    material: str | None = None

    def seen(self) -> Args:
        """Returns what a look at it tells, in the planner's vocabulary."""
        found: Args = {"category": self.category, "color": self.color}
        if self.pattern not in (None, "plain"):
            found["pattern"] = self.pattern
        return found

    @property
    def phrase(self) -> str:
        """Names the garment in two words, as an anchor that the shopper owns."""
        return f"{self.color} {self.category}"


def pictured(intent: str, said: Said, picture: Picture) -> Call:
    """Returns the right decision for words that came with a picture."""
    args = dict(said.args)
    if intent != "outfit":
        return Call(tool="search", args={**picture.seen(), **args})
    if "price_max" in args:
        args["budget_max"] = args.pop("price_max")
    for name in ("category", "pattern", "material", "price_min", "ref"):
        args.pop(name, None)
    return Call(tool="outfit", args={**args, "anchor": picture.phrase})
