"""The outfit tool: complete looks, anchors, budgets, what is missing."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from shops import BagOfWords, item, runner, shop

from fashionm3.index.outfits import COMPLETE, OUTER, SLOTS
from fashionm3.tools.base import Scene
from fashionm3.types import Card, Constraints, Look

SHOP = shop()
RUNNER = runner(SHOP)


def outfit(scene=None, **args):
    outcome = RUNNER.run("outfit", args, scene or Scene(), "c1")
    assert outcome.error is None, outcome.error
    return outcome.observation


def ids(look: Look) -> set[str]:
    return {card.item_id for card in look.slots.values() if card.item_id}


def test_looks_are_complete_and_the_best_one_is_the_current_one():
    seen = outfit(occasion="office")
    assert 1 <= len(seen.looks) <= 3
    assert seen.outfit == seen.looks[0]
    for look in seen.looks:
        assert any(slots <= set(look.slots) for slots in COMPLETE)


@settings(max_examples=25, deadline=None)
@given(st.integers(60, 500))
def test_no_look_costs_more_than_the_budget(budget):
    seen = outfit(budget_max=budget)
    for look in seen.looks:
        assert look.total is not None
        assert look.total <= budget * 100
    if not seen.looks:
        assert seen.facts["cheapest_total"] > budget * 100


def test_an_item_of_the_shop_anchors_every_look():
    assert all("p2" in ids(look) for look in outfit(anchor="p2").looks)


def test_an_own_piece_anchors_without_price_or_id():
    seen = outfit(anchor="grey wool blazer", missing=["shoes"], budget_max=100)
    assert seen.looks
    for look in seen.looks:
        own = [card for card in look.slots.values() if card.item_id is None]
        assert [card.title for card in own] == ["grey wool blazer"]
        assert set(look.slots) == {OUTER, "shoes"}
        assert look.total <= 10_000


def test_words_without_a_garment_are_asked_back():
    outcome = RUNNER.run("outfit", {"anchor": "my thing"}, Scene(), "c1")
    assert "names no kind of garment" in outcome.error


def test_looks_share_at_most_half_of_their_pieces():
    looks = outfit().looks
    for one in looks:
        for other in looks:
            if one is not other:
                assert len(ids(one) & ids(other)) * 2 <= len(ids(one))


def test_what_the_shop_lacks_is_said():
    bare = runner(shop(items=SHOP.catalog.items([SHOP.catalog.row(i) for i in ("t1", "p2")])))
    seen = bare.run("outfit", {"gender": "men"}, Scene(), "c1").observation
    assert "shoes" in seen.facts["missing"]
    assert "shoes" in seen.looks[0].missing


def test_nobody_is_dressed_in_mens_and_womens_pieces_at_once():
    for look in outfit().looks:
        genders = {SHOP.item(i).gender for i in ids(look)} - {None, "unisex"}
        assert len(genders) <= 1


def test_a_budget_declared_for_good_holds():
    held = Scene(constraints=Constraints(budget=15_000))
    assert all(look.total <= 15_000 for look in outfit(held).looks)


def test_one_of_several_looks_can_be_chosen():
    looks = tuple(
        look.model_copy(update={"ref": f"L{n}"}) for n, look in enumerate(outfit().looks, 1)
    )
    seen = outfit(Scene(looks=looks), look="L2")
    assert seen.outfit == looks[1]
    outcome = RUNNER.run("outfit", {"look": "L9"}, Scene(looks=looks), "c1")
    assert "not on the screen" in outcome.error


@pytest.mark.parametrize("likes", [(), ("linen",)])
def test_taste_is_the_threads_notes_and_is_said(likes):
    seen = outfit(Scene(constraints=Constraints(likes=likes)), personal=True)
    assert seen.facts["personal"] == list(likes)


class PrintedWords(BagOfWords):
    """Reads every picture as a blue shirt."""

    def encode_images(self, images):
        return self.encode_texts(["a photo of a shirt"] * len(images))


def test_a_picture_anchors_by_its_kind_and_colour():
    of = shop(encoder=PrintedWords())
    ref = of.artifacts.put(Image.new("RGB", (96, 128), (20, 60, 200)))
    seen = runner(of).run("outfit", {"anchor": ref.sha256}, Scene(), "c1").observation
    for look in seen.looks:
        top = look.slots["top"]
        assert (top.item_id, top.category, top.color) == (None, "shirt", "blue")


def test_without_an_encoder_a_picture_is_asked_for_in_words():
    of = replace(shop(), encoder=None)
    outcome = runner(of).run("outfit", {"anchor": "0" * 64}, Scene(), "c1")
    assert "describe the piece in words" in outcome.error


def test_a_missing_piece_is_added_and_the_others_stay():
    before = outfit(occasion="office", gender="men").outfit
    scene = Scene(outfit=before)
    seen = outfit(scene, missing=["hat"])
    assert seen.outfit.slots["hat"].category == "hat"
    kept = {slot: card.item_id for slot, card in seen.outfit.slots.items() if slot != "hat"}
    assert kept == {slot: card.item_id for slot, card in before.slots.items()}
    assert seen.facts["added"] == ["hat"]


def test_a_layer_is_left_out_rather_than_the_budget_broken():
    free = outfit(occasion="wedding", gender="men").outfit
    assert OUTER in free.slots
    budget = (free.total - free.slots[OUTER].price) / 100
    seen = outfit(occasion="wedding", gender="men", budget_max=budget)
    assert seen.outfit is not None
    assert seen.outfit.total <= budget * 100


WINTER = ("autumn", "winter")
ALL_YEAR = ("spring", "summer", "autumn", "winter")
WARDROBE = (
    item("m1", "Men's poplin shirt", "shirt", "blue", gender="men", price=4490, season=ALL_YEAR,
         occasion=("office", "wedding")),
    item("m2", "Men's twill chinos", "pants", "brown", gender="men", price=6199, season=ALL_YEAR,
         occasion=("office", "everyday")),
    item("m3", "Men's leather brogues", "shoes", "brown", gender="men", price=15195,
         season=ALL_YEAR, occasion=("office", "wedding")),
    item("m4", "Men's wellington boots", "shoes", "orange", gender="men", price=5299,
         season=("spring", "autumn"), occasion=("rain", "outdoor")),
    item("m5", "Men's linen waistcoat", "blazer", "beige", gender="men", price=10595,
         season=ALL_YEAR, occasion=("wedding", "office")),
    item("m6", "Men's zip hoodie", "hoodie", "black", gender="men", price=6895,
         season=WINTER, occasion=("everyday", "sport")),
    item("m7", "Men's rain jacket", "outerwear", "green", gender="men", price=10990,
         season=("spring", "autumn"), occasion=("rain", "outdoor")),
    item("m8", "Men's joggers", "pants", "grey", gender="men", price=4395, season=ALL_YEAR,
         occasion=("sport", "gym")),
    item("m9", "Men's pique polo", "polo", "navy", gender="men", price=5495, season=ALL_YEAR,
         occasion=("everyday", "office")),
    item("w1", "Roll-neck jumper", "longsleeve", "grey", gender="women", price=6900,
         material="wool", season=WINTER, occasion=("office", "everyday")),
    item("w2", "Tailored trousers", "pants", "beige", gender="women", price=6299,
         season=ALL_YEAR, occasion=("office",)),
    item("w3", "Mesh running shoes", "shoes", "white", gender="women", price=9200,
         season=ALL_YEAR, occasion=("sport", "gym")),
    item("w4", "Leather ankle boots", "shoes", "black", gender="women", price=20090,
         style=("boots",), season=WINTER, occasion=("office", "everyday")),
    item("w5", "Wool coat", "outerwear", "beige", gender="women", price=27700, material="wool",
         style=("coat",), season=WINTER, occasion=("office", "everyday")),
    item("w6", "Tweed blazer", "blazer", "brown", gender="women", price=17800,
         season=WINTER, occasion=("office", "weekend")),
    item("w7", "Felt beret", "hat", "red", gender="women", price=2900, season=WINTER),
    item("w8", "Corduroy skirt", "skirt", "brown", gender="women", price=5900, season=WINTER,
         occasion=("everyday",)),
    item("k1", "Kids' tee", "t-shirt", "white", gender="kids", price=900),
    item("k2", "Kids' joggers", "pants", "grey", gender="kids", price=1900),
    item("k3", "Kids' trainers", "shoes", "white", gender="kids", price=2900),
)  # fmt: skip
STORE = runner(shop(items=WARDROBE))


def dressed(scene=None, **args):
    outcome = STORE.run("outfit", args, scene or Scene(), "c1")
    assert outcome.error is None, outcome.error
    return outcome.observation


@pytest.mark.parametrize("anchor", ["m1", "m5", "m6", "m7", "m8", "m9"])
def test_a_mans_piece_anchors_a_mans_look(anchor):
    seen = dressed(anchor=anchor)
    assert seen.looks
    for look in seen.looks:
        assert anchor in ids(look)
        assert all(i.startswith("m") for i in ids(look))


def test_an_own_piece_that_only_women_buy_here_asks_for_a_womans_look():
    seen = dressed(anchor="rust cord skirt", missing=["shoes", "outerwear"])
    assert seen.looks
    assert all(i.startswith("w") for look in seen.looks for i in ids(look))


def test_no_childs_piece_is_in_a_look_for_nobody_in_particular():
    assert not any(i.startswith("k") for look in dressed().looks for i in ids(look))
    seen = dressed(budget_max=60)
    assert not seen.looks
    assert seen.facts["cheapest_total"] == 4490 + 4395 + 5299
    assert dressed(gender="kids", budget_max=60).looks


def test_a_wedding_within_a_budget_keeps_the_good_shoes_and_leaves_the_waistcoat():
    best = dressed(occasion="wedding", gender="men", budget_max=300).looks[0]
    assert ids(best) == {"m1", "m2", "m3"}
    assert "m5" in ids(dressed(occasion="wedding", gender="men").looks[0])


def test_kinds_that_an_outfit_is_wanted_with_are_in_a_whole_look():
    seen = dressed(missing=["outerwear", "shoes"], season="winter", gender="women")
    assert {"w4", "w5"} < ids(seen.looks[0])
    assert {"top", "bottom", "shoes", OUTER} == set(seen.looks[0].slots)


def test_words_of_the_style_choose_pieces():
    seen = dressed(style="coat and boots", gender="women")
    assert all({"w4", "w5"} < ids(look) for look in seen.looks[:1])


def test_a_coat_that_is_missing_is_bought_and_not_taken_for_an_own_one():
    seen = dressed(anchor="coat", missing=["outerwear", "shoes"], season="winter", gender="women")
    assert "w5" in ids(seen.looks[0])
    assert all(card.item_id for card in seen.looks[0].slots.values())


def test_what_the_shop_lacks_is_said_in_words_that_people_use():
    bare = runner(shop(items=[i for i in WARDROBE if i.category not in ("outerwear", "blazer")]))
    args = {"missing": ["outerwear", "shoes"], "gender": "women"}
    seen = bare.run("outfit", args, Scene(), "c1").observation
    assert not any(sign.isdigit() for name in seen.facts.get("missing", ()) for sign in name)
    assert seen.facts["missing"] == ["coat or jacket"]
    assert all({"top", "bottom", "shoes"} == set(look.slots) for look in seen.looks)


def test_an_added_piece_is_the_only_card_and_suits_the_wearer():
    before = dressed(gender="women", season="winter", missing=["outerwear"]).outfit
    seen = dressed(Scene(outfit=before), missing=["hat"])
    assert [card.item_id for card in seen.cards] == ["w7"]
    assert seen.changed_slot == "hat"
    assert ids(seen.outfit) == ids(before) | {"w7"}


def test_an_own_piece_of_the_look_stays_when_one_is_added():
    own = Card(title="my grey blazer", category="blazer", color="grey", text="yours")
    before = Look(slots={"shoes": Card(item_id="w4", title="boots", category="shoes"), OUTER: own})
    seen = dressed(Scene(outfit=before), missing=["hat", "outerwear"])
    assert seen.outfit.slots[OUTER].title == "my grey blazer"
    assert seen.facts["added"] == ["hat"]


def test_a_slot_that_is_taken_is_left_as_it_is():
    before = dressed(gender="women", season="winter", missing=["outerwear"]).outfit
    seen = dressed(Scene(outfit=before), missing=["shoes", "blazer"])
    assert seen.looks == (before,)
    assert "added" not in seen.facts


def test_the_budget_holds_for_what_is_added():
    before = dressed(gender="women", occasion="office").outfit
    budget = before.total / 100 + 10
    assert not dressed(Scene(outfit=before), missing=["hat"], budget_max=budget).looks


@pytest.mark.parametrize(
    "args",
    [{}, {"occasion": "office"}, {"season": "winter"}, {"anchor": "m5", "style": "with a coat"},
     {"anchor": "grey blazer", "missing": ["outerwear", "shoes"]}, {"style": "shirt and jumper"}],
)  # fmt: skip
def test_no_look_has_two_pieces_of_one_kind(args):
    seen = dressed(**args)
    assert seen.looks
    for look in seen.looks:
        kinds = [card.category for card in look.slots.values()]
        assert len(kinds) == len(set(kinds))
        assert sum(card.category in SLOTS["top"] for card in look.slots.values()) <= 1
