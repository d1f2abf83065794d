"""Wording: calls held against the words."""

import pytest

from fashionm3.agent.heard import Heard
from fashionm3.agent.numbers import digits
from fashionm3.agent.round import Call, Round
from fashionm3.agent.wording import Wording
from fashionm3.index.lexicon import Lexicon

LEXICON = Lexicon.load()


def corrected(text, tool="search", history=(), **args):
    round_ = Round.model_validate({"text": text, "history": list(history)})
    return (
        Wording(Heard(digits(text), LEXICON), round_, LEXICON)
        .corrected(Call(tool=tool, args=args))
        .args
    )


def test_what_the_words_hold_plainly_is_put_in():
    assert corrected("navy chinos for a tall bloke, up to seventy") == {
        "category": "pants",
        "style": "chinos",
        "color": "navy",
        "gender": "men",
        "price_max": 70,
    }


def test_unusual_colours_become_plain():
    assert corrected("burgundy chelsea boots", category="shoes", color="burgundy")["color"] == "red"


def test_what_nobody_said_is_taken_out():
    args = corrected("shoes", category="shoes", color="red", price_max=50, material="suede")
    assert args == {"category": "shoes"}


def test_what_was_carried_stays():
    before = {"tool": "search", "args": {"category": "pants", "color": "navy", "price_max": 70}}
    history = [{"user": "navy chinos up to 70", "decision": before}]
    args = corrected(
        "the same in linen",
        history=history,
        category="pants",
        color="navy",
        price_max=70,
        material="linen",
    )
    assert args == {"category": "pants", "color": "navy", "price_max": 70, "material": "linen"}


def test_a_correction_wins():
    text = "ankle boots, navy - no sorry, chocolate"
    assert corrected(text, category="shoes", color="navy")["color"] == "brown"


@pytest.mark.parametrize("text", ["shoes, no leather", "shoes without any leather"])
def test_a_no_go_is_a_negative_and_no_wish(text):
    args = corrected(text, category="shoes")
    assert args["negatives"] == ["no leather"]
    assert "material" not in args


def test_a_colour_that_is_ruled_out_is_not_wanted():
    args = corrected("a red dress, not white", category="dress")
    assert args["color"] == "red"
    assert args["negatives"] == ["not white"]


def test_a_wrong_price_is_the_one_that_was_said():
    assert corrected("boots under 90 in size 42", category="shoes", price_max=42)["price_max"] == 90


def test_a_budget_of_a_look_is_read():
    args = corrected("an outfit for the office within 250", tool="outfit", occasion="office")
    assert args["budget_max"] == 250


def test_missing_pieces_become_categories():
    args = corrected("need trainers and a coat", tool="outfit", missing=["trainers", "coat"])
    assert args["missing"] == ["shoes", "outerwear"]
