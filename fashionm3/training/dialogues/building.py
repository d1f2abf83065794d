"""Builds the file of training dialogues: composed, checked, and kept apart from the test sets."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from fashionm3.index.lexicon import Lexicon
from fashionm3.training.dialogues.composer import Composer
from fashionm3.training.dialogues.phrases import part_of, shipped
from fashionm3.training.dialogues.pictures import Picture
from fashionm3.training.dialogues.toolbox import shipped_tools
from fashionm3.training.dialogues.turns import Dialogue
from fashionm3.training.row_checks import faults
from fashionm3.training.rows import Row, as_row, lines_of, open_rows, read_rows

NEAR = 90.0
"""From which similarity of its words (rapidfuzz token sort ratio) a round is a near-duplicate."""

SHORT = 3
"""Words up to which equal rounds are chance: "try it on me" is what people say."""

BATCH = 200


@dataclass
class Built:
    """What a build kept and left out.

    Attributes:
        near: Dialogues left out because a round is nearly one of the sets kept apart.
        faulty: Dialogues left out because a label can't be said on its screen.
        short: Rounds of at most `SHORT` words that also stand in these sets, and were kept.
    """

    dialogues: int = 0
    rounds: int = 0
    near: int = 0
    faulty: int = 0
    short: int = 0
    by_tool: Counter[str] = field(default_factory=Counter)
    by_language: Counter[str] = field(default_factory=Counter)

    def as_json(self) -> dict[str, Any]:
        """Returns all counts as JSON types."""
        counts = {"by_tool": dict(self.by_tool), "by_language": dict(self.by_language)}
        return {**self.__dict__, **counts}


def build(
    out: Path,
    n: int,
    seed: int = 1,
    pictures: Sequence[Picture] = (),
    apart: Iterable[Path] = (),
    progress: Callable[[int], None] | None = None,
    share: float = 1.0,
) -> Built:
    """Writes ``n`` dialogues to a file of rows (`fashionm3.training.rows`).

    Args:
        out: The file; compressed by its ending (.xz, .gz).
        n: Dialogues to write.
        seed: The only source of chance.
        pictures: Labelled pictures that shoppers attach; without them nobody does.
        apart: Files of rows whose words must not be trained on.
        progress: Told how many dialogues are written.
        share: Of the written phrasings that may be used, 0..1, for a learning curve.
    """
    lexicon = Lexicon.load()
    phrases = part_of([phrase for phrase in shipped() if not phrase.held_out], share)
    tools = [tool for tool in shipped_tools() if not tool.held_out]
    composer = Composer(phrases, lexicon, seed, pictures, tools)
    kept_apart = sorted({_plain(row.round.text) for file in apart for row in read_rows(file)})
    built = Built()
    part = out.with_name(f"part-{out.name}")
    with open_rows(part, "wt") as file:
        while built.dialogues < n:
            batch = list(composer.dialogues(min(BATCH, n - built.dialogues)))
            for dialogue in _apart(batch, kept_apart, built):
                rows = _rows(dialogue, str(built.dialogues + 1))
                if any(faults(row, lexicon) for row in rows):
                    built.faulty += 1
                    continue
                for line in lines_of(dialogue, str(built.dialogues + 1)):
                    file.write(json.dumps(line, ensure_ascii=False) + "\n")
                _count(built, dialogue)
            if progress is not None:
                progress(built.dialogues)
    part.replace(out)
    return built


def _rows(dialogue: Dialogue, name: str) -> list[Row]:
    lines = lines_of(dialogue, name)
    return [as_row(line, dialogue.tools) for line in lines]


def _apart(batch: list[Dialogue], kept_apart: list[str], built: Built) -> list[Dialogue]:
    """Leaves out dialogues with a round that is nearly one of the texts kept apart."""
    if not kept_apart:
        return batch
    said = [(n, _plain(t.text)) for n, d in enumerate(batch) for t in d.turns if t.text]
    long = [(n, text) for n, text in said if len(text.split()) > SHORT]
    known = set(kept_apart)
    built.short += sum(text in known for _, text in said if len(text.split()) <= SHORT)
    scores = process.cdist(
        [text for _, text in long], kept_apart, scorer=fuzz.token_sort_ratio, score_cutoff=NEAR
    )
    near = {n for (n, _), row in zip(long, scores, strict=True) if row.max() >= NEAR}
    built.near += len(near)
    return [dialogue for n, dialogue in enumerate(batch) if n not in near]


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def _count(built: Built, dialogue: Dialogue) -> None:
    built.dialogues += 1
    built.rounds += len(dialogue.turns)
    built.by_language[dialogue.language] += 1
    bound = {tool["function"]["name"] for tool in dialogue.tools}
    for turn in dialogue.turns:
        built.by_tool["(other tools)" if turn.call.tool in bound else turn.call.tool] += 1
