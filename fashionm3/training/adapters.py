"""Adapters as PEFT writes them, made fit to ship."""

import json
from pathlib import Path


def tidy(folder: Path) -> None:
    """Takes this machine's path and PEFT's empty card template out of an adapter's folder."""
    config_file = folder / "adapter_config.json"
    config = json.loads(config_file.read_text(encoding="utf-8"))
    config["base_model_name_or_path"] = Path(config.get("base_model_name_or_path") or "base").name
    config["target_modules"] = sorted(config.get("target_modules") or [])
    config_file.write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    (folder / "README.md").unlink(missing_ok=True)
    (folder / "adapter_model.safetensors").chmod(0o644)
