"""The lesson of any bigger planner: its own chat template, its own eyes.

Each labelled round becomes the messages that the planner is served (`fashionm3.agent.messages`) and
the tool call that it should answer with, rendered by the model's own template; only the answer is
learned.
"""

import random
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import torch
from langchain_core.messages import AIMessage, BaseMessage

from fashionm3.actions import ACTIONS
from fashionm3.agent.bound_tools import tool_dicts
from fashionm3.agent.chat_template import ChatTemplate
from fashionm3.agent.messages import messages_of
from fashionm3.agent.numbers import digits
from fashionm3.agent.open_model import OpenModel, read_model
from fashionm3.agent.planner import with_note_and_more
from fashionm3.agent.template_probe import probed
from fashionm3.cpu import quick_format
from fashionm3.errors import EngineError, InputError
from fashionm3.index.lexicon import Lexicon
from fashionm3.torchvision_ops import declare_missing_ops
from fashionm3.training.adapters import tidy
from fashionm3.training.lesson import Counts, Lesson, Wanted
from fashionm3.training.rows import Row, read_rows

declare_missing_ops()
from datasets import Dataset  # noqa: E402
from peft import LoraConfig, PeftModel, get_peft_model  # noqa: E402

IGNORED = -100
_NOT_ADAPTED = r".*(vision|visual|image|projector|connector|merger|embed|lm_head).*"
_LETTERS_A_TOKEN = 4


def chat_lesson(base: str, wanted: Wanted) -> Lesson:
    """Reads data and loads a model with an adapter.

    Args:
        base: Folder, or name on the hub.
        wanted: What should be learned.

    Raises:
        InputError: The data can't be read.
        UsageError: The model's chat template drops tools or pictures.
        EngineError: The model can't be loaded.
    """
    halves = torch.cuda.is_available() or quick_format() == "bf16"
    loaded = read_model(base, how={"dtype": torch.bfloat16 if halves else torch.float32})
    sees = loaded.sees and wanted.pictures
    template = probed(ChatTemplate(loaded.processor, pictures=sees), base)
    taught = _Taught(template, Lexicon.load())
    rows, left_out = _drawn(wanted.files, wanted.dialogues, wanted.seed, sees)
    parts = {"data": rows}
    if wanted.held_out is not None:
        parts["held_out"], _ = _drawn((wanted.held_out,), None, 1, sees)
    lengths = [taught.length(row) for row in rows]
    model = _adapted(loaded, wanted.rank, wanted.start)
    said = {row.dialogue or row.where for row in rows}
    return Lesson(
        model=model,
        processing=loaded.processor,
        data=_dataset("data", lengths),
        held_out=_dataset("held_out", [0] * len(parts["held_out"])) if wanted.held_out else None,
        collator=ChatCollator(taught, parts),
        counts=Counts(len(said), len(rows), sum(lengths), left_out),
        export=partial(_export, model),
        merge=partial(_merge, model, loaded),
    )


def _drawn(
    files: tuple[Path, ...], dialogues: int | None, seed: int, pictures: bool
) -> tuple[list[Row], int]:
    """Returns the rows of the drawn dialogues, and how many dialogues lack their pictures."""
    named: dict[str, list[Row]] = {}
    for file in files:
        for row in read_rows(file):
            named.setdefault(f"{file}:{row.dialogue or row.where}", []).append(row)
    whole = [rows for rows in named.values() if all(_seen(row, pictures) for row in rows)]
    if not whole:
        raise InputError(f"no dialogue to train on in {', '.join(map(str, files))}")
    n = len(whole) if dialogues is None else min(dialogues, len(whole))
    taken = random.Random(seed).sample(whole, n)
    return [row for rows in taken for row in rows], len(named) - len(whole)


def _seen(row: Row, pictures: bool) -> bool:
    return row.round.picture is None or (pictures and Path(row.round.picture).is_file())


def _dataset(part: str, lengths: Sequence[int]) -> Any:  # noqa: ANN401
    n = len(lengths)
    return Dataset.from_dict(
        {
            "row": list(range(n)),
            "part": [part] * n,
            "length": list(lengths),
            "labels": [[0]] * n,  # TRL asks for the column; the collator makes them
        }
    )


@dataclass(frozen=True)
class _Taught:
    """Renders a row as the prompt that the planner reads and the answer that it should give."""

    template: ChatTemplate
    lexicon: Lexicon

    def messages(self, row: Row) -> list[BaseMessage]:
        """Returns what the planner is served."""
        picture = row.round.picture
        data = None if picture is None else Path(picture).read_bytes()
        return messages_of(row.round, self.lexicon, digits(row.round.text), picture=data)

    def tools(self, row: Row) -> list[dict[str, Any]]:
        """Returns the tools that are bound."""
        bound = [*tool_dicts(list(ACTIONS.values())), *row.tools]
        return [with_note_and_more(tool) for tool in bound]

    def answer(self, row: Row) -> AIMessage:
        """Returns the decision as the call of a tool."""
        more = {"more": True} if row.expect.get("more") else {}
        args = {**(row.expect.get("args") or {}), **more}
        return AIMessage("", tool_calls=[{"name": row.expect["tool"], "args": args, "id": "c0"}])

    def length(self, row: Row) -> int:
        """Returns about how many tokens the prompt has, pictures aside."""
        words = [message.text for message in self.messages(row)]
        return sum(map(len, [*words, str(self.tools(row))])) // _LETTERS_A_TOKEN

    def encoded(self, row: Row) -> tuple[dict[str, Any], int]:
        """Returns the model's inputs for prompt and answer, and the tokens of the prompt."""
        messages, tools = self.messages(row), self.tools(row)
        prompt = self.template.encode(messages, tools)
        whole = self.template.encode([*messages, self.answer(row)], tools, answering=False)
        n = prompt["input_ids"].shape[1]
        if not torch.equal(prompt["input_ids"][0], whole["input_ids"][0, :n]):
            # Some templates open the answer otherwise than a finished one.
            n = _shared(prompt["input_ids"][0], whole["input_ids"][0])
        return dict(whole), n


def _shared(left: torch.Tensor, right: torch.Tensor) -> int:
    width = min(len(left), len(right))
    differ = (left[:width] != right[:width]).nonzero()
    return int(differ[0]) if len(differ) else width


class ChatCollator:
    """Renders rows when they are needed: pictures of thousands of rows do not fit in memory.

    Args:
        taught: Renders one row.
        rows: By the part of the data that they belong to.
    """

    def __init__(self, taught: _Taught, rows: Mapping[str, Sequence[Row]]) -> None:
        self._taught, self._rows = taught, rows

    def __call__(self, examples: Sequence[dict[str, Any]]) -> dict[str, Any]:
        """Returns ids, mask, labels ``(batch, width)`` and what the model's eyes take."""
        encoded = [self._taught.encoded(self._rows[e["part"]][e["row"]]) for e in examples]
        width = max(inputs["input_ids"].shape[1] for inputs, _ in encoded)
        batch: dict[str, list[torch.Tensor]] = {"labels": []}
        for inputs, n_prompt in encoded:
            labels = inputs["input_ids"].clone()
            labels[:, :n_prompt] = IGNORED
            batch["labels"].append(_padded(labels, width, IGNORED))
            for name, value in inputs.items():
                by_token = value.shape == labels.shape
                padded = _padded(value, width, 0) if by_token else value
                batch.setdefault(name, []).append(padded)
        return {name: torch.cat(values) for name, values in batch.items()}


def _padded(value: torch.Tensor, width: int, filler: int) -> torch.Tensor:
    return torch.nn.functional.pad(value, (0, width - value.shape[1]), value=filler)


def _adapted(loaded: OpenModel, rank: int, start: Path | None) -> PeftModel:
    if start is not None:
        return PeftModel.from_pretrained(loaded.model, str(start), is_trainable=True)
    config = LoraConfig(
        r=rank,
        lora_alpha=2 * rank,
        target_modules="all-linear",
        exclude_modules=_NOT_ADAPTED,
        task_type="CAUSAL_LM",
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # peft asks transformers by old names
            model: Any = get_peft_model(loaded.model, config)
    except ValueError as error:
        raise EngineError(f"no adapter fits {loaded.name!r}: {str(error)[:200]}") from error
    return model  # type: ignore[no-any-return]


def _export(model: PeftModel, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(str(folder))
    tidy(folder)


def _merge(model: PeftModel, loaded: OpenModel, folder: Path) -> Path:
    whole = folder / "merged"
    merged: Any = model.merge_and_unload()
    merged.save_pretrained(whole)
    loaded.processor.save_pretrained(whole)
    return whole
