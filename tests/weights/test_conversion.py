import pytest

from fashionm3.errors import EngineError
from fashionm3.torchvision_ops import declare_missing_ops
from fashionm3.weights.conversion import convert_llama, convert_timm

WORDS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", *"abcdefr0123456789 ", "ab"]
HEADS, KV_HEADS, WIDTH, LAYERS = 4, 2, 32, 2


@pytest.fixture(scope="module")
def llama():
    declare_missing_ops()
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=len(WORDS),
        hidden_size=WIDTH,
        intermediate_size=64,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS,
        num_key_value_heads=KV_HEADS,
        max_position_embeddings=128,
        tie_word_embeddings=True,
    )
    return LlamaForCausalLM(config).eval()


def write_gguf(model, file):
    """Writes a model as llama.cpp does: rows of q and k interleaved for its rotary layout."""
    import gguf

    writer = gguf.GGUFWriter(file, "llama")
    writer.add_context_length(128)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(64)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KV_HEADS)
    writer.add_layer_norm_rms_eps(model.config.rms_norm_eps)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_rope_freq_base(10000.0)
    writer.add_vocab_size(len(WORDS))
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list([word.replace(" ", "Ġ") for word in WORDS])
    writer.add_token_types([3, 3, 3] + [1] * (len(WORDS) - 3))
    writer.add_token_merges(["a b"])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_pad_token_id(2)
    writer.add_chat_template("{% for m in messages %}<|im_start|>{{ m.content }}{% endfor %}")
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.LLAMA, LAYERS)
    for name, value in model.state_dict().items():
        if name == "lm_head.weight":
            continue
        array = value.float().numpy()
        heads = {"q_proj": HEADS, "k_proj": KV_HEADS}.get(name.split(".")[-2])
        if heads:
            split = array.reshape(heads, 2, array.shape[0] // heads // 2, array.shape[1])
            array = split.swapaxes(1, 2).reshape(array.shape)
        writer.add_tensor(names.get_name(name, (".weight",)), array.copy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


@pytest.fixture(scope="module")
def converted(llama, tmp_path_factory):
    raw, ready = tmp_path_factory.mktemp("raw"), tmp_path_factory.mktemp("ready")
    write_gguf(llama, raw / "model.gguf")
    convert_llama(raw, ready)
    return ready


def test_a_gguf_model_becomes_the_same_model_in_bf16(llama, converted):
    import torch
    from transformers import AutoModelForCausalLM

    model, loading = AutoModelForCausalLM.from_pretrained(
        converted, dtype=torch.bfloat16, output_loading_info=True
    )
    assert not any(loading.values())
    assert model.lm_head.weight.data_ptr() == model.model.embed_tokens.weight.data_ptr()
    for name, value in llama.state_dict().items():
        assert torch.equal(model.state_dict()[name], value.bfloat16()), name
    model.save_pretrained(converted / "again")
    assert (converted / "again" / "model.safetensors").is_file()


def test_the_tokenizer_loads_and_splits_digits(converted):
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(converted)
    pieces = tokenizer.backend_tokenizer.pre_tokenizer.pre_tokenize_str("abe  50")
    assert [piece for piece, _ in pieces] == ["abe", "ĠĠ", "5", "0"]
    text = "abe  50 12<|im_end|>"
    ids = tokenizer(text).input_ids
    assert tokenizer.convert_ids_to_tokens(ids)[-3:] == ["1", "2", "<|im_end|>"]
    assert tokenizer.decode(ids) == text
    assert tokenizer.eos_token == "<|im_end|>"
    assert tokenizer.model_max_length == 128
    chat = tokenizer.apply_chat_template([{"content": "abe"}], tokenize=False)
    assert chat == "<|im_start|>abe"


def test_a_conversion_prints_nothing(llama, tmp_path, capfd):
    write_gguf(llama, tmp_path / "model.gguf")
    capfd.readouterr()
    (tmp_path / "ready").mkdir()
    convert_llama(tmp_path, tmp_path / "ready")
    assert capfd.readouterr() == ("", "")


def test_a_generation_is_greedy_and_ends_at_the_end_of_a_turn(converted):
    from transformers import GenerationConfig

    generation = GenerationConfig.from_pretrained(converted)
    assert generation.do_sample is False
    assert generation.eos_token_id == 2


def lite_checkpoint(file, drop=0):
    declare_missing_ops()
    import timm
    import torch

    model = timm.create_model("tf_efficientnet_lite0", pretrained=False)
    state = {f"foreign.{i}": value for i, value in enumerate(model.state_dict().values())}
    torch.save(dict(list(state.items())[drop:]), file)
    return model.eval()


def test_a_checkpoint_with_foreign_names_loads_into_timm(tmp_path):
    model = lite_checkpoint(tmp_path / "model.pth")
    import timm
    import torch

    ready = tmp_path / "ready"
    ready.mkdir()
    convert_timm(tmp_path / "model.pth", "tf_efficientnet_lite0", ready)
    loaded = timm.create_model(f"local-dir:{ready}", pretrained=True).eval()
    picture = torch.rand(1, 3, 64, 64)
    with torch.no_grad():
        assert torch.equal(loaded(picture), model(picture))
    assert tuple(loaded.pretrained_cfg["mean"]) == (0.5, 0.5, 0.5)


def test_a_checkpoint_of_another_model_is_refused(tmp_path):
    lite_checkpoint(tmp_path / "model.pth", drop=1)
    with pytest.raises(EngineError, match="tf_efficientnet_lite0"):
        convert_timm(tmp_path / "model.pth", "tf_efficientnet_lite0", tmp_path)
