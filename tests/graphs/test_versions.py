"""Older threads are brought to today's form."""

from fashionm3.graphs.state import ThreadState
from fashionm3.graphs.versions import LATEST, current

LOOK = {"ref": "L1", "slots": {"top": {"item_id": "s1"}, "layer": {"item_id": "o1"}}}


def test_the_slot_of_coats_has_its_new_name_in_an_old_thread():
    thread = ThreadState.model_validate(
        current({"state_version": 1, "outfit": LOOK, "looks": [LOOK]})
    )
    assert list(thread.outfit.slots) == ["top", "outer layer"]
    assert list(thread.looks[0].slots) == ["top", "outer layer"]
    assert thread.state_version == LATEST


def test_a_thread_of_today_stays_as_it_is():
    thread = {"state_version": LATEST, "round": 3}
    assert current(thread) is thread
