"""Trains the encoder that chooses among further tools (`fashionm3.agent.tool_matcher`).

Each step draws tools of ``training/toolbox`` under one of their names, words that ask for each of
them, words that ask for tools that are not among them, and words for the seven actions. The words
have to find their tool among all of the step, or say that it is none.
"""

import json
import random
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from fashionm3.agent.bound_tools import bound_tools
from fashionm3.agent.tool_matcher import HEAD, Bounds, base_encoder, tool_text
from fashionm3.cpu import keep_freed_memory
from fashionm3.index.lexicon import Lexicon
from fashionm3.torchvision_ops import declare_missing_ops
from fashionm3.training.adapters import write_adapter
from fashionm3.training.dialogues.composer import Composer
from fashionm3.training.dialogues.noise import roughen
from fashionm3.training.dialogues.phrases import shipped
from fashionm3.training.dialogues.toolbox import Offered, WrittenTool, shipped_tools

declare_missing_ops()
from peft import LoraConfig, get_peft_model  # noqa: E402

LAYERS = ["query", "key", "value", "dense"]
_AT_ONCE = 50
UNNAMED = 0.05
"""Share of the tools that have no description."""


@dataclass(frozen=True)
class MatcherRecipe:
    """Settings of a run; all of them go into the model card.

    Attributes:
        steps: Optimizer steps.
        tools: Tools a step, each asked for once.
        foreign: Words a step that ask for tools which are not among these.
        ours: Words a step that ask for one of the seven actions.
        n_ours: How many of these are composed.
        rate: Peak learning rate of the adapter; one cycle.
        head_rate: That of the layer over the words.
        rank: LoRA rank; alpha is twice the rank.
        dropout: In the adapter.
    """

    steps: int = 300
    tools: int = 24
    foreign: int = 4
    ours: int = 20
    n_ours: int = 6000
    rate: float = 4e-4
    head_rate: float = 3e-3
    rank: int = 16
    dropout: float = 0.1
    seed: int = 1


@dataclass(frozen=True)
class Measured:
    """How the encoder does on tools and phrasings that it was not trained on.

    Attributes:
        picked: Share of the words for a tool whose tool is the likeliest of twelve.
        taken: The same, where the encoder is also sure enough to take it.
        wrong: Share of the words for a tool for which another one is taken.
        left: Share of the words for a tool where it rules out all tools.
        disturbed: Share of the words for the seven actions for which a tool is taken.
    """

    picked: float
    taken: float
    wrong: float
    left: float
    disturbed: float


class MatcherTrainer:
    """Trains and measures the encoder.

    Args:
        recipe: Settings.
    """

    def __init__(self, recipe: MatcherRecipe | None = None) -> None:
        self.recipe = recipe or MatcherRecipe()
        keep_freed_memory()
        torch.manual_seed(self.recipe.seed)
        self._rng = random.Random(self.recipe.seed)
        tools = list(shipped_tools())
        self._known = [tool for tool in tools if not tool.held_out]
        self._unknown = [tool for tool in tools if tool.held_out]
        self._ours = list(_ours(self.recipe.seed, held_out=False, n=self.recipe.n_ours))
        self._encoder = base_encoder()
        config = LoraConfig(
            r=self.recipe.rank,
            lora_alpha=2 * self.recipe.rank,
            lora_dropout=self.recipe.dropout,
            target_modules=LAYERS,
            exclude_modules=".*pooler.*",
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the libraries, about each other
            self._encoder.encoder = get_peft_model(self._encoder.encoder, config)

    def train(self, progress: Callable[[int, float], None] | None = None) -> None:
        """Trains for all steps.

        Args:
            progress: Told the step and its loss.
        """
        recipe, encoder = self.recipe, self._encoder.train()
        head = [encoder.ours.weight, encoder.ours.bias, encoder.scales]
        adapter = [p for p in encoder.encoder.parameters() if p.requires_grad]
        optimizer = torch.optim.AdamW(
            [{"params": adapter}, {"params": head}], lr=recipe.rate, weight_decay=0.01
        )
        schedule = torch.optim.lr_scheduler.OneCycleLR(
            optimizer, [recipe.rate, recipe.head_rate], total_steps=recipe.steps, pct_start=0.1
        )
        for step in range(1, recipe.steps + 1):
            loss = self._loss()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_([*adapter, *head], 1.0)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
            if progress is not None:
                progress(step, float(loss.detach()))
        encoder.eval()

    def _loss(self) -> Tensor:
        recipe, rng = self.recipe, self._rng
        tools = rng.sample(self._known, recipe.tools)
        offers = [_offer(tool, rng, UNNAMED) for tool in tools]
        others = rng.sample([tool for tool in self._known if tool not in tools], recipe.foreign)
        words = [_asked(offer, rng) for offer in offers]
        words += [_asked(_offer(tool, rng), rng) for tool in others]
        words += rng.sample(self._ours, recipe.ours)
        wanted = [*range(1, len(offers) + 1), *[0] * (recipe.foreign + recipe.ours)]
        told = self._encoder.read([_text(offer) for offer in offers])
        scores = self._encoder.scores(self._encoder.read(words), told)
        return nn.functional.cross_entropy(scores, torch.tensor(wanted))

    def measure(self, bounds: Bounds, n: int = 400, seed: int = 7) -> Measured:
        """Measures on held-out tools, twelve at a time, and on held-out phrasings of the actions.

        Args:
            bounds: From where on the encoder is sure.
            n: Words of each sort.
            seed: Of the draws.
        """
        rng = random.Random(seed)
        asked = [rng.choice(self._unknown) for _ in range(n)]
        words = [_asked(_offer(tool, rng), rng) for tool in asked]
        lists = [self._around(tool, rng) for tool in asked]
        shares = self._shares(words, lists)
        ours = list(_ours(seed, held_out=True, n=n))
        free = self._shares(ours, [self._around(rng.choice(self._unknown), rng) for _ in ours])
        picked = [int(row[1:].argmax()) == 0 for row in shares]
        sure = [float(row[1:].max()) >= bounds.take for row in shares]
        none = [float(row[0]) > 1 - bounds.leave for row in shares]
        return Measured(
            picked=_share(picked),
            taken=_share([p and s for p, s in zip(picked, sure, strict=True)]),
            wrong=_share([s and not p for p, s in zip(picked, sure, strict=True)]),
            left=_share(none),
            disturbed=_share([float(row[1:].max()) >= bounds.take for row in free]),
        )

    def _around(self, tool: WrittenTool, rng: random.Random, n: int = 12) -> list[Offered]:
        """Returns a list of held-out tools that begins with a given one."""
        others = [other for other in self._unknown if other is not tool]
        drawn = rng.sample(others, min(n - 1, len(others)))
        return [_offer(each, rng) for each in (tool, *drawn)]

    @torch.inference_mode()
    def _shares(self, words: Sequence[str], lists: Sequence[list[Offered]]) -> list[Tensor]:
        found = []
        for start in range(0, len(words), _AT_ONCE):
            read = self._encoder.read(words[start : start + _AT_ONCE])
            part = lists[start : start + _AT_ONCE]
            texts = [[_text(offer) for offer in offers] for offers in part]
            known = sorted({text for each in texts for text in each})
            scores = self._encoder.scores(read, self._encoder.read(known))
            for row, each in zip(scores, texts, strict=True):
                columns = [0, *(1 + known.index(text) for text in each)]
                found.append(row[columns].softmax(0))
        return found

    def export(self, folder: Path, bounds: Bounds, n: int = 400) -> Measured:
        """Writes the adapter in PEFT's layout (bf16), the layer over the words and the card.

        Args:
            folder: Where to; made if missing.
            bounds: From where on the encoder is sure.
            n: Words of each sort to measure on.

        Returns:
            What `measure` says, which goes into the card.
        """
        write_adapter(self._encoder.encoder, folder)
        own = self._encoder.state_dict()
        names = ("ours.weight", "ours.bias", "scales")
        save_file({name: own[name].contiguous() for name in names}, folder / HEAD)
        (folder / HEAD).chmod(0o644)
        measured = self.measure(bounds, n)
        card = {
            "part": "matcher",
            "bounds": asdict(bounds),
            "recipe": asdict(self.recipe),
            "held_out": asdict(measured),
        }
        text = json.dumps(card, indent=2) + "\n"
        (folder / "card.json").write_text(text, encoding="utf-8")
        return measured


def _offer(tool: WrittenTool, rng: random.Random, unnamed: float = 0.0) -> Offered:
    description = "" if rng.random() < unnamed else rng.choice(tool.descriptions)
    return Offered(tool, rng.choice(tool.names), description)


def _text(offer: Offered) -> str:
    (bound,) = bound_tools([offer.schema])
    return tool_text(bound)


def _asked(offer: Offered, rng: random.Random) -> str:
    words, _ = offer.asked(rng)
    return roughen(words, rng) if rng.random() < 0.6 else words


def _ours(seed: int, held_out: bool, n: int) -> Iterator[str]:
    """Yields words that ask for one of the seven actions."""
    phrases = [phrase for phrase in shipped() if phrase.held_out == held_out]
    composer = Composer(phrases, Lexicon.load(), seed)
    made = 0
    while made < n:
        for turn in composer.dialogue().turns:
            if turn.text and made < n:
                made += 1
                yield turn.text


def _share(found: Sequence[bool]) -> float:
    return round(sum(found) / max(len(found), 1), 3)
