"""Undo by words: an ordinary round that stands where an earlier one stood."""

import pytest
from talks import assistant

from fashionm3.graphs.undoing import takes_back


@pytest.mark.parametrize(
    "words",
    ["undo", "Undo that please!", "no, undo it", "go back", "take that back", "oops, revert that",
     "put the previous ones back", "Actually no, put the previous trousers back.",
     "go back to how it was before", "back"],
)  # fmt: skip
def test_words_that_take_back(words):
    assert takes_back(words)


@pytest.mark.parametrize(
    "words",
    ["a backless dress", "go back to the red dress", "back pockets please", "show me the back",
     "take back pain seriously", "put B back in instead of the shoes"],
)  # fmt: skip
def test_words_that_ask_for_something_else(words):
    assert not takes_back(words)


def test_undo_by_words_shows_what_was_there_and_can_go_on(tmp_path):
    talk = assistant(tmp_path)
    first = talk.say("shoes please").cards
    talk.say("a look for the office")
    talk.say("other shoes, white")
    back = talk.say("undo that")
    assert back.round == 4
    assert "Taken back" in back.reply
    assert back.outfit.slots["shoes"].title == talk.rounds()[1].outfit.slots["shoes"].title
    again = talk.say("undo")
    assert again.outfit is None
    assert all(card.title in again.reply for card in first)
    start = talk.say("undo")
    assert "beginning" in start.reply
    assert len(talk.rounds()) == 6
    assert talk.say("shoes please").cards == first
