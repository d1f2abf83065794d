import json

import pytest
from typer.testing import CliRunner

from fashionm3.cli.catalog import app, ensure_sample, sample_shop
from fashionm3.index.catalog import Catalog

TABLE = (
    "id,title,price,color\n1,Wool coat,129.00 EUR,navy\n2,Linen shirt,49.00 EUR,white\n"
    "3,Silk dress,free,red\n"
)


def invoke(*words):
    return CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def shop(tmp_path):
    (tmp_path / "items.csv").write_text(TABLE)
    done = invoke("build", tmp_path / "items.csv", tmp_path / "shop", "--encoder", "none")
    assert done.exit_code == 0
    lines = [line.split() for line in done.stdout.splitlines()]
    assert ["title", "title"] in lines
    assert ["rejected", "1", "price", "without", "number"] in lines
    return tmp_path / "shop"


def test_a_build_says_in_json_what_it_did(tmp_path):
    (tmp_path / "items.csv").write_text(TABLE)
    done = invoke(
        "build", tmp_path / "items.csv", tmp_path / "shop", "--encoder", "none", "--json",
        "--map", "brand=title",
    )  # fmt: skip
    report = json.loads(done.output)
    assert report["rows"] == 2
    assert report["columns"]["brand"] == ["title"]
    assert report["guessed"]["category from words"] == 2
    assert report["rejected"] == {"price without number": 1}


def test_a_fault_is_one_line_on_standard_error_and_status_1(tmp_path):
    done = invoke("build", tmp_path / "nix.csv", tmp_path / "shop", "--encoder", "none")
    assert done.exit_code == 1
    assert done.stdout == ""
    assert done.stderr.startswith("error: source ")
    assert done.stderr.count("\n") == 1
    assert invoke("info", tmp_path / "nix").exit_code == 1


def test_a_missing_source_is_told_before_an_encoder_is_loaded(tmp_path):
    done = invoke("build", tmp_path / "nix.csv", tmp_path / "shop", "--encoder", "no-such-model")
    assert "nix.csv does not exist" in done.stderr


def test_a_map_without_a_sign_is_told(tmp_path):
    done = invoke("build", "a", "b", "--map", "title", "--encoder", "none")
    assert done.exit_code == 1
    assert "expected FIELD=COLUMN" in done.stderr


def test_info_gives_figures(shop):
    assert "outerwear 1, shirt 1" in invoke("info", shop).stdout
    assert json.loads(invoke("info", shop, "--json").output)["rows"] == 2


def test_verify_ends_with_status_1_on_a_fault(shop):
    assert json.loads(invoke("verify", shop, "--json").output)["ok"] is True
    assert invoke("verify", shop).exit_code == 0
    path = shop / "rejected.jsonl"
    path.write_bytes(path.read_bytes().replace(b"free", b"fred"))
    done = invoke("verify", shop)
    assert done.exit_code == 1
    assert "rejected.jsonl" in done.stderr
    assert json.loads(invoke("verify", shop, "--json").output)["ok"] is False
    (shop / "items.parquet").unlink()
    assert json.loads(invoke("verify", shop, "--json").output)["faults"]


def test_search_prints_prices_in_major_units(shop):
    done = invoke("search", shop, "shirt", "--k", "1", "--max", "60", "--json")
    (hit,) = json.loads(done.output)
    assert (hit["item_id"], hit["title"], hit["price"], hit["currency"]) == (
        "2", "Linen shirt", 49.0, "EUR",
    )  # fmt: skip
    assert isinstance(hit["score"], float)


def test_search_obeys_its_filters_and_nothing_found_is_an_answer(shop):
    assert json.loads(invoke("search", shop, "", "--max", "5", "--json").output) == []
    done = invoke("search", shop, "", "--no", "wool")
    assert "Linen shirt" in done.stdout
    assert "Wool coat" not in done.stdout
    assert "1 eligible" in done.stderr


def test_the_sample_is_a_ready_catalogue_that_keeps_its_source(tmp_path):
    done = invoke("sample", tmp_path / "shop", "--n", "3", "--encoder", "none", "--json")
    assert json.loads(done.output)["rows"] == 3
    catalog = Catalog.open(tmp_path / "shop", verify=True)
    assert (tmp_path / "shop" / "source" / "items.jsonl").is_file()
    assert catalog.picture_path(catalog.items([0])[0]).is_file()
    again = invoke("sample", tmp_path / "shop", "--n", "3", "--encoder", "none")
    assert again.exit_code == 1
    assert "already is a catalogue" in again.stderr
    ensure_sample(tmp_path / "shop")
    assert Catalog.open(tmp_path / "shop").generation == 1


def test_a_sample_that_was_killed_is_made_anew(tmp_path, monkeypatch):
    shop = tmp_path / "shop"

    def stop(*_):
        raise KeyboardInterrupt

    for place in ("sample.shop.feed_row", "index.manifest.Manifest.write"):
        with monkeypatch.context() as patch:
            patch.setattr(f"fashionm3.{place}", stop)
            with pytest.raises(KeyboardInterrupt):
                sample_shop(shop, 7, 2, "none", force=False, hidden=True)
        assert not (shop / "manifest.json").exists()
    sample_shop(shop, 7, 2, "none", force=False, hidden=True)
    assert len(Catalog.open(shop, verify=True)) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["shop"]


def test_ensuring_a_sample_draws_it_once(tmp_path, monkeypatch):
    monkeypatch.setattr("fashionm3.cli.catalog._encoder", lambda name: None)
    ensure_sample(tmp_path / "shop", seed=8, n=2)
    first = Catalog.open(tmp_path / "shop", verify=True).manifest
    ensure_sample(tmp_path / "shop", seed=9, n=3)
    assert Catalog.open(tmp_path / "shop").manifest == first
    assert first.rows == 2


@pytest.mark.parametrize("command", ["sample", "build", "info", "verify", "search"])
def test_help_shows_an_example(command):
    assert f"fashionm3 catalog {command}" in invoke(command, "--help").output
