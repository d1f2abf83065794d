import numpy as np
import pytest
from agent.small_model import small_model, small_tokenizer
from langchain_core.messages import AIMessage, HumanMessage

from fashionm3.actions import ACTIONS
from fashionm3.agent.bound_tools import bound_tools
from fashionm3.agent.chat import ChatVLM
from fashionm3.agent.decoder import Decoder
from fashionm3.agent.form import prefix
from fashionm3.agent.grammar import Words, line_pattern
from fashionm3.agent.messages import messages_of
from fashionm3.agent.reading import read_message
from fashionm3.agent.round import Round
from fashionm3.agent.saying import Saying
from fashionm3.index.lexicon import Lexicon

LEXICON = Lexicon.load()
NAMES = ("try", "try_on_hat", "pay")


def decoder(seed: int = 0) -> Decoder:
    tokenizer = small_tokenizer()
    return Decoder(small_model(len(tokenizer), seed), tokenizer)


def said(made: Decoder, names: tuple[str, ...]) -> Saying:
    tools = bound_tools([{"function": {"name": name}} for name in names])
    saying = made.start(prefix(), "u: x\n>", line_pattern(tools, Words(("shoes",), ("red",))))
    while not saying.ended:
        made.advance(saying)
    return saying


def test_what_can_only_be_said_is_certain():
    saying = said(decoder(), ("pay",))
    assert saying.named
    assert saying.probability == pytest.approx(1)


def test_the_probability_is_the_product_of_the_names_tokens_shares():
    made = decoder(3)
    saying = said(made, NAMES)
    again = made.start(prefix(), "u: x\n>", "( try| try_on_hat| pay)\\n")
    wanted, name = 1.0, made.decode(saying.tokens).strip()
    while not again.ended:
        before = made.decode(again.tokens).strip()
        logits = made._logits(again)
        ids = np.flatnonzero(again.matcher.allowed()[: len(logits)])
        powers = np.exp(logits[ids].astype(float))
        texts = [made.decode([int(token)]) for token in ids]
        new = again.go_on(logits, made._signs)
        ends = np.array([text == "\n" for text in texts])
        counted = ends if before == name else ids == new[0]
        wanted *= powers[counted].sum() / powers.sum()
    assert saying.probability == pytest.approx(wanted)
    assert 0 < wanted < 1


def test_a_name_that_begins_another_one_is_chosen_where_it_ends():
    found = {name: 0 for name in NAMES}
    for seed in range(30):
        made = decoder(seed)
        saying = said(made, ("try", "try_on_hat"))
        found[made.decode(saying.tokens).strip()] += 1
        assert 0 < saying.probability < 1
    assert found["try"]
    assert found["try_on_hat"]


def test_an_answer_and_its_last_chunk_carry_the_same_probability():
    bound = ChatVLM(decoder=decoder(), lexicon=LEXICON).bind_tools(list(ACTIONS.values()))
    words = [HumanMessage("black shoes")]
    sure = bound.invoke(words).response_metadata["action_probability"]
    chunks = list(bound.stream(words))
    whole = chunks[0]
    for chunk in chunks[1:]:
        whole += chunk
    assert 0 < sure <= 1
    assert whole.response_metadata["action_probability"] == sure
    told = ["action_probability" in chunk.response_metadata for chunk in chunks]
    assert told == [False] * (len(chunks) - 1) + [True]


def test_a_decision_and_its_line_carry_it_rounded_to_four_digits():
    bound = ChatVLM(decoder=decoder(), lexicon=LEXICON).bind_tools(list(ACTIONS.values()))
    for words in ("red shoes", "a hat"):
        message = bound.invoke(messages_of(Round(text=words), LEXICON))
        decision = read_message(message)
        assert decision.probability == message.response_metadata["action_probability"]
        assert decision.line()["p"] == round(decision.probability, 4)


def test_a_model_that_does_not_tell_gives_no_probability():
    call = {"name": "search", "args": {"color": "red"}, "id": "1"}
    decision = read_message(AIMessage("", tool_calls=[call]))
    assert decision.probability is None
    assert "p" not in decision.line()
    telling = AIMessage("", tool_calls=[call], response_metadata={"action_probability": 0.123456})
    assert read_message(telling).line()["p"] == 0.1235
