import _ctypes
import subprocess
import sys

import pytest

DECLARED = """
from fashionm3.torchvision_ops import declare_missing_ops
declare_missing_ops()
declare_missing_ops()
import torch
print([hasattr(torch.ops.torchvision, name) for name in ("nms", "qnms")])
"""


def run(code, path=None):
    code = f"import sys; sys.path.insert(0, {str(path)!r})\n{code}" if path else code
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def torchvision(tmp_path):
    """A torchvision that has no more than the file that is its compiled part."""
    folder = tmp_path / "torchvision"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    return folder


def test_the_libraries_that_stand_on_torchvision_import():
    code = """
import warnings
warnings.simplefilter("error")
from fashionm3.torchvision_ops import declare_missing_ops
declare_missing_ops()
import torchvision, open_clip, timm, transformers, peft
from transformers import AutoImageProcessor, FastVlmForConditionalGeneration
declare_missing_ops()
import torch
from torchvision import ops
print(ops.box_iou(torch.tensor([[0., 0, 2, 2]]), torch.tensor([[1., 1, 2, 2]])).item())
"""
    assert run(code) == "0.25"


def test_a_compiled_part_that_does_not_load_gets_its_schemas_declared(torchvision):
    (torchvision / "_C.so").write_text("no library")
    assert run(DECLARED, torchvision.parent) == "[True, True]"


def test_nothing_is_declared_where_the_compiled_part_loads(torchvision):
    library = getattr(_ctypes, "__file__", None)
    if library is None or not library.endswith(".so"):
        pytest.skip("no small library to stand in for the compiled part")
    (torchvision / "_C.so").symlink_to(library)
    assert run(DECLARED, torchvision.parent) == "[False, False]"


def test_nothing_is_declared_for_a_torchvision_that_is_already_imported(torchvision):
    code = f"import torchvision\n{DECLARED}"
    assert run(code, torchvision.parent) == "[False, False]"
