"""What a JSON schema allows of numbers, texts and lists, beyond their type."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

STEP = Decimal("0.0001")
"""Numbers in a decision line have four decimals at most."""


@dataclass(frozen=True)
class Limits:
    """Limits of one value.

    Attributes:
        least: The smallest number, or None.
        most: The largest number, or None.
        shortest: Characters that a text has at least.
        longest: Characters that a text has at most, or None.
        fewest: Parts that a list has at least.
        many: Parts that a list has at most, or None.
        unique: A list holds nothing twice.
    """

    least: Decimal | None = None
    most: Decimal | None = None
    shortest: int = 0
    longest: int | None = None
    fewest: int = 0
    many: int | None = None
    unique: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing that a line can be held to fits."""
        numbers = self.least is not None and self.most is not None and self.least > self.most
        text = self.longest is not None and max(self.shortest, 1) > self.longest
        parts = self.many is not None and max(self.fewest, 1) > self.many
        # A line can't be kept from saying a part twice.
        return numbers or text or parts or (self.unique and self.fewest > 1)


NO_LIMITS = Limits()


def limits_of(schema: dict[str, Any]) -> Limits:
    """Reads the limits of a schema; of a whole number they are whole numbers."""
    step = Decimal(1) if schema.get("type") == "integer" else STEP
    lows = [_rounded(schema.get("minimum"), step, 1)]
    lows.append(_beyond(schema.get("exclusiveMinimum"), step, 1))
    highs = [_rounded(schema.get("maximum"), step, -1)]
    highs.append(_beyond(schema.get("exclusiveMaximum"), step, -1))
    return Limits(
        max((low for low in lows if low is not None), default=None),
        min((high for high in highs if high is not None), default=None),
        int(schema.get("minLength", 0)),
        schema.get("maxLength"),
        int(schema.get("minItems", 0)),
        schema.get("maxItems"),
        bool(schema.get("uniqueItems", False)),
    )


def _rounded(bound: Any, step: Decimal, way: int) -> Decimal | None:  # noqa: ANN401
    """Returns a bound as a multiple of the step, rounded up (way 1) or down (way -1)."""
    if isinstance(bound, bool) or not isinstance(bound, int | float):
        return None
    steps = Decimal(str(bound)) / step
    whole = steps.to_integral_value("ROUND_CEILING" if way > 0 else "ROUND_FLOOR")
    return whole * step


def _beyond(bound: Any, step: Decimal, way: int) -> Decimal | None:  # noqa: ANN401
    """Returns the first multiple of the step beyond a bound that is not allowed itself."""
    rounded = _rounded(bound, step, -way)
    return None if rounded is None else rounded + way * step
