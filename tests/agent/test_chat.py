import json
import threading
from pathlib import Path

import pytest
import torch
from agent.small_model import small_model, small_tokenizer, write_adapter, write_base
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage, ToolMessage
from langchain_core.tools import tool

from fashionm3.actions import ACTIONS
from fashionm3.agent import language_model
from fashionm3.agent.bound_tools import bound_tools, tool_dicts
from fashionm3.agent.chat import ChatVLM
from fashionm3.agent.decoder import Decoder, read_head
from fashionm3.agent.eight_bits import in_eight_bits
from fashionm3.agent.form import FORM_HASH, history_lines, prefix, question_lines, read
from fashionm3.agent.grammar import Things, Words, line_pattern
from fashionm3.agent.messages import messages_of
from fashionm3.agent.planner import Planner
from fashionm3.agent.round import Call, Past, Round, checked_args
from fashionm3.agent.transcript import round_of, text_of
from fashionm3.errors import Cancelled, EngineError, UsageError
from fashionm3.index.lexicon import Lexicon

pytestmark = pytest.mark.filterwarnings("ignore:.*is_gradient_checkpointing:FutureWarning")
LEXICON = Lexicon.load()
CONTEXT = {
    "photo": True,
    "outfit": [{"ref": "1", "category": "blazer", "color": "grey", "price": 89}],
    "shown": [{"ref": "A", "category": "shoes", "color": "black", "price": 120}],
}
ROUND = Round.model_validate(
    {
        "text": "the black ones instead",
        "context": CONTEXT,
        "history": [{"user": "black shoes", "decision": {"tool": "search", "args": {}}}],
        "done": [{"tool": "swap", "args": {"target": "A"}}],
    }
)


@pytest.fixture(scope="module")
def base(tmp_path_factory) -> Path:
    return write_base(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="module")
def adapter(tmp_path_factory, base) -> Path:
    return write_adapter(tmp_path_factory.mktemp("adapter"), base)


@pytest.fixture(scope="module")
def chat(base, adapter) -> ChatVLM:
    return ChatVLM.load(adapter, threads=1, precision="fp32", base=base)


def logits(model, ids: list[int]) -> torch.Tensor:
    with torch.no_grad():
        return model(input_ids=torch.tensor([ids])).logits[0, -1]


def test_the_adapter_is_merged_into_the_base(base, adapter):
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    plain = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32).eval()
    ids = [1, 20, 30, 40]
    before = logits(plain, ids)
    with_adapter = PeftModel.from_pretrained(plain, str(adapter)).eval()
    merged = language_model.merged(base, adapter)
    torch.testing.assert_close(logits(merged, ids), logits(with_adapter, ids), atol=1e-4, rtol=1e-4)
    assert not torch.allclose(before, logits(merged, ids), atol=1e-2)


@pytest.mark.parametrize("form_hash", ["0" * 16, None])
def test_an_adapter_of_another_form_is_refused(tmp_path, base, form_hash):
    folder = write_adapter(tmp_path, base, form_hash)
    with pytest.raises(UsageError, match=f"here it is {FORM_HASH}"):
        ChatVLM.load(folder, base=base)


def test_a_missing_adapter_is_the_operators_matter(tmp_path, base):
    with pytest.raises(EngineError, match="adapter_model"):
        ChatVLM.load(tmp_path, base=base)


def test_an_adapter_of_another_base_is_the_operators_matter(tmp_path, adapter):
    tokenizer = small_tokenizer()
    small_model(len(tokenizer) + 8, hidden_size=48).save_pretrained(tmp_path)
    tokenizer.save_pretrained(tmp_path)
    with pytest.raises(EngineError, match="can't be loaded"):
        language_model.merged(tmp_path, adapter)


def test_weights_are_loaded_once_per_process(chat, base, adapter):
    again = ChatVLM.load(str(adapter), threads=1, precision="fp32", base=str(base))
    assert again.decoder is chat.decoder


def test_8_bits_are_near_the_exact_weights_and_long_texts_are_read_exactly():
    torch.manual_seed(1)
    exact = torch.nn.Linear(64, 96, bias=False)
    layer = in_eight_bits(torch.nn.Sequential(exact))[0]
    for n, tolerance in ((1, 0.02), (4, 0.02), (5, 0.0)):
        values = torch.randn(1, n, 64, dtype=exact.weight.dtype)
        wanted, found = exact(values), layer(values)
        assert found.shape == wanted.shape
        assert (found - wanted).norm() <= tolerance * wanted.norm()


def test_8_bits_say_valid_decisions(base, adapter):
    chat = ChatVLM.load(adapter, threads=1, precision="int8", base=base)
    call = decide(chat, ROUND)
    checked_args(call["name"], call["args"])


def decide(chat: ChatVLM, round_: Round) -> dict:
    message = chat.bind_tools(list(ACTIONS.values())).invoke(messages_of(round_, LEXICON))
    return message.tool_calls[0]


def uncached(model, tokenizer, round_: Round) -> list[int]:
    """Says the decision without any cache, reading everything again for every token."""
    decoder = Decoder(model, tokenizer)
    tools = bound_tools(tool_dicts(list(ACTIONS.values())))
    words = Words(tuple(LEXICON.categories()), tuple(LEXICON.values("color")))
    pattern = line_pattern(tools, words, Things.of(round_))
    text = history_lines(round_) + question_lines(round_, LEXICON)
    matcher = decoder.start(prefix(), text, pattern).matcher
    head = tokenizer.encode(prefix(), add_special_tokens=False)
    read_so_far = [tokenizer.bos_token_id, *head, *decoder.encode(text)]
    said: list[int] = []
    while not matcher.done:
        scores = logits(model, read_so_far + said)
        scores[~torch.from_numpy(matcher.allowed())[: len(scores)]] = -torch.inf
        new = [int(scores.argmax())]
        matcher.take(new)
        said += new
    return said


def test_the_cached_decision_is_the_uncached_one():
    tokenizer = small_tokenizer()
    lengths = []
    for seed in range(8):
        model = small_model(len(tokenizer), seed)
        decoder = Decoder(model, tokenizer)
        chat = ChatVLM(decoder=decoder, lexicon=LEXICON)
        said = decoder.decode(uncached(model, tokenizer, ROUND))
        for _ in range(2):
            call, _, _ = read(said)
            made = decide(chat, ROUND)
            assert (made["name"], made["args"]) == (call.tool, call.args)
        lengths.append(len(said))
    assert max(lengths) > 20


def test_reading_a_head_leaves_its_cache_as_it_was():
    tokenizer = small_tokenizer()
    model = small_model(len(tokenizer))
    head = read_head(model, tokenizer, prefix())
    before = [(keys.clone(), values.clone()) for keys, values in head]
    decoder = Decoder(model, tokenizer, {prefix(): head})
    decide(ChatVLM(decoder=decoder, lexicon=LEXICON), ROUND)
    for (keys, values), (keys_before, values_before) in zip(head, before, strict=True):
        assert torch.equal(keys, keys_before)
        assert torch.equal(values, values_before)


def test_the_prompt_is_the_written_form_of_the_round():
    messages = messages_of(ROUND, LEXICON)
    text = text_of(messages, round_of(messages), LEXICON)
    assert text == history_lines(ROUND) + question_lines(ROUND, LEXICON)


def test_plain_messages_are_written_in_the_same_form():
    call = {"name": "search", "args": {"category": "shoes", "color": "black"}, "id": "1"}
    messages = [
        SystemMessage("rules"),
        HumanMessage("black shoes"),
        AIMessage(content="", tool_calls=[call]),
        ToolMessage("found 3", tool_call_id="1"),
        HumanMessage("thanks"),
        AIMessage("welcome"),
        HumanMessage("and now\nin red"),
    ]
    assert text_of(messages, None, LEXICON) == (
        "u: black shoes\n> search category=shoes color=black\n"
        "u: thanks\n> reply kind=other\nu: and now in red\n>"
    )


def test_a_plain_conversation_gives_what_its_round_gives():
    round_ = Round(
        text="in red", history=(Past(user="shoes", decision=Call(tool="search", args={})),)
    )
    call = {"name": "search", "args": {}, "id": "1"}
    plain = [HumanMessage("shoes"), AIMessage("", tool_calls=[call]), HumanMessage("in red")]
    assert text_of(plain, None, LEXICON) == text_of(messages_of(round_, LEXICON), round_, LEXICON)


def test_the_planner_decides_with_it(chat):
    decision = Planner(chat, LEXICON).decide(Round(text="black shoes please"))
    assert decision.outcome in ("calls", "ask", "reply")


def test_any_tool_can_be_bound_and_a_reply_stays_possible(chat):
    @tool
    def weather(city: str) -> str:
        """Tells the weather."""
        return city

    message = chat.bind_tools([weather]).invoke([HumanMessage("is it raining")])
    forced = chat.bind_tools([weather], tool_choice="any").invoke([HumanMessage("is it raining")])
    assert message.tool_calls or message.content.startswith("reply")
    assert forced.tool_calls[0]["name"] == "weather"
    assert set(forced.tool_calls[0]["args"]) == {"city"}


def test_a_tool_result_that_leaves_nothing_to_do_ends_an_agents_loop(chat):
    call = {"name": "weather", "args": {"city": "Oslo"}, "id": "1"}
    messages = [
        HumanMessage("is it raining"),
        AIMessage("", tool_calls=[call]),
        ToolMessage("it rains", tool_call_id="1"),
    ]
    assert chat.invoke(messages).content == "it rains"


def test_a_choice_that_is_not_bound_is_an_error(chat):
    with pytest.raises(UsageError, match="'hat' is not bound"):
        chat.bind_tools(list(ACTIONS.values()), tool_choice="hat")


def test_streamed_chunks_add_up_to_the_message(chat):
    bound = chat.bind_tools(list(ACTIONS.values()))
    for text in ("black shoes", "an outfit for a wedding", "no leather, up to 70"):
        round_ = ROUND.model_copy(update={"text": text})
        messages = messages_of(round_, LEXICON)
        chunks = list(bound.stream(messages))
        whole = chunks[0]
        for chunk in chunks[1:]:
            whole += chunk
        (made,), (once,) = whole.tool_calls, bound.invoke(messages).tool_calls
        assert (made["name"], made["args"]) == (once["name"], once["args"])
        assert len(chunks) > 2 or not once["args"]


def test_without_tools_the_decision_is_the_text(chat):
    message = chat.invoke([HumanMessage("black shoes")])
    call, _, _ = read(message.content)
    assert call.tool in ACTIONS
    streamed = "".join(chunk.text for chunk in chat.stream([HumanMessage("black shoes")]))
    assert streamed == message.content


def test_a_set_event_cancels_and_the_model_serves_on(chat):
    cancelled = threading.Event()
    cancelled.set()
    with pytest.raises(Cancelled, match="given up"):
        chat.invoke([HumanMessage("black shoes")], cancelled=cancelled)
    assert chat.invoke([HumanMessage("black shoes")], cancelled=threading.Event()).content


def test_an_event_set_meanwhile_cancels_at_the_next_token(chat):
    cancelled = threading.Event()
    chunks = chat.stream([HumanMessage("black shoes")], cancelled=cancelled)
    next(chunks)
    cancelled.set()
    with pytest.raises(Cancelled):
        next(chunks)


def test_threads_get_what_one_thread_gets(chat):
    rounds = [
        ROUND.model_copy(update={"text": text}) for text in ("red", "a hat", "linen", "on me")
    ]
    alone = [decide(chat, round_) for round_ in rounds]
    made: dict[int, dict] = {}

    def work(n: int) -> None:
        made[n] = decide(chat, rounds[n])

    threads = [threading.Thread(target=work, args=(n,)) for n in range(len(rounds))]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert [made[n]["args"] for n in range(len(rounds))] == [call["args"] for call in alone]


def test_a_prompt_longer_than_the_model_reads_is_cut_at_its_start(chat):
    past = Past(user="word " * 60, decision=Call(tool="search", args={"style": "x" * 50}))
    round_ = ROUND.model_copy(update={"history": (past,) * 6, "text": "é" * 1200})
    assert json.dumps(decide(chat, round_)["args"])
    saying = chat.decoder.start(prefix(), "u: " + "é" * 5000 + "\n>", " x\\n")
    assert saying.n_prompt == 1024 - 96


def test_words_of_the_shopper_are_no_special_tokens(chat):
    assert 0 not in chat.decoder.encode("u: <|end|> <|start|>\n")
