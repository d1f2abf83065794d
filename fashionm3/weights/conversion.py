"""Converts what the packages hold into folders that transformers and timm load directly."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from fashionm3.errors import EngineError
from fashionm3.torchvision_ops import declare_missing_ops

if TYPE_CHECKING:
    from transformers import LlamaConfig, PreTrainedTokenizerBase

_GGUF = "model.gguf"


def convert_llama(raw: Path, ready: Path) -> None:
    """Turns ``model.gguf`` into an ordinary transformers folder: bf16, tied, with its tokenizer.

    A model read from GGUF refuses ``save_pretrained``, so its weights move into a fresh one.

    Args:
        raw: Folder with ``model.gguf``.
        ready: Empty folder to write to.
    """
    declare_missing_ops()
    import torch
    from transformers import AutoModelForCausalLM, LlamaForCausalLM

    with _quiet_transformers():
        tokenizer = _tokenizer(raw)
        source = AutoModelForCausalLM.from_pretrained(
            raw, gguf_file=_GGUF, dtype=torch.float32, local_files_only=True
        )
        config = cast("LlamaConfig", source.config)
        del config.quantization_config
        config.dtype = torch.bfloat16
        config.bos_token_id, config.eos_token_id = tokenizer.bos_token_id, tokenizer.eos_token_id
        weights = {name: value.bfloat16() for name, value in source.state_dict().items()}
        generation = source.generation_config
        del source
        with torch.device("meta"):
            model = LlamaForCausalLM(config)
        model.load_state_dict(weights, assign=True)
        model.tie_weights()
        generation.do_sample = False
        model.generation_config = generation
        model.save_pretrained(ready)
        tokenizer.save_pretrained(ready)


def convert_timm(file: Path, architecture: str, ready: Path) -> None:
    """Gives an EfficientNet-Lite checkpoint the names of timm's model, by position.

    Args:
        file: State dict saved by torch; read with ``weights_only=True``.
        architecture: timm's name, e.g. ``tf_efficientnet_lite0``.
        ready: Empty folder; ``timm.create_model("local-dir:<folder>", pretrained=True)`` loads it.

    Raises:
        EngineError: The checkpoint has other tensors than timm's model.
    """
    declare_missing_ops()
    import timm
    import torch
    from safetensors.torch import save_file

    source = torch.load(file, map_location="cpu", weights_only=True)
    with torch.device("meta"):
        model = timm.create_model(architecture, pretrained=False)
    names = model.state_dict()
    shapes = [tuple(value.shape) for value in source.values()]
    if shapes != [tuple(value.shape) for value in names.values()]:
        raise EngineError(f"{file.name} does not hold the tensors of timm's {architecture}")
    weights = {name: value.contiguous() for name, value in zip(names, source.values(), strict=True)}
    save_file(weights, ready / "model.safetensors", {"format": "pt"})
    (ready / "config.json").write_text(json.dumps(_timm_config(model), indent=1), encoding="utf-8")


def _timm_config(model: Any) -> dict[str, Any]:  # noqa: ANN401
    """Returns what timm's ``local-dir:`` reads; ``hidden_size`` is the width of the last map."""
    kept = ("input_size", "interpolation", "crop_pct", "mean", "std", "first_conv", "classifier")
    settings = {key: model.pretrained_cfg[key] for key in kept}
    return {
        "architecture": model.pretrained_cfg["architecture"],
        "num_classes": model.num_classes,
        "num_features": model.num_features,
        "pretrained_cfg": {**settings, "num_classes": model.num_classes, "license": "apache-2.0"},
    }


def _tokenizer(raw: Path) -> "PreTrainedTokenizerBase":
    """Reads the tokenizer from GGUF and puts back the split of digits that the reader drops."""
    from tokenizers import pre_tokenizers
    from transformers import AutoConfig, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(raw, gguf_file=_GGUF, local_files_only=True)
    config = AutoConfig.from_pretrained(raw, gguf_file=_GGUF, local_files_only=True)
    tokenizer.backend_tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True),
        ]
    )
    tokenizer.model_max_length = config.max_position_embeddings
    return tokenizer


@contextmanager
def _quiet_transformers() -> Iterator[None]:
    """Keeps transformers' own bars out of ours; its GGUF reader asks no setting about its bar."""
    from transformers import modeling_gguf_pytorch_utils
    from transformers.utils import logging as untyped

    logging: Any = untyped
    reader: Any = modeling_gguf_pytorch_utils
    shown, level, bar = logging.is_progress_bar_enabled(), logging.get_verbosity(), reader.tqdm
    logging.disable_progress_bar()
    logging.set_verbosity_error()
    reader.tqdm = partial(bar, disable=True)
    try:
        yield
    finally:
        reader.tqdm = bar
        logging.set_verbosity(level)
        if shown:
            logging.enable_progress_bar()
