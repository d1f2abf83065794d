import pytest

from fashionm3.errors import EngineError, UsageError
from fashionm3.weights.trained import trained_path


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "planner"
    folder.mkdir()
    (folder / "adapter.safetensors").write_bytes(b"\0")
    return tmp_path


def test_a_part_is_found_by_its_name(root):
    assert trained_path("planner", root) == root / "planner"


def test_a_missing_part_is_named_beside_those_that_are_there(root):
    with pytest.raises(EngineError, match=r'"generator".*there are: planner'):
        trained_path("generator", root)


def test_a_folder_without_weights_does_not_count(root):
    (root / "planner" / "adapter.safetensors").unlink()
    with pytest.raises(EngineError, match="there are: none"):
        trained_path("planner", root)


@pytest.mark.parametrize("part", ["../planner", "", "a/b", "/planner"])
def test_a_name_that_leaves_the_folder_is_a_usage_error(root, part):
    with pytest.raises(UsageError, match="plain name"):
        trained_path(part, root)
