"""Free words of further tools are copied from what was said."""

import re

import pytest

from fashionm3.agent.bound_tools import bound_tools
from fashionm3.agent.copying import Said
from fashionm3.agent.grammar import Words, line_pattern

WORDS = Words(("shoes", "dress"), ("black", "white"))


def can_be(said: str, value: str, name: str = "order") -> bool:
    return re.fullmatch(Said(said).value(name), value) is not None


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("please bring order #771 on friday morning, thanks", "#771"),
        ("please bring order #771 on friday morning, thanks", "friday morning"),
        ("把订单48213改到星期五", "48213"),
        ("把订单48213改到星期五", "星期五"),
        ("it's Mrs O'Hara, flat 3", "Mrs O'Hara, flat 3"),
        ("write to anna.b@example.com", "anna.b@example.com"),
        ('the number is "A-1193"', "A-1193"),
    ],
)
def test_a_run_of_words_can_be_a_value(said, value):
    assert can_be(said, value)


@pytest.mark.parametrize("value", ["48213", "order 77", "frid", "thanks please", ""])
def test_what_was_not_said_can_not_be_a_value(value):
    assert not can_be("please bring order #771 on friday morning, thanks", value)


def test_words_in_quotes_behind_an_arguments_name_are_its_value():
    said = "Create a customer named '你好啊集团' (Hello Group) - a technology company"
    assert can_be(said, "你好啊集团", "customer_name")
    assert not can_be(said, "technology company", "customer_name")
    assert can_be(said, "technology company", "description")


def test_an_apostrophe_begins_no_quotation():
    assert can_be("put it in mum's name, it's Anna's parcel", "mum's name", "name")


def tool(**arguments):
    schema = {"type": "object", "properties": arguments, "required": list(arguments)}
    function = {"name": "book", "description": "Books.", "parameters": schema}
    return bound_tools([{"type": "function", "function": function}])


def test_a_line_copies_text_and_lists_and_leaves_limits_alone():
    said = Said("book hall and porch for A-7")
    copied = line_pattern(tool(order={"type": "string"}), WORDS, None, said)
    assert re.fullmatch(copied, ' book order="A-7"\n')
    assert not re.fullmatch(copied, ' book order="A-8"\n')
    rooms = line_pattern(
        tool(rooms={"type": "array", "items": {"type": "string"}}), WORDS, None, said
    )
    assert re.fullmatch(rooms, ' book rooms="hall; porch"\n')
    assert not re.fullmatch(rooms, ' book rooms="attic"\n')
    long = line_pattern(tool(order={"type": "string", "minLength": 9}), WORDS, None, said)
    assert re.fullmatch(long, ' book order="something else"\n')


def test_nothing_said_leaves_words_free():
    free = line_pattern(tool(order={"type": "string"}), WORDS, None, Said(""))
    assert re.fullmatch(free, ' book order="anything"\n')


def test_the_latest_words_of_a_long_talk_can_be_copied():
    assert can_be("earlier words " * 200 + "; my order is A-1193", "A-1193")
    assert not can_be("A-1193; " + "later words " * 200, "A-1193")


def test_a_title_with_a_point_is_copied_and_two_messages_are_not_joined():
    assert can_be("leave it with Mrs. Okafor", "Mrs. Okafor")
    assert not can_be("black boots; friday", "boots; friday")
