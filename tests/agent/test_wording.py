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


def test_style_is_in_the_shoppers_own_words():
    assert corrected("crop tops", category="top", style="cropped")["style"] == "crop"
    assert corrected("a dress with long sleeves", category="dress", style="long-sleeved") == {
        "category": "dress",
        "style": "long sleeves",
    }


def test_a_cut_that_the_model_missed_is_put_in():
    assert corrected("petite trousers", category="pants")["style"] == "petite"


def test_a_word_is_said_once_in_the_slot_that_holds_it():
    args = corrected("plain white polos", category="polo", style="plain")
    assert args == {"category": "polo", "color": "white", "pattern": "plain"}


def test_an_occasion_is_the_whole_phrase():
    args = corrected("an outfit for a diwali party", tool="outfit", occasion="diwali")
    assert args["occasion"] == "diwali party"


def test_an_own_piece_is_named_as_the_shopper_does():
    args = corrected(
        "I own a mustard corduroy blazer", tool="outfit", anchor="mint corduroy blazer"
    )
    assert args["anchor"] == "mustard corduroy blazer"


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("shorts for my lad, he's six", "kids"),
        ("a shirt for my husband", "men"),
        ("women's coats", "women"),
        ("my girlfriend stole my hoodie, another one", None),
        ("I've had three kids, a dress please", None),
        ("a coat under 10", None),
    ],
)
def test_only_the_one_to_dress_is_a_person(text, gender):
    assert corrected(text).get("gender") == gender


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("other shoes, 15 less than these", 65),
        ("half the price please", 40),
        ("same price or less", 80),
        ("not over 27,50", 27.5),
        ("go up to 3 hundred", 300),
    ],
)
def test_a_limit_is_reckoned_from_the_piece_that_goes(text, limit):
    look = {"outfit": [{"ref": "3", "category": "shoes", "price": 80}]}
    round_ = Round.model_validate({"text": text, "context": look})
    call = Call(tool="swap", args={"target": "3"})
    heard = Heard(digits(text), LEXICON)
    assert Wording(heard, round_, LEXICON).corrected(call).args["price_max"] == limit


def test_cheaper_is_read_in_any_spelling():
    args = corrected("sumthing cheeper for the hat", tool="swap", target="hat", style="cheeper")
    assert args == {"target": "hat", "cheaper": True}


def test_kinds_that_are_joined_are_all_missing():
    args = corrected("pair A with a coat and boots", tool="outfit", missing=["coat"], anchor="A")
    assert args["missing"] == ["outerwear", "shoes"]


def test_what_is_barred_for_good_is_not_wanted_at_once():
    text, notes = "By the way, I never wear leather. Any boots?", ("dislikes leather",)
    call = Call(tool="search", args={"category": "shoes", "material": "leather", "style": "boots"})
    heard = Heard(text, LEXICON, notes)
    args = Wording(heard, Round(text=text), LEXICON, notes).corrected(call).args
    assert "material" not in args
    assert args["negatives"] == ["no leather"]


@pytest.mark.parametrize(
    ("text", "style", "expected"),
    [
        ("I don't like the pants, too formal", "formal", "less formal"),
        ("he hates anything shiny, maybe a jumper", "jumper shiny", "jumper"),
    ],
)
def test_too_much_of_something_and_what_is_hated_is_no_wish(text, style, expected):
    assert corrected(text, style=style)["style"] == expected


def test_a_no_go_bars_neither_the_wanted_kind_nor_a_price():
    text = "I meant boots not shoes, not too pricey, not too skinny"
    args = corrected(text, category="shoes", negatives=["not shoes", "not too pricey"])
    assert "not shoes" not in args.get("negatives", [])
    assert not any("pric" in negative for negative in args.get("negatives", []))


def test_misspelt_price_words_are_read():
    assert corrected("dress uner 50", category="dress")["price_max"] == 50


def test_a_misspelt_fabric_is_spelt():
    assert corrected("a brown lether skirt", category="skirt", material="lether")["material"] == (
        "leather"
    )


def test_a_fabric_does_not_repeat_the_colour():
    args = corrected(
        "white cotton shirts", category="shirt", color="white", material="white cotton"
    )
    assert args["material"] == "cotton"


@pytest.mark.parametrize(
    ("text", "color"),
    [
        ("cropped top in white. scratch white, make it pink", "pink"),
        ("black boots, hang on, brown boots", "brown"),
        ("a black dress, make it long", "black"),
    ],
)
def test_a_correction_takes_the_place_of_what_was_said_before(text, color):
    assert corrected(text, color="white")["color"] == color


@pytest.mark.parametrize(
    ("text", "negatives"),
    [
        ("whole new look, prom, not a tux", ["no tux"]),
        ("outfit for a first date, no skirts and no heels", ["no skirts", "no heels"]),
        ("an outfit, I have no skirt", []),
        ("Komplettes Outfit, aber bitte keinen Rock", ["no skirt"]),
    ],
)
def test_a_look_can_do_without_a_kind(text, negatives):
    assert corrected(text, tool="outfit").get("negatives", []) == negatives


@pytest.mark.parametrize("text", ["no no, navy trousers", "no hang on, navy trousers"])
def test_stammering_rules_nothing_out(text):
    assert "negatives" not in corrected(text, negatives=["no no", "no hang"])


@pytest.mark.parametrize(
    ("text", "tool", "said", "style"),
    [
        ("a yellow rain coat", "search", "rain coat", "raincoat"),
        ("chelsae boots in black", "search", "chelsae boots", "chelsea boots"),
        ("a softer one instead", "swap", "soft", "softer"),
        ("the purple one but more baggy", "swap", "baggy", "more baggy"),
        ("something wider", "swap", "wide", "wider"),
        ("a wide one", "swap", "wide", "wide"),
    ],
)
def test_a_style_is_spelt_and_a_direction_is_as_it_was_said(text, tool, said, style):
    assert corrected(text, tool=tool, style=said)["style"] == style


@pytest.mark.parametrize(
    ("text", "negatives"),
    [
        ("lo mismo en negro y sin cremallera", ["not zip"]),
        ("einen grünen Hut, aber bitte keinen Filz", ["no felt"]),
        ("要黑色的，不要皮的", ["no leather"]),
    ],
)
def test_no_gos_of_another_language_are_in_the_lexicons_words(text, negatives):
    assert corrected(text, negatives=["no cremallera", "no filz"])["negatives"] == negatives
