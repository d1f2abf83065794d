"""Scores a planner on rounds with expected decisions.

Tool accuracy, slot F1 and joint accuracy are those of dialogue state tracking (SIMMC 2.0, Kottur et
al., 2021): a slot is an argument with its value. Two spellings of one meaning count as equal: ``no
black`` and ``not black``; a category and the reference of the only piece of the look that has it;
words of ``style``, ``material``, ``occasion``, ``pattern`` and own pieces by their overlap.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fashionm3.agent.round import Context, Round
from fashionm3.training.calibration import Judged, bins, expected_error
from fashionm3.training.rows import read_rows

FREE = frozenset({"style", "material", "occasion", "pattern", "anchor"})
LISTS = frozenset({"negatives", "missing", "note"})
IGNORED = frozenset({"question"})
_SMALL_WORDS = frozenset({"a", "an", "the", "of", "in", "with", "and", "for", "my"})


@dataclass(frozen=True)
class Case:
    """A round with the decision that is expected."""

    id: str
    tags: tuple[str, ...]
    round: Round
    expect: dict[str, Any]
    tools: tuple[dict[str, Any], ...] = ()


@dataclass
class Scores:
    """Counts over cases; the properties are the measures."""

    n: int = 0
    tool: int = 0
    joint: int = 0
    more: int = 0
    hits: float = 0.0
    said: int = 0
    wanted: int = 0

    @property
    def summary(self) -> dict[str, float]:
        """Returns the measures, rounded to three decimals."""
        precision = self.hits / self.said if self.said else 1.0
        recall = self.hits / self.wanted if self.wanted else 1.0
        both = precision + recall
        return {
            "n": self.n,
            "tool_accuracy": round(self.tool / max(self.n, 1), 3),
            "slot_f1": round(2 * precision * recall / both if both else 0.0, 3),
            "slot_precision": round(precision, 3),
            "slot_recall": round(recall, 3),
            "joint": round(self.joint / max(self.n, 1), 3),
            "more_accuracy": round(self.more / max(self.n, 1), 3),
        }


@dataclass
class Report:
    """All measures of one file.

    Attributes:
        total: Over all cases.
        by_tag: For each tag.
        confusion: Expected tool to said tool to count.
        errors: Cases whose tool or arguments differ.
        ms: Milliseconds of each decision.
        judged: Decisions whose probability is told.
    """

    total: Scores = field(default_factory=Scores)
    by_tag: dict[str, Scores] = field(default_factory=lambda: defaultdict(Scores))
    confusion: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    errors: list[dict[str, Any]] = field(default_factory=list)
    ms: list[float] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Returns everything but the errors as JSON types."""
        ordered = sorted(self.ms)
        return {
            "total": self.total.summary,
            "by_tag": {tag: scores.summary for tag, scores in sorted(self.by_tag.items())},
            "confusion": {tool: dict(counts) for tool, counts in sorted(self.confusion.items())},
            "calibration_error": round(expected_error(bins(self.judged)), 3),
            "ms_p50": round(ordered[len(ordered) // 2]) if ordered else None,
            "ms_p95": round(ordered[int(len(ordered) * 0.95)]) if ordered else None,
        }


def read_cases(file: Path) -> list[Case]:
    """Reads a file of rows (`fashionm3.training.rows`).

    Raises:
        InputError: A line is not a round with an expected decision; it is named.
    """
    return [Case(row.id, row.tags, row.round, row.expect, row.tools) for row in read_rows(file)]


def evaluate(
    cases: Sequence[Case],
    decide: Callable[[Case], dict[str, Any]],
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Scores ``decide``, which returns a line of ``fashionm3 plan`` with ``ms``."""
    report = Report()
    for n, case in enumerate(cases, 1):
        said = decide(case)
        if said.get("ms") is not None:
            report.ms.append(float(said["ms"]))
        _count(report, case, said)
        if progress is not None:
            progress(n, len(cases))
    return report


def _count(report: Report, case: Case, said: dict[str, Any]) -> None:
    context = case.round.context
    wanted_slots = slots(case.expect.get("args") or {}, context)
    said_slots = slots(said.get("args") or {}, context)
    same_tool = said.get("tool") == case.expect["tool"]
    hits = overlap(said_slots, wanted_slots) if same_tool else 0.0
    exact = hits == len(wanted_slots) == len(said_slots)
    same_more = bool(said.get("more")) == bool(case.expect.get("more"))
    for scores in (report.total, *(report.by_tag[tag] for tag in case.tags)):
        scores.n += 1
        scores.tool += same_tool
        scores.joint += same_tool and exact and same_more
        scores.more += same_more
        scores.hits += hits
        scores.said += len(said_slots)
        scores.wanted += len(wanted_slots)
    if said.get("p") is not None:
        asked, should_ask = (one.get("tool") == "ask" for one in (said, case.expect))
        report.judged.append(Judged(float(said["p"]), same_tool, asked, should_ask))
    report.confusion[case.expect["tool"]][str(said.get("tool"))] += 1
    if not (same_tool and exact and same_more):
        report.errors.append(
            {"id": case.id, "text": case.round.text, "expect": case.expect, "said": said}
        )


def slots(args: dict[str, Any], context: Context) -> list[tuple[str, str]]:
    """Returns arguments as (name, value) pairs in one spelling."""
    found = []
    for name, value in args.items():
        if name in IGNORED or value in (None, False, [], ""):
            continue
        values: Iterable[Any] = value if name in LISTS and isinstance(value, list) else [value]
        found += [(name, _plain(name, entry, context)) for entry in values]
    return found


def _plain(name: str, value: Any, context: Context) -> str:  # noqa: ANN401
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{float(value):g}"
    text = str(value).strip().lower()
    if name == "negatives":
        return text.removeprefix("not ").removeprefix("no ")
    if name in ("target", "anchor"):
        fits = [thing.ref for thing in context.outfit if thing.category == text]
        return fits[0].lower() if len(fits) == 1 else text
    return text


def overlap(said: list[tuple[str, str]], wanted: list[tuple[str, str]]) -> float:
    """Counts the slots that agree; free words count by the Dice coefficient of their words."""
    left = list(wanted)
    hits = 0.0
    for name, value in said:
        best, at = 0.0, -1
        for n, (other, expected) in enumerate(left):
            score = _agreement(name, value, expected) if other == name else 0.0
            if score > best:
                best, at = score, n
        if at >= 0:
            hits += best
            left.pop(at)
    return hits


def _agreement(name: str, said: str, wanted: str) -> float:
    if said == wanted:
        return 1.0
    if name not in FREE and name not in LISTS:
        return 0.0
    a, b = _words(said), _words(wanted)
    if not a or not b:
        return 0.0
    return 2 * len(a & b) / (len(a) + len(b))


def _words(text: str) -> set[str]:
    words = text.replace("-", " ").split()
    return {word.rstrip("s") or word for word in words if word not in _SMALL_WORDS}
