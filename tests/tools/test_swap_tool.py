"""The swap tool: only the named slot changes."""

from hypothesis import given, settings
from hypothesis import strategies as st
from shops import runner, shop

from fashionm3.tools.base import Scene

SHOP = shop()
RUNNER = runner(SHOP)
LOOK = RUNNER.run(
    "outfit", {"gender": "men", "occasion": "office"}, Scene(), "c0"
).observation.outfit
SCENE = Scene(outfit=LOOK)

wishes = st.fixed_dictionaries(
    {},
    optional={
        "color": st.sampled_from(["white", "brown", "blue", "purple"]),
        "material": st.sampled_from(["leather", "canvas", "wool"]),
        "price_max": st.integers(10, 200),
        "cheaper": st.booleans(),
        "negatives": st.lists(st.sampled_from(["no leather", "not brown"]), max_size=2),
        "style": st.sampled_from(["less formal", "warm", "loafers"]),
    },
)


def swap(scene=SCENE, **args):
    return RUNNER.run("swap", args, scene, "c1")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(LOOK.slots)), wishes)
def test_swap_changes_only_the_named_slot(slot, wish):
    seen = swap(target=slot, **wish).observation
    if seen.outfit is None:
        assert seen.cards == ()
        return
    assert list(seen.outfit.slots) == list(LOOK.slots)
    for name, card in seen.outfit.slots.items():
        same = card.item_id == LOOK.slots[name].item_id
        assert same == (name != slot)


def test_cheaper_is_cheaper_than_the_piece():
    old = LOOK.slots["shoes"]
    seen = swap(target="shoes", cheaper=True).observation
    assert seen.cards[0].price < old.price


def test_a_given_item_takes_the_place():
    seen = swap(target="shoes", **{"with": "b5"}).observation
    assert seen.outfit.slots["shoes"].item_id == "b5"


def test_a_given_item_of_another_slot_is_refused():
    assert "can't take the place" in swap(target="shoes", **{"with": "c1"}).error


def test_a_shown_piece_gives_a_fresh_list_without_it():
    shown = RUNNER.run("search", {"category": "shoes"}, Scene(), "c1").observation.cards
    seen = swap(Scene(shown=shown), target=shown[0].item_id).observation
    assert seen.kind == "swap_list"
    assert seen.outfit is None
    assert shown[0].item_id not in [card.item_id for card in seen.cards]
    assert {card.category for card in seen.cards} == {"shoes"}


def test_what_can_not_be_had_leaves_the_look_as_it_is():
    seen = swap(target="shoes", price_max=1).observation
    assert seen.outfit is None
    assert seen.facts["cheapest"] > 100


def test_an_unknown_target_is_an_error_for_the_planner():
    assert "neither in the look" in swap(target="nowhere").error


def test_another_kind_of_the_slot_takes_the_place_where_none_of_its_own_fits():
    look = RUNNER.run("outfit", {"occasion": "office", "gender": "men"}, Scene(), "c1")
    before = look.observation.outfit
    top = before.slots["top"]
    assert top.category != "t-shirt"
    args = {"target": top.item_id, "color": "white", "price_max": 25}
    seen = RUNNER.run("swap", args, Scene(outfit=before), "c2").observation
    assert seen.outfit.slots["top"].item_id == "t1"
    kept = {slot: card.item_id for slot, card in seen.outfit.slots.items() if slot != "top"}
    assert kept == {s: c.item_id for s, c in before.slots.items() if s != "top"}
