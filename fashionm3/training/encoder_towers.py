"""The nano encoder's towers, cut where training begins: frozen parts and tuned parts."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import torch
from torch import Tensor, nn

from fashionm3.index.nano import FIRST_TUNED_STAGE, N_TUNED_LAYERS

Map = Callable[[Tensor], Tensor]


def frozen_stages(trunk: nn.Module, first_tuned: int = FIRST_TUNED_STAGE) -> Map:
    """Returns the first stages of a timm EfficientNet as a function, in bfloat16."""
    half: Any = deepcopy(trunk).eval().to(torch.bfloat16)
    half = half.to(memory_format=torch.channels_last)
    stages = half.get_submodule("blocks")[:first_tuned]
    stem, norm = half.get_submodule("conv_stem"), half.get_submodule("bn1")

    def run(pixels: Tensor) -> Tensor:
        with torch.inference_mode():
            out: Tensor = stages(norm(stem(pixels.to(torch.bfloat16))))
            return out.float()

    return run


def tail(trunk: Any, maps: Tensor) -> Tensor:  # noqa: ANN401
    """Runs the tuned stages: ``(b, c, h, w)`` feature maps to ``(b, d)`` pooled features."""
    out = maps
    for stage in trunk.get_submodule("blocks")[FIRST_TUNED_STAGE:]:
        out = stage(out)
    out = trunk.get_submodule("bn2")(trunk.get_submodule("conv_head")(out))
    pooled: Tensor = trunk.forward_head(out, pre_logits=True)
    return pooled


def shortened(tokens: Tensor) -> Tensor:
    """Returns ``(b, t)`` tokens without the columns that are padding (token 0) in every row."""
    return tokens[:, : max(1, int((tokens != 0).sum(1).max()))]


def text_stem(bert: Any, tokens: Tensor) -> Tensor:  # noqa: ANN401
    """Runs embeddings and frozen layers of a BERT: ``(b, t)`` tokens to ``(b, t, d)`` states."""
    with torch.inference_mode():
        states: Tensor = bert.get_submodule("embeddings")(input_ids=tokens)
        mask = attention_bias(tokens)
        layers = bert.get_submodule("encoder.layer")
        for layer in layers[: len(layers) - N_TUNED_LAYERS]:
            states = layer(states, attention_mask=mask)
    return states.clone()


def text_tail(bert: Any, states: Tensor, tokens: Tensor) -> Tensor:  # noqa: ANN401
    """Runs the tuned layers and pools: ``(b, t, d)`` states to ``(b, d)`` means over the words."""
    mask = attention_bias(tokens)
    for layer in bert.get_submodule("encoder.layer")[-N_TUNED_LAYERS:]:
        states = layer(states, attention_mask=mask)
    words = (tokens != 0).unsqueeze(-1).to(states.dtype)
    pooled: Tensor = (states * words).sum(1) / words.sum(1)
    return pooled


def attention_bias(tokens: Tensor) -> Tensor:
    """Returns ``(b, 1, 1, t)``: 0 where a word is, a large negative number on padding (token 0)."""
    return (tokens == 0).float().mul(-1e9)[:, None, None, :]
