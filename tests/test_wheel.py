"""The wheel: what is installed runs a round, without this checkout on the path."""

import json
import os
import subprocess
import sys
import textwrap
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROUND = textwrap.dedent(
    """
    import json, sys, fashionm3
    from fashionm3 import Assistant, Settings

    shop, data = sys.argv[1], sys.argv[2]
    script = {"navy trousers": [{"tool": "search", "args": {"category": "pants", "color": "navy"}}]}
    settings = Settings.parse(
        {
            "catalog": {"path": shop},
            "data": data,
            "planner": {"name": "scripted", "options": {"script": script}},
        }
    )
    answer = Assistant.open(settings).say("navy trousers")
    print(json.dumps([fashionm3.__file__, [card.title for card in answer.cards]]))
    """
)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def small_shop(tmp_path_factory):
    from fashionm3.index.build import build

    folder = tmp_path_factory.mktemp("shop")
    rows = "id,title,price,color\n1,Navy trousers,49.90 EUR,navy\n2,Red dress,59.90 EUR,red\n"
    (folder / "feed.csv").write_text(rows)
    build(folder / "feed.csv", folder / "shop")
    return folder / "shop"


def play(python: str, path: str, shop: Path, folder: Path) -> list:
    environment = {**os.environ, "PYTHONPATH": path}
    command = [python, "-c", ROUND, str(shop), str(folder / "data")]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_wheel_holds_package_data_and_nothing_foreign(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert tops == {"fashionm3", next(t for t in tops if t.endswith(".dist-info"))}
    for part in ("prompts/planner/rules.jinja", "prompts/replies/en/found.jinja", "py.typed"):
        assert f"fashionm3/{part}" in names
    assert any(name.startswith("fashionm3/training/phrases/") for name in names)


def test_the_wheel_runs_a_round_beside_the_installed_packages(wheel, small_shop, tmp_path):
    target = tmp_path / "site"
    install = ["install", "--quiet", "--no-deps", "--no-index", "--target", str(target), str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", *install], check=True, capture_output=True)
    file, titles = play(sys.executable, str(target), small_shop, tmp_path)
    assert Path(file).is_relative_to(target)
    assert titles == ["Navy trousers"]


@pytest.mark.slow
def test_the_wheel_runs_a_round_in_an_empty_environment(wheel, small_shop, tmp_path):
    venv.create(tmp_path / "venv", with_pip=True)
    python = str(tmp_path / "venv" / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", str(wheel)], check=True)
    _, titles = play(python, "", small_shop, tmp_path)
    assert titles == ["Navy trousers"]
