import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

import fashionm3.cli.models as models
import fashionm3.weights.base as base_module
from fashionm3.cli.models import app


@pytest.fixture
def shop(toy, tmp_path, monkeypatch):
    """The command line with the toy as its only base weights and an empty cache."""
    monkeypatch.setenv("FASHIONM3_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(models, "BASE", (toy,))
    monkeypatch.setattr(models, "chosen", lambda names: base_module.chosen(names, (toy,)))

    def fetch(names, progress=None):
        return base_module.fetch(names, progress=progress, base=(toy,))

    monkeypatch.setattr(models, "fetch", fetch)
    return tmp_path / "cache"


def invoke(*words):
    return CliRunner().invoke(app, list(words), catch_exceptions=False)


def test_fetch_brings_and_shows_where(shop):
    result = invoke("fetch")
    assert result.exit_code == 0
    assert str(shop / "base" / "toy-1.0") in result.stdout
    assert "ready" in result.stdout
    assert "ready" in result.stderr


def test_fetch_in_json_prints_json_alone(shop):
    result = invoke("fetch", "--only", "toy", "--json")
    assert json.loads(result.output)["models"][0]["state"] == "ready"


def test_list_says_what_is_missing_and_how_to_bring_it(shop):
    result = invoke("list")
    assert "missing" in result.stdout
    assert "fashionm3 models fetch" in result.stderr
    rows = json.loads(invoke("list", "--json").output)["models"]
    assert [(row["name"], row["state"], row["licence"]) for row in rows] == [
        ("toy", "missing", "Apache-2.0")
    ]


def test_an_unknown_model_ends_in_one_line_that_lists_the_known_ones(shop):
    result = invoke("fetch", "--only", "tyo")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == 'error: no base weights "tyo": expected one of toy\n'


@pytest.mark.parametrize("command", ["fetch", "list"])
def test_help_shows_an_example(command):
    assert f"fashionm3 models {command}" in invoke(command, "--help").output


def test_a_fetch_of_what_is_ready_loads_nothing_heavy(shop):
    invoke("fetch")
    code = (
        "import sys, fashionm3.weights.base, fashionm3.cli.models\n"
        "heavy = {'torch', 'transformers', 'timm', 'safetensors', 'rich.progress'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
