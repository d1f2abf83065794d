"""Linear layers that say token by token with 8-bit weights and read whole texts exactly.

A step over one token waits for its weights to come from memory, so that half the bytes save time;
reading a text is bound by arithmetic, where they save none. Weights are rounded per output channel
and activations stay as they are: PyTorch's dynamic quantisation, which rounds activations too,
changed a quarter of the decisions of 97 rounds, where bf16 changed one in twelve and this here one
in eleven, each against fp32.
"""

import torch
from torch import nn
from torch.nn import functional

from fashionm3.cpu import quick_dtype

_FEW = 4
"""Tokens up to which 8-bit weights are the quicker ones."""


class EightBitLinear(nn.Module):
    """A linear layer without bias, in bf16, with an 8-bit copy of its weights.

    Args:
        exact: The layer; its weights are kept and can be shared with other layers.
    """

    rounded: torch.Tensor
    scales: torch.Tensor

    def __init__(self, exact: nn.Linear) -> None:
        super().__init__()
        self.exact = exact
        weight = exact.weight.detach().float()
        scales = weight.abs().amax(1).clamp_min(1e-12) / 127
        self.register_buffer("rounded", (weight / scales[:, None]).round().to(torch.int8))
        self.register_buffer("scales", scales)

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        """Returns the layer's output, ``(..., n_out)``."""
        rows = values.reshape(-1, values.shape[-1])
        if len(rows) > _FEW:
            return functional.linear(values, self.exact.weight)
        out = torch._weight_int8pack_mm(rows, self.rounded, self.scales)
        return out.view(*values.shape[:-1], -1)


def in_eight_bits(model: nn.Module) -> nn.Module:
    """Replaces a model's linear layers in place; the rest is in the format that is quick here."""
    for parent in list(model.modules()):
        for name, child in list(parent.named_children()):
            if type(child) is nn.Linear and child.bias is None:
                setattr(parent, name, EightBitLinear(child))
    return model.to(quick_dtype())
