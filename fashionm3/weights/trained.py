"""This project's own trained weights: package data in ``fashionm3/weights/trained/<part>/``.

Each folder holds ``*.safetensors``, the model card ``card.md`` and its facts ``card.json``.
"""

import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from fashionm3.errors import EngineError, UsageError


@dataclass(frozen=True)
class ModelCard:
    """What is known about one part's weights.

    Attributes:
        part: Name of the folder, e.g. ``planner``.
        text: The model card, Markdown.
        facts: ``card.json``: base weights, data, settings, scores, ``prompt_hash``.
    """

    part: str
    text: str
    facts: dict[str, Any]


def trained_path(part: str, root: Path | None = None) -> Path:
    """Returns the folder of one part's weights.

    Args:
        part: ``planner``, ``encoder``, ``generator``, ``outfits`` or another that is shipped.
        root: Folder of all parts; the one in the installed package by default.

    Raises:
        UsageError: The name is not a plain word.
        EngineError: No weights of this part are installed.
    """
    if not part.isidentifier():
        raise UsageError(f'trained weights "{part}": expected a plain name like "planner"')
    parts = Path(str(files("fashionm3.weights"))) / "trained" if root is None else root
    folder = parts / part
    if not any(folder.glob("*.safetensors")):
        shipped = sorted(path.parent.name for path in parts.glob("*/*.safetensors"))
        raise EngineError(
            f'trained weights "{part}" are not in this installation (there are: '
            f"{', '.join(dict.fromkeys(shipped)) or 'none'}): install fashionm3 again or train "
            f"them with `fashionm3 train {part}`"
        )
    return folder


def read_card(part: str, root: Path | None = None) -> ModelCard:
    """Reads the model card of one part.

    Raises:
        UsageError: The name is not a plain word.
        EngineError: The weights or their card are missing, or ``card.json`` can't be read.
    """
    folder = trained_path(part, root)
    try:
        text = (folder / "card.md").read_text(encoding="utf-8")
        facts = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise EngineError(f'trained weights "{part}" have no {Path(error.filename).name}') from None
    except ValueError as error:
        raise EngineError(f'card.json of trained weights "{part}" is not JSON: {error}') from None
    if not isinstance(facts, dict):
        raise EngineError(f'card.json of trained weights "{part}" is not a JSON object')
    return ModelCard(part, text, facts)


def check_prompt_hash(part: str, expected: str, root: Path | None = None) -> None:
    """Checks that weights meet the prompt that they were trained with.

    Args:
        part: Whose card says ``prompt_hash``.
        expected: Hash of the prompt that this process would use, hexadecimal.
        root: Folder of all parts; the one in the installed package by default.

    Raises:
        UsageError: The card says another hash or none.
        EngineError: The weights or their card are missing.
    """
    found = read_card(part, root).facts.get("prompt_hash")
    if found != expected:
        raise UsageError(
            f'trained weights "{part}" were trained with the prompt of hash {found or "unknown"},'
            f" the prompt here has hash {expected}: restore the files of fashionm3/prompts, or "
            f"train the weights again with `fashionm3 train {part}`"
        )
