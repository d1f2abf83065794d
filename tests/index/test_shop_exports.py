"""Shopify's and WooCommerce's product files."""

import pytest

from fashionm3.index.readers.detection import open_source
from fashionm3.index.records import Records
from fashionm3.index.survey import survey

SHOPIFY = """\
Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,\
Option2 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,\
Variant Inventory Policy,Variant Price,Image Src,Variant Image
tee,Soft tee,<p>Soft</p>,Acme,T-Shirts,summer,TRUE,Size,S,Colour,Blue,,shopify,3,deny,19.90,a.jpg,
tee,,,,,,,,M,,Blue,,shopify,0,deny,21.90,,
tee,,,,,,,,L,,Red,,shopify,0,Continue,21.90,,red.jpg
tee,,,,,,,,,,,,,,,,b.jpg,
hat,Straw hat,,Acme,Hats,,true,Title,Default Title,,,H-1,,,deny,30,,
draft,Secret coat,,Acme,Coats,,false,Title,Default Title,,,,,,deny,99,,
"""

WOO = """\
ID,Type,SKU,Name,Published,Visibility in catalog,Short description,Description,In stock?,Stock,\
Sale price,Regular price,Categories,Tags,Images,Parent,Brands,Attribute 1 name,\
Attribute 1 value(s),Attribute 2 name,Attribute 2 value(s)
11,variation,,Hoodie - Blue,1,visible,,,1,,,45,,,,woo-hoodie,,Color,Blue,,
10,variable,Woo-Hoodie,Hoodie,1,visible,,Warm\\nsoft,1,,,,Clothing > Hoodies,,h.jpg,,Acme,Color,\
"Blue, Green",Size,"S, M"
12,variation,,Hoodie - Green,1,visible,,,0,,40,45,,,g.jpg,id:10,,Color,Green,,
20,"simple, virtual",woo-tee,Plain tee,1,hidden,,,1,,,18,Clothing > Tshirts,,t.jpg,,,,,,
21,simple,woo-cap,Cap,1,visible,,,backorder,,,"12,50",Accessories,,c.jpg,,,Size,"S, M",,
22,grouped,woo-set,Set,1,visible,,,1,,,,,,,,,,,,
"""


def drafts(path):
    looked = survey(path, currency="EUR")
    records = Records(looked.columns, looked.currency, looked.comma)
    rows = list(looked.reader.rows())
    kept = [records.draft(row.cells, row.line) for row in rows if not row.merged]
    return looked, {draft.item_id: draft for draft in kept}, [r.merged for r in rows if r.merged]


@pytest.fixture
def shopify(tmp_path):
    (tmp_path / "products.csv").write_text(SHOPIFY)
    return drafts(tmp_path / "products.csv")


@pytest.fixture
def woo(tmp_path):
    (tmp_path / "wc.csv").write_bytes(b"\xef\xbb\xbf" + WOO.encode())
    return drafts(tmp_path / "wc.csv")


def test_shopify_variants_inherit_from_the_first_row_of_their_handle(shopify):
    looked, found, _ = shopify
    assert looked.format == "shopify"
    variant = found["tee/M/Blue"]
    assert (variant.title, variant.description, variant.brand) == ("Soft tee", "Soft", "Acme")
    assert (variant.price, variant.variant_group, variant.kinds) == (2190, "tee", ["T-Shirts"])
    assert [size.name for size in variant.sizes] == ["M"]
    assert variant.colors == [("Blue", None)]


def test_shopify_stock_follows_quantity_policy_and_tracker(shopify):
    _, found, _ = shopify
    stock = {name: draft.in_stock for name, draft in found.items()}
    assert stock["tee/S/Blue"] is True
    assert stock["tee/M/Blue"] is False
    assert stock["tee/L/Red"] is True
    assert stock["H-1"] is True


def test_a_sellable_shopify_size_without_a_count_has_unknown_stock(shopify, tmp_path):
    _, found, _ = shopify
    assert [size.stock for size in found["tee/M/Blue"].sizes] == [0]
    assert [size.name for size in found["tee/M/Blue"].sizes] == ["M"]
    text = SHOPIFY.replace("Blue,,shopify,0,deny", "Blue,,,0,deny")
    (tmp_path / "untracked.csv").write_text(text)
    _, found, _ = drafts(tmp_path / "untracked.csv")
    assert found["tee/M/Blue"].in_stock is True
    assert [size.stock for size in found["tee/M/Blue"].sizes] == [None]


def test_woocommerce_backorders_are_sellable_and_paths_tell_people(tmp_path):
    text = (
        "ID,Type,SKU,Name,In stock?,Stock,Backorders allowed?,Regular price,Categories,Parent,"
        "Attribute 1 name,Attribute 1 value(s)\n"
        "1,simple,a,Plain tee,0,-2,notify,18,Men > Tees,,Size,M\n"
        "2,simple,b,Plain tee,0,0,0,18,Men > Tees,,Size,M\n"
    )
    (tmp_path / "wc.csv").write_text(text)
    _, found, _ = drafts(tmp_path / "wc.csv")
    assert (found["1"].in_stock, found["1"].sizes[0].stock) == (True, None)
    assert (found["2"].in_stock, found["2"].sizes[0].stock) == (False, 0)
    assert found["1"].genders == ["Men > Tees"]


def test_shopify_photos_are_shared_and_the_variants_own_comes_first(shopify):
    _, found, merged = shopify
    assert found["tee/S/Blue"].pictures == ["a.jpg", "b.jpg"]
    assert found["tee/L/Red"].pictures == ["red.jpg", "a.jpg", "b.jpg"]
    assert merged == ["further photo of a product"]


def test_shopify_default_title_is_no_size_and_drafts_are_not_published(shopify):
    _, found, _ = shopify
    assert found["H-1"].sizes == ()
    assert found["draft"].fault == "not published"
    assert found["H-1"].fault is None


def test_woocommerce_variations_inherit_from_a_parent_that_comes_later(woo):
    looked, found, merged = woo
    assert looked.format == "woocommerce"
    assert merged == ["parent of variations", "group of products"]
    blue, green = found["11"], found["12"]
    assert blue.variant_group == green.variant_group == "id:10"
    assert (blue.title, blue.description, blue.brand) == ("Hoodie - Blue", "Warm soft", "Acme")
    assert (blue.pictures, green.pictures) == (["h.jpg"], ["g.jpg"])
    assert (blue.price, green.price) == (4500, 4000)
    assert (blue.in_stock, green.in_stock) == (True, False)
    assert blue.colors == [("Blue", None)]
    assert blue.kinds == ["Hoodies"]


def test_woocommerce_hidden_products_are_rejected_and_sizes_are_lists(woo):
    _, found, _ = woo
    assert found["20"].fault == "not published"
    assert [size.name for size in found["21"].sizes] == ["S", "M"]
    assert found["21"].in_stock is True
    assert found["21"].price == 1250


def test_an_ordinary_table_is_not_taken_for_an_export(tmp_path):
    (tmp_path / "a.csv").write_text("handle,title\nx,Hat\n")
    assert survey(tmp_path / "a.csv").format == "csv"
    assert open_source(tmp_path / "a.csv").columns == ("handle", "title")
