"""Runs `transformers serve` in a process of its own, also next to a CPU-only torch.

There torchvision's compiled part does not load: two operators are declared as the package does, and
pictures are decoded with Pillow.
"""

import importlib

from fashionm3.torchvision_ops import declare_missing_ops


def main() -> None:
    declare_missing_ops()
    backends = importlib.import_module("transformers.image_processing_backends")
    from transformers.cli.transformers import main as transformers
    from transformers.image_utils import load_image

    backends.load_image_as_tensor = load_image
    transformers()


if __name__ == "__main__":
    main()
