"""How far the probability of an action can be trusted, and what asking below a bar would cost.

Calibration as in Guo et al., "On Calibration of Modern Neural Networks" (2017): decisions are put
in bins by their probability, and each bin's mean probability is held against its accuracy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

BARS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
"""Probabilities below which a planner might ask instead of acting."""


@dataclass(frozen=True)
class Judged:
    """One decision.

    Attributes:
        probability: Of its action.
        right: The action was the expected one.
        asked: It was a question anyway.
        should_ask: A question was expected.
    """

    probability: float
    right: bool
    asked: bool = False
    should_ask: bool = False


@dataclass(frozen=True)
class Bin:
    """Decisions of like probability."""

    n: int
    probability: float
    accuracy: float


@dataclass(frozen=True)
class Trade:
    """What asking below a bar brings.

    Attributes:
        asked: Share of all decisions that become questions though they were none.
        acted_right: Accuracy of those that are still acted on.
        caught: Share of the wrong actions that become questions.
        accuracy: Of all, where a question is right only if one was expected.
    """

    bar: float
    asked: float
    acted_right: float
    caught: float
    accuracy: float


def bins(judged: Sequence[Judged], n: int = 10) -> list[Bin]:
    """Returns bins of equal counts, from the least probable decisions on."""
    ordered = sorted(judged, key=lambda one: one.probability)
    found = []
    for number in range(n):
        part = ordered[len(ordered) * number // n : len(ordered) * (number + 1) // n]
        if part:
            found.append(
                Bin(
                    len(part),
                    sum(one.probability for one in part) / len(part),
                    sum(one.right for one in part) / len(part),
                )
            )
    return found


def expected_error(found: Sequence[Bin]) -> float:
    """Returns the expected calibration error: the mean gap of the bins, weighted by their size."""
    total = sum(one.n for one in found)
    return sum(one.n * abs(one.probability - one.accuracy) for one in found) / max(total, 1)


def trades(judged: Sequence[Judged], bars: Sequence[float] = BARS) -> list[Trade]:
    """Returns what asking below each bar would bring."""
    wrong = [one for one in judged if not one.right]
    found = []
    for bar in bars:
        turned = [one for one in judged if one.probability < bar and not one.asked]
        kept = [one for one in judged if one.probability >= bar or one.asked]
        caught = sum(not one.right for one in turned)
        right = sum(one.right for one in kept) + sum(one.should_ask for one in turned)
        found.append(
            Trade(
                bar,
                len(turned) / max(len(judged), 1),
                sum(one.right for one in kept) / max(len(kept), 1),
                caught / max(len(wrong), 1),
                right / max(len(judged), 1),
            )
        )
    return found


def draw(judged: Sequence[Judged], file: Path) -> None:
    """Draws the calibration and the trade-off side by side, as PNG."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    found, traded = bins(judged), trades(judged)
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(10, 4.2), layout="constrained")
    left.plot([0, 1], [0, 1], color="0.7", linestyle="--", label="perfect")
    left.plot([b.probability for b in found], [b.accuracy for b in found], marker="o", label="seen")
    left.set(
        xlabel="probability of the action",
        ylabel="action right",
        xlim=(0, 1),
        ylim=(0, 1.02),
        title=f"Calibration, expected error {expected_error(found):.3f}",
    )
    left.legend()
    right.plot([t.asked for t in traded], [t.acted_right for t in traded], marker="o")
    for one in traded:
        right.annotate(
            f"{one.bar:g}",
            (one.asked, one.acted_right),
            textcoords="offset points",
            xytext=(4, -12),
            fontsize=8,
        )
    right.set(
        xlabel="decisions turned into a question",
        ylabel="right among those acted on",
        title="Asking below a bar",
    )
    for axes in (left, right):
        axes.grid(alpha=0.3)
    figure.savefig(file, dpi=120)
    pyplot.close(figure)
