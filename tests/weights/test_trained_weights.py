import json

import pytest

from fashionm3.errors import EngineError, UsageError
from fashionm3.weights.trained import check_prompt_hash, read_card, trained_path


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "planner"
    folder.mkdir()
    (folder / "adapter.safetensors").write_bytes(b"\0")
    (folder / "card.md").write_text("# Planner\n")
    (folder / "card.json").write_text(json.dumps({"prompt_hash": "ab" * 32, "rank": 16}))
    return tmp_path


def test_a_part_is_found_with_its_card(root):
    assert trained_path("planner", root) == root / "planner"
    card = read_card("planner", root)
    assert card.text == "# Planner\n"
    assert card.facts["rank"] == 16


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


@pytest.mark.parametrize("name", ["card.md", "card.json"])
def test_a_missing_card_is_an_engine_error(root, name):
    (root / "planner" / name).unlink()
    with pytest.raises(EngineError, match=name):
        read_card("planner", root)


@pytest.mark.parametrize("text", ["{", "[1]"])
def test_a_broken_card_is_an_engine_error(root, text):
    (root / "planner" / "card.json").write_text(text)
    with pytest.raises(EngineError, match=r"card\.json"):
        read_card("planner", root)


def test_the_prompt_that_the_weights_know_passes(root):
    check_prompt_hash("planner", "ab" * 32, root)


def test_another_prompt_is_refused_with_both_hashes_and_what_to_do(root):
    with pytest.raises(UsageError) as caught:
        check_prompt_hash("planner", "cd" * 32, root)
    message = str(caught.value)
    assert "ab" * 32 in message
    assert "cd" * 32 in message
    assert "fashionm3 train planner" in message


def test_a_card_without_a_prompt_hash_is_refused(root):
    (root / "planner" / "card.json").write_text("{}")
    with pytest.raises(UsageError, match="unknown"):
        check_prompt_hash("planner", "ab" * 32, root)
