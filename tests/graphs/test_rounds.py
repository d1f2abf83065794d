"""Rounds: what the shopper gets for what was decided."""

import pytest
from talks import SCRIPT, assistant, call

from fashionm3.errors import InputError, UsageError


@pytest.fixture
def talk(tmp_path):
    return assistant(tmp_path)


def test_a_search_shows_cards_whose_titles_and_prices_are_rows(talk):
    answer = talk.say("brown shoes please")
    shop = talk.parts.shop
    assert {card.item_id for card in answer.cards} == {"b1", "b4"}
    for card in answer.cards:
        item = shop.item(card.item_id)
        assert (card.title, card.price) == (item.title, item.price)
        assert f"{card.ref}. {item.title}" in answer.reply


def test_an_outfit_becomes_the_current_look_with_numbers(talk):
    answer = talk.say("a look for the office")
    assert [look.ref for look in answer.looks] == [f"L{n + 1}" for n in range(len(answer.looks))]
    assert [card.ref for card in answer.outfit.slots.values()] == ["1", "2", "3", "4"]


def test_a_swap_in_the_look_changes_one_slot(talk):
    before = talk.say("a look for the office").outfit
    after = talk.say("other shoes, white").outfit
    changed = [s for s in before.slots if before.slots[s].item_id != after.slots[s].item_id]
    assert changed == ["shoes"]
    assert after.slots["shoes"].item_id == "b3"


def test_a_shown_item_can_be_put_into_the_look(talk):
    shown = talk.say("shoes please").cards
    talk.say("a look for the office")
    after = talk.say("put item B in instead of the shoes")
    assert after.outfit.slots["shoes"].item_id == shown[1].item_id


def test_two_actions_in_one_sentence_are_both_carried_out(talk):
    talk.say("a look for the office")
    answer = talk.say("other shoes, then some hats")
    assert [entry["tool"] for entry in answer.calls] == ["swap", "search"]
    assert "Only the shoes changed" in answer.reply
    assert any(card.category == "hat" for card in answer.cards)


def test_one_of_several_looks_is_chosen(talk):
    looks = talk.say("a look for the office").looks
    answer = talk.say("go with L2")
    assert answer.outfit.ref == "L2"
    assert [c.item_id for c in answer.outfit.slots.values()] == [
        c.item_id for c in looks[1].slots.values()
    ]


def test_an_unknown_reference_is_asked_back_and_nothing_runs(talk):
    talk.say("shoes please")
    answer = talk.say("swap Z")
    assert answer.question
    assert answer.calls == ()
    assert "Which one do you mean" in answer.reply


def test_pointing_before_anything_is_shown_is_answered(talk):
    assert "Nothing is on the screen yet" in talk.say("swap Z").reply


def test_what_the_shop_lacks_is_said(talk):
    reply = talk.say("a coat under 5").reply
    assert "We do not carry that" in reply
    assert "€179.00" in reply


def test_a_relaxed_filter_is_said(talk):
    assert 'gave up color "purple"' in talk.say("purple dresses").reply


def test_questions_about_an_item_are_answered_from_its_row(talk):
    talk.say("brown shoes please")
    reply = talk.say("tell me about A").reply
    item = talk.parts.shop.item(talk.rounds()[0].cards[0].item_id)
    assert item.title in reply
    assert item.material in reply
    assert "general advice" in talk.say("how do I wash A").reply


def test_an_action_without_a_tool_is_said_so(talk):
    answer = talk.say("draw me a hat")
    assert answer.question
    assert "can't do that here yet" in answer.reply


def test_a_declared_no_go_holds_until_it_is_lifted(talk):
    def materials():
        cards = talk.say("shoes please").cards
        return {talk.parts.shop.item(card.item_id).material for card in cards}

    assert "leather" in materials()
    assert "Noted: dislikes leather" in talk.say("I never wear leather").reply
    for _ in range(3):
        assert "leather" not in materials()
    talk.say("leather is fine again")
    assert "leather" in materials()


def test_a_declared_budget_holds_for_pieces_and_looks(talk):
    talk.say("never more than 100")
    assert all(card.price <= 10_000 for card in talk.say("shoes please").cards)
    answer = talk.say("a look for the office")
    assert all(look.total <= 10_000 for look in answer.looks)


def test_thanks_is_answered_in_one_line(talk):
    assert "\n" not in talk.say("thank you").reply


@pytest.mark.parametrize("words", ["", "   ", "\n\t", "\x00\x01"])
def test_an_empty_message_is_one_clear_line(talk, words):
    with pytest.raises(InputError, match="the message is empty"):
        talk.say(words)
    assert talk.rounds() == []


def test_a_long_message_is_refused_and_nothing_is_stored(talk):
    with pytest.raises(InputError, match="10,000 characters"):
        talk.say("x" * 10_000)
    assert talk.rounds() == []


STRANGE = ["鞋子", "обувь", "👟👟👟", "a\x00b\x1b[31m", "\u202eshoes", "\ud800 hm"]


@pytest.mark.parametrize("words", STRANGE)
def test_other_scripts_and_control_characters_get_an_answer(talk, words):
    assert talk.say(words).reply


def test_a_thread_needs_a_name(talk):
    with pytest.raises(UsageError, match="1 to 200 characters"):
        talk.say("shoes please", "")


def test_a_picture_that_comes_with_words_is_searched_by(tmp_path):
    import io

    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (9, 9), "red").save(buffer, "PNG")
    talk = assistant(tmp_path)
    with pytest.raises(InputError, match="picture 1 is not a JPEG"):
        talk.say("shoes please", pictures=[b"nonsense"])
    assert talk.rounds() == []


def test_events_come_in_order_and_end_with_the_answer(talk):
    events = list(talk.stream("brown shoes please", "anna"))
    kinds = [event.type for event in events]
    assert kinds[0] == "plan"
    assert kinds[-1] == "done"
    assert kinds.index("progress") < kinds.index("card") < kinds.index("token")
    assert {event.thread_id for event in events} == {"anna"}
    assert events[-1].data["reply"] == talk.rounds("anna")[0].reply


def test_the_same_request_id_is_answered_once(talk):
    first = talk.say("shoes please", round_id="r1")
    again = talk.say("shoes please", round_id="r1")
    assert first == again
    assert len(talk.rounds()) == 1


def test_script_holds_every_word_that_the_tests_say():
    assert call("search") in [{"tool": "search", "args": {}, "more": False, "note": []}]
    assert all(SCRIPT.values())


def test_a_swap_that_the_shop_can_not_fill_leaves_the_look_and_says_so(tmp_path):
    script = {**SCRIPT, "other shoes under 5": [call("swap", target="shoes", price_max=5)]}
    talk = assistant(tmp_path, script)
    before = talk.say("a look for the office").outfit
    answer = talk.say("other shoes under 5")
    assert answer.outfit == before
    assert "the look stays as it is" in answer.reply
