"""Settings: defaults, one TOML file, clear faults."""

import pytest

from fashionm3.config import Settings
from fashionm3.errors import UsageError


def test_defaults_need_no_file(monkeypatch):
    monkeypatch.delenv("FASHIONM3_CONFIG", raising=False)
    assert Settings.load().planner.name == "nano"


def test_a_file_is_read_and_its_paths_are_relative_to_it(tmp_path):
    file = tmp_path / "house.toml"
    file.write_text('data = "threads"\n[catalog]\npath = "shop"\n[planner]\nname = "scripted"\n')
    settings = Settings.load(file)
    assert settings.catalog.path == tmp_path / "shop"
    assert settings.data == tmp_path / "threads"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[planner", "is not TOML"),
        ("colour = 1", "colour: extra inputs"),
        ("[tools]\ntimeout = -1", "tools.timeout: input should be greater than 0"),
        ('[threads]\nwhen_busy = "explode"', "threads.when_busy"),
    ],
)
def test_a_wrong_file_is_one_clear_line(tmp_path, text, said):
    file = tmp_path / "house.toml"
    file.write_text(text)
    with pytest.raises(UsageError, match=said) as caught:
        Settings.load(file)
    assert "\n" not in str(caught.value).strip()


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UsageError, match="does not exist"):
        Settings.load(tmp_path / "nowhere.toml")
