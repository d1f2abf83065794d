"""Averaging an adapter with what it started from."""

import pytest
import torch
from safetensors.torch import load_file, save_file
from typer.testing import CliRunner

from fashionm3.cli.main import app
from fashionm3.errors import InputError
from fashionm3.training.adapters import ADAPTER, average


def written(folder, value, n=3):
    folder.mkdir()
    save_file({"lora": torch.full((n,), value, dtype=torch.bfloat16)}, folder / ADAPTER)
    return folder


def test_an_average_lies_between_start_and_end(tmp_path):
    start, end = written(tmp_path / "start", 1.0), written(tmp_path / "end", 3.0)
    average(end, start, 0.25)
    mixed = load_file(end / ADAPTER)["lora"]
    assert mixed.dtype == torch.bfloat16
    assert mixed.tolist() == [1.5, 1.5, 1.5]
    assert load_file(start / ADAPTER)["lora"].tolist() == [1.0, 1.0, 1.0]


def test_adapters_of_other_shapes_are_not_averaged(tmp_path):
    start, end = written(tmp_path / "start", 1.0, n=4), written(tmp_path / "end", 3.0)
    with pytest.raises(InputError, match="can't be averaged"):
        average(end, start, 0.5)
    assert load_file(end / ADAPTER)["lora"].tolist() == [3.0, 3.0, 3.0]


def test_an_average_wants_two_adapters():
    said = CliRunner().invoke(app, ["train", "planner", "--average", "0.5"])
    assert said.exit_code == 1
    assert "--average wants --start" in said.output
