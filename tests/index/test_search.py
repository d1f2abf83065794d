import threading

import numpy as np
import pyarrow as pa
import pytest
from PIL import Image
from small_shop import ITEMS, LEXICON, BagOfWords, catalog, item, sizes

from fashionm3.errors import InputError, UsageError
from fashionm3.index.neighbours import FaissNeighbours, NumpyNeighbours
from fashionm3.index.search import Filters, Query, Search

ENCODER = BagOfWords()


@pytest.fixture(params=[FaissNeighbours, NumpyNeighbours])
def search(request):
    return Search(catalog(encoder=ENCODER), ENCODER, LEXICON, backend=request.param)


@pytest.fixture
def wordy():
    return Search(catalog(), None, LEXICON)


def ids(found):
    return [hit.item_id for hit in found.hits]


def picture(words):
    image = Image.new("RGB", (2, 2))
    image.info["words"] = words
    return image


def test_words_of_a_title_find_it_first(search):
    assert ids(search.search(Query(text="chelsea boots"), Filters()))[0] in ("b1", "b2")
    assert ids(search.search(Query(text="floral midi dress"), Filters()))[0] == "d1"


def test_words_alone_search_without_an_encoder(wordy):
    assert ids(wordy.search(Query(text="selvedge jeans"), Filters()))[0] == "p1"
    assert ids(wordy.search(Query(text="tote"), Filters()))[0] == "g1"


def test_pictures_alone_search_without_any_text():
    bare = [i.model_copy(update={"title": "", "description": ""}) for i in ITEMS]
    shop = catalog(bare)
    shop.embeddings = ENCODER.encode_texts([f"{i.title} {i.category}" for i in ITEMS])
    found = Search(shop, ENCODER, LEXICON).search(
        Query(), Filters(), image=picture("Chelsea boots shoes")
    )
    assert ids(found)[0] == "b1"


def test_a_picture_and_words_are_searched_together(search):
    image = picture("Oxford shirt shirt")
    plain = ids(search.search(Query(), Filters(), image=image, variants=True))
    white = ids(search.search(Query(text="in white"), Filters(), image=image, variants=True))
    assert set(plain[:2]) == {"s1", "s2"}
    assert white[0] == "s2"


def test_misspelt_and_american_words_are_read(wordy):
    assert ids(wordy.search(Query(text="selvege jeens"), Filters()))[0] == "p1"
    assert ids(wordy.search(Query(text="gray pullover hoody"), Filters(in_stock=False)))[0] == "h2"


@pytest.mark.parametrize(
    ("text", "first"), [("red dress", "big"), ("red dress for my kid", "small")]
)
def test_children_s_things_come_first_only_when_they_are_asked_for(text, first):
    items = [
        item("small", "Red dress", "dress", "red", gender="kids"),
        item("big", "Red dress", "dress", "red", gender="women"),
    ]
    found = Search(catalog(items), None, LEXICON).search(Query(text=text), Filters())
    assert found.hits[0].item_id == first
    assert found.eligible == 2


def test_the_colour_in_words_moves_items_up_but_filters_nothing(search):
    found = search.search(Query(text="hoodie in navy"), Filters(in_stock=False), k=20)
    assert ids(found)[0] == "h3"
    assert found.eligible == len(ITEMS)
    assert len(found.hits) == len(ITEMS) - 1  # two shirts are variants of one product


def test_likeness_keeps_the_category(search):
    found = search.search(Query(like="b1"), Filters(exclude=("b1",)), k=2)
    assert set(ids(found)) == {"b2", "b3"}


def test_likeness_works_without_embeddings(wordy):
    assert ids(wordy.search(Query(like="b1"), Filters(exclude=("b1",))))[0] == "b2"


def test_likeness_to_an_unknown_item_is_refused(search):
    with pytest.raises(InputError, match="nope"):
        search.search(Query(like="nope"), Filters())


def test_variants_collapse_to_the_best_matching_one(search):
    together = ids(search.search(Query(text="white oxford shirt"), Filters(), k=20))
    each = ids(search.search(Query(text="white oxford shirt"), Filters(), k=20, variants=True))
    assert together[0] == "s2"
    assert "s1" not in together
    assert {"s1", "s2"} <= set(each)


def test_collapsing_does_not_cost_hits():
    many = [item(f"v{i}", "Tee", "t-shirt", variant_group="one") for i in range(200)]
    many += [item(f"w{i}", "Coat", "outerwear") for i in range(3)]
    found = Search(catalog(many), None, LEXICON).search(Query(text="tee"), Filters(), k=4)
    assert ids(found) == ["v0", "w0", "w1", "w2"]
    assert found.eligible == 203


def test_ties_fall_in_the_order_of_the_catalogue():
    twins = [item(f"t{i}", "Same words", "bag") for i in range(40)]
    found = Search(catalog(twins, ENCODER), ENCODER, LEXICON).search(Query(text="words"), Filters())
    assert ids(found) == [f"t{i}" for i in range(5)]


def test_an_empty_query_lists_the_eligible_items(search):
    found = search.search(Query(), Filters(category="dress"), k=9)
    assert ids(found) == ["d1", "d2", "d3"]


def test_more_hits_asked_than_there_are_gives_all(search):
    assert len(search.search(Query(text="shirt"), Filters(category="shirt"), k=100).hits) == 2


def test_no_result_is_an_answer(search):
    found = search.search(Query(text="shirt"), Filters(category="shirt", price_max=1))
    assert found.hits == ()
    assert found.eligible == 0
    assert found.relaxed == ()


def test_an_empty_catalogue_finds_nothing():
    found = Search(catalog([], ENCODER), ENCODER, LEXICON).search(Query(text="shirt"), Filters())
    assert (found.hits, found.eligible, found.generation) == ((), 0, 3)


def test_soft_filters_are_given_up_in_order_only_when_nothing_is_left(search):
    strict = Filters(category="dress", color="red", season="winter")
    found = search.search(Query(), strict)
    assert (found.relaxed, ids(found)) == (("season",), ["d1"])
    found = search.search(Query(), strict.model_copy(update={"color": "green"}))
    assert (found.relaxed, found.eligible) == (("season", "color"), 3)
    assert search.search(Query(), strict, relax=False).eligible == 0
    assert search.search(Query(), Filters(category="dress", color="red")).relaxed == ()


def test_hard_limits_are_never_given_up(search):
    for hard in (
        {"price_max": 100},
        {"negatives": ("no dress",)},
        {"gender": "kids"},
        {"exclude": ("d1", "d2", "d3")},
    ):
        found = search.search(Query(), Filters(category="dress", color="red", **hard))
        assert (found.eligible, found.relaxed) == (0, ())


def test_a_field_that_nothing_has_is_ignored_and_said():
    bare = [item("a", "Shirt", "shirt"), item("b", "Hat", "hat")]
    asked = Filters(
        category="hat", color="red", pattern="floral", material="silk", gender="men",
        season="winter", size="M", price_max=10, price_min=1,
    )  # fmt: skip
    found = Search(catalog(bare), None, LEXICON).search(Query(), asked)
    assert ids(found) == ["b"]
    assert found.relaxed == ()
    assert set(found.ignored) == {
        "color", "pattern", "material", "gender", "season", "size", "price_min", "price_max",
    }  # fmt: skip


def test_a_table_in_several_pieces_is_searched_like_one(search):
    shop = catalog(encoder=ENCODER)
    shop.table = pa.concat_tables(
        [shop.table.slice(0, 5), shop.table.slice(5, 6), shop.table.slice(11)]
    )
    assert shop.table["color"].num_chunks == 3
    pieces = Search(shop, ENCODER, LEXICON)
    for filters in (
        Filters(color="white"),
        Filters(season="summer"),
        Filters(size="42", category="shoes"),
        Filters(negatives=("no leather", "not navy")),
        Filters(price_max=5000, gender="men"),
    ):
        query = Query(text="white oxford shirt")
        expected = search.search(query, filters, k=50, variants=True)
        assert expected.hits
        found = pieces.search(query, filters, k=50, variants=True)
        assert ids(found) == ids(expected)
        assert found.eligible == expected.eligible


def test_another_encoder_is_refused():
    other = BagOfWords()
    other.id = "other"
    with pytest.raises(UsageError, match="bag-of-words"):
        Search(catalog(encoder=ENCODER), other, LEXICON)


def test_fewer_than_one_hit_is_refused(search):
    with pytest.raises(UsageError, match="k=0"):
        search.search(Query(), Filters(), k=0)


def test_threads_get_the_same_answer():
    shop = Search(catalog(encoder=ENCODER), ENCODER, LEXICON)
    alone = Search(catalog(encoder=ENCODER), ENCODER, LEXICON)
    texts = [i.title for i in ITEMS] * 3
    expected = [ids(alone.search(Query(text=text), Filters())) for text in texts]
    found = [None] * len(texts)

    def work(start):
        for i in range(start, len(texts), 4):
            found[i] = ids(shop.search(Query(text=texts[i]), Filters()))

    threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == expected


def test_scores_do_not_depend_on_filters(search):
    query = Query(text="white oxford shirt for the office")
    whole = search.search(query, Filters(in_stock=False), k=99, variants=True)
    scores = {hit.item_id: hit.score for hit in whole.hits}
    part = search.search(query, Filters(gender="men"), k=99, variants=True)
    assert part.hits
    for hit in part.hits:
        assert hit.score == pytest.approx(scores[hit.item_id], abs=1e-4)


def test_one_size_and_items_without_sizes_fit_all():
    belt = item("a", "Belt", "belt", sizes=sizes(**{"One Size": None}))
    tee = item("c", "Tee", "t-shirt", sizes=sizes(S=1))
    shop = catalog([belt, item("b", "Hat", "hat"), tee])
    found = Search(shop, None, LEXICON).search(Query(), Filters(size="M"))
    assert ids(found) == ["a", "b"]


def test_an_item_without_embedding_is_neutral(search):
    found = search.search(Query(text="shirt"), Filters(), k=99)
    score = {hit.item_id: hit.score for hit in found.hits}
    assert np.isfinite(score["n1"])
    assert min(score.values()) < score["n1"] < max(score.values())
