import json
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from small_feed import Encoder, jpeg, tree
from small_shop import LEXICON

import fashionm3.index.build as building
from fashionm3.errors import EngineError, InputError
from fashionm3.index.build import build
from fashionm3.index.catalog import Catalog


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "feed"
    (folder / "images").mkdir(parents=True)
    lines = []
    for n in range(30):
        (folder / "images" / f"{n}.jpg").write_bytes(jpeg(f"#{n * 8:02x}40c0"))
        price = "free" if n % 7 == 3 else f"{n}.50 EUR"
        row = {"id": f"{n:03}", "title": f"Tee & co {n % 5} &amp;", "price": price,
               "image": f"images/{n}.jpg"}  # fmt: skip
        lines.append(json.dumps(row) + "\n")
    (folder / "items.jsonl").write_text("".join(lines))
    return folder / "items.jsonl"


def test_the_same_source_gives_the_same_bytes(source, tmp_path):
    for name in ("a", "b"):
        build(source, tmp_path / name, encoder=Encoder(), lexicon=LEXICON)
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


def test_a_build_that_fails_on_the_way_goes_on_and_gives_the_same_bytes(
    source, tmp_path, monkeypatch
):
    monkeypatch.setattr(building, "ROWS", 4)
    build(source, tmp_path / "whole", encoder=Encoder(), lexicon=LEXICON)

    def stop(done, total):
        if done == 12:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(source, tmp_path / "shop", encoder=Encoder(), lexicon=LEXICON, progress=stop)
    assert not (tmp_path / "shop").exists()
    seen = []
    report = build(
        source, tmp_path / "shop", encoder=Encoder(), lexicon=LEXICON,
        progress=lambda done, total: seen.append((done, total)),
    )  # fmt: skip
    assert report.n_resumed == 12
    assert seen[0] == (16, 30)
    assert tree(tmp_path / "shop") == tree(tmp_path / "whole")
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_another_source_or_option_starts_anew(source, tmp_path, monkeypatch):
    monkeypatch.setattr(building, "ROWS", 4)

    def stop(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(source, tmp_path / "shop", lexicon=LEXICON, progress=stop)
    report = build(source, tmp_path / "shop", lexicon=LEXICON, currency="GBP")
    assert report.n_resumed == 0
    assert report.currency == "GBP"


def killed_at(place, source, out):
    script = Path(__file__).with_name("killed_builder.py")
    words = [sys.executable, str(script), str(source), str(out), str(place)]
    return subprocess.run(words, check=False, capture_output=True, text=True)


def test_a_process_killed_at_any_write_is_resumed_to_the_same_bytes(source, tmp_path, monkeypatch):
    monkeypatch.setattr(building, "ROWS", 4)
    n_writes = int(killed_at(0, source, tmp_path / "whole").stdout)
    for place in (n_writes // 10, n_writes * 4 // 10, "os.link:", "open:items.parquet"):
        shop = tmp_path / str(place) / "shop"
        assert killed_at(place, source, shop).returncode == 9
        assert not (shop / "manifest.json").exists()
        build(source, shop, lexicon=LEXICON)
        assert tree(shop) == tree(tmp_path / "whole")
        assert {path.name for path in shop.parent.iterdir()} == {"shop", "shop-first"}


def test_a_kill_after_the_commit_leaves_a_sound_catalogue(source, tmp_path):
    shop = tmp_path / "shop"
    assert killed_at("os.remove:batch-", source, shop).returncode == 9
    Catalog.open(shop, verify=True)
    assert not (tmp_path / ".shop.building" / "state.json").exists()
    report = build(source, shop, lexicon=LEXICON, force=True)
    assert (report.generation, report.n_resumed) == (2, 0)
    Catalog.open(shop, verify=True)
    assert not (tmp_path / ".shop.building").exists()


def test_removed_leftovers_of_a_kill_are_made_again(source, tmp_path, monkeypatch):
    monkeypatch.setattr(building, "ROWS", 4)
    shop = tmp_path / "shop"
    assert killed_at("open:manifest.json", source, shop).returncode == 9
    shutil.rmtree(shop)
    assert build(source, shop, lexicon=LEXICON).n_resumed == 30
    assert tree(shop) == tree(tmp_path / "shop-first")


def test_a_taken_place_is_refused_and_force_makes_a_new_generation(source, tmp_path):
    shop = tmp_path / "shop"
    build(source, shop, lexicon=LEXICON)
    old = Catalog.open(shop)
    with pytest.raises(InputError, match="already is a catalogue: --force"):
        build(source, shop, lexicon=LEXICON)
    report = build(source, shop, lexicon=LEXICON, force=True)
    assert report.generation == 2
    new = Catalog.open(shop, verify=True)
    assert new.manifest.files["items"].name == "items-2.parquet"
    assert new.manifest.digest == old.manifest.digest
    assert old.item("000") == new.item("000")
    build(source, shop, lexicon=LEXICON, force=True)
    assert not (shop / "items.parquet").exists()
    assert (shop / "items-2.parquet").exists()


def test_a_directory_with_other_things_is_not_touched(source, tmp_path):
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "thesis.txt").write_text("x")
    with pytest.raises(InputError, match="is not empty"):
        build(source, tmp_path / "shop", lexicon=LEXICON)


def test_two_builds_of_one_catalogue_do_not_mix(source, tmp_path):
    with FileLock(tmp_path / ".shop.building.lock"), pytest.raises(InputError, match="another"):
        build(source, tmp_path / "shop", lexicon=LEXICON)


def test_a_full_disk_is_an_engine_error_and_the_build_goes_on_later(source, tmp_path, monkeypatch):
    monkeypatch.setattr(building, "ROWS", 4)
    build(source, tmp_path / "whole", lexicon=LEXICON)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    # Batches fit, the table of all items does not.
    largest = max(path.stat().st_size for path in (tmp_path / "whole").glob("items*"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest - 1, limits[1]))
    try:
        with pytest.raises(EngineError, match="can't write catalogue") as caught:
            build(source, tmp_path / "shop", lexicon=LEXICON)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert "\n" not in str(caught.value)
    assert build(source, tmp_path / "shop", lexicon=LEXICON).n_resumed == 30
    assert tree(tmp_path / "shop") == tree(tmp_path / "whole")
