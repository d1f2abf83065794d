"""Trains the nano encoder: the picture tower's tail first, then the text tower's last layers.

Pictures are photographs with a person's labels, where they are present, and drawings of the sample
shop with other seeds than the shipped shop's. Features of the frozen stages are computed once and
kept; every part resumes after a kill.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from safetensors.torch import save_file
from torch import Tensor, nn

from fashionm3.index.lexicon import Lexicon
from fashionm3.index.nano import (
    FIRST_TUNED_STAGE,
    build_base,
    read_config,
    read_tokenizer,
    tuned_keys,
)
from fashionm3.sample.shop import sample_items
from fashionm3.training.encoder_images import UNKNOWN, Bank, ImageSettings, tune_images
from fashionm3.training.encoder_photos import read_photographs
from fashionm3.training.encoder_steps import Progress, StepSettings
from fashionm3.training.encoder_texts import Gallery, TextSettings, tune_texts
from fashionm3.training.encoder_towers import frozen_stages, tail
from fashionm3.training.encoder_views import (
    FrozenViews,
    ViewSettings,
    batches,
    freeze_views,
    random_view,
)
from fashionm3.training.encoder_words import class_prompts
from fashionm3.types import CATEGORIES, COLORS, PATTERNS, Item

SHOP_SEED = 1000
"""First seed of the drawings that are trained on; the shipped shop has 7."""


@dataclass(frozen=True)
class EncoderRecipe:
    """Settings of a run; all of them go into the model card.

    Attributes:
        drawings: Garments of the sample shop to draw.
        image_steps: Steps of the picture tower.
        text_steps: Steps of the text tower.
        photo_views: Views of each photograph.
        threads: Of torch.
    """

    drawings: int = 640
    image_steps: int = 1100
    text_steps: int = 500
    photo_views: int = 8
    drawing_views: int = 3
    size: int = 260
    seed: int = 1
    threads: int = 1


class EncoderTrainer:
    """One training run in a folder.

    Args:
        run: For features and checkpoints; an unfinished run in it is continued.
        photographs: Folder of photographs, or None.
        recipe: Settings.
        progress: Told what runs, how far it is, and of how much.
    """

    def __init__(
        self,
        run: Path,
        photographs: Path | None,
        recipe: EncoderRecipe | None = None,
        progress: Progress = lambda name, done, total: None,
    ) -> None:
        self.recipe = recipe or EncoderRecipe()
        self._run, self._photographs, self._progress = run, photographs, progress
        torch.set_num_threads(self.recipe.threads)
        torch.manual_seed(self.recipe.seed)
        self._config = read_config()
        self._model: nn.Module = build_base(self._config)
        self._lexicon = Lexicon.load()
        self._tokenizer = read_tokenizer(self._config)

    def train(self) -> nn.Module:
        """Runs or continues every stage and returns the trained open_clip model."""
        banks = self._banks()
        visual = self._model.get_submodule("visual")
        prototypes = tune_images(
            visual,
            self._first_prototypes(),
            banks,
            ImageSettings(StepSettings(self.recipe.image_steps, seed=self.recipe.seed)),
            self._run,
            self._key(banks, "text_steps"),
            self._progress,
        )
        tune_texts(
            self._model.get_submodule("text"),
            self._tokenizer,
            prototypes,
            self._gallery(banks),
            self._lexicon,
            TextSettings(StepSettings(self.recipe.text_steps, seed=self.recipe.seed)),
            self._run,
            self._key(banks),
            self._progress,
        )
        return self._model

    def export(self, folder: Path, card: dict[str, Any]) -> None:
        """Writes what was trained (fp16) and ``card.json``."""
        folder.mkdir(parents=True, exist_ok=True)
        state = self._model.state_dict()
        tuned = {key: state[key].to(torch.float16).contiguous() for key in tuned_keys(self._model)}
        save_file(tuned, folder / "model.safetensors")
        full = {**card, "recipe": asdict(self.recipe)}
        text = json.dumps(full, indent=2, ensure_ascii=False) + "\n"
        (folder / "card.json").write_text(text, encoding="utf-8")

    def _key(self, banks: list[Bank], *unused: str) -> str:
        """Tells runs apart; settings that change nothing here don't end a run."""
        facts = {k: v for k, v in asdict(self.recipe).items() if k not in {"threads", *unused}}
        return json.dumps([facts, [len(bank.labels) for bank in banks]])

    def _first_prototypes(self) -> Tensor:
        """Returns ``(17, d)``: the untrained text tower's mean over each category's prompts."""
        rows = []
        with torch.inference_mode():
            for category in CATEGORIES:
                tokens = self._tokenizer(class_prompts(self._lexicon, category))
                rows.append(self._model.encode_text(tokens).mean(0))  # type: ignore[operator]
        return torch.stack(rows).clone()

    def _banks(self) -> list[Bank]:
        banks = [self._drawing_bank()]
        if self._photographs is not None:
            banks.append(self._photo_bank(self._photographs))
        return banks

    def _freeze(
        self,
        names: list[str],
        picture: Callable[[int], Image.Image],
        n_views: int,
        views: ViewSettings,
        recolour: bool,
        what: str,
    ) -> FrozenViews:
        def pixels(index: int, view: int) -> np.ndarray[Any, np.dtype[np.uint8]]:
            rng = np.random.default_rng([views.seed, index, view])
            return random_view(picture(index), views, rng, recolour)

        trunk = self._model.get_submodule("visual.trunk")
        facts = {**asdict(views), "stage": FIRST_TUNED_STAGE, "recolour": recolour}
        return freeze_views(
            self._run / "views",
            names,
            pixels,
            n_views,
            frozen_stages(trunk),
            facts,
            lambda done, total: self._progress(what, done, total),
        )

    def _photo_bank(self, folder: Path) -> Bank:
        photos = [photo for photo in read_photographs(folder) if photo.part == "train"]

        def picture(index: int) -> Image.Image:
            with Image.open(photos[index].path) as image:
                return image.convert("RGB")

        views = ViewSettings(size=self.recipe.size, seed=self.recipe.seed)
        names = [photo.item_id for photo in photos]
        frozen = self._freeze(names, picture, self.recipe.photo_views, views, True, "photographs")
        labels = np.array([CATEGORIES.index(photo.label) for photo in photos])
        unknown = np.full(len(photos), UNKNOWN)
        return Bank(frozen, labels, unknown, unknown, share=0.75)

    def _drawing_bank(self) -> Bank:
        drawn = self._drawings()
        items = [item for item, _ in drawn]
        views = ViewSettings(size=self.recipe.size, area=0.6, light=0.15, seed=self.recipe.seed)
        frozen = self._freeze(
            [f"{SHOP_SEED}:{item.item_id}" for item in items],
            lambda index: drawn[index][1],
            self.recipe.drawing_views,
            views,
            False,
            "drawings",
        )
        return Bank(
            frozen,
            np.array([CATEGORIES.index(item.category) for item in items]),
            np.array([_row(item.main_color, COLORS) for item in items]),
            np.array([_row(item.pattern, PATTERNS) for item in items]),
            share=0.25,
        )

    def _drawings(self) -> list[tuple[Item, Image.Image]]:
        found = []
        for done, (item, image) in enumerate(sample_items(SHOP_SEED, self.recipe.drawings), 1):
            if item.category in CATEGORIES:
                found.append((item, image.convert("RGB")))
            self._progress("drawing", done, self.recipe.drawings)
        return found

    def _gallery(self, banks: list[Bank]) -> Gallery:
        """Encodes one view of each training picture with the tuned tower."""
        visual = self._model.get_submodule("visual")
        trunk, head = visual.get_submodule("trunk"), visual.get_submodule("head")
        rows = []
        with torch.inference_mode():
            for bank in banks:
                for part in batches(len(bank.labels)):
                    index = np.arange(part.start, part.stop)
                    maps = bank.views.fetch(index, np.zeros_like(index))
                    rows.append(torch.nn.functional.normalize(head(tail(trunk, maps)), dim=-1))
        return Gallery(
            torch.cat(rows).clone(),
            *(
                torch.from_numpy(np.concatenate([getattr(bank, name) for bank in banks]))
                for name in ("labels", "colors", "patterns")
            ),
        )


def _row(value: str | None, names: tuple[str, ...]) -> int:
    return names.index(value) if value in names else UNKNOWN
