"""The outfit tool: complete looks, anchors, budgets, what is missing."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from shops import BagOfWords, runner, shop

from fashionm3.index.outfits import COMPLETE
from fashionm3.tools.base import Scene
from fashionm3.types import Constraints, Look

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
        assert set(look.slots) == {"layer", "shoes"}
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


def test_whom_the_anchor_is_for_decides_whom_the_look_is_for():
    seen = outfit(anchor="b4")
    genders = {SHOP.item(card.item_id).gender for card in seen.outfit.slots.values()}
    assert seen.outfit.slots["shoes"].item_id == "b4"
    assert genders <= {"men", "unisex"}


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
    assert "layer" in free.slots
    budget = (free.total - free.slots["layer"].price) / 100
    seen = outfit(occasion="wedding", gender="men", budget_max=budget)
    assert seen.outfit is not None
    assert seen.outfit.total <= budget * 100
