import hashlib
import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from filelock import FileLock
from PIL import Image
from small_shop import LEXICON, BagOfWords

import fashionm3.index.build as building
from fashionm3.errors import InputError
from fashionm3.index.build import build
from fashionm3.index.catalog import Catalog


class Encoder(BagOfWords):
    """Sees the brightness of a picture."""

    def encode_images(self, images):
        return np.stack([self._encode(f"shade {round(np.asarray(i).mean())}") for i in images])


def jpeg(color="#336699", mode="RGB"):
    buffer = io.BytesIO()
    Image.new("RGB", (24, 32), color).convert(mode).save(buffer, "JPEG")
    return buffer.getvalue()


@pytest.fixture
def make(tmp_path):
    """Builds from the text of a table and gives report and catalogue."""

    def _make(text, name="items.csv", **options):
        source = tmp_path / "source"
        source.mkdir(exist_ok=True)
        (source / name).write_bytes(text.encode() if isinstance(text, str) else text)
        report = build(source / name, tmp_path / "shop", lexicon=LEXICON, **options)
        return report, Catalog.open(tmp_path / "shop", verify=True)

    return _make


def rejected(catalog):
    lines = (catalog.path / "rejected.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def tree(folder):
    files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def test_bad_rows_are_listed_with_line_and_reason_and_never_stop_a_build(make):
    report, catalog = make(
        "id,title,price,availability\n"
        "007,Wool coat,129.00 EUR,in stock\n"
        "007,Wool coat again,129.00 EUR,in stock\n"
        "2,Linen shirt,on request,in stock\n"
        "3,,10.00 EUR,in stock\n"
        "4,Silk dress,10.00 USD,in stock\n"
        "5,Straw hat,,perhaps\n"
    )
    assert [(row["line"], row["item_id"], row["reason"]) for row in rejected(catalog)] == [
        (3, "007", "duplicate id"),
        (4, "2", "price without number"),
        (5, "3", "no title and no readable picture"),
        (6, "4", "price in USD, the catalogue is in EUR"),
    ]
    assert rejected(catalog)[1]["row"]["title"] == "Linen shirt"
    assert catalog.item("007").price == 12900
    assert catalog.item("007").currency == catalog.currency == "EUR"
    assert catalog.item("5").price is None
    assert catalog.item("5").in_stock is None
    assert report.rows + sum(report.rejected.values()) == report.n_read == 6


def test_an_unreadable_picture_costs_the_picture_and_not_the_row(make, tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "good.jpg").write_bytes(jpeg(mode="CMYK"))
    (source / "html.jpg").write_bytes(b"<html>404</html>")
    (source / "empty.jpg").write_bytes(b"")
    report, catalog = make(
        "id,title,image\n1,Wool coat,good.jpg\n2,Linen shirt,html.jpg\n3,Silk dress,empty.jpg\n"
        '4,Tee,"html.jpg, good.jpg"\n5,,html.jpg\n6,Hat,https://shop.example/6.jpg\n7,Cap,no.jpg\n'
    )
    assert (
        catalog.picture_path(catalog.item("1")).read_bytes() == (source / "good.jpg").read_bytes()
    )
    assert catalog.picture_path(catalog.item("2")) is None
    assert catalog.item("4").pictures == catalog.item("1").pictures
    assert [row["item_id"] for row in rejected(catalog)] == ["5"]
    assert report.repaired["picture is missing"] == 1
    assert report.repaired["picture is a link"] == 1
    assert report.repaired["picture is empty"] == 1


def test_repaired_rows_are_counted_by_reason(make):
    report, catalog = make(
        b"id,title,note\n1,Tee, blue,x\n2,Caf\xe9 shirt,x\n3,R&amp;B hat,x\n4,Cap\n"
        + b"".join(b"%d,Plain tee %d,x\n" % (n, n) for n in range(10, 60))
    )
    assert report.rejected == {}
    assert catalog.item("2").title == "Café shirt"
    assert catalog.item("3").title == "R&B hat"
    assert set(report.repaired) >= {
        "surplus cells joined",
        "missing cells left empty",
        "entities decoded",
        "encoding: read as windows-1252",
    }


def test_the_most_frequent_currency_is_the_catalogues_and_an_option_decides_otherwise(make):
    text = "id,title,price\n1,Tee,5.00 USD\n2,Hat,5.00 EUR\n3,Cap,6.00 EUR\n4,Coat,7.00\n"
    report, catalog = make(text)
    assert catalog.currency == "EUR"
    assert report.rejected == {"price in USD, the catalogue is in EUR": 1}
    report, catalog = make(text, currency="usd", force=True)
    assert catalog.currency == "USD"
    assert catalog.item("4").price == 700


def test_a_currency_without_decimals_is_counted_in_whole_units(make):
    _, catalog = make("id,title,price\n1,Tee,¥15,550\n".replace("¥15,550", '"¥15,550"'))
    assert (catalog.currency, catalog.exponent) == ("JPY", 0)
    assert catalog.item("1").price == 15550
    assert catalog.to_major(15550) == 15550.0


def test_variants_are_grouped_by_group_column_or_equal_title_and_brand(make):
    _, catalog = make(
        "id,title,brand,item_group_id\n1,Oxford shirt,A,g\n2,Oxford shirt,A,g\n3,Linen shirt,A,\n"
        "4,Linen Shirt,A,\n5,Linen shirt,B,\n6,Tee,A,\n7,Tee,A,\n"
    )
    groups = [item.variant_group for item in catalog.items(range(7))]
    assert groups[:2] == ["g", "g"]
    assert groups[2] == groups[3] is not None
    assert groups[4:] == [None, None, None]


def test_a_table_without_a_good_row_gives_a_valid_empty_catalogue(make):
    report, catalog = make("id,title\n1,\n", encoder=Encoder())
    assert len(catalog) == report.rows == 0
    assert catalog.embeddings.shape == (0, 32)
    assert catalog.manifest.categories == ()
    assert catalog.items([]) == []


def test_a_header_alone_gives_a_valid_empty_catalogue(make):
    _, catalog = make("id,title,price\n")
    assert len(catalog) == 0


def test_embeddings_are_unit_rows_of_picture_or_title(make, tmp_path):
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "a.jpg").write_bytes(jpeg("#000000"))
    _, catalog = make("id,title,image\n1,Wool coat,a.jpg\n2,Linen shirt,\n", encoder=Encoder())
    assert catalog.manifest.encoder_id == "bag-of-words"
    assert np.allclose(catalog.embeddings[0], Encoder()._encode("shade 0"), atol=1e-5)
    assert np.allclose(catalog.embeddings[1], Encoder()._encode("Linen shirt"), atol=1e-5)


def test_pictures_inside_parquet_and_ids_as_floats_are_read(tmp_path):
    table = pa.table(
        {
            "image": [{"bytes": jpeg("#c0152a"), "path": None}, {"bytes": None, "path": None}],
            "item_ID": [1163.0, 9.0],
            "text": ["Linen shirt", "Wool coat"],
            "baseColour": ["NA", "Navy Blue"],
        }
    )
    pq.write_table(table, tmp_path / "data.parquet")
    build(tmp_path / "data.parquet", tmp_path / "shop", lexicon=LEXICON)
    catalog = Catalog.open(tmp_path / "shop", verify=True)
    assert catalog.item("1163").main_color == "red"
    assert catalog.item("9").main_color == "navy"


def test_a_folder_gives_every_picture_an_item(tmp_path):
    source = tmp_path / "photos"
    (source / "images").mkdir(parents=True)
    for name in ("001", "002", "red-summer-dress"):
        (source / "images" / f"{name}.jpg").write_bytes(jpeg())
    (source / "items.csv").write_text("item_id,label,kids\n001,T-Shirt,True\n009,Hat,False\n")
    report = build(source, tmp_path / "shop", lexicon=LEXICON)
    catalog = Catalog.open(tmp_path / "shop", verify=True)
    assert sorted(catalog.table["item_id"].to_pylist()) == ["001", "002", "red-summer-dress"]
    first, words = catalog.item("001"), catalog.item("red-summer-dress")
    assert (first.category, first.gender) == ("t-shirt", "kids")
    assert (words.title, words.category) == ("Red summer dress", "dress")
    assert report.rejected == {"no title and no readable picture": 1}


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


@pytest.mark.parametrize("n", [1, 3, 8])
def test_a_killed_process_is_resumed_to_the_same_bytes(source, tmp_path, monkeypatch, n):
    monkeypatch.setattr(building, "ROWS", 4)
    build(source, tmp_path / "whole")
    script = Path(__file__).with_name("killed_builder.py")
    done = subprocess.run(
        [sys.executable, str(script), str(source), str(tmp_path / "shop"), str(n)], check=False
    )
    assert done.returncode == 9
    assert build(source, tmp_path / "shop").n_resumed == min(4 * n, 30)
    assert tree(tmp_path / "shop") == tree(tmp_path / "whole")


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
