"""The planner behind a server: `transformers serve` in its own process, the official client."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from agent.big_model import OSLO, ROUND, WEATHER, picture, write_big
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

from fashionm3.agent.loading import load_planner
from fashionm3.agent.messages import ROUND_KEY, messages_of
from fashionm3.agent.openai_chat import OpenAIChat
from fashionm3.agent.round import Round
from fashionm3.config import PlannerSettings
from fashionm3.errors import EngineError, UsageError
from fashionm3.index.lexicon import Lexicon

STARTS_WITHIN = 180.0


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def is_up(url):
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = write_big(tmp_path_factory.mktemp("toy"))
    log = folder.parent / "serve.log"
    url = f"http://127.0.0.1:{free_port()}"
    command = [sys.executable, str(Path(__file__).parent / "serving.py"), "serve", str(folder)]
    command += ["--host", "127.0.0.1", "--port", url.rpartition(":")[2], "--device", "cpu"]
    env = {**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"}
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out, env=env) as run:
        until = time.monotonic() + STARTS_WITHIN
        while not is_up(url):
            assert run.poll() is None, log.read_text(errors="replace")[-2000:]
            assert time.monotonic() < until, "the server did not start in time"
            time.sleep(0.5)
        yield {"model": str(folder), "base_url": f"{url}/v1"}
        run.send_signal(signal.SIGTERM)
        try:
            run.wait(10)
        except subprocess.TimeoutExpired:
            run.kill()


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_the_planner_decides_through_a_server_by_what_is_on_the_picture(server):
    planner = load_planner(PlannerSettings(name="openai", options=server))
    assert planner.capabilities.pictures
    for color in ("red", "blue"):
        (call,) = planner.decide(ROUND, picture=picture(color)).calls
        assert (call.tool, call.args) == ("search", {"category": "shoes", "color": color})


@pytest.mark.slow
def test_a_call_comes_in_a_stream_too(server):
    bound = OpenAIChat.load(**server).bind_tools([WEATHER])
    whole = None
    for chunk in bound.stream(OSLO):
        whole = chunk if whole is None else whole + chunk
    assert whole.content.strip() == "I will look it up."
    (call,) = whole.tool_calls
    assert (call["name"], call["args"]) == ("weather", {"city": "Oslo", "days": 2})


@pytest.mark.slow
def test_earlier_calls_and_results_go_to_the_server(server):
    call = {"name": "weather", "args": {"city": "Oslo"}, "id": "call_1"}
    talk = [
        HumanMessage(OSLO),
        AIMessage("", tool_calls=[call]),
        ToolMessage("rain", tool_call_id="call_1"),
    ]
    short = OpenAIChat.load(**server, max_tokens=4).bind_tools([WEATHER])
    one, other = (short.invoke([*talk[:n], HumanMessage("so?")]) for n in (1, 3))
    assert one.usage_metadata["output_tokens"] <= 4
    assert other.usage_metadata["input_tokens"] > one.usage_metadata["input_tokens"] + 10


@pytest.mark.slow
def test_a_model_that_the_server_does_not_have_is_one_line(server):
    absent = OpenAIChat.load("no/such-model", server["base_url"], max_retries=0)
    with pytest.raises(EngineError, match="the planner's server at http") as caught:
        absent.invoke("hello")
    assert "\n" not in str(caught.value)


def test_a_server_that_is_down_is_one_line():
    planner = load_planner(
        PlannerSettings(
            name="openai",
            options={
                "model": "m",
                "base_url": f"http://127.0.0.1:{free_port()}/v1",
                "max_retries": 0,
            },
        )
    )
    with pytest.raises(EngineError, match=r"server at http://127.0.0.1:\d+/v1 can't be used"):
        planner.decide(Round(text="red shoes"))


def test_only_messages_and_tools_are_sent():
    chat = OpenAIChat.load("m", "http://127.0.0.1:9/v1")
    messages = messages_of(ROUND, Lexicon.load(), picture=picture("red"))
    sent = chat._get_request_payload(messages)
    assert ROUND_KEY not in json.dumps(sent)
    (shown, said) = sent["messages"][-1]["content"]
    assert shown["image_url"]["url"].startswith("data:image/png;base64,")
    assert said["text"].endswith(ROUND.text)
    assert sent["temperature"] == 0.0


def test_a_key_of_the_environment_goes_to_openai_only(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    keys = [
        OpenAIChat.load(*where, **given).openai_api_key.get_secret_value()
        for where, given in [
            (["m", "http://127.0.0.1:9/v1"], {}),
            (["m", "http://127.0.0.1:9/v1"], {"api_key": "mine"}),
            (["m"], {}),
        ]
    ]
    assert keys == ["none", "mine", "sk-secret"]


def test_what_the_model_can_do_is_said_by_options():
    blind = OpenAIChat.load("m", "http://127.0.0.1:9/v1", pictures=False, parallel=True)
    assert not blind.capabilities.pictures
    assert blind.capabilities.parallel
    seeing = OpenAIChat.load("m", "http://127.0.0.1:9/v1", tool_pictures=True)
    assert seeing.capabilities.pictures
    assert seeing.capabilities.tool_pictures


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ({}, "missing a required argument: 'model'"),
        ({"model": "m", "base_ulr": "http://x"}, "'base_ulr' is no field of ChatOpenAI"),
        ({"model": "m"}, "(?i)api.key"),
    ],
)
def test_options_that_can_not_work_are_a_usage_error(options, fault, monkeypatch):
    for name in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(UsageError, match=fault):
        load_planner(PlannerSettings(name="openai", options=options))
