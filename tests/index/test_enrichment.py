import numpy as np
import pytest
from PIL import Image
from small_shop import LEXICON, BagOfWords

from fashionm3.index import kinds, traits
from fashionm3.index.enrichment import Enrichment, Entry, title_of_name
from fashionm3.index.records import Draft
from fashionm3.types import CATEGORIES

_AROUND = frozenset(["a", "photo", "picture", "of", "for", "women", "men", "sale"])


class Sighted(BagOfWords):
    """Sees in a picture the words that a test put there, and no words around them."""

    def _encode(self, text):
        return super()._encode(" ".join(w for w in text.lower().split() if w not in _AROUND))


def picture(words, color="#c0152a"):
    image = Image.new("RGB", (40, 40), color)
    image.info["words"] = words
    return image


def enriched(encoder=None, image=None, **fields):
    entry = Entry(Draft(item_id="1", **fields), image=image)
    items, vectors = Enrichment(LEXICON, encoder).items([entry])
    return items[0], vectors


@pytest.mark.parametrize(
    ("terms", "category"),
    [
        (["Tshirts"], "t-shirt"),
        (["T-Shirt"], "t-shirt"),
        (["Outwear"], "outerwear"),
        (["Body"], "bodysuit"),
        (["Topwear", "Shirts"], "shirt"),
        (["Ladies Dresses"], "dress"),
        (["2271"], "dress"),
        (["Trousers"], "pants"),
        (["Flip Flops"], "shoes"),
        (["Fragrance Gift Set"], "fragrance gift set"),
        (["Topwear"], ""),
        (["Women"], ""),
        (["166"], ""),
        ([], ""),
    ],
)
def test_a_feeds_terms_become_a_category_or_stay_as_they_are(terms, category):
    assert kinds.of_terms(terms, LEXICON)[0] == category


@pytest.mark.parametrize(
    ("title", "category"),
    [
        ("Puma Men Black Round-Neck T-shirt", "t-shirt"),
        ("Linen shirt with shorts pockets", "shirt"),
        ("Chelsea boots for jeans", "shoes"),
        ("Nothing to see", None),
    ],
)
def test_a_title_names_its_kind_before_what_it_goes_with(title, category):
    kind = kinds.of_words(title, LEXICON)
    assert (kind and kind.category) == category


def test_given_values_win_over_words_and_words_over_the_picture():
    item, _ = enriched(
        Sighted(),
        picture("a photo of a dress"),
        title="Blue striped linen shirt",
        colors=[("green", None)],
    )
    assert (item.category, item.sources["category"]) == ("shirt", "words")
    assert (item.main_color, item.sources["color"]) == ("green", "given")
    assert (item.pattern, item.sources["pattern"]) == ("striped", "words")
    assert (item.material, item.sources["material"]) == ("linen", "words")


def test_a_picture_alone_gives_category_and_measured_colour():
    item, vectors = enriched(Sighted(), picture("a photo of a skirt"))
    assert (item.category, item.sources["category"]) == ("skirt", "picture")
    assert (item.main_color, item.sources["color"]) == ("red", "picture")
    assert (item.title, item.sources["title"]) == ("Red skirt", "picture")
    assert np.linalg.norm(vectors[0]) == pytest.approx(1)


def test_without_an_encoder_no_category_is_guessed_but_colour_is_measured():
    item, vectors = enriched(image=picture("a photo of a skirt"))
    assert item.category == item.title == ""
    assert item.main_color == "red"
    assert vectors.shape == (1, 0)


def test_an_item_without_picture_is_embedded_by_its_title():
    _, vectors = enriched(Sighted(), title="Wool coat")
    assert np.allclose(vectors[0], Sighted().encode_texts(["Wool coat"])[0], atol=1e-6)


def test_unknown_stock_stays_unknown_and_has_no_source():
    item, _ = enriched(title="Wool coat")
    assert item.in_stock is None
    assert "in_stock" not in item.sources


def test_every_filled_field_says_where_it_comes_from():
    item, _ = enriched(Sighted(), picture("hat"), title="Kids' summer polka dot hat", price=500)
    filled = item.model_dump(exclude={"item_id", "sources"}, exclude_defaults=True)
    assert set(filled) == set(item.sources)
    assert item.gender == "kids"
    assert item.season == ("summer",)


def test_the_first_of_several_colour_names_weighs_most():
    found = traits.shares([("Navy", None), ("Off White", None), ("navy blue", None)], LEXICON)
    assert [color.name for color in found] == ["navy", "white"]
    assert found[0].share > found[1].share
    assert sum(color.share for color in found) == pytest.approx(1, abs=0.01)


def test_given_shares_are_kept():
    found = traits.shares([("grey", 0.3), ("red", 0.6)], LEXICON)
    assert [(color.name, color.share) for color in found] == [("red", 0.6), ("grey", 0.3)]


def test_shop_names_of_colours_without_a_colour_are_left_out():
    assert traits.shares([("Explosion", None)], LEXICON) == ()
    assert traits.shares([("Orange Mango Explosion", None)], LEXICON)[0].name == "orange"


@pytest.mark.parametrize(
    ("words", "age", "gender"),
    [
        (["Men"], None, "men"),
        (["female"], None, "women"),
        (["Girls"], None, "kids"),
        (["Ladieswear"], None, "women"),
        (["Unisex"], None, "unisex"),
        (["Men"], "kids", "kids"),
        ([], True, "kids"),
        ([], "False", None),
        (["Divided"], None, None),
        (["M"], None, "men"),
        (["F"], None, "women"),
        (["W"], None, "women"),
        (["U"], None, "unisex"),
        (["Her"], None, "women"),
        (["Homme"], None, "men"),
        (["Mujer"], None, "women"),
        (["Damen & Herren"], None, "unisex"),
        (["männlich"], None, "men"),
        (["Kinder"], None, "kids"),
    ],
)
def test_people_are_told_apart(words, age, gender):
    assert traits.gender(words, age, LEXICON) == gender


def test_seasons_come_in_the_order_of_the_year():
    assert traits.seasons(["Fall", "Summer"], LEXICON) == ("summer", "autumn")
    assert traits.seasons(["Spring/Summer"], LEXICON) == ("spring", "summer")
    assert len(traits.seasons(["all season"], LEXICON)) == 4


@pytest.mark.parametrize(
    ("word", "seasons"),
    [
        ("Spring Summer", ("spring", "summer")),
        ("SS25", ("spring", "summer")),
        ("AW25", ("autumn", "winter")),
        ("FW", ("autumn", "winter")),
        ("Herbst/Winter", ("autumn", "winter")),
    ],
)
def test_short_and_double_names_of_seasons_are_read(word, seasons):
    assert traits.seasons([word], LEXICON) == seasons


def test_of_materials_with_shares_the_largest_counts():
    assert traits.material("5% elastane, 95% cotton", LEXICON) == "cotton"
    assert traits.material("Wool 30%, Polyester 70%", LEXICON) == "polyester"
    assert traits.material("60 % Baumwolle", LEXICON) == "cotton"


@pytest.mark.parametrize(
    ("terms", "gender"),
    [
        (["Shirts", "Men"], "men"),
        (["Kids/Boys/Hoodies"], "kids"),
        (["Hemden", "Herren"], "men"),
        (["Shirts"], None),
    ],
)
def test_a_category_path_tells_people(terms, gender):
    assert enriched(title="Oxford One", kinds=terms)[0].gender == gender


@pytest.mark.parametrize(
    ("term", "title", "category", "source"),
    [
        ("SS25 Collection", "Linen shirt", "shirt", "words"),
        ("Best Sellers", "Linen shirt", "shirt", "words"),
        ("Activewear", "Running leggings", "pants", "words"),
        ("Knitwear", "Nothing to see", "knitwear", "given"),
        ("Hoodies & Sweatshirts", "Zip hoodie", "hoodie", "given"),
        ("T-Shirts & Tops", "Ribbed t-shirt", "t-shirt", "given"),
        ("Suits", "Wool Trousers", "pants", "given"),
        ("Suits", "Nothing to see", "blazer", "given"),
        ("Dresses", "Denim shirt", "dress", "given"),
    ],
)
def test_a_title_decides_where_the_feeds_term_is_loose(term, title, category, source):
    item, _ = enriched(title=title, kinds=[term])
    assert (item.category, item.sources["category"]) == (category, source)


def test_cells_and_titles_in_german_and_french_are_read():
    item, _ = enriched(title="Rote Damen Bluse aus Seide")
    assert (item.category, item.main_color) == ("blouse", "red")
    assert (item.gender, item.material) == ("women", "silk")
    item, _ = enriched(title="Chemise bleue en lin pour homme")
    assert (item.category, item.main_color) == ("shirt", "blue")
    assert (item.gender, item.material) == ("men", "linen")
    item, _ = enriched(
        title="X", kinds=["Kleider"], colors=[("Weiß", None)], material="Seide", pattern="gestreift"
    )
    assert (item.category, item.main_color) == ("dress", "white")
    assert (item.material, item.pattern) == ("silk", "striped")


def test_faux_fur_is_no_fur():
    assert enriched(title="Faux fur coat")[0].material == "faux fur"
    assert enriched(title="Fur coat")[0].material == "fur"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("red-summer-dress_01", "Red summer dress"),
        ("00003aeb-ace5-43bf-9a0c-dc31a03e9cd2", ""),
        ("IMG_2034", ""),
        ("0108775015", ""),
    ],
)
def test_only_a_speaking_file_name_is_a_title(name, title):
    assert title_of_name(name) == title


def test_guesses_are_the_nearest_of_all_categories():
    encoder = Sighted()
    vectors = encoder.encode_texts([f"a photo of a {name}" for name in CATEGORIES])
    guesses = kinds.PictureKinds(encoder, LEXICON).guess(vectors)
    right = sum(guess == name for guess, name in zip(guesses, CATEGORIES, strict=True))
    assert right >= 14
