"""Declares the two torchvision operators that a CPU-only torch can't load.

torchvision from the package index is compiled for CUDA; next to a CPU-only torch its `_C` does not
load, and its meta registrations then fail on operators that nobody declared. A schema is enough for
them. `ops.nms`, detection models and `torchvision.io` stay unusable there: decode with Pillow.
"""

import sys
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.util import find_spec
from pathlib import Path
from threading import Lock

_SCHEMA = "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"
_NAMES = ("nms", "qnms")
_lock = Lock()


def declare_missing_ops() -> None:
    """Declares `torchvision::nms` and `torchvision::qnms` where torchvision's `_C` does not load.

    Call it before the first import of torchvision, open_clip, timm, peft, diffusers or the vision
    parts of transformers. It can be called again, and does nothing where `_C` loads or where
    torchvision is not installed.
    """
    with _lock:
        if "torchvision" in sys.modules or _compiled_part_loads():
            return
        import torch

        for name in _NAMES:
            if not hasattr(torch.ops.torchvision, name):
                torch.library.define(f"torchvision::{name}", _SCHEMA)


def _compiled_part_loads() -> bool:
    """Tries what torchvision itself tries first; a missing torchvision needs no operators."""
    spec = find_spec("torchvision")
    if spec is None or not spec.submodule_search_locations:
        return True
    import torch

    folders = [Path(folder) for folder in spec.submodule_search_locations]
    for file in (folder / f"_C{end}" for folder in folders for end in EXTENSION_SUFFIXES):
        if file.is_file():
            try:
                torch.ops.load_library(str(file))  # type: ignore[no-untyped-call]
            except OSError:
                continue
            return True
    return False
