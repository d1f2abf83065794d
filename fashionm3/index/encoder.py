"""Encodes pictures and words into one space with an open_clip model."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from fashionm3.config import EncoderSettings
from fashionm3.cpu import quick_dtype
from fashionm3.errors import EngineError, UsageError
from fashionm3.torchvision_ops import declare_missing_ops

if TYPE_CHECKING:
    import torch
    from PIL.Image import Image

Vectors = NDArray[np.float32]
BATCH = 32
TEXTS_KEPT = 4096
"""Encoded texts that are remembered; a conversation asks for the same ones again."""


class Encoder(Protocol):
    """Encodes pictures and words; rows are L2-normalised."""

    id: str
    dim: int

    def encode_images(self, images: Sequence["Image"]) -> Vectors:
        """Returns ``(n, d) float32`` for RGB pictures."""

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        """Returns ``(n, d) float32`` for texts."""


class OpenClipEncoder:
    """Any open_clip model as an `Encoder`; safe to share between threads.

    Args:
        model: An open_clip model.
        transform: Picture to ``(3, h, w)`` tensor.
        tokenizer: Texts to ``(n, t)`` token ids.
        precision: ``bf16``, ``fp32``, or ``auto``: the one that this processor computes quickly.
    """

    def __init__(
        self,
        model: "torch.nn.Module",
        transform: Callable[["Image"], "torch.Tensor"],
        tokenizer: Callable[[list[str]], "torch.Tensor"],
        precision: str = "auto",
    ) -> None:
        import torch

        formats = {"auto": quick_dtype(), "bf16": torch.bfloat16, "fp32": torch.float32}
        if precision not in formats:
            raise UsageError(f"precision {precision!r}: expected auto, bf16 or fp32")
        self.id, self._dtype = weights_id(model), formats[precision]
        ready: Any = model.eval().to(self._dtype)
        self._model = ready.to(memory_format=torch.channels_last)
        self._transform, self._tokenizer = transform, tokenizer
        self._lock = threading.Lock()
        self._texts: OrderedDict[str, Vectors] = OrderedDict()
        with torch.inference_mode():
            self.dim = int(self._model.encode_text(tokenizer(["shoes"])).shape[-1])

    def encode_images(self, images: Sequence["Image"]) -> Vectors:
        """Returns ``(n, d) float32``, L2-normalised, in batches of 32."""
        import torch

        rows = [np.zeros((0, self.dim), np.float32)]
        for batch in _batches(list(images)):
            pixels = torch.stack([self._transform(image.convert("RGB")) for image in batch])
            pixels = pixels.to(self._dtype).contiguous(memory_format=torch.channels_last)
            with self._lock, torch.inference_mode():
                rows.append(_unit(self._model.encode_image(pixels)))
        return np.concatenate(rows)

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        """Returns ``(n, d) float32``, L2-normalised; known texts are remembered."""
        with self._lock:
            fresh = [text for text in dict.fromkeys(texts) if text not in self._texts]
            for batch in _batches(fresh):
                for text, row in zip(batch, self._encoded(batch), strict=True):
                    self._texts[text] = row
            rows = [self._texts[text] for text in texts]
            for text in texts:
                self._texts.move_to_end(text)
            while len(self._texts) > TEXTS_KEPT:
                self._texts.popitem(last=False)
        return np.stack(rows) if rows else np.zeros((0, self.dim), np.float32)

    def _encoded(self, texts: list[str]) -> Vectors:
        import torch

        with torch.inference_mode():
            return _unit(self._model.encode_text(self._tokenizer(texts)))


def _unit(rows: "torch.Tensor") -> Vectors:
    from torch.nn.functional import normalize

    unit: Vectors = normalize(rows.float(), dim=-1).numpy()
    return unit


def _batches(entries: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(entries), BATCH):
        yield entries[start : start + BATCH]


def weights_id(model: "torch.nn.Module") -> str:
    """Returns a short hash of a model's weights: catalogues say which encoder made them."""
    digest = hashlib.sha256()
    for name, value in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(value.detach().float().contiguous().numpy().tobytes())
    return digest.hexdigest()[:16]


def load_encoder(settings: EncoderSettings) -> OpenClipEncoder:
    """Loads the encoder that settings name, once a process.

    Args:
        settings: ``nano``, an open_clip name with its tag, ``hf-hub:...`` or ``local-dir:...``.

    Raises:
        UsageError: open_clip knows no such model or tag.
        EngineError: Weights are missing or don't fit.
    """
    with _loading:
        return _load(settings.name, settings.pretrained)


_loading = threading.Lock()


@cache
def _load(name: str, pretrained: str | None) -> OpenClipEncoder:
    declare_missing_ops()
    if name == "nano":
        return _load_nano()
    import open_clip

    _check_weights_named(name, pretrained)
    try:
        model, transform = open_clip.create_model_from_pretrained(name, pretrained=pretrained)
        return OpenClipEncoder(model, transform, open_clip.get_tokenizer(name))
    except OSError as error:
        raise EngineError(f"encoder {name!r} can't be loaded: {error}; {_KNOWN}") from None
    except (RuntimeError, KeyError, ValueError, TypeError) as error:
        raise UsageError(f"encoder {name!r} can't be made: {error}; {_KNOWN}") from None


_KNOWN = "expected nano, an open_clip name with its tag, hf-hub:OWNER/MODEL or local-dir:PATH"


def _check_weights_named(name: str, pretrained: str | None) -> None:
    """Without a tag open_clip would hand out random weights for a plain name."""
    import open_clip

    if pretrained or ":" in name:
        return
    tags = open_clip.list_pretrained_tags_by_model(name)
    if not tags:
        raise UsageError(f"encoder {name!r} is not known here; {_KNOWN}")
    raise UsageError(
        f"encoder {name!r} needs a tag of pretrained weights: set `pretrained` to one of "
        f"{', '.join(tags)}"
    )


def _load_nano() -> OpenClipEncoder:
    from fashionm3.index.nano import build_nano, read_config, read_tokenizer, read_transform

    model = build_nano()
    config = read_config()
    return OpenClipEncoder(model, read_transform(config["preprocess_cfg"]), read_tokenizer(config))
