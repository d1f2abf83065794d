"""The language model of a planner with its adapter and, where it sees, its projector.

The projector is part of the model that PEFT wraps, so that both are trained, saved and resumed
together. Pictures come as what the frozen eye measured (`fashionm3.training.pictures`).
"""

import json
import warnings
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file

from fashionm3.agent.bars import no_bar
from fashionm3.agent.form import IMAGE_TOKEN
from fashionm3.cpu import quick_dtype
from fashionm3.errors import EngineError
from fashionm3.torchvision_ops import declare_missing_ops
from fashionm3.training.adapters import ADAPTER, write_adapter
from fashionm3.training.looking import Looking

declare_missing_ops()
from peft import (  # noqa: E402
    LoraConfig,
    PeftModel,
    get_peft_model,
    get_peft_model_state_dict,
    set_peft_model_state_dict,
)
from transformers import AutoModelForCausalLM  # noqa: E402

NOISE = 0.1
"""Dropout in the projector while it is trained with the adapter."""

PROJECTOR = "projector.safetensors"
_SEEING = "looking"
_LAYERS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def planner_model(
    base: Path, rank: int, looking: Looking | None = None, start: Path | None = None
) -> PeftModel:
    """Returns a base model with a LoRA adapter in fp32 that can be trained.

    Args:
        base: Folder of a causal language model of transformers.
        rank: LoRA rank on all linear layers, alpha is twice the rank; that of ``start`` where it is
            given.
        looking: An aligned projector; without it the model does not see.
        start: Adapter in PEFT's layout to go on from.

    Raises:
        EngineError: The base or the adapter can't be read, or they don't fit each other.
    """
    dtype = torch.bfloat16 if torch.cuda.is_available() else quick_dtype()
    with warnings.catch_warnings(), no_bar():
        warnings.simplefilter("ignore", FutureWarning)  # peft asks transformers by old names
        return _adapted(base, rank, looking, start, dtype)


def _adapted(
    base: Path, rank: int, looking: Looking | None, start: Path | None, dtype: torch.dtype
) -> PeftModel:
    try:
        causal: Any = AutoModelForCausalLM.from_pretrained(base, dtype=dtype)
        if start is not None:
            rank = int(json.loads((start / "adapter_config.json").read_text("utf-8"))["r"])
        if looking is not None:
            causal.looking = looking
            causal.base_model.register_forward_pre_hook(_see_with(causal), with_kwargs=True)
        model = get_peft_model(causal, _config(rank, looking is not None))
        if start is not None:
            fresh = get_peft_model_state_dict(model)
            set_peft_model_state_dict(model, {**fresh, **load_file(start / ADAPTER)})
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        reason = str(error).strip().splitlines()[0][:200]
        raise EngineError(f"the planner's weights can't be loaded: {reason}") from error
    assert isinstance(model, PeftModel)
    return model


def _config(rank: int, sees: bool) -> LoraConfig:
    return LoraConfig(
        r=rank,
        lora_alpha=2 * rank,
        target_modules=_LAYERS,
        modules_to_save=[_SEEING] if sees else None,
        task_type="CAUSAL_LM",
    )


def _see_with(causal: Any) -> Any:  # noqa: ANN401
    """Returns a hook that puts what pictures look like where their image tokens stand."""

    def put(body: Any, args: Any, kwargs: dict[str, Any]) -> tuple[Any, dict[str, Any]]:  # noqa: ANN401
        seen = kwargs.pop("seen", None)
        if seen is None:
            return args, kwargs
        ids = kwargs.pop("input_ids")
        words = body.get_input_embeddings()(ids)
        vectors = causal.looking(seen, NOISE if causal.training else 0.0).to(words.dtype)
        places = (ids == IMAGE_TOKEN).unsqueeze(-1)
        return args, {**kwargs, "inputs_embeds": words.masked_scatter(places, vectors)}

    return put


def export(model: PeftModel, folder: Path) -> None:
    """Writes the adapter in PEFT's layout (bf16), and the projector where there is one.

    Args:
        model: As `planner_model` made it.
        folder: Where to; made if missing.
    """
    write_adapter(model, folder, without=_SEEING)
    config: Any = model.peft_config["default"]
    if config.modules_to_save:
        wrapped: Any = model.get_base_model().looking
        wrapped.modules_to_save["default"].save(folder / PROJECTOR)
