"""A toy planner of the real classes: a random Llama, a tokenizer trained here, a random adapter."""

import json
import warnings
from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from fashionm3.agent.form import FORM_HASH, IMAGE_TOKEN, prefix
from fashionm3.torchvision_ops import declare_missing_ops
from fashionm3.training.looking import Looking

declare_missing_ops()
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast  # noqa: E402

TEXTS = [
    prefix(),
    's: look 1=grey blazer 89 | shown A=black shoes 120 | photo\nu: "hello" there\n',
    '> search category=pants color=navy style="chinos" price_max=70 negatives="no leather"\n',
    '> swap target="B" like="A" with="C" cheaper\n> try_on target="outfit" more\n',
    '> outfit occasion="a wedding" anchor="blazer" missing="shoes; hat" budget_max=200 personal\n',
    '> reply kind=thanks about="A"\n> ask question="which one?" note="size shoes 42"\n',
]


def small_tokenizer() -> PreTrainedTokenizerFast:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=600,
        special_tokens=["<|end|>", "<|start|>", *(f"<|{n}|>" for n in range(2, IMAGE_TOKEN + 1))],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(TEXTS * 3, trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token="<|start|>", eos_token="<|end|>"
    )


def small_model(n_vocab: int, seed: int = 0, hidden_size: int = 32) -> LlamaForCausalLM:
    torch.manual_seed(seed)
    config = LlamaConfig(
        vocab_size=n_vocab,
        hidden_size=hidden_size,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=1024,
        initializer_range=0.5,
        bos_token_id=1,
        eos_token_id=0,
        tie_word_embeddings=True,
    )
    return LlamaForCausalLM(config).eval()


def write_base(folder: Path) -> Path:
    tokenizer = small_tokenizer()
    small_model(len(tokenizer)).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def write_adapter(folder: Path, base: Path, form_hash: str | None = FORM_HASH) -> Path:
    from peft import LoraConfig, get_peft_model

    model = LlamaForCausalLM.from_pretrained(base)
    config = LoraConfig(r=4, lora_alpha=8, target_modules="all-linear", task_type="CAUSAL_LM")
    with warnings.catch_warnings():
        # peft asks transformers for an attribute by its old name.
        warnings.simplefilter("ignore", FutureWarning)
        adapted = get_peft_model(model, config)
    torch.manual_seed(3)
    for name, parameter in adapted.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter, std=0.3)
    adapted.save_pretrained(str(folder))
    Looking(model.config.hidden_size).save(folder / "projector.safetensors")
    (folder / "card.json").write_text(json.dumps({"prompt_hash": form_hash}), encoding="utf-8")
    return folder
