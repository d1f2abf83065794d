"""Threads: kept, undone, branched, kept apart, bounded."""

import json
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from talks import SCRIPT, assistant

from fashionm3.errors import EngineError, InputError, UsageError
from fashionm3.graphs.saver import open_saver
from fashionm3.graphs.versions import LATEST, current
from fashionm3.types import Card

WORDS = sorted(set(SCRIPT) - {"break it", "two at once"})
OLD = Path(__file__).parent / "threads"


def users(talk, thread="main"):
    return [answer.user for answer in talk.rounds(thread)]


def test_a_thread_goes_on_in_another_process(tmp_path):
    assistant(tmp_path).say("a look for the office")
    later = assistant(tmp_path)
    assert users(later) == ["a look for the office"]
    assert later.say("other shoes, white").round == 2


def test_undo_takes_rounds_back_and_the_thread_goes_on(tmp_path):
    talk = assistant(tmp_path)
    look = talk.say("a look for the office").outfit
    talk.say("other shoes, white")
    talk.say("thank you")
    now = talk.undo(n=2)
    assert now.outfit == look
    assert talk.say("shoes please").round == 2
    assert users(talk) == ["a look for the office", "shoes please"]


def test_undo_to_the_beginning_leaves_an_empty_thread(tmp_path):
    talk = assistant(tmp_path)
    talk.say("I never wear leather")
    assert talk.undo() is None
    assert talk.rounds() == []
    assert talk.constraints().dislikes == ()
    assert talk.say("shoes please").round == 1
    assert users(talk) == ["shoes please"]


def test_undo_of_more_than_there_is_says_so(tmp_path):
    talk = assistant(tmp_path)
    with pytest.raises(InputError, match="the thread has 0"):
        talk.undo()


def test_a_branch_goes_its_own_way(tmp_path):
    talk = assistant(tmp_path)
    for words in ("shoes please", "a look for the office", "thank you"):
        talk.say(words)
    talk.branch("main", "other", 2)
    talk.say("other shoes, white", "other")
    assert users(talk, "other") == ["shoes please", "a look for the office", "other shoes, white"]
    assert users(talk) == ["shoes please", "a look for the office", "thank you"]


def test_a_branch_never_overwrites(tmp_path):
    talk = assistant(tmp_path)
    talk.say("shoes please")
    talk.say("shoes please", "other")
    with pytest.raises(InputError, match="exists already"):
        talk.branch("main", "other")
    with pytest.raises(InputError, match="no round 7"):
        talk.branch("main", "new", 7)


def test_threads_know_nothing_of_each_other(tmp_path):
    talk = assistant(tmp_path)
    talk.say("I never wear leather", "anna")
    assert talk.constraints("ben").dislikes == ()
    assert any(card.item_id == "b1" for card in talk.say("shoes please", "ben").cards)


def test_a_forgotten_thread_is_gone(tmp_path):
    talk = assistant(tmp_path)
    talk.say("shoes please")
    talk.forget("main")
    assert talk.rounds() == []


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7))
def test_nothing_is_invented_and_the_state_holds_no_bytes(tmp_path_factory, said):
    folder = tmp_path_factory.mktemp("thread")
    talk = assistant(folder)
    shop = talk.parts.shop
    for words in said:
        answer = talk.say(words)
        pieces = [card for look in answer.looks for card in look.slots.values()]
        pieces += answer.outfit.slots.values() if answer.outfit else ()
        for card in (*answer.cards, *pieces):
            item = shop.item(card.item_id)
            assert (item.title, item.price) == (card.title, card.price)
    state = talk._graph.get_state({"configurable": {"thread_id": "main"}}).values
    json.dumps(state)


def test_a_long_thread_stays_bounded(tmp_path):
    talk = assistant(tmp_path)
    sizes = []
    for n in range(60):
        talk.say(WORDS[n % len(WORDS)])
        state = talk._graph.get_state({"configurable": {"thread_id": "main"}}).values
        sizes.append(len(json.dumps(state)))
    assert max(sizes[40:]) < 1.3 * max(sizes[15:35])
    rows = talk._saver.conn.execute("SELECT COUNT(*) FROM checkpoints").fetchone()[0]
    assert rows == 60


def test_every_released_version_of_a_thread_loads_and_goes_on(tmp_path):
    stored = sorted(OLD.glob("v*.sqlite"))
    assert len(stored) == LATEST
    for file in stored:
        folder = tmp_path / file.stem
        folder.mkdir()
        (folder / "threads.sqlite").write_bytes(file.read_bytes())
        talk = assistant(folder)
        assert users(talk) == ["shoes please", "I never wear leather", "a look for the office"]
        answer = talk.say("other shoes, white")
        assert answer.outfit.slots["shoes"].item_id == "b3"
        assert talk.constraints().dislikes == ("leather",)


def test_a_thread_of_a_newer_version_is_refused():
    with pytest.raises(UsageError, match="update fashionm3"):
        current({"state_version": LATEST + 1})


def test_a_file_that_is_no_database_is_one_clear_line(tmp_path):
    file = tmp_path / "threads.sqlite"
    file.write_bytes(b"not a database, really not" * 100)
    with pytest.raises(EngineError, match="can't open the threads"):
        open_saver(file)


def test_a_full_disk_is_an_engine_error_and_the_last_round_stands(tmp_path):
    talk = assistant(tmp_path)
    talk.say("shoes please")
    pages = talk._saver.conn.execute("PRAGMA page_count").fetchone()[0]
    talk._saver.conn.execute(f"PRAGMA max_page_count = {pages}")

    def fill():
        for _ in range(50):
            talk.say("a look for the office")

    with pytest.raises(EngineError, match="can't keep the round"):
        fill()
    kept = len(talk.rounds())
    talk._saver.conn.execute("PRAGMA max_page_count = 1000000")
    assert talk.say("thank you").round == kept + 1


def test_the_saver_refuses_types_that_are_not_allowed(tmp_path):
    saver = open_saver(tmp_path / "t.sqlite")
    written = saver.serde.dumps_typed({"card": Card(title="x")})
    assert not isinstance(saver.serde.loads_typed(written)["card"], Card)
    assert isinstance(saver.conn, sqlite3.Connection)
