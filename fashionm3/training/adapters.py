"""Adapters as PEFT writes them, made fit to ship."""

import json
from copy import copy
from pathlib import Path
from typing import Any

from fashionm3.errors import InputError

ADAPTER = "adapter_model.safetensors"


def write_adapter(model: Any, folder: Path, without: str | None = None) -> None:  # noqa: ANN401
    """Writes the adapter of a model in PEFT's layout, in bf16.

    Args:
        model: A ``PeftModel``.
        folder: Where to; made if missing.
        without: Names with this in them are left out: modules that are saved apart.
    """
    import torch
    from peft import get_peft_model_state_dict
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    state = {
        name: value.to(torch.bfloat16).contiguous()
        for name, value in get_peft_model_state_dict(model).items()
        if without is None or without not in name
    }
    save_file(state, folder / ADAPTER, metadata={"format": "pt"})
    config = copy(model.peft_config["default"])
    config.modules_to_save, config.inference_mode = None, True
    config.save_pretrained(str(folder))
    tidy(folder)


def average(folder: Path, start: Path, share: float) -> None:
    """Averages an adapter's weights with those that it started from, in place.

    What was learned before is lost less than by the new weights alone (Wortsman et al., "Robust
    fine-tuning of zero-shot models", 2022).

    Args:
        folder: The trained adapter.
        start: What its training started from.
        share: Of the trained weights, 0..1.

    Raises:
        InputError: The two have different weights.
    """
    from safetensors.torch import load_file, save_file

    for file in sorted(folder.glob("*.safetensors")):
        new, old = load_file(file), load_file(start / file.name)
        if {k: v.shape for k, v in new.items()} != {k: v.shape for k, v in old.items()}:
            raise InputError(f"{file} and {start / file.name} can't be averaged: other weights")
        mixed = {
            name: old[name].float().lerp(value.float(), share).to(value.dtype).contiguous()
            for name, value in new.items()
        }
        save_file(mixed, file, metadata={"format": "pt"})
        file.chmod(0o644)


def tidy(folder: Path) -> None:
    """Takes this machine's path and PEFT's empty card template out of an adapter's folder."""
    config_file = folder / "adapter_config.json"
    config = json.loads(config_file.read_text(encoding="utf-8"))
    config["base_model_name_or_path"] = Path(config.get("base_model_name_or_path") or "base").name
    config["target_modules"] = sorted(config.get("target_modules") or [])
    config_file.write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    (folder / "README.md").unlink(missing_ok=True)
    (folder / ADAPTER).chmod(0o644)
