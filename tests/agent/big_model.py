"""A toy of the real Qwen3-VL classes: random weights, a tokenizer trained here, Qwen's form.

Its last layer alone can be fitted, in closed form, so that it says what a test wants on the prompts
that the test gives: with pictures that differ it says different things, so it has read them.
"""

import json
from io import BytesIO
from pathlib import Path

import torch
from langchain_core.messages import convert_to_openai_messages
from PIL import Image
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

from fashionm3.agent.messages import messages_of
from fashionm3.agent.planner import Planner
from fashionm3.agent.round import Round
from fashionm3.index.lexicon import Lexicon
from fashionm3.testing.scripted import ScriptedPlanner
from fashionm3.torchvision_ops import declare_missing_ops

declare_missing_ops()
from transformers import (  # noqa: E402
    PreTrainedTokenizerFast,
    Qwen2VLImageProcessor,
    Qwen3VLConfig,
    Qwen3VLForConditionalGeneration,
    Qwen3VLProcessor,
    Qwen3VLVideoProcessor,
)

FORM = (Path(__file__).parent / "qwen_form.jinja").read_text(encoding="utf-8")
SPECIAL = [
    "<|endoftext|>",
    "<|im_start|>",
    "<|im_end|>",
    "<|vision_start|>",
    "<|vision_end|>",
    "<|image_pad|>",
    "<|video_pad|>",
]
WIDTH = 512
ADDED = ["<tool_call>", "</tool_call>", "<tool_response>", "</tool_response>"]


def big_tokenizer(texts: list[str]) -> PreTrainedTokenizerFast:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=3000,
        special_tokens=SPECIAL,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts * 3, trainer)
    tokenizer.add_tokens([AddedToken(text, special=False, normalized=False) for text in ADDED])
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, eos_token="<|im_end|>", pad_token="<|endoftext|>"
    )


def big_processor(texts: list[str], form: str = FORM) -> Qwen3VLProcessor:
    pictures = Qwen2VLImageProcessor(
        patch_size=16,
        temporal_patch_size=2,
        merge_size=2,
        size={"shortest_edge": 1024, "longest_edge": 4096},
    )
    return Qwen3VLProcessor(
        image_processor=pictures,
        tokenizer=big_tokenizer(texts),
        video_processor=Qwen3VLVideoProcessor(patch_size=16),
        chat_template=form,
    )


def big_model(processor: Qwen3VLProcessor, seed: int = 0) -> Qwen3VLForConditionalGeneration:
    torch.manual_seed(seed)
    tokenizer = processor.tokenizer
    ids = {text: tokenizer.convert_tokens_to_ids(text) for text in SPECIAL}
    text = {
        "vocab_size": len(tokenizer),
        "hidden_size": WIDTH,
        "intermediate_size": 128,
        "num_hidden_layers": 2,
        "initializer_range": 0.1,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "head_dim": 16,
        "max_position_embeddings": 8192,
        "rope_parameters": {
            "rope_type": "default",
            "rope_theta": 10000.0,
            "mrope_section": [4, 2, 2],
            "mrope_interleaved": True,
        },
        "pad_token_id": ids["<|endoftext|>"],
        "eos_token_id": ids["<|im_end|>"],
    }
    vision = {
        "depth": 1,
        "hidden_size": 32,
        "intermediate_size": 64,
        "num_heads": 2,
        "out_hidden_size": WIDTH,
        "initializer_range": 0.3,
        "num_position_embeddings": 64,
        "deepstack_visual_indexes": [0],
    }
    config = Qwen3VLConfig(
        text_config=text,
        vision_config=vision,
        image_token_id=ids["<|image_pad|>"],
        video_token_id=ids["<|video_pad|>"],
        vision_start_token_id=ids["<|vision_start|>"],
        vision_end_token_id=ids["<|vision_end|>"],
        tie_word_embeddings=False,
    )
    model = Qwen3VLForConditionalGeneration(config).eval()
    model.generation_config.eos_token_id = ids["<|im_end|>"]
    model.generation_config.pad_token_id = ids["<|endoftext|>"]
    return model


def fit(model, processor, prompts: list[tuple[list[dict], list[dict] | None, str]]) -> None:
    """Makes the model answer conversations, given as transformers knows them, with its tools."""
    states, wanted = [], []
    for conversation, tools, answer in prompts:
        inputs = processor.apply_chat_template(
            conversation,
            tools=tools,
            add_generation_prompt=True,
            tokenize=True,
            return_dict=True,
            return_tensors="pt",
        )
        n_prompt = inputs["input_ids"].shape[1]
        said = processor.tokenizer(answer + "<|im_end|>", return_tensors="pt")["input_ids"]
        inputs["input_ids"] = torch.cat([inputs["input_ids"], said], dim=1)
        inputs["attention_mask"] = torch.ones_like(inputs["input_ids"])
        kinds = inputs["mm_token_type_ids"]
        inputs["mm_token_type_ids"] = torch.cat([kinds, torch.zeros_like(said)], dim=1)
        with torch.no_grad():
            state = model.model(**inputs).last_hidden_state[0, n_prompt - 1 : -1]
        states.append(state)
        wanted.append(said[0])
    known, next_ = torch.cat(states).double(), torch.cat(wanted)
    logits = torch.zeros(len(next_), model.config.text_config.vocab_size, dtype=torch.double)
    logits[torch.arange(len(next_)), next_] = 10.0
    assert len(next_) < WIDTH, "too many tokens to fit"
    weights = torch.linalg.lstsq(known, logits, driver="gelsd").solution
    model.lm_head.weight.data = weights.T.float().contiguous()


def picture(color: str) -> bytes:
    stream = BytesIO()
    Image.new("RGB", (64, 64), color).save(stream, "PNG")
    return stream.getvalue()


ROUND = Round(text="something like this please")
WEATHER = {
    "type": "function",
    "function": {
        "name": "weather",
        "description": "Tells the weather.",
        "parameters": {
            "type": "object",
            "properties": {"city": {"type": "string"}, "days": {"type": "integer"}},
            "required": ["city"],
        },
    },
}
OSLO, ROME, HELLO = "the weather in Oslo?", "the weather in Rome?", "hello you"
SEEN = "a red one it is"


def image(color: str) -> Image.Image:
    return Image.new("RGB", (64, 64), color)


def planner_tools() -> list[dict]:
    """The tools as the planner binds them."""
    bound = []

    class Recorder(ScriptedPlanner):
        def bind_tools(self, tools, **kwargs):
            bound.extend(tools)
            return self

    Planner(Recorder(), Lexicon.load())
    return bound


def answers() -> list[tuple[list[dict], list[dict] | None, str]]:
    """Conversations as transformers knows them, their tools, and what the toy says to them."""
    tools = planner_tools()
    *before, last = convert_to_openai_messages(messages_of(ROUND, Lexicon.load()))
    found = []
    for color in ("red", "blue"):
        parts = [
            {"type": "image", "image": image(color)},
            {"type": "text", "text": last["content"]},
        ]
        args = {"category": "shoes", "color": color}
        said = json.dumps({"name": "search", "arguments": args})
        turns = [*before, {"role": "user", "content": parts}]
        found.append((turns, tools, f"<tool_call>\n{said}\n</tool_call>"))
    good = json.dumps({"name": "weather", "arguments": {"city": "Oslo", "days": 2}})
    called = {"name": "weather", "arguments": {"city": "Oslo"}}
    shown = [{"type": "image", "image": image("red")}, {"type": "text", "text": "as painted"}]
    loop = [
        {"role": "user", "content": OSLO},
        {"role": "assistant", "content": "", "tool_calls": [{"function": called}]},
        {"role": "tool", "content": shown},
    ]
    bad = '{"name": "weather", "arguments": {"city": "Rome"'
    return [
        *found,
        (
            [{"role": "user", "content": OSLO}],
            [WEATHER],
            f"I will look it up.\n<tool_call>{good}</tool_call>",
        ),
        ([{"role": "user", "content": ROME}], [WEATHER], f"<tool_call>{bad}</tool_call>"),
        ([{"role": "user", "content": HELLO}], None, "hello there, what may it be?"),
        (loop, [WEATHER], SEEN),
    ]


def write_big(folder: Path) -> Path:
    """Saves the toy, fitted to its answers."""
    prompts = answers()
    texts = [json.dumps([turns, tools, said], default=str) for turns, tools, said in prompts]
    processor = big_processor(texts)
    model = big_model(processor)
    fit(model, processor, prompts)
    model.save_pretrained(folder)
    processor.save_pretrained(folder)
    return folder
