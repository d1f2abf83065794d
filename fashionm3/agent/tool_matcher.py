"""Which of the tools beside the seven actions the words ask for: a small encoder's opinion.

A language model of 135 million parameters reads the head of its prompt too lightly to choose among
tools that it was never trained on. A sentence encoder compares the words with each tool's name,
description and arguments instead, and a layer over the words says how much they sound like the
seven actions. Where it is sure the decision is held to its choice; the planner says the arguments.
"""

import json
import threading
import warnings
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from fashionm3.agent.bars import no_bar
from fashionm3.agent.bound_tools import BoundTool
from fashionm3.errors import EngineError
from fashionm3.torchvision_ops import declare_missing_ops
from fashionm3.weights.base import base_path
from fashionm3.weights.trained import trained_path

declare_missing_ops()
from transformers import AutoModel, AutoTokenizer  # noqa: E402

PART = "matcher"
HEAD = "head.safetensors"
MAX_TOKENS = 96
_N_KEPT = 16
_LOADING = threading.Lock()
_LOADED: dict[str, "ToolMatcher"] = {}


@dataclass(frozen=True)
class Reading:
    """Some texts as the encoder reads them.

    Attributes:
        means: One unit vector a text, ``(n, width)``.
        tokens: A unit vector for each token, ``(n, length, width)``.
        mask: Which of these are words, ``(n, length) bool``.
    """

    means: Tensor
    tokens: Tensor
    mask: Tensor


class ToolEncoder(nn.Module):
    """A sentence encoder for words and tools, and how much words sound like the seven actions.

    Words and a tool are compared as wholes, by their means, and token by token: the mean of what
    each word finds at best in the tool (late interaction, Khattab and Zaharia, arXiv 2004.12832).

    Args:
        encoder: A BERT-like model of transformers.
        tokenizer: Its tokenizer.
    """

    def __init__(self, encoder: Any, tokenizer: Any) -> None:  # noqa: ANN401
        super().__init__()
        self.encoder, self._tokenizer = encoder, tokenizer
        self.ours = nn.Linear(encoder.config.hidden_size, 1)
        self.scales = nn.Parameter(torch.tensor([2.5, 2.5]))
        nn.init.zeros_(self.ours.weight)
        nn.init.constant_(self.ours.bias, 11.0)

    def read(self, texts: Sequence[str]) -> Reading:
        """Reads texts; what is longer than `MAX_TOKENS` is cut."""
        read = self._tokenizer(
            list(texts),
            padding=True,
            truncation=True,
            max_length=MAX_TOKENS,
            return_tensors="pt",
            return_special_tokens_mask=True,
        )
        special = read.pop("special_tokens_mask")
        states = self.encoder(**read).last_hidden_state
        means = nn.functional.normalize(mean_states(states, read["attention_mask"]), dim=-1)
        return Reading(means, nn.functional.normalize(states, dim=-1), special == 0)

    def scores(self, words: Reading, tools: Reading) -> Tensor:
        """Returns logits ``(n words, 1 + n tools)``: the seven actions first, then each tool."""
        near = torch.einsum("ntw,msw->nmts", words.tokens, tools.tokens)
        near = near.masked_fill(~tools.mask[None, :, None], -1.0).amax(-1)
        counted = words.mask[:, None]
        late = (near * counted).sum(-1) / counted.sum(-1).clamp(min=1)
        whole = words.means @ tools.means.T
        by_tool = self.scales[0].exp() * whole + self.scales[1].exp() * late
        return torch.cat([self.ours(words.means), by_tool], 1)


@dataclass(frozen=True)
class Bounds:
    """From which shares on the encoder decides; tuned on development sets, kept with the weights.

    Attributes:
        take: Share of one tool from which it is taken.
        leave: Share of all tools below which none of them may be said.
    """

    take: float = 0.4
    leave: float = 0.01


@dataclass(frozen=True)
class Match:
    """What the encoder says of some words.

    Attributes:
        best: The likeliest tool.
        share: Its probability.
        any: The probability that one of the tools is asked for.
    """

    best: BoundTool
    share: float
    any: float


class ToolMatcher:
    """Compares words with tools.

    Args:
        encoder: The trained encoder.
        bounds: From where on it is sure.
    """

    def __init__(self, encoder: ToolEncoder, bounds: Bounds) -> None:
        self._encoder, self.bounds = encoder.eval(), bounds
        self._kept: OrderedDict[tuple[str, ...], Reading] = OrderedDict()
        self._lock = threading.Lock()

    @classmethod
    def load(cls, folder: Path | None = None) -> "ToolMatcher":
        """Loads it once per process.

        Args:
            folder: Holds the adapter in PEFT's layout, ``head.safetensors`` and ``card.json``; the
                shipped one by default.

        Raises:
            EngineError: Weights are missing or don't fit.
        """
        folder = trained_path(PART) if folder is None else folder
        key = str(folder.resolve())
        with _LOADING:
            if key not in _LOADED:
                _LOADED[key] = cls(*_loaded(folder))
            return _LOADED[key]

    def match(self, words: str, tools: Sequence[BoundTool]) -> Match:
        """Returns what the words ask for.

        Args:
            words: A shopper's words; a question's answer with the words before the question.
            tools: At least one tool beside the seven actions.
        """
        with self._lock, torch.inference_mode():
            told = self._read([tool_text(tool) for tool in tools])
            shares = self._encoder.scores(self._encoder.read([words]), told)[0].softmax(0)[1:]
            best = int(shares.argmax())
            return Match(tools[best], float(shares[best]), float(shares.sum()))

    def _read(self, texts: list[str]) -> Reading:
        """Reads tools, all of them together; lists that were read before are kept."""
        key = tuple(texts)
        kept = self._kept.pop(key, None)
        self._kept[key] = self._encoder.read(texts) if kept is None else kept
        if len(self._kept) > _N_KEPT:
            self._kept.popitem(last=False)
        return self._kept[key]


def mean_states(states: Tensor, mask: Tensor) -> Tensor:
    """Returns the mean of the token states ``(n, length, width)`` that a mask counts."""
    counted = mask.unsqueeze(-1)
    return (states * counted).sum(1) / counted.sum(1)


def tool_text(tool: BoundTool) -> str:
    """Writes a tool as the encoder reads it: name, description, arguments with their choices."""
    spaced = tool.alias.replace("_", " ").strip()
    return f"{spaced}: {tool.description} {', '.join(map(_told, tool.arguments))}"


def _told(argument: Any) -> str:  # noqa: ANN401
    choices = f" ({', '.join(argument.choices)})" if argument.choices else ""
    return f"{argument.alias.replace('_', ' ')}{choices}"


def base_encoder() -> ToolEncoder:
    """Returns the encoder around untuned MiniLM, in fp32.

    Raises:
        EngineError: The base weights are missing.
    """
    folder = base_path("minilm")
    auto: Any = AutoTokenizer
    with no_bar():
        encoder = AutoModel.from_pretrained(folder, dtype=torch.float32)
    return ToolEncoder(encoder, auto.from_pretrained(folder))


def _loaded(folder: Path) -> tuple[ToolEncoder, Bounds]:
    from peft import PeftModel

    made = base_encoder()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # peft asks transformers by old names
            adapted = PeftModel.from_pretrained(made.encoder, str(folder))
            made.encoder = adapted.merge_and_unload()
        made.load_state_dict(load_file(folder / HEAD), strict=False)
        bounds = Bounds(**json.loads((folder / "card.json").read_text("utf-8"))["bounds"])
    except (OSError, ValueError, RuntimeError, KeyError, TypeError) as error:
        reason = str(error).strip().splitlines()[0][:200]
        raise EngineError(f"the tool matcher's weights can't be loaded: {reason}") from error
    return made, bounds
