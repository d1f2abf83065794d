"""Steps: a message that asks for several things one after the other."""

import pytest

from fashionm3.agent.steps import may_go_on, steps


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("swap the shoes, then find me a hat", ["swap the shoes", "find me a hat"]),
        ("boots up to 90. After that change the coat", ["boots up to 90", "change the coat"]),
        (
            "show me red berets and then redo the outfit",
            ["show me red berets", "redo the outfit"],
        ),
        ("first a red hat, second blue jeans", ["a red hat", "blue jeans"]),
        ("other shoes, and show me in it", ["other shoes", "show me in it"]),
        ("the first one, then a belt to match", ["the first one", "a belt to match"]),
        ("red shoes", ["red shoes"]),
        ("shoes and a hat", ["shoes and a hat"]),
        ("twenty more then, but waterproof", ["twenty more then, but waterproof"]),
        ("in red, the second one", ["in red, the second one"]),
        ("", [""]),
    ],
)
def test_what_comes_after_a_joining_word_is_a_step_of_its_own(text, parts):
    assert steps(text) == parts


@pytest.mark.parametrize("text", ["swap the shoes and show me again", "a hat + the whole outfit"])
def test_something_more_may_be_asked_for_behind_a_joining_word(text):
    assert may_go_on(text)


@pytest.mark.parametrize("text", ["red shoes", "boots, no zips", "boots and it should be wool"])
def test_what_only_says_how_it_should_be_asks_for_nothing_more(text):
    assert not may_go_on(text)
