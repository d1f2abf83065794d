"""The planner's vision-language model: put together once, in transformers' ordinary layout.

Language model, adapter, eye and projector become one ``FastVlmForConditionalGeneration`` in a
folder of the cache, which ``AutoModelForImageTextToText``, ``AutoProcessor`` and ``generate`` load
(after ``import fashionm3.agent.eye``, which tells timm of the eye).
"""

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

import torch
from filelock import FileLock

from fashionm3.agent import eye
from fashionm3.agent.bars import no_bar
from fashionm3.agent.form import IMAGE_TOKEN
from fashionm3.config import cache_dir
from fashionm3.errors import EngineError
from fashionm3.weights.trained import trained_path

DONE = "DONE.json"
PROJECTOR = "projector.safetensors"
_FORM = "1"  # Goes up when the same weights would be put together in another way.


def assembled(base: Path, trained: Path) -> Path:
    """Returns the folder of the whole model, put together now if it is not there yet.

    The shipped one lies in the cache folder, one that somebody trained beside its adapter.

    Args:
        base: Folder of the base language model.
        trained: Folder with the adapter in PEFT's layout and ``projector.safetensors``.

    Raises:
        EngineError: Weights are missing or don't fit, or the disk is full.
    """
    shipped = trained.resolve() == trained_path("planner").resolve()
    place = cache_dir() / "planner" if shipped else trained / "assembled"
    folder = place / _name(base, trained)
    if (folder / DONE).is_file():
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{folder}.lock"):
            if not (folder / DONE).is_file():
                _build(base, trained, folder)
    except OSError as error:
        raise EngineError(f"can't put the planner together in {folder}: {error}") from None
    return folder


def _name(base: Path, trained: Path) -> str:
    """Names the folder by the content that goes into it."""
    digest = hashlib.sha256(_FORM.encode())
    seal = base / DONE
    files = [seal if seal.is_file() else base / "model.safetensors"]
    files += [trained / "adapter_model.safetensors", trained / PROJECTOR]
    files.append(trained_path("encoder") / "model.safetensors")
    for file in files:
        if not file.is_file():
            raise EngineError(f"no {file.name} in {file.parent}: train or install it again")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _build(base: Path, trained: Path, folder: Path) -> None:
    work = folder.with_suffix(".work")
    shutil.rmtree(work, ignore_errors=True)
    model = put_together(base, trained).to(torch.bfloat16)
    with no_bar():
        model.save_pretrained(work)
    processor(base).save_pretrained(work)
    (work / DONE).write_text(json.dumps({"form": _FORM, "base": base.name}), encoding="utf-8")
    for file in work.iterdir():
        with file.open("rb+") as stream:
            os.fsync(stream.fileno())
    shutil.rmtree(folder, ignore_errors=True)
    work.replace(folder)


def put_together(base: Path, trained: Path) -> Any:  # noqa: ANN401
    """Returns the whole model in fp32, in evaluation mode.

    Raises:
        EngineError: Weights are missing or don't fit.
    """
    from safetensors.torch import load_file
    from transformers import FastVlmForConditionalGeneration

    from fashionm3.agent.language_model import merged
    from fashionm3.index.nano import build_nano

    language = merged(base, trained)
    with torch.device("meta"):
        model: Any = FastVlmForConditionalGeneration(config_of(language.config))
    weights = {
        name.replace("model.", "model.language_model.", 1): value
        for name, value in language.state_dict().items()
        if name.startswith("model.")
    }
    seen = {name: value.float() for name, value in load_file(trained / PROJECTOR).items()}
    tower = build_nano().get_submodule("visual.trunk").state_dict()
    weights |= {f"{_EYE}tower.{name}": value for name, value in tower.items()}
    weights |= {f"{_EYE}{name}": seen.pop(name) for name in ("mean", "spread")}
    weights |= {f"model.multi_modal_projector.{name}": value for name, value in seen.items()}
    found = model.load_state_dict(weights, strict=False, assign=True)
    absent = [name for name in found.missing_keys if name != "lm_head.weight"]
    if absent or found.unexpected_keys:
        odd = [*absent, *found.unexpected_keys]
        raise EngineError(f"the planner's weights don't fit each other, e.g. {odd[0]}")
    model.tie_weights()
    model.model.vision_tower.timm_model.prototypes = torch.empty(0)
    model.model.vision_tower.timm_model.init_non_persistent_buffers()
    _fill_rotary(model)
    return model.eval()


_EYE = "model.vision_tower.timm_model."


def _fill_rotary(model: Any) -> None:  # noqa: ANN401
    """Computes the frequencies of the rotary embedding, which no checkpoint holds."""
    language = model.model.language_model
    language.rotary_emb = type(language.rotary_emb)(language.config)


def config_of(text: Any) -> Any:  # noqa: ANN401
    """Returns the configuration of the whole around a language model's."""
    from transformers import FastVlmConfig, TimmWrapperConfig

    vision: Any = TimmWrapperConfig(architecture=eye.NAME, do_pooling=False)
    vision.hidden_size = eye.N_FEATURES
    return FastVlmConfig(
        vision_config=vision,
        text_config=text,
        image_token_index=IMAGE_TOKEN,
        image_seq_length=eye.N_VIEWS,
        tie_word_embeddings=True,
    )


def processor(base: Path) -> Any:  # noqa: ANN401
    """Returns the processor: pictures padded to a white square, four image tokens each."""
    from transformers import AutoTokenizer
    from transformers import LlavaProcessor as untyped
    from transformers.models.llava import LlavaImageProcessor

    made: Any = untyped
    side = {"height": eye.SIDE, "width": eye.SIDE}
    images = LlavaImageProcessor(
        do_pad=True,
        size=side,
        crop_size=side,
        image_mean=[1.0, 1.0, 1.0],
        image_std=[0.5, 0.5, 0.5],
        resample=3,
    )
    tokenizer: Any = AutoTokenizer.from_pretrained(base)
    return made(
        image_processor=images,
        tokenizer=tokenizer,
        patch_size=eye.SIDE // eye.GRID,
        vision_feature_select_strategy="full",
        image_token=tokenizer.convert_ids_to_tokens(IMAGE_TOKEN),
    )
