"""Real classes at toy size; the toy's last layer is fitted to what it shall say."""

import json
import threading
import warnings
from base64 import b64encode
from dataclasses import replace

import pytest
import torch
from agent.big_model import (
    HELLO,
    OSLO,
    ROME,
    ROUND,
    SEEN,
    WEATHER,
    answers,
    big_model,
    big_processor,
    picture,
    write_big,
)
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

from fashionm3.agent.loading import load_planner
from fashionm3.agent.transformers_chat import TransformersChat
from fashionm3.config import PlannerSettings
from fashionm3.errors import Cancelled, EngineError, UsageError

QWEN_RESPONSES = {
    "defaults": {"role": "assistant"},
    "start_anchor": "<|im_start|>assistant\n",
    "fields": {
        "reasoning_content": {"open": "<think>", "close": "</think>", "content": "text"},
        "tool_calls": {
            "open_pattern": r"\s*<tool_call>",
            "close": "</tool_call>",
            "repeats": True,
            "content": "json",
            "transform": {"type": "function", "function": "{content}"},
        },
        "content": {"close_pattern": r"\s*<\|im_end\|>", "content": "text"},
    },
}


@pytest.fixture(scope="module", autouse=True)
def _one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_big(tmp_path_factory.mktemp("toy"))


@pytest.fixture(scope="module")
def chat(folder):
    return TransformersChat.load(folder, device_map="cpu")


@pytest.mark.parametrize("color", ["red", "blue"])
def test_the_planner_decides_by_what_is_on_the_picture(folder, color):
    settings = PlannerSettings(name="transformers", options={"model": str(folder)})
    planner = load_planner(settings)
    assert planner.capabilities.pictures
    assert planner.capabilities.cancels
    (call,) = planner.decide(ROUND, picture=picture(color)).calls
    assert (call.tool, call.args) == ("search", {"category": "shoes", "color": color})


def test_the_prompt_is_what_transformers_itself_makes_of_the_conversation(chat):
    turns, tools, _ = answers()[0]
    wanted = chat.open_model.processor.apply_chat_template(
        turns,
        tools=tools,
        add_generation_prompt=True,
        tokenize=True,
        return_dict=True,
        return_tensors="pt",
    )
    from fashionm3.agent.messages import messages_of
    from fashionm3.index.lexicon import Lexicon

    messages = messages_of(ROUND, Lexicon.load(), picture=picture("red"))
    made = chat.template.encode(messages, tools)
    assert made.keys() == wanted.keys()
    assert all(torch.equal(made[key], wanted[key]) for key in wanted)


def test_words_before_a_call_are_content_and_the_call_is_read(chat):
    message = chat.bind_tools([WEATHER]).invoke(OSLO)
    assert message.content == "I will look it up."
    (call,) = message.tool_calls
    assert (call["name"], call["args"]) == ("weather", {"city": "Oslo", "days": 2})
    assert message.response_metadata["finish_reason"] == "tool_calls"
    assert message.usage_metadata["output_tokens"] > 10


def test_a_malformed_call_is_an_invalid_one_also_in_a_stream(chat):
    bound = chat.bind_tools([WEATHER])
    message = bound.invoke(ROME)
    streamed = None
    for chunk in bound.stream(ROME):
        streamed = chunk if streamed is None else streamed + chunk
    for made in (message, streamed):
        assert made.tool_calls == []
        (bad,) = made.invalid_tool_calls
        assert bad["name"] == "weather"
        assert "not valid JSON" in f"{bad['error']} {bad['args']}"


def test_a_stream_says_the_words_as_they_come_and_the_same_in_all(chat):
    chunks = list(chat.stream(HELLO))
    assert sum(bool(chunk.content) for chunk in chunks) > 2
    assert "".join(chunk.content for chunk in chunks) == "hello there, what may it be?"
    assert chat.invoke(HELLO).content == "hello there, what may it be?"
    whole = None
    for chunk in chat.bind_tools([WEATHER]).stream(OSLO):
        assert "<" not in chunk.content
        whole = chunk if whole is None else whole + chunk
    assert whole.content == "I will look it up."
    assert whole.tool_calls[0]["args"] == {"city": "Oslo", "days": 2}
    assert whole.usage_metadata["output_tokens"] > 10


def test_a_picture_in_a_tools_result_is_seen(chat):
    coded = b64encode(picture("red")).decode()
    shown = [
        {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{coded}"}},
        {"type": "text", "text": "as painted"},
    ]
    call = {"name": "weather", "args": {"city": "Oslo"}, "id": "call_77"}
    messages = [
        HumanMessage(OSLO),
        AIMessage("", tool_calls=[call]),
        ToolMessage(shown, tool_call_id="call_77"),
    ]
    assert chat.bind_tools([WEATHER]).invoke(messages).content == SEEN
    assert chat.capabilities.tool_pictures


def test_the_models_own_response_template_is_used_where_it_has_one(chat, monkeypatch):
    monkeypatch.setattr(chat.template.tokenizer, "response_template", QWEN_RESPONSES)
    bound = chat.bind_tools([WEATHER])
    message = bound.invoke(OSLO)
    assert message.content == "I will look it up."
    assert message.tool_calls[0]["args"] == {"city": "Oslo", "days": 2}
    assert bound.invoke(ROME).invalid_tool_calls[0]["name"] == "weather"
    assert sum(bool(chunk.content) for chunk in chat.stream(HELLO)) > 2


def test_answers_end_at_the_limit_or_a_stop_text_or_when_given_up(chat):
    short = chat.model_copy(update={"max_new_tokens": 3})
    message = short.invoke(HELLO)
    assert message.usage_metadata["output_tokens"] == 3
    assert message.response_metadata["finish_reason"] == "length"
    assert chat.invoke(HELLO, stop=["there"]).content == "hello"
    event = threading.Event()
    event.set()
    with pytest.raises(Cancelled):
        chat.invoke(HELLO, cancelled=event)


def test_a_stream_that_nobody_reads_on_ends_the_generation(chat):
    said = chat.stream(HELLO)
    next(said)
    said.close()
    assert chat.invoke(HELLO).content == "hello there, what may it be?"


def test_a_conversation_that_the_template_refuses_is_one_line(chat):
    strict = "{%- if messages[0].role != 'user' %}{{- raise_exception('first words') }}{%- endif %}"
    odd = chat.model_copy(update={"template": replace(chat.template, template=strict)})
    with pytest.raises(EngineError, match="can't render this conversation: first words"):
        odd.invoke([AIMessage("hello")])


def test_a_tool_choice_narrows_the_tools(chat):
    other = json.loads(json.dumps(WEATHER).replace('"weather"', '"climate"'))
    bound = chat.bind_tools([WEATHER, other], tool_choice="weather")
    assert bound.invoke(OSLO).tool_calls[0]["name"] == "weather"
    assert chat.bind_tools([WEATHER], tool_choice="none").kwargs["tools"] == []
    with pytest.raises(UsageError, match="'tram' is not bound"):
        chat.bind_tools([WEATHER], tool_choice="tram")


def test_threads_at_once_are_answered_as_one_by_one(chat):
    bound = chat.bind_tools([WEATHER])
    results = {}
    asked = [OSLO, ROME] * 2
    threads = [
        threading.Thread(target=lambda n=n, q=q: results.update({n: bound.invoke(q)}))
        for n, q in enumerate(asked)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [bool(results[n].tool_calls) for n in range(4)] == [True, False, True, False]


def test_an_adapter_is_added_to_the_weights(folder, tmp_path):
    from peft import LoraConfig, get_peft_model
    from transformers import Qwen3VLForConditionalGeneration

    base = Qwen3VLForConditionalGeneration.from_pretrained(folder)
    with warnings.catch_warnings():
        # peft asks transformers for an attribute by its old name.
        warnings.simplefilter("ignore", FutureWarning)
        config = LoraConfig(r=4, lora_alpha=8, target_modules=["q_proj", "v_proj"])
        adapted = get_peft_model(base, config)
    torch.manual_seed(1)
    for name, parameter in adapted.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter, std=0.3)
    adapted.save_pretrained(str(tmp_path / "adapter"))
    loaded = TransformersChat.load(folder, tmp_path / "adapter", device_map="cpu")
    inputs = loaded.template.encode([HumanMessage(HELLO)], [])
    with torch.no_grad():
        wanted = adapted.eval()(**inputs).logits
        made = loaded.open_model.model(**inputs).logits
    assert torch.allclose(made, wanted, atol=1e-3)
    assert loaded.invoke(HELLO).content != "hello there, what may it be?"


def test_an_adapter_without_safetensors_is_refused(folder, tmp_path):
    with pytest.raises(EngineError, match=r"no adapter_model\.safetensors"):
        TransformersChat.load(folder, tmp_path, device_map="cpu")


def test_weights_that_are_no_safetensors_are_not_read(tmp_path):
    processor = big_processor(["words"])
    model = big_model(processor)
    model.config.save_pretrained(tmp_path)
    processor.save_pretrained(tmp_path)
    torch.save(model.state_dict(), tmp_path / "pytorch_model.bin")
    with pytest.raises(EngineError, match="can't be loaded"):
        TransformersChat.load(tmp_path, device_map="cpu")


def test_a_model_is_loaded_once_and_its_faults_are_one_line(chat, folder, tmp_path):
    assert TransformersChat.load(folder, device_map="cpu").open_model is chat.open_model
    with pytest.raises(EngineError, match="can't be loaded") as caught:
        TransformersChat.load(tmp_path / "absent")
    assert "\n" not in str(caught.value)
    with pytest.raises(UsageError, match="modle"):
        load_planner(PlannerSettings(name="transformers", options={"model": "x", "modle": "y"}))


def test_a_model_of_words_alone_plans_without_pictures(tmp_path):
    from agent.big_model import FORM
    from agent.small_model import small_model, small_tokenizer

    tokenizer = small_tokenizer()
    tokenizer.chat_template = FORM
    tokenizer.save_pretrained(tmp_path)
    small_model(len(tokenizer)).save_pretrained(tmp_path)
    chat = TransformersChat.load(tmp_path, device_map="cpu", max_new_tokens=4)
    assert not chat.capabilities.pictures
    assert chat.invoke("hello").usage_metadata["output_tokens"] <= 4
