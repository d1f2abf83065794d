import json

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from small_feed import Encoder, jpeg
from small_shop import LEXICON

from fashionm3.errors import InputError
from fashionm3.index.build import build
from fashionm3.index.catalog import Catalog


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


def test_equal_titles_without_brand_or_for_other_people_are_no_variants(make):
    _, catalog = make(
        "id,title,brand,gender,category\n1,Linen shirt,,,\n2,Linen shirt,,,\n"
        "3,Linen shirt,A,men,Shirts\n4,Linen shirt,A,women,Shirts\n5,Linen shirt,A,men,Tops\n"
        "6,Linen shirt,A,men,Shirts\n7,Linen shirt,B,men,Shirts\n8,Linen shirt,B,men,Shirts\n"
    )
    groups = [item.variant_group for item in catalog.items(range(8))]
    assert groups[:2] == groups[3:5] == [None, None]
    assert groups[2] == groups[5] is not None
    assert groups[6] == groups[7] not in (None, groups[2])


def test_a_table_without_a_good_row_gives_a_valid_empty_catalogue(make):
    report, catalog = make("id,title\n1,\n", encoder=Encoder())
    assert len(catalog) == report.rows == 0
    assert catalog.embeddings.shape == (0, 32)
    assert catalog.manifest.categories == ()
    assert catalog.items([]) == []


def test_a_source_without_a_usable_row_never_replaces_a_live_catalogue(make):
    _, catalog = make("id,title\n1,Wool coat\n")
    for text in ("id,title\n", "id,title\n1,\n"):
        with pytest.raises(InputError, match=r"no usable row.*keeps its rows \(1\)"):
            make(text, force=True)
        assert Catalog.open(catalog.path, verify=True).item("1").title == "Wool coat"
    assert [path.name for path in catalog.path.parent.glob(".*.building")] == []


def test_rows_of_one_id_that_differ_in_size_alone_are_one_item(make):
    report, catalog = make(
        "id,title,size,availability,price,gtin\n1,Red dress,S,out of stock,49 EUR,11\n"
        "1,Red dress,M,in stock,49 EUR,12\n1,Red dress,L,in stock,49 EUR,13\n"
        "2,Wool coat,S,in stock,9 EUR,14\n2,Wool coat,M,in stock,8 EUR,15\n"
    )
    sizes = [(size.name, size.stock) for size in catalog.item("1").sizes]
    assert sizes == [("S", 0), ("M", None), ("L", None)]
    assert catalog.item("1").in_stock is True
    assert report.merged == {"further size of an item": 2}
    assert report.rejected == {"duplicate id": 1}


def test_a_price_of_0_is_left_out_and_told(make):
    report, catalog = make("id,title,price\n1,Wool coat,0.00 EUR\n")
    assert catalog.item("1").price is None
    assert report.repaired == {"price 0 left out": 1}


def test_a_price_columns_name_gives_the_currency(make):
    _, catalog = make("id,title,Price (GBP)\n1,Wool coat,49.00\n")
    assert (catalog.item("1").price, catalog.currency) == (4900, "GBP")


@pytest.mark.parametrize("said", ["in_stock", "preorder", "backorder"])
def test_a_sellable_size_whose_quantity_is_0_has_unknown_stock(make, said):
    _, catalog = make(f"id,title,size,quantity,availability\n1,Tee,M,0,{said}\n2,Tee,M,0,\n")
    assert [(s.name, s.stock) for s in catalog.item("1").sizes] == [("M", None)]
    assert [(s.name, s.stock) for s in catalog.item("2").sizes] == [("M", 0)]


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


def test_cells_that_no_shop_should_write_cost_at_most_their_own_row(make):
    rows = [
        {"id": 1, "title": "Tee", "link": "https://x/\ud800a", "sizes": "[" * 3000 + "]" * 3000},
        {"id": 2, "title": "Tee", "price": 10**30},
        {"id": 3, "title": "Tee", "images": {"path": [["a.jpg", None], {"S": " "}], "url": [1]}},
        {"id": 4, "title": "Tee", "sizes": {"S\ud800": 2, "M": None}},
        {"id": 5, "title": "", "\ud800": {"\udfff": "\ud800"}},
        {"id": True, "title": ["Tee", {"name": "x"}], "color": [{"share": True}, 7]},
    ]
    text = "".join(json.dumps(row) + "\n" for row in rows)
    report, catalog = make(text, name="items.jsonl")
    assert report.rejected == {"price too large": 1, "no title and no readable picture": 1}
    assert catalog.item("1").url == "https://x/a"
    assert [size.name for size in catalog.item("4").sizes] == ["S", "M"]


def test_a_picture_that_the_shop_writes_anew_leaves_the_catalogue_as_it_was(make, tmp_path):
    (tmp_path / "source").mkdir()
    picture = tmp_path / "source" / "a.jpg"
    picture.write_bytes(jpeg("#000000"))
    _, catalog = make("id,title,image\n1,Wool coat,a.jpg\n")
    with picture.open("r+b") as file:
        file.write(b"other bytes")
    Catalog.open(catalog.path, verify=True)


def test_a_report_counts_what_was_not_given(make, tmp_path):
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "a.jpg").write_bytes(jpeg("#c0152a"))
    report, _ = make("id,title,image\n1,Wool coat,a.jpg\n2,White tee,\n")
    assert report.guessed["category from words"] == 2
    assert report.guessed["color from picture"] == report.guessed["color from words"] == 1
    assert "title from words" not in report.guessed


def test_a_catalogue_inside_its_source_is_refused(tmp_path):
    (tmp_path / "a.jpg").write_bytes(jpeg())
    with pytest.raises(InputError, match="lies inside the source"):
        build(tmp_path, tmp_path / "shop", lexicon=LEXICON)
    assert [path.name for path in tmp_path.iterdir()] == ["a.jpg"]
