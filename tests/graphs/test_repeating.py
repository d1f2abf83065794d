"""Asking again shows others; too dear shows cheaper ones."""

from talks import assistant, call

SHOES = [call("search", category="shoes")]
SCRIPT = {words: SHOES for words in ("shoes", "show me others", "anything cheaper?", "shoes again")}


def test_asking_again_shows_what_was_not_shown(tmp_path):
    talk = assistant(tmp_path, script=SCRIPT)
    seen = {card.item_id for card in talk.say("shoes").cards}
    others = talk.say("show me others")
    assert not seen & {card.item_id for card in others.cards}
    assert "everything" in others.reply or others.cards


def test_cheaper_ones_cost_less_than_all_that_was_shown(tmp_path):
    talk = assistant(tmp_path, script=SCRIPT)
    least = min(card.price for card in talk.say("shoes").cards)
    cheaper = talk.say("anything cheaper?")
    assert all(card.price < least for card in cheaper.cards)
    assert cheaper.cards or "nothing cheaper" in cheaper.reply


def test_the_same_again_is_the_same(tmp_path):
    talk = assistant(tmp_path, script=SCRIPT)
    assert talk.say("shoes").cards == talk.say("shoes again").cards
