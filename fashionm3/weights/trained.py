"""This project's own trained weights: package data in ``fashionm3/weights/trained/<part>/``.

Each folder holds ``*.safetensors``, the model card ``card.md`` and its facts ``card.json``.
"""

from importlib.resources import files
from pathlib import Path

from fashionm3.errors import EngineError, UsageError


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
