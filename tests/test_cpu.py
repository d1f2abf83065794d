"""The number format follows what the processor has instructions for."""

import pytest
import torch

from fashionm3 import cpu


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({"avx2": True}, "fp32"),
        ({"avx512_f": True, "avx512_bf16": False}, "fp32"),
        ({"avx512_bf16": True}, "bf16"),
        ({"amx_bf16": True}, "bf16"),
        ({}, "fp32"),
    ],
)
def test_bf16_is_chosen_where_there_are_instructions_for_it(monkeypatch, found, expected):
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: found)
    cpu.quick_format.cache_clear()
    try:
        assert cpu.quick_format() == expected
        assert cpu.quick_dtype() == {"bf16": torch.bfloat16, "fp32": torch.float32}[expected]
    finally:
        cpu.quick_format.cache_clear()
