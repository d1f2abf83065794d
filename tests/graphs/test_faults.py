"""Faults: a repaired round or one clear line, never a silent end."""

import threading
import time

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.tools import tool
from talks import SCRIPT, assistant, call

from fashionm3.errors import BusyError, Cancelled


@tool
def broken(day: str) -> str:
    """Raises."""
    raise RuntimeError(day)


@tool
def slow(day: str) -> str:
    """Takes a second."""
    time.sleep(1.0)
    return f"open on {day}"


def test_a_tool_error_goes_back_to_the_planner(tmp_path):
    class Adapting(BaseChatModel):
        seen: list = []

        @property
        def _llm_type(self):
            return "adapting"

        def bind_tools(self, tools, **kwargs):
            return self

        def _generate(self, messages, stop=None, run_manager=None, **kwargs):
            self.seen.append(" ".join(message.text for message in messages))
            name = "broken" if len(self.seen) == 1 else "search"
            args = {"day": "Monday"} if name == "broken" else {"category": "hat"}
            said = AIMessage(content="", tool_calls=[{"name": name, "args": args, "id": "1"}])
            return ChatResult(generations=[ChatGeneration(message=said)])

    model = Adapting()
    talk = assistant(tmp_path, model=model, extra=[broken])
    answer = talk.say("some hats please")
    assert [entry["tool"] for entry in answer.calls] == ["search"]
    assert "broken failed" in model.seen[1]


def test_a_tool_that_never_works_ends_in_an_honest_reply(tmp_path):
    script = {"break it": [call("broken", day="Monday")]}
    talk = assistant(tmp_path, script, extra=[broken])
    answer = talk.say("break it")
    assert "did not work" in answer.reply
    assert answer.calls == ()


def test_a_hung_tool_does_not_hang_the_round(tmp_path):
    script = {"when do you open": [call("slow", day="Monday")]}
    talk = assistant(tmp_path, script, extra=[slow], timeout=0.1)
    started = time.monotonic()
    assert "did not answer within 0.1 s" in talk.say("when do you open").reply
    assert time.monotonic() - started < 10


def test_a_foreign_tool_is_a_text_card(tmp_path):
    script = {"when do you open": [call("slow", day="Monday")]}
    talk = assistant(tmp_path, script, extra=[slow])
    assert talk.say("when do you open").reply == "open on Monday"


def test_an_endless_more_ends(tmp_path):
    script = {"on and on": [call("search", category="hat", more=True)]}
    answer = assistant(tmp_path, script).say("on and on")
    assert len(answer.calls) == 4


@pytest.mark.parametrize(
    "raw", ["", "{}", "search(", '{"tool": "fly", "args": {}}', "<tool_call>", "null", "[" * 2000]
)
def test_malformed_output_ends_in_a_question(tmp_path, raw):
    talk = assistant(tmp_path, {"hello there": [{"raw": raw}]})
    answer = talk.say("hello there")
    assert answer.reply
    assert answer.calls == ()


def test_a_busy_thread_rejects_a_second_message(tmp_path):
    talk = assistant(tmp_path, {**SCRIPT, "wait": [call("slow", day="Monday")]}, extra=[slow])
    first = threading.Thread(target=talk.say, args=("wait",))
    first.start()
    time.sleep(0.4)
    with pytest.raises(BusyError, match="answering another message"):
        talk.say("shoes please")
    assert talk.say("shoes please", "other").round == 1
    first.join()
    assert [answer.user for answer in talk.rounds()] == ["wait"]


def test_a_queued_message_is_answered_after_the_first(tmp_path):
    script = {**SCRIPT, "wait": [call("slow", day="Monday")]}
    talk = assistant(tmp_path, script, extra=[slow], when_busy="queue")
    first = threading.Thread(target=talk.say, args=("wait",))
    first.start()
    time.sleep(0.4)
    assert talk.say("shoes please").round == 2
    first.join()


def test_a_newer_message_gives_the_running_round_up(tmp_path):
    script = {**SCRIPT, "wait": [call("slow", day="Monday")]}
    talk = assistant(tmp_path, script, extra=[slow], when_busy="interrupt")
    caught = []

    def say():
        try:
            talk.say("wait")
        except Cancelled as error:
            caught.append(error)

    first = threading.Thread(target=say)
    first.start()
    time.sleep(0.4)
    assert talk.say("shoes please").round == 1
    first.join()
    assert len(caught) == 1
    assert [answer.user for answer in talk.rounds()] == ["shoes please"]


def test_many_requests_at_once_lose_and_double_nothing(tmp_path):
    talk = assistant(tmp_path, when_busy="queue")
    threads = [threading.Thread(target=talk.say, args=("shoes please",)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.round for answer in talk.rounds()] == [1, 2, 3, 4, 5, 6]


def test_an_async_host_streams_the_same_events(tmp_path):
    import asyncio

    talk = assistant(tmp_path)

    async def run():
        events = [event.type async for event in talk.astream("shoes please")]
        answer = await talk.asay("thank you")
        return events, answer

    events, answer = asyncio.run(run())
    assert events[-1] == "done"
    assert answer.round == 2
