"""The planner's model: public base weights with this project's adapter, eye and projector.

Loaded once per process.
"""

import json
import threading
import warnings
from pathlib import Path
from typing import Any, Literal

import torch

from fashionm3.agent.bars import no_bar
from fashionm3.agent.decoder import Decoder, read_head
from fashionm3.agent.eight_bits import in_eight_bits
from fashionm3.agent.form import FORM_HASH, prefix
from fashionm3.cpu import quick_dtype, quick_format
from fashionm3.errors import EngineError, UsageError
from fashionm3.weights.base import base_path
from fashionm3.weights.trained import trained_path

Precision = Literal["auto", "int8", "bf16", "fp32"]
_LOADING = threading.Lock()
_LOADED: dict[tuple[str, str, str], Decoder] = {}


def load_decoder(
    adapter: str | Path | None = None,
    base: str | Path | None = None,
    precision: Precision = "auto",
    threads: int = 2,
) -> Decoder:
    """Loads the planner's model, or returns the one that this process has loaded.

    Args:
        adapter: Folder in PEFT's layout with its ``card.json``; the trained one by default.
        base: Folder of the base model; the one in the cache by default.
        precision: ``auto`` (bf16 where the processor has instructions for it, fp32 elsewhere),
            ``int8`` (8-bit weights beside those of ``auto``), ``bf16`` or ``fp32``.
        threads: Of torch, set for the whole process when weights are loaded.

    Raises:
        UsageError: The adapter was trained for another written form, or the precision is unknown.
        EngineError: Weights are missing or can't be read.
    """
    if precision not in ("auto", "int8", "bf16", "fp32"):
        raise UsageError(f"precision {precision!r}: expected auto, int8, bf16 or fp32")
    if precision == "auto":
        precision = quick_format()
    trained = trained_path("planner") if adapter is None else Path(adapter)
    check_form(trained)
    folder = base_path("smollm2") if base is None else Path(base)
    key = (str(folder.resolve()), str(trained.resolve()), precision)
    with _LOADING:
        if key not in _LOADED:
            torch.set_num_threads(threads)
            _LOADED[key] = _decoder(folder, trained, precision)
        return _LOADED[key]


def check_form(adapter: Path) -> None:
    """Checks that an adapter was trained for the written form of this version.

    Raises:
        UsageError: It was not, or its card doesn't say.
        EngineError: There is no adapter in the folder.
    """
    if not (adapter / "adapter_model.safetensors").is_file():
        raise EngineError(f"no adapter_model.safetensors in {adapter}: train or install it again")
    try:
        card = json.loads((adapter / "card.json").read_text(encoding="utf-8"))
        found = card.get("prompt_hash")
    except (OSError, ValueError, AttributeError):
        found = None
    if found != FORM_HASH:
        raise UsageError(
            f"the planner's adapter in {adapter} was trained for the written form "
            f"{found or 'unknown'}, here it is {FORM_HASH}: train it again with "
            "`fashionm3 train planner`"
        )


def _decoder(folder: Path, adapter: Path, precision: Precision) -> Decoder:
    from transformers import AutoModelForImageTextToText, AutoTokenizer

    from fashionm3.agent.vision import assembled

    whole = assembled(folder, adapter)
    tokenizer: Any = AutoTokenizer.from_pretrained(folder)
    dtype = {"bf16": torch.bfloat16, "fp32": torch.float32}.get(precision) or quick_dtype()
    with no_bar():
        model: Any = AutoModelForImageTextToText.from_pretrained(whole, dtype=dtype)
    if precision == "int8":
        in_eight_bits(model)
    model.eval()
    return Decoder(model, tokenizer, {prefix(): read_head(model, tokenizer, prefix())})


def merged(folder: Path, adapter: Path) -> Any:  # noqa: ANN401
    """Returns the base model in fp32 with an adapter added to its weights.

    Raises:
        EngineError: The files can't be read or don't fit each other.
    """
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    try:
        with warnings.catch_warnings(), no_bar():
            # peft asks transformers for an attribute by its old name.
            warnings.simplefilter("ignore", FutureWarning)
            model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
            model = PeftModel.from_pretrained(model, str(adapter)).merge_and_unload()
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        reason = str(error).strip().splitlines()[0][:200]
        raise EngineError(f"the planner's weights can't be loaded: {reason}") from error
    return model.eval()
