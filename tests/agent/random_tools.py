"""Sets of tools with random schemas, and a model whose logits are random."""

import random
from types import SimpleNamespace
from typing import Any

import torch

from fashionm3.agent.bound_tools import BoundTool, bound_tools
from fashionm3.agent.form import spelled

NAMES = (
    "bookSlot", "get_weather2", "try", "try_on_hat", "TRACK", "größe_finden", "Search", "x",
    "list-orders", "pay.invoice", "SendSMS", "find42", "价格查询", "open__door", "reply_later",
    "see", "outfitOfTheDay", "a1b2c3", "mañana", "deliver", "delivery", "delivery_slot",
)  # fmt: skip
KEYS = (
    "cityName", "note", "more", "price_max", "missing", "negatives", "cheaper", "personal", "color",
    "category", "kind", "target", "n2", "Größe", "from", "e-mail", "ZIP", "id", "is_gift", "日付",
    "budget_max", "size", "size_2", "question", "when", "likeThis", "with", "season", "gender",
)  # fmt: skip
CHOICES = (
    "red", "dark red", 'the "best"', "a;b", "a; b", "x=y", "50%", "C++", "(none)", "[1]", "{a}",
    "a|b", "^$", "\\d+", "né", "日本", "🙂", "two\nlines", " padded ", "don't", "a  b", "more", "-",
    "~/.cfg", "#1", "&amp;", "<b>", "null", "true", "0", "ends.", "ümlaut-straße", "\u202eRTL",
)  # fmt: skip
WORDS = (
    "Books a slot.", "Größe und Länge – «präzise».", "查询价格。", "🙂 mood!", 'Says "hi"; ends?',
    "u: not a shopper", "> search color=red", "a\nb", "", "x" * 300, "\u202eright to left",
)  # fmt: skip


def random_schema(rng: random.Random) -> dict[str, Any]:
    """Returns the schema of one argument."""
    sort = rng.choice(["text", "text", "enum", "enum", "int", "float", "flag", "list", "odd"])
    if sort == "text":
        limits = {"minLength": rng.randint(0, 6), "maxLength": rng.randint(6, 90)}
        made = {"type": "string", **(limits if rng.random() < 0.3 else {})}
    elif sort == "enum":
        made = {"type": "string", "enum": rng.sample(CHOICES, rng.randint(1, 9))}
    elif sort == "int":
        made = {"type": "integer", **_bounds(rng, 0)}
    elif sort == "float":
        made = {"type": "number", **_bounds(rng, rng.randint(0, 3))}
    elif sort == "flag":
        made = {"type": "boolean"}
    elif sort == "list":
        made = {"type": "array", "items": _part(rng), **_counts(rng)}
    else:
        made = rng.choice(
            [
                {"enum": [1, 2.5, "three", True, None]},
                {"type": "integer", "enum": [3, 5, 8]},
                {"const": "only this"},
                {"type": ["null", "integer"], "minimum": 3, "maximum": 12},
                {"anyOf": [{"type": "null"}, {"type": "string", "enum": ["s", "m"]}]},
                {"anyOf": [{"$ref": "#/$defs/Pick"}, {"type": "null"}]},
                {"allOf": [{"$ref": "#/$defs/Pick"}], "default": "b"},
            ]
        )
    return {**made, "description": rng.choice(WORDS)}


def _part(rng: random.Random) -> dict[str, Any]:
    return rng.choice(
        [
            {"type": "string"},
            {"type": "string", "minLength": 3, "maxLength": 12},
            {"type": "integer", "minimum": 0},
            {"type": "integer", "minimum": -3, "maximum": 3},
            {"type": "number"},
            {"type": "string", "enum": rng.sample(CHOICES, 5)},
            {"enum": [1, 2, 3]},
        ]
    )


def _counts(rng: random.Random) -> dict[str, Any]:
    if rng.random() < 0.2:
        return {"uniqueItems": True, "maxItems": rng.randint(1, 12)}
    counts = {"minItems": rng.randint(0, 3), "maxItems": rng.randint(3, 12)}
    return counts if rng.random() < 0.4 else {}


def _bounds(rng: random.Random, digits: int) -> dict[str, float]:
    low = round(rng.uniform(-50, 50), digits) if digits else rng.randint(-50, 50)
    high = round(low + rng.choice([1, 7, 1000]), digits)
    keys = rng.choice(
        [
            (),
            ("minimum",),
            ("maximum",),
            ("minimum", "maximum"),
            ("exclusiveMinimum", "exclusiveMaximum"),
        ]
    )
    room = {
        "exclusiveMinimum": low - 1,
        "exclusiveMaximum": high + 1,
        "minimum": low,
        "maximum": high,
    }
    return {key: room[key] for key in keys}


def random_tool(rng: random.Random, name: str) -> dict[str, Any]:
    """Returns an OpenAI tool of up to nine arguments, no two of them written alike."""
    keys = {spelled(key): key for key in rng.sample(KEYS, rng.randint(0, 9))}
    properties = {key: random_schema(rng) for key in keys.values()}
    parameters = {
        "type": "object",
        "properties": properties,
        "required": [key for key in properties if rng.random() < 0.4],
        "additionalProperties": False,
        "$defs": {"Pick": {"enum": ["a", "b", "c d"], "type": "string"}},
    }
    function = {"name": name, "description": rng.choice(WORDS), "parameters": parameters}
    return {"type": "function", "function": function}


def random_tools(rng: random.Random) -> tuple[list[dict[str, Any]], tuple[BoundTool, ...]]:
    """Returns one to eight tools as an application binds them and as the planner reads them."""
    names = {spelled(name): name for name in rng.sample(NAMES, rng.randint(1, 8))}
    dicts = [random_tool(rng, name) for name in names.values()]
    return dicts, bound_tools(dicts)


class Noise:
    """A model whose logits are random.

    Args:
        n_vocab: Tokens.
        seed: Of the logits.
        likely: Tokens that are said more often: ends of words and lines.
    """

    def __init__(self, n_vocab: int, seed: int, likely: list[int]) -> None:
        self.config = SimpleNamespace(max_position_embeddings=8192)
        self._random = torch.Generator().manual_seed(seed)
        self._n_vocab, self._likely = n_vocab, likely

    def model(self, input_ids, past_key_values, use_cache):
        return SimpleNamespace(last_hidden_state=torch.zeros(1, 1, 1))

    def lm_head(self, hidden):
        logits = torch.randn(1, self._n_vocab, generator=self._random)
        logits[0, self._likely] += 4 * torch.rand(1, generator=self._random)
        return logits
