import json
import shutil

import numpy as np
import pytest
from small_shop import LEXICON, BagOfWords

from fashionm3.errors import InputError
from fashionm3.index.build import build
from fashionm3.index.catalog import Catalog
from fashionm3.index.manifest import Manifest
from fashionm3.index.summary import summary
from fashionm3.index.table import to_items, to_table
from fashionm3.index.vectors import open_vectors, write_vectors
from fashionm3.index.verification import faults
from fashionm3.types import ColorShare, Item, Size


@pytest.fixture
def shop(tmp_path):
    (tmp_path / "items.csv").write_text(
        "id,title,price\n1,Wool coat,129 EUR\n2,Linen shirt,49 EUR\n3,Grey hat,9 EUR\n"
    )
    build(tmp_path / "items.csv", tmp_path / "shop", encoder=BagOfWords(), lexicon=LEXICON)
    return tmp_path / "shop"


def test_items_are_found_by_id_and_by_row(shop):
    catalog = Catalog.open(shop)
    assert len(catalog) == 3
    assert catalog.row("2") == 1
    assert catalog.item("2").title == "Linen shirt"
    assert [item.item_id for item in catalog.items([2, 0])] == ["3", "1"]
    assert catalog.picture_path(catalog.item("1")) is None


def test_an_unknown_id_is_an_input_error(shop):
    with pytest.raises(InputError, match="item '9' is not in catalogue"):
        Catalog.open(shop).item("9")


def test_prices_convert_both_ways(shop):
    catalog = Catalog.open(shop)
    assert (catalog.currency, catalog.exponent) == ("EUR", 2)
    assert catalog.to_minor(19.99) == 1999
    assert catalog.to_major(1999) == 19.99


def test_embeddings_are_mapped_read_only(shop):
    embeddings = Catalog.open(shop).embeddings
    assert isinstance(embeddings, np.memmap)
    assert embeddings.shape == (3, 32)
    with pytest.raises(ValueError, match="read-only"):
        embeddings[0] = 0


def test_an_item_with_every_field_survives_the_table():
    item = Item(
        item_id="007", title="A", category="hat", color=(ColorShare(name="red", share=0.4),),
        sizes=(Size(name="M", stock=2), Size(name="L")), in_stock=False, price=1, currency="EUR",
        season=("summer",), pictures=("pictures/ab/x.jpg",), sources={"title": "given"},
    )  # fmt: skip
    assert to_items(to_table([item])) == [item]


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda shop: shutil.rmtree(shop), "does not exist"),
        (lambda shop: (shop / "manifest.json").unlink(), "is not a catalogue directory"),
        (lambda shop: (shop / "manifest.json").write_text("{"), "can't be read"),
        (lambda shop: (shop / "manifest.json").write_text('{"version": 9}'), "version 9"),
        (lambda shop: (shop / "manifest.json").write_text('{"version": 1}'), "is damaged"),
        (lambda shop: (shop / "items.parquet").unlink(), "is missing"),
        (lambda shop: (shop / "items.parquet").write_bytes(b"PAR1"), "has 4 bytes"),
        (lambda shop: (shop / "embeddings.safetensors").write_bytes(b""), "has 0 bytes"),
    ],
)
def test_a_damaged_directory_is_refused_in_one_line(shop, damage, said):
    damage(shop)
    with pytest.raises(InputError, match=said) as caught:
        Catalog.open(shop)
    assert "\n" not in str(caught.value)


def test_bytes_of_the_right_length_but_wrong_are_refused(shop):
    path = shop / "items.parquet"
    path.write_bytes(b"\x00" * path.stat().st_size)
    with pytest.raises(InputError, match="can't be read"):
        Catalog.open(shop)


def test_a_manifest_that_points_outside_is_refused(shop):
    data = json.loads((shop / "manifest.json").read_text())
    data["files"]["items"]["name"] = "../items.parquet"
    (shop / "manifest.json").write_text(json.dumps(data))
    with pytest.raises(InputError, match="outside the directory"):
        Catalog.open(shop)


def test_verification_finds_a_changed_byte_that_opening_does_not(shop):
    path = shop / "embeddings.safetensors"
    data = bytearray(path.read_bytes())
    data[-1] ^= 0x40
    path.write_bytes(data)
    catalog = Catalog.open(shop)
    assert any("another sha256" in fault for fault in faults(catalog))
    with pytest.raises(InputError, match="another sha256"):
        Catalog.open(shop, verify=True)


def test_a_sound_catalogue_has_no_faults_and_a_summary(shop):
    catalog = Catalog.open(shop)
    assert list(faults(catalog)) == []
    facts = summary(catalog)
    assert facts["categories"] == {"hat": 1, "outerwear": 1, "shirt": 1}
    assert facts["filled"]["price"] == 1
    assert facts["filled"]["pictures"] == 0
    assert facts["sources"]["category"] == {"words": 3}
    assert json.loads(json.dumps(facts)) == facts


def test_a_manifest_survives_its_file(shop):
    manifest = Manifest.read(shop)
    manifest.write(shop)
    assert Manifest.read(shop) == manifest


def test_vectors_are_what_safetensors_reads(tmp_path):
    from safetensors.numpy import load_file

    matrix = np.arange(12, dtype=np.float32).reshape(4, 3)
    write_vectors(tmp_path / "v.safetensors", [matrix[:1], matrix[1:]], 4, 3)
    assert np.array_equal(load_file(tmp_path / "v.safetensors")["embeddings"], matrix)
    assert np.array_equal(open_vectors(tmp_path / "v.safetensors", 4, 3), matrix)
    with pytest.raises(InputError, match="the manifest says"):
        open_vectors(tmp_path / "v.safetensors", 3, 4)
