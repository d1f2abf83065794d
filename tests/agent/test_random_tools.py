import random

import pytest
from agent.random_tools import Noise, random_tools
from agent.small_model import small_model, small_tokenizer
from jsonschema import Draft202012Validator

from fashionm3.actions import ACTIONS
from fashionm3.agent.answer import Stops, message_of
from fashionm3.agent.bound_tools import bound_tools, tool_dicts
from fashionm3.agent.decoder import Decoder
from fashionm3.agent.form import prefix
from fashionm3.agent.grammar import Words, line_pattern
from fashionm3.errors import EngineError, UsageError

WORDS = Words(("shoes", "t-shirt", "pants"), ("black", "navy"))
N_SETS = 50


def noise_over_the_planners_vocabulary() -> Decoder:
    from transformers import AutoTokenizer

    from fashionm3.weights.base import base_path

    try:
        tokenizer = AutoTokenizer.from_pretrained(base_path("smollm2"))
    except EngineError:
        pytest.skip("smollm2 is not fetched")
    return Decoder(Noise(len(tokenizer), 7, _ends(tokenizer)), tokenizer)


def noise() -> Decoder:
    tokenizer = small_tokenizer()
    return Decoder(Noise(len(tokenizer), 7, _ends(tokenizer)), tokenizer)


def random_weights() -> Decoder:
    tokenizer = small_tokenizer()
    return Decoder(small_model(len(tokenizer), 3), tokenizer)


def _ends(tokenizer) -> list[int]:
    return [tokenizer.encode(text, add_special_tokens=False)[0] for text in ('"', ";", "\n", ".")]


def wrong(decoder: Decoder, n_each: int, seed: int) -> list[str]:
    """Says decisions over random sets of tools and returns those that don't fit their schema."""
    rng = random.Random(seed)
    found = []
    for _ in range(N_SETS):
        dicts, tools = random_tools(rng)
        schemas = {made["function"]["name"]: made["function"]["parameters"] for made in dicts}
        checks = {name: Draft202012Validator(schema) for name, schema in schemas.items()}
        head = prefix([tool.described for tool in tools])
        for n in range(n_each):
            saying = decoder.start(head, f"u: words {n}\n>", line_pattern(tools, WORDS))
            while not saying.ended:
                decoder.advance(saying)
            assert 0 < saying.probability <= 1 + 1e-9
            line = decoder.decode(saying.tokens)
            calls = message_of(line, tools, Stops()).tool_calls
            errors = ["no call"] if not calls else _errors(checks, calls[0])
            found += [f"{error}: {line!r}" for error in errors]
    return found


def _errors(checks: dict[str, Draft202012Validator], call: dict) -> list[str]:
    return [error.message for error in checks[call["name"]].iter_errors(call["args"])]


@pytest.mark.parametrize(
    ("made", "n_each"),
    [(noise, 5), (random_weights, 1), (noise_over_the_planners_vocabulary, 2)],
)
def test_400_decisions_over_random_tools_fit_their_schemas(made, n_each):
    assert wrong(made(), n_each, seed=1) == []


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(
    ("made", "n_each"),
    [(noise, 120), (random_weights, 20), (noise_over_the_planners_vocabulary, 60)],
)
def test_10000_decisions_over_random_tools_fit_their_schemas(made, n_each):
    assert wrong(made(), n_each, seed=2) == []


def test_values_come_back_as_the_schema_has_them():
    parameters = {
        "type": "object",
        "properties": {
            "size": {"enum": [38, 39.5, "one size", True]},
            "marks": {"type": "array", "items": {"enum": ["a;b", 'the "best"', "x"]}},
            "note": {"type": "string"},
            "price_max": {"type": "string"},
            "missing": {"type": "string"},
        },
    }
    (tool,) = bound_tools([{"function": {"name": "Search", "parameters": parameters}}])
    line = (
        ' search_ size="39.5" marks="a,b; the \'best\'; x" note_="a; b" price_max="cheap"'
        ' missing="a; b"\n'
    )
    decoder = noise()
    saying = decoder.start(prefix(), "u: x\n>", line_pattern([tool], WORDS))
    saying.matcher.take(decoder.encode(line))
    (call,) = message_of(line, [tool], Stops()).tool_calls
    assert (call["name"], call["args"]) == (
        "Search",
        {
            "size": 39.5,
            "marks": ["a;b", 'the "best"', "x"],
            "note": "a; b",
            "price_max": "cheap",
            "missing": "a; b",
        },
    )


def test_many_required_texts_are_all_said():
    properties = {f"text_{letter}": {"type": "string"} for letter in "abcdefghij"}
    parameters = {"type": "object", "properties": properties, "required": list(properties)}
    tools = bound_tools([{"function": {"name": "fill_in", "parameters": parameters}}])
    decoder = noise()
    for _ in range(20):
        saying = decoder.start(prefix(), "u: x\n>", line_pattern(tools, WORDS))
        while not saying.ended:
            decoder.advance(saying)
        (call,) = message_of(decoder.decode(saying.tokens), tools, Stops()).tool_calls
        assert list(call["args"]) == list(properties)


@pytest.mark.parametrize(
    "schema",
    [
        {"enum": [""]},
        {"type": "integer", "minimum": 3, "maximum": 2},
        {"type": "array", "items": {"type": "string"}, "minItems": 2, "uniqueItems": True},
    ],
)
def test_a_required_argument_for_which_nothing_can_be_said_is_refused(schema):
    parameters = {"type": "object", "properties": {"a": schema}, "required": ["a"]}
    with pytest.raises(UsageError, match="requires 'a'"):
        bound_tools([{"function": {"name": "x", "parameters": parameters}}])


def test_the_seven_actions_still_fit_their_schemas():
    dicts = tool_dicts(list(ACTIONS.values()))
    tools = bound_tools(dicts)
    checks = {
        made["function"]["name"]: Draft202012Validator(made["function"]["parameters"])
        for made in dicts
    }
    decoder = noise()
    for _ in range(60):
        saying = decoder.start(prefix(), "u: x\n>", line_pattern(tools, WORDS))
        while not saying.ended:
            decoder.advance(saying)
        (call,) = message_of(decoder.decode(saying.tokens), tools, Stops()).tool_calls
        assert _errors(checks, call) == []
