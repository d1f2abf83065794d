"""Declaring: notes are what the words declare, no more."""

import pytest

from fashionm3.agent.declaring import supported
from fashionm3.index.lexicon import Lexicon

LEXICON = Lexicon.load()


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("I'm a 42 in shoes by the way", ("size shoes 42",)),
        ("I take a size M", ("size M",)),
        ("my shoe size is 38", ("size shoes 38",)),
        ("I hate beige", ("dislikes beige",)),
        ("I can't wear wool", ("dislikes wool",)),
        ("I love linen", ("likes linen",)),
        ("red shoes under 50", ()),
        ("a dress for my 6 year old", ()),
        ("I'm 42 years old", ()),
        ("I used to hate beige", ()),
    ],
)
def test_plain_declarations_are_heard_without_a_model(text, notes):
    assert supported((), text, LEXICON) == notes


@pytest.mark.parametrize(
    ("note", "text"),
    [
        ("likes linen", "I really like linen"),
        ("dislikes beige", "beige makes me look ill"),
        ("owns navy jacket", "I've got a navy jacket at home"),
        ("budget 120", "never more than 120 for anything"),
        ("lift budget", "forget the budget"),
        ("forget beige", "beige is okay again"),
    ],
)
def test_a_note_that_was_declared_stays(note, text):
    assert note in supported((note,), text, LEXICON)


@pytest.mark.parametrize(
    ("note", "text"),
    [
        ("likes linen", "a linen shirt please"),
        ("dislikes beige", "a beige coat"),
        ("size shoes 42", "shoes under fifty"),
        ("budget 50", "shoes under 50"),
        ("lift budget", "hats please"),
        ("colour red", "I love red"),
        ("likes", "I like it"),
    ],
)
def test_a_note_that_nobody_declared_goes(note, text):
    assert note not in supported((note,), text, LEXICON)


def test_leaving_a_subject_is_no_note():
    assert supported(("forget shoes",), "Forget shoes. Hats!", LEXICON) == ()


def test_a_size_keeps_its_kind():
    assert supported(("size 16",), "Dress size is 16. Wrap dresses.", LEXICON) == ("size dress 16",)
