"""No-gos: what the words rule out, and nothing else."""

import pytest

from fashionm3.agent.heard import Heard
from fashionm3.agent.ruled_out import RuledOut
from fashionm3.index.lexicon import Lexicon

LEXICON = Lexicon.load()


def ruled_out(text, said=(), notes=(), before=""):
    return RuledOut(Heard(text, LEXICON), before).all_of(said, notes)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a parka, no fur", ["no fur"]),
        ("a dress, nothing strappy", ["not strappy"]),
        ("no florals and no laces please", ["not florals", "no laces"]),
        ("jeans. not ripped. not skinny", ["not ripped", "not skinny"]),
        ("shoes without any zips", ["no zips"]),
        ("camel is out, I want it grey", ["not camel"]),
        ("polyester free please", ["no polyester"]),
        ("anything but suede", ["no suede"]),
        ("no thanks, no rush", []),
        ("not sure, no idea", []),
        ("nothing over 30", []),
        ("I'm not tall", []),
        ("those have no pockets, give me pockets", []),
        ("green is better than brown", []),
        ("navy instead of white", []),
        ("for winter, not spring", []),
    ],
)
def test_no_gos_are_read_from_the_words(text, found):
    assert sorted(ruled_out(text)) == sorted(found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a red dress", "no leather"),
        ("not see through, sorry caps lock", "not sorry caps lock stuck"),
        ("no way 130", "no 130"),
        ("shoes, no go", "no go"),
    ],
)
def test_a_no_go_that_nobody_said_goes(text, said):
    assert said not in ruled_out(text, [said])


def test_a_no_go_that_was_said_in_any_way_stays():
    assert ruled_out("they mustn't be skinny", ["not skinny"]) == ["not skinny"]
    assert ruled_out("polyester makes me sweat", ["no polyester"]) == ["no polyester"]


def test_a_no_go_of_earlier_rounds_stays():
    assert ruled_out("in red", ["no leather"], before="shoes, no leather") == ["no leather"]


def test_what_is_disliked_for_good_is_a_no_go_at_once():
    assert ruled_out("I never wear wool. A jumper?", notes=["dislikes wool"]) == ["no wool"]
