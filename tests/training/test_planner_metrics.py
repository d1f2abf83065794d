"""The planner's measures: spellings of one meaning are equal, everything else counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fashionm3.agent.round import Context, Round
from fashionm3.training.planner_metrics import Case, evaluate, overlap, slots

LOOK = Context.model_validate(
    {"outfit": [{"ref": "1", "category": "shirt"}, {"ref": "2", "category": "shoes"}]}
)
TWO_SHOES = Context.model_validate(
    {"outfit": [{"ref": "1", "category": "shoes"}, {"ref": "2", "category": "shoes"}]}
)
words = st.lists(st.sampled_from(["red", "wide", "long", "soft"]), min_size=1, max_size=3).map(
    " ".join
)
args = st.fixed_dictionaries(
    {},
    optional={
        "style": words,
        "color": words,
        "price_max": st.integers(1, 99),
        "negatives": st.lists(words.map("no {}".format), max_size=2),
    },
)


def score(said, expect, context=None, more=False):
    case = Case("1", ("tag",), Round(text="x", context=context or Context()), expect)
    report = evaluate([case], lambda _: {**said, "more": more, "ms": 5})
    return report.total.summary


@given(args)
def test_a_decision_agrees_with_itself(given_args):
    found = slots(given_args, Context())
    assert overlap(found, found) == pytest.approx(len(found))


@given(args, args)
def test_agreement_is_mutual_and_bounded(one, other):
    a, b = slots(one, Context()), slots(other, Context())
    assert 0 <= overlap(a, b) <= min(len(a), len(b))


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({"negatives": ["no black"]}, {"negatives": ["not black"]}),
        ({"target": "shoes"}, {"target": "2"}),
        ({"target": "2"}, {"target": "shoes"}),
        ({"price_max": 70.0}, {"price_max": 70}),
        ({"style": "Slim-fit"}, {"style": "slim fit"}),
        ({"style": "chinos", "question": "x"}, {"style": "chino"}),
    ],
)
def test_two_spellings_of_one_meaning_are_equal(said, wanted):
    expect = {"tool": "swap", "args": wanted}
    assert score({"tool": "swap", "args": said}, expect, LOOK)["joint"] == 1.0


def test_a_category_of_two_pieces_is_no_reference():
    expect = {"tool": "swap", "args": {"target": "2"}}
    found = score({"tool": "swap", "args": {"target": "shoes"}}, expect, TWO_SHOES)
    assert found["slot_f1"] == 0.0


def test_free_words_count_by_their_overlap():
    expect = {"tool": "search", "args": {"style": "slim fit chinos"}}
    found = score({"tool": "search", "args": {"style": "slim chinos"}}, expect)
    assert found["slot_f1"] == 0.8
    assert found["joint"] == 0.0


def test_slots_of_another_tool_are_no_hits():
    expect = {"tool": "search", "args": {"color": "red"}}
    found = score({"tool": "swap", "args": {"color": "red"}}, expect)
    assert (found["tool_accuracy"], found["slot_f1"]) == (0.0, 0.0)


def test_an_invented_slot_costs_precision_and_the_joint_score():
    expect = {"tool": "search", "args": {"color": "red"}}
    found = score({"tool": "search", "args": {"color": "red", "season": "summer"}}, expect)
    assert (found["slot_precision"], found["slot_recall"], found["joint"]) == (0.5, 1.0, 0.0)


def test_a_missing_more_costs_the_joint_score():
    expect = {"tool": "search", "args": {}, "more": True}
    assert score({"tool": "search", "args": {}}, expect)["joint"] == 0.0
    assert score({"tool": "search", "args": {}}, expect, more=True)["joint"] == 1.0


def test_scores_are_kept_by_tag_and_confusions_counted():
    cases = [
        Case("1", ("a", "b"), Round(text="x"), {"tool": "search", "args": {}}),
        Case("2", ("b",), Round(text="y"), {"tool": "ask", "args": {}}),
    ]
    report = evaluate(cases, lambda _: {"tool": "search", "args": {}})
    data = report.as_json()
    assert data["by_tag"]["a"]["tool_accuracy"] == 1.0
    assert data["by_tag"]["b"]["tool_accuracy"] == 0.5
    assert data["confusion"] == {"ask": {"search": 1}, "search": {"search": 1}}
    assert [error["id"] for error in report.errors] == ["2"]
