"""Looks from candidates: budgets, wearers, what may be left out."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from shops import item

from fashionm3.index.outfits import OUTER, Plan, Wish
from fashionm3.index.rules import RuleScorer
from fashionm3.tools.looks import (
    MAX_COMBINATIONS,
    Candidate,
    cheapest,
    compose,
    fit_and_cheap,
    fitted,
)

PLAN = Plan({}, {"top": ("shirt",), "bottom": ("pants",), "shoes": ("shoes",)})
SMART = ("office", "wedding")
SHIRT = item("s", "Poplin shirt", "shirt", "blue", occasion=SMART, price=4490)
CHINOS = item("c", "Twill chinos", "pants", "beige", occasion=SMART, price=6199)
BROGUES = item("b", "Leather brogues", "shoes", "brown", occasion=SMART, price=15195)
WELLIES = item("w", "Rubber wellington boots", "shoes", "orange", price=5299,
               occasion=("rain", "outdoor"))  # fmt: skip
WAISTCOAT = item("v", "Linen waistcoat", "blazer", "beige", occasion=SMART, price=10595)


class Counting(RuleScorer):
    """Counts how many looks it judges."""

    n = 0

    def score(self, items):
        self.n += 1
        return super().score(items)


def of(*items, fit=0.9):
    return [Candidate(piece, fit) for piece in items]


def piece(kind, name, price, gender=None):
    return Candidate(item(name, kind, kind, "navy", price=price, gender=gender), 0.5)


prices = st.lists(st.integers(100, 9_000), min_size=1, max_size=30)


@settings(max_examples=40, deadline=None)
@given(prices, prices, prices, st.integers(300, 20_000))
def test_a_look_is_found_exactly_where_the_budget_allows_one(tops, bottoms, shoes, budget):
    found = {
        slot: [piece(kind, f"{slot}{n}", price) for n, price in enumerate(costs)]
        for slot, kind, costs in zip(
            PLAN.needed, ("shirt", "pants", "shoes"), (tops, bottoms, shoes), strict=True
        )
    }
    least = min(tops) + min(bottoms) + min(shoes)
    assert cheapest(PLAN, found, frozenset()) == least
    looks = compose(PLAN, found, RuleScorer(), budget)
    assert bool(looks) == (least <= budget)
    assert all(sum(i.price for i in look.slots.values()) <= budget for look in looks)


def test_one_person_can_wear_every_look_and_pays_for_it_alone():
    found = {
        slot: [piece(kind, f"{slot}{g}", cost, g) for g, cost in (("men", men), ("women", women))]
        for slot, kind, men, women in (
            ("top", "shirt", 10, 90),
            ("bottom", "pants", 90, 10),
            ("shoes", "shoes", 90, 95),
        )
    }
    looks = compose(PLAN, found, RuleScorer(), None)
    assert len(looks) == 2
    assert all(len({i.gender for i in look.slots.values()}) == 1 for look in looks)
    assert cheapest(PLAN, found, frozenset()) == 190


def test_wellingtons_spoil_a_wedding_though_they_leave_money_for_a_waistcoat():
    plan = Plan({}, PLAN.needed, {OUTER: ("blazer",)})
    wish = Wish(occasion="wedding")
    found = {
        slot: fitted(items, wish, [], RuleScorer())
        for slot, items in {
            "top": [SHIRT],
            "bottom": [CHINOS],
            "shoes": [WELLIES, BROGUES],
            OUTER: [WAISTCOAT],
        }.items()
    }
    tight, free = (compose(plan, found, RuleScorer(), budget) for budget in (30_000, None))
    assert tight[0].slots == {"top": SHIRT, "bottom": CHINOS, "shoes": BROGUES}
    assert free[0].slots == {"top": SHIRT, "bottom": CHINOS, "shoes": BROGUES, OUTER: WAISTCOAT}
    worn = {look.slots["shoes"].item_id: look.rank for look in reversed(tight)}
    assert worn["w"] < worn["b"] - 0.15


def test_a_layer_that_does_not_fit_is_left_out():
    plan = Plan({}, PLAN.needed, {OUTER: ("blazer",)})
    found = {"top": of(SHIRT), "bottom": of(CHINOS), "shoes": of(BROGUES)}
    looks = compose(plan, {**found, OUTER: of(WAISTCOAT, fit=0.2)}, RuleScorer(), None)
    assert OUTER not in looks[0].slots


def test_words_of_the_wish_outweigh_the_place_in_the_search():
    boots = item("x", "Leather ankle boots", "shoes", "black", style=("boots",))
    found = fitted([WELLIES, BROGUES, boots], Wish(style="ankle boots"), [BROGUES], RuleScorer())
    assert found[0].item == boots


def test_the_cheapest_of_each_wearer_are_tried_beside_the_best():
    found = [piece("shoes", f"m{n}", 5_000 + n, "men") for n in range(20)]
    found += [piece("shoes", f"w{n}", 9_000 - n, "women") for n in range(20)]
    kept = {c.item.item_id for c in fit_and_cheap(found, cheap=True)}
    assert {"m0", "w19", "w18", "w17"} <= kept
    assert "w19" not in {c.item.item_id for c in fit_and_cheap(found, cheap=False)}


def test_few_looks_are_judged_however_many_there_could_be():
    scorer = Counting()
    found = {
        slot: [piece(kind, f"{slot}{n}", 100 * n) for n in range(40)]
        for slot, kind in zip(PLAN.needed, ("shirt", "pants", "shoes"), strict=True)
    }
    n_possible = len(list(product(*found.values())))
    compose(PLAN, found, scorer, 9_000)
    assert 0 < scorer.n <= MAX_COMBINATIONS < n_possible
