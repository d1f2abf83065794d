"""The nano encoder's open_clip model: base weights from the cache, this project's on top.

Only what was trained here ships: the picture tower from its fourth stage on, the last layers of the
text tower and the heads.
"""

import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fashionm3.errors import EngineError
from fashionm3.torchvision_ops import declare_missing_ops
from fashionm3.weights.base import base_path
from fashionm3.weights.trained import trained_path

if TYPE_CHECKING:
    from collections.abc import Callable

    import torch

    Transform = Callable[[Any], torch.Tensor]

IMAGE_BASE = "efficientnet-lite2"
TEXT_BASE = "minilm"
FIRST_TUNED_STAGE = 3
N_TUNED_LAYERS = 3
_TEXT = "text.transformer."


def read_config() -> dict[str, Any]:
    """Returns the open_clip configuration with the text tower's folder in the cache filled in.

    Raises:
        EngineError: The base weights are not in the cache.
    """
    raw = (Path(str(files("fashionm3.index"))) / "nano_open_clip.json").read_text(encoding="utf-8")
    config: dict[str, Any] = json.loads(raw)
    text = str(base_path(TEXT_BASE))
    config["model_cfg"]["text_cfg"].update(hf_model_name=text, hf_tokenizer_name=text)
    return config


def build_base(config: dict[str, Any]) -> "torch.nn.Module":
    """Builds the open_clip model in float32 with base weights and untrained heads.

    Raises:
        EngineError: The base weights are not in the cache.
    """
    declare_missing_ops()
    from open_clip.model import CustomTextCLIP
    from safetensors.torch import load_file

    model: torch.nn.Module = CustomTextCLIP(**config["model_cfg"])
    image = load_file(base_path(IMAGE_BASE) / "model.safetensors")
    trunk = {key: value for key, value in image.items() if not key.startswith("classifier.")}
    model.get_submodule("visual.trunk").load_state_dict(trunk)
    text = load_file(base_path(TEXT_BASE) / "model.safetensors")
    kept = {key: value for key, value in text.items() if not key.startswith("pooler.")}
    found = model.get_submodule("text.transformer").load_state_dict(kept, strict=False)
    absent = [key for key in found.missing_keys if "position_ids" not in key]
    if absent:
        raise EngineError(
            f"base weights {TEXT_BASE} lack {absent[0]}: run `fashionm3 models fetch` again"
        )
    return model.eval()


def build_nano(folder: Path | None = None) -> "torch.nn.Module":
    """Builds the open_clip model in float32 with base and trained weights.

    Args:
        folder: Holds ``model.safetensors``; the installed one by default.

    Raises:
        EngineError: Weights are missing or don't fit.
    """
    from safetensors.torch import load_file

    weights = (trained_path("encoder") if folder is None else folder) / "model.safetensors"
    model = build_base(read_config())
    tuned = {key: value.float() for key, value in load_file(weights).items()}
    expected = set(tuned_keys(model))
    if set(tuned) != expected:
        odd = sorted(set(tuned) ^ expected)
        raise EngineError(
            f"{weights} does not fit this version ({len(odd)} names differ, e.g. {odd[0]}): "
            "install fashionm3 again or run `fashionm3 train encoder`"
        )
    model.load_state_dict(tuned, strict=False)
    return model


def tuned_keys(model: "torch.nn.Module") -> list[str]:
    """Returns the names in the state dict that training changes and the package ships."""
    n_layers = len(list(model.get_submodule("text.transformer.encoder.layer").children()))
    stages = len(list(model.get_submodule("visual.trunk.blocks").children()))
    heads = ("visual.head.", "text.proj.", "visual.trunk.conv_head.", "visual.trunk.bn2.")
    tail = tuple(f"visual.trunk.blocks.{i}." for i in range(FIRST_TUNED_STAGE, stages))
    layers = tuple(f"{_TEXT}encoder.layer.{i}." for i in range(n_layers - N_TUNED_LAYERS, n_layers))
    prefixes = (*heads, *tail, *layers)
    return [
        key
        for key in model.state_dict()
        if key.startswith(prefixes) and not key.endswith("num_batches_tracked")
    ]


def read_transform(preprocess: dict[str, Any]) -> "Transform":
    """Returns open_clip's inference transform for a ``preprocess_cfg``."""
    declare_missing_ops()
    from open_clip.transform import PreprocessCfg, image_transform_v2

    transform: Transform = image_transform_v2(PreprocessCfg(**preprocess), is_train=False)
    return transform


def read_tokenizer(config: dict[str, Any]) -> "Callable[..., torch.Tensor]":
    """Returns the tokenizer of the text tower; called with texts it gives ``(n, t) int64``."""
    declare_missing_ops()
    from open_clip.tokenizer import HFTokenizer

    text = config["model_cfg"]["text_cfg"]
    tokenizer: Callable[..., torch.Tensor] = HFTokenizer(
        text["hf_tokenizer_name"], context_length=text["context_length"]
    )
    return tokenizer
