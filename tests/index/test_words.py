import re
import unicodedata

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_shop import ITEMS, catalog, item

from fashionm3.index.tokens import content, normal, split_column, tokenize
from fashionm3.index.words import Words

WORDS = Words.read(catalog().table)


def mentioned(*phrase):
    return {i.item_id for i, ok in zip(ITEMS, WORDS.mentions(list(phrase)), strict=True) if ok}


def best(text, words=WORDS):
    scores = words.scores(words.read_query(text))
    return ITEMS[int(np.argmax(scores))].item_id if scores.any() else None


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Women's T-Shirts", ["woman", "tshirt"]),
        ("tee shirt", ["tshirt"]),
        ("gray scarves", ["grey", "scarf"]),
        ("Café & Crème", ["cafe", "and", "creme"]),
        ("V-neck", ["v", "neck"]),
        ("multicolored", ["multicolored"]),
        ("jewelry", ["jewellery"]),
        ("100% linen", ["100", "linen"]),
        ("...", []),
    ],
)
def test_words_are_brought_to_one_form(text, tokens):
    assert tokenize(text) == tokens


def test_function_words_are_left_out_unless_alone():
    assert content(tokenize("show me a dress for the office")) == ["dress", "office"]
    assert content(["the"]) == ["the"]


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_columns_are_split_like_queries(text):
    # Letters that the two libraries' Unicode tables don't agree on are of no interest here.
    text = "".join(
        c for c in text if ord(c) < 0x250 and not unicodedata.category(c).startswith("M")
    )
    text = text.replace("§", "").replace("ß", "ss")
    words, lengths = split_column(pa.chunked_array([[text]]))
    assert lengths.to_pylist() == [len(words)]
    assert [normal(word) for word in words.to_pylist() if word] == tokenize(text)


def test_mentions_finds_words_of_every_text_field():
    assert mentioned("oxford") == {"s1", "s2"}
    assert mentioned("breezy") == {"s3"}
    assert mentioned("cafe") == {"p1"}
    assert mentioned("wedding") == {"d1"}
    assert mentioned("nowhere") == set()


def test_phrases_stay_within_one_field_of_one_item():
    assert mentioned("chelsea", "boot") == {"b1", "b2"}
    assert mentioned("camp", "collar", "shirt") == {"s3"}
    assert mentioned("boot", "chelsea") == set()
    words = Words.read(catalog([item("a", "zip", "bag"), item("b", "up", "hat")]).table)
    assert not words.mentions(["zip", "bag"]).any()
    assert not words.mentions(["bag", "zip"]).any()


def test_misspelt_words_are_looked_up_in_the_catalogue():
    assert WORDS.read_query("selvege jaens") == ["selvedge", "jean"]
    assert WORDS.read_query("trackhoodie") == ["track", "hoodie"]
    assert WORDS.read_query("xylophone") == []
    assert best("chelsae boots") in ("b1", "b2")


def test_a_word_that_the_catalogue_has_is_not_corrected():
    assert WORDS.read_query("zip") == ["zip"]


def test_rare_words_count_more_and_unknown_ones_nothing():
    assert best("floral dress") == "d1"
    assert best("selvedge cotton") == "p1"
    assert not WORDS.scores(["nowhere"]).any()
    assert not WORDS.scores([]).any()


def test_scores_are_those_of_bm25s_own_index():
    from bm25s import BM25

    texts = ["red silk dress", "red red linen shirt for a walk", "blue hat", "dress dress dress"]
    # Only titles: every other field is empty but the category, which is made the same word.
    words = Words.read(catalog([item(str(k), text, "bag") for k, text in enumerate(texts)]).table)
    own = BM25(k1=1.2, b=0.5, method="lucene", auto_compile=False)
    own.index([[*tokenize(text), "bag"] for text in texts], show_progress=False)
    for query in (["red"], ["dress", "silk"], ["bag"], ["red", "hat", "walk"]):
        np.testing.assert_allclose(words.scores(query), own.get_scores(query), rtol=1e-5)


@given(st.lists(st.text("abc ", max_size=9), max_size=6), st.sampled_from("abc"))
@settings(max_examples=80, deadline=None)
def test_a_mention_is_a_word_of_the_text(titles, word):
    shop = [item(str(k), title, "hat") for k, title in enumerate(titles)]
    found = Words.read(catalog(shop).table).mentions([word])
    expected = [re.search(rf"\b{word}\b", title) is not None for title in titles]
    assert found.tolist() == expected


def test_an_empty_catalogue_has_no_words():
    words = Words.read(catalog([]).table)
    words.open()
    assert words.scores(["shirt"]).shape == (0,)
    assert not words.mentions(["shirt"]).any()
