import pytest

from fashionm3.errors import InputError
from fashionm3.index.columns import recognise, require_something_to_show

GOOGLE = "id,title,description,link,image_link,additional_image_link,availability,price,sale_price,brand,gtin,google_product_category,product_type,color,size,gender,age_group,material,pattern,item_group_id"  # noqa: E501
HM = "article_id,product_code,prod_name,product_type_no,product_type_name,graphical_appearance_name,colour_group_name,perceived_colour_master_name,index_group_name,detail_desc"  # noqa: E501
KAGGLE = "id,gender,masterCategory,subCategory,articleType,baseColour,season,year,usage,productDisplayName"  # noqa: E501
AMAZON = "parent_asin,title,main_category,features,description,price,images,store,categories"


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (GOOGLE, {"item_id": "id", "pictures": "image_link", "category": "product_type",
                  "in_stock": "availability", "variant_group": "item_group_id", "sizes": "size"}),
        (HM, {"item_id": "article_id", "title": "prod_name", "variant_group": "product_code",
              "category": "product_type_name", "color": "perceived_colour_master_name",
              "pattern": "graphical_appearance_name", "description": "detail_desc"}),
        (KAGGLE, {"item_id": "id", "title": "productDisplayName", "category": "articleType",
                  "color": "baseColour", "occasion": "usage", "season": "season"}),
        (AMAZON, {"item_id": "parent_asin", "pictures": "images", "brand": "store"}),
        ("file_name,text", {"pictures": "file_name", "title": "text"}),
        ("image,sender_id,label,kids", {"pictures": "image", "category": "label", "age": "kids"}),
        ("ID,Artikelname,Preis,Farbe,Größe", {"title": "Artikelname", "color": "Farbe"}),
        ("Product ID,Product Title,Product Price,Product Colour,Size Range,Stock Level,Dept,"
         "Item Description,Main Image URL",
         {"item_id": "Product ID", "title": "Product Title", "price": "Product Price",
          "color": "Product Colour", "sizes": "Size Range", "stock": "Stock Level",
          "gender": "Dept", "description": "Item Description", "pictures": "Main Image URL"}),
        ("Item Description,RRP (£),Target Group",
         {"title": "Item Description", "price": "RRP (£)", "gender": "Target Group"}),
        ("title,Price (GBP)", {"price": "Price (GBP)"}),
        ("title,price_gbp", {"price": "price_gbp"}),
        ("title,price_gbp,Price", {"price": "Price"}),
        ("Artikelnummer,Warengruppe,Bestand,Währung,Altersgruppe,Bild-URL,Deeplink,Modellnummer,"
         "Verfügbarkeit,Marke,Geschlecht,Größe,Material,Muster,Saison",
         {"item_id": "Artikelnummer", "category": "Warengruppe", "stock": "Bestand",
          "currency": "Währung", "age": "Altersgruppe", "pictures": "Bild-URL", "url": "Deeplink",
          "variant_group": "Modellnummer", "in_stock": "Verfügbarkeit", "brand": "Marke",
          "gender": "Geschlecht", "sizes": "Größe", "pattern": "Muster", "season": "Saison"}),
        ("Référence,Catégorie,Genre,Disponibilité",
         {"item_id": "Référence", "category": "Catégorie", "gender": "Genre",
          "in_stock": "Disponibilité"}),
        ("g:id,g:title,g:image_link ", {"item_id": "g:id", "pictures": "g:image_link "}),
        ("title,image[0].url,image[1].url", {"pictures": "image[0].url"}),
    ],
)  # fmt: skip
def test_real_headers_are_recognised(header, fields):
    found = recognise(header.split(",")).fields
    assert {name: found[name][0] for name in fields} == fields


def test_a_field_may_be_filled_from_several_columns_best_first():
    columns = recognise(KAGGLE.split(","))
    assert columns.fields["category"] == ("articleType", "subCategory", "masterCategory")
    assert columns.cell({"articleType": "", "subCategory": "Topwear"}, "category") == "Topwear"


def test_columns_that_fill_nothing_are_told():
    assert recognise(KAGGLE.split(",")).spare == ("year",)


def test_an_override_alone_fills_its_field():
    columns = recognise(["id", "title", "Bezeichnung 2"], {"title": "Bezeichnung 2"})
    assert columns.fields["title"] == ("Bezeichnung 2",)


def test_an_empty_override_empties_a_field():
    assert "price" not in recognise(["title", "price"], {"price": ""}).fields


def test_an_unknown_column_is_an_error_that_lists_the_columns():
    with pytest.raises(InputError, match=r"'Nmae' does not exist.*'Name', 'Preis'"):
        recognise(["Name", "Preis"], {"title": "Nmae"})


def test_an_unknown_field_is_an_error_that_lists_the_fields():
    with pytest.raises(InputError, match="'titel' is unknown; expected one of item_id, title"):
        recognise(["Name"], {"titel": "Name"})


def test_a_table_without_title_and_picture_is_refused_with_a_way_out():
    with pytest.raises(InputError, match=r"'foo', 'bar'.*--map title=COLUMN"):
        require_something_to_show(recognise(["foo", "bar"]))
