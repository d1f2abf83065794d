from small_shop import LEXICON

from fashionm3.index.wishes import read_wishes


def test_words_become_votes_on_data():
    wishes = read_wishes("red floral midi dress for a wedding", LEXICON)
    assert set(wishes.votes) >= {
        ("color", "red"),
        ("pattern", "floral"),
        ("category", "dress"),
        ("occasion", "wedding"),
    }
    assert wishes.categories == ("dress",)
    assert wishes.colors == ("red",)


def test_a_kind_brings_its_category_its_material_and_its_other_names():
    wishes = read_wishes("jeans", LEXICON)
    assert ("category", "pants") in wishes.votes
    assert ("material", "denim") in wishes.votes
    assert "sneaker" not in read_wishes("trainers", LEXICON).synonyms  # one word, one form
    assert "gym" in read_wishes("trainers", LEXICON).synonyms


def test_misspelt_names_are_corrected_in_the_text_to_encode():
    assert read_wishes("black jeens", LEXICON).text == "black jeans"
    assert read_wishes("plain  tote", LEXICON).text == "plain tote"


def test_no_words_wish_for_nothing():
    assert read_wishes("", LEXICON).votes == ()
    assert read_wishes(" ", LEXICON).text == ""
