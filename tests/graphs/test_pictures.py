"""Rounds with a picture: searched by likeness, kept by hash, a look built around it."""

import io

from PIL import Image
from talks import assistant, call

SCRIPT = {
    "one like this": [call("search", category="shoes")],
    "what goes with this": [call("outfit", anchor="red shirt", gender="men")],
    "and hats": [call("search", category="hat")],
    "hats under 1": [call("search", category="hat", price_max=1)],
}


def png(color="red"):
    file = io.BytesIO()
    Image.new("RGB", (40, 60), color).save(file, "PNG")
    return file.getvalue()


def test_a_picture_is_searched_by_likeness_within_what_the_words_say(tmp_path):
    talk = assistant(tmp_path, script=SCRIPT)
    answer = talk.say("one like this", pictures=[png()])
    assert answer.cards
    assert {card.category for card in answer.cards} == {"shoes"}
    assert answer.calls[0]["args"]["like"] == "P1"


def test_a_look_is_built_around_the_picture_not_around_words_for_it(tmp_path):
    talk = assistant(tmp_path, script=SCRIPT)
    answer = talk.say("what goes with this", pictures=[png()])
    assert answer.calls[0]["args"]["anchor"] == "P1"
    owned = [card for card in answer.outfit.slots.values() if card.item_id is None]
    assert [card.text for card in owned] == ["yours"]


def test_the_next_round_is_not_about_the_picture(tmp_path):
    talk = assistant(tmp_path, script=SCRIPT)
    talk.say("one like this", pictures=[png()])
    assert "like" not in talk.say("and hats").calls[0]["args"]


def test_a_price_of_the_round_before_does_not_hold_for_the_picture(tmp_path):
    talk = assistant(tmp_path, script=SCRIPT)
    assert not talk.say("hats under 1").cards
    assert talk.say("one like this", pictures=[png()]).cards
