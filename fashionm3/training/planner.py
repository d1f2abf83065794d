"""Fine-tunes the planner's language model with a LoRA adapter on composed dialogues.

The base is a causal language model of the cache (or a path); PEFT brings the adapter. Only
positions that belong to a decision pass the output head. Training goes in chunks of dialogues;
after each chunk adapter, optimiser and position are saved, so that a kill costs at most one chunk
and a second start goes on with the same data.
"""

import json
import math
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch.nn import functional

from fashionm3.agent.form import FORM_HASH, IMAGE_TOKEN
from fashionm3.index.lexicon import Lexicon
from fashionm3.torchvision_ops import declare_missing_ops
from fashionm3.training.adapters import tidy
from fashionm3.training.dialogues.composer import Composer
from fashionm3.training.dialogues.phrases import Phrase
from fashionm3.training.looking import Sight
from fashionm3.training.sequences import Encoder, Sequence_, Words

declare_missing_ops()
from peft import LoraConfig, PeftModel, get_peft_model  # noqa: E402
from transformers import AutoModelForCausalLM, AutoTokenizer  # noqa: E402

NOISE = 0.1
"""Dropout in the projector while it is trained with the adapter."""

CHUNK = 128
"""Dialogues between two savings."""


@dataclass(frozen=True)
class PlannerRecipe:
    """Settings of a run; all of them go into the model card.

    Attributes:
        dialogues: How many are composed and read, each once.
        batch_tokens: Upper bound of padded tokens a step.
        rate: Peak learning rate of the adapter; cosine to a tenth, after 4 % warm-up.
        rank: LoRA rank on all linear layers; alpha is twice the rank.
        captions: Pictures that are only described, beside each `CHUNK` of dialogues.
        threads: Of torch.
    """

    dialogues: int = 20_000
    batch_tokens: int = 1200
    rate: float = 8e-4
    rank: int = 32
    captions: int = 48
    seed: int = 1
    threads: int = 1


@dataclass(frozen=True)
class Report:
    """How far a run is."""

    dialogues: int
    total: int
    tokens: int
    decisions: int
    loss: float
    held_out_loss: float | None
    seconds: float


Progress = Callable[[Report], None]


class PlannerTrainer:
    """One training run in a folder.

    Args:
        base: Folder of the base model.
        run: Folder for checkpoints and the log; an unfinished run in it is continued.
        phrases: Written phrasings; held-out ones are only measured on.
        words: Rewrites the words as the product does.
        recipe: Settings.
        start: Adapter in PEFT's layout to go on from; a fresh one by default.
        sight: Pictures and the aligned projector; without it nothing is seen.
    """

    def __init__(
        self,
        base: Path,
        run: Path,
        phrases: list[Phrase],
        words: Words,
        recipe: PlannerRecipe | None = None,
        start: Path | None = None,
        sight: Sight | None = None,
    ) -> None:
        self._sight = sight
        self.recipe = recipe or PlannerRecipe()
        self._run = run
        self._lexicon = Lexicon.load()
        torch.manual_seed(self.recipe.seed)
        torch.set_num_threads(self.recipe.threads)
        tokenizer = AutoTokenizer.from_pretrained(base)
        self._encoder = Encoder(tokenizer, self._lexicon, words)
        model = AutoModelForCausalLM.from_pretrained(base, dtype=torch.bfloat16)
        self._train_phrases = [phrase for phrase in phrases if not phrase.held_out]
        self._held_out = [phrase for phrase in phrases if phrase.held_out]
        self._model = self._adapted(model, start)
        trained = [p for p in self._model.parameters() if p.requires_grad]
        for parameter in trained:
            parameter.data = parameter.data.float()
        groups = [{"params": trained}]
        if sight is not None:
            groups.append({"params": list(sight.looking.parameters())})
        self._optimizer = torch.optim.AdamW(groups, lr=self.recipe.rate, weight_decay=0.01)
        self._position = {"dialogues": 0, "tokens": 0, "decisions": 0, "seconds": 0.0}
        self._resume()

    def _adapted(self, model: Any, start: Path | None) -> Any:  # noqa: ANN401
        if start is not None:
            return PeftModel.from_pretrained(model, str(start), is_trainable=True)
        config = LoraConfig(
            r=self.recipe.rank,
            lora_alpha=2 * self.recipe.rank,
            target_modules="all-linear",
            task_type="CAUSAL_LM",
        )
        return get_peft_model(model, config)

    def _resume(self) -> None:
        file = self._run / "checkpoint.pt"
        if not file.exists():
            self._run.mkdir(parents=True, exist_ok=True)
            return
        saved = torch.load(file, weights_only=True)
        self._model.load_state_dict(saved["adapter"], strict=False)
        if self._sight is not None:
            self._sight.looking.load_state_dict(saved["projector"])
        self._optimizer.load_state_dict(saved["optimizer"])
        self._position = saved["position"]

    def _save(self) -> None:
        adapter = {k: v for k, v in self._model.state_dict().items() if "lora_" in k}
        seen = {} if self._sight is None else self._sight.looking.state_dict()
        state = {
            "adapter": adapter,
            "projector": seen,
            "optimizer": self._optimizer.state_dict(),
            "position": self._position,
        }
        part = self._run / "checkpoint.part"
        torch.save(state, part)
        part.replace(self._run / "checkpoint.pt")

    def train(self, progress: Progress | None = None, stop_after: float | None = None) -> None:
        """Trains to the recipe's end, or until ``stop_after`` seconds of this leg have passed."""
        started = time.monotonic()
        before = float(self._position["seconds"])
        while self._position["dialogues"] < self.recipe.dialogues:
            chunk = int(self._position["dialogues"]) // CHUNK
            loss = self._chunk(chunk)
            self._position["seconds"] = before + time.monotonic() - started
            self._position["dialogues"] += CHUNK
            held = self.held_out_loss() if chunk % 8 == 7 else None
            self._save()
            report = self._report(loss, held)
            with (self._run / "log.jsonl").open("a", encoding="utf-8") as log:
                log.write(json.dumps(asdict(report)) + "\n")
            if progress is not None:
                progress(report)
            if stop_after is not None and time.monotonic() - started > stop_after:
                return

    @property
    def finished(self) -> bool:
        """Whether every dialogue of the recipe has been read."""
        return self._position["dialogues"] >= self.recipe.dialogues

    def _report(self, loss: float, held: float | None) -> Report:
        at = self._position
        return Report(
            int(at["dialogues"]),
            self.recipe.dialogues,
            int(at["tokens"]),
            int(at["decisions"]),
            loss,
            held,
            float(at["seconds"]),
        )

    def _sequences(self, phrases: list[Phrase], seed: int, n: int) -> list[Sequence_]:
        rng = random.Random(seed + 1)
        pictures = [] if self._sight is None else self._sight.drawn(rng)
        composer = Composer(phrases, self._lexicon, seed, pictures)
        dialogues = [turns for turns in composer.dialogues(n) if turns]
        sequences = [self._encoder.sequence(turns, rng) for turns in dialogues]
        captions = pictures[: self.recipe.captions * n // CHUNK]
        return sequences + [self._encoder.caption(picture) for picture in captions]

    def _chunk(self, chunk: int) -> float:
        self._model.train()
        sequences = self._sequences(self._train_phrases, self.recipe.seed * 100_003 + chunk, CHUNK)
        batches = list(self._batches(sequences))
        random.Random(chunk).shuffle(batches)
        total, count = 0.0, 0
        for n, batch in enumerate(batches):
            at = int(self._position["dialogues"]) + CHUNK * n / len(batches)
            self._set_rate(at / self.recipe.dialogues)
            loss, decisions = self._loss(batch)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(self._optimizer.param_groups[0]["params"], 1.0)
            self._optimizer.step()
            self._optimizer.zero_grad(set_to_none=True)
            total, count = total + float(loss.detach()), count + 1
            self._position["tokens"] += sum(map(len, batch))
            self._position["decisions"] += decisions
        return total / max(count, 1)

    def _set_rate(self, part: float) -> None:
        warm = min(1.0, part / 0.04)
        scale = warm * (0.1 + 0.9 * 0.5 * (1 + math.cos(math.pi * min(1.0, part))))
        for group in self._optimizer.param_groups:
            group["lr"] = self.recipe.rate * scale

    def _batches(self, sequences: list[Sequence_]) -> Iterator[list[Sequence_]]:
        batch: list[Sequence_] = []
        for sequence in sorted(sequences, key=len):
            if batch and (len(batch) + 1) * len(sequence) > self.recipe.batch_tokens:
                yield batch
                batch = []
            batch.append(sequence)
        if batch:
            yield batch

    def _loss(self, batch: list[Sequence_]) -> tuple[torch.Tensor, int]:
        width = max(map(len, batch))
        ids = torch.zeros(len(batch), width, dtype=torch.long)
        mask = torch.zeros(len(batch), width, dtype=torch.long)
        learned = torch.zeros(len(batch), width, dtype=torch.bool)
        for row, sequence in enumerate(batch):
            ids[row, : len(sequence)] = torch.tensor(sequence.ids)
            mask[row, : len(sequence)] = 1
            learned[row, : len(sequence)] = torch.tensor(sequence.learned)
        causal = self._model.get_base_model()
        with torch.autocast("cpu", torch.bfloat16):
            read = self._embedded(causal.get_input_embeddings()(ids), ids, batch)
            hidden = causal.model(inputs_embeds=read, attention_mask=mask).last_hidden_state
            wanted = learned[:, 1:]
            logits = causal.lm_head(hidden[:, :-1][wanted])
        loss = functional.cross_entropy(logits.float(), ids[:, 1:][wanted])
        decisions = int((wanted[:, 1:] & ~wanted[:, :-1]).sum())
        return loss, decisions

    def _embedded(
        self, words: torch.Tensor, ids: torch.Tensor, batch: list[Sequence_]
    ) -> torch.Tensor:
        """Puts what the pictures look like where their image tokens stand."""
        keys = [key for sequence in batch for key in sequence.pictures]
        if self._sight is None or not keys:
            return words
        seen = self._sight.vectors(keys, NOISE).to(words.dtype)
        places = (ids == IMAGE_TOKEN).unsqueeze(-1)
        return words.masked_scatter(places, seen)

    @torch.no_grad()
    def held_out_loss(self) -> float:
        """Returns the mean loss on dialogues of held-out phrasings only."""
        self._model.eval()
        sequences = self._sequences(self._held_out, 77, 60)
        losses = [float(self._loss(batch)[0]) for batch in self._batches(sequences)]
        return sum(losses) / len(losses)

    def export(self, folder: Path, card: dict[str, Any]) -> None:
        """Writes the adapter in PEFT's layout (bf16) with its card.

        Args:
            folder: Where to; made if missing.
            card: Figures and words for ``card.json``; recipe and form hash are added.
        """
        folder.mkdir(parents=True, exist_ok=True)
        model: PeftModel = self._model
        for parameter in model.parameters():
            parameter.data = parameter.data.to(torch.bfloat16)
        model.save_pretrained(str(folder))
        if self._sight is not None:
            self._sight.looking.save(folder / "projector.safetensors")
        tidy(folder)
        position = {key: round(value) for key, value in self._position.items()}
        full = {**card, "recipe": asdict(self.recipe), "run": position, "prompt_hash": FORM_HASH}
        text = json.dumps(full, indent=2, ensure_ascii=False) + "\n"
        (folder / "card.json").write_text(text, encoding="utf-8")
