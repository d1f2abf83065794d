"""The really fetched weights, where this machine has them."""

import json
from hashlib import file_digest

import pytest

from fashionm3.torchvision_ops import declare_missing_ops
from fashionm3.weights.base import BASE, base_path, state


def fetched(name):
    if any(weights.name == name and state(weights) == "ready" for weights in BASE):
        declare_missing_ops()
        return base_path(name)
    return pytest.skip(f"{name} is not fetched")


def test_smollm2_answers_a_question():
    folder = fetched("smollm2")
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.bfloat16)
    assert model.num_parameters() == 134_515_008
    asked = [{"role": "user", "content": "What is the capital of France?"}]
    prompt = tokenizer.apply_chat_template(
        asked, add_generation_prompt=True, return_tensors="pt", return_dict=True
    )
    out = model.generate(**prompt, max_new_tokens=10)[0, prompt.input_ids.shape[1] :]
    assert "Paris" in tokenizer.decode(out)


def test_minilm_finds_a_gown_closer_to_a_dress_than_a_boot():
    folder = fetched("minilm")
    import torch
    from transformers import AutoModel, AutoTokenizer

    model, loading = AutoModel.from_pretrained(folder, output_loading_info=True)
    assert not any(loading.values())
    words = ["a red dress", "a crimson gown", "a brown boot"]
    batch = AutoTokenizer.from_pretrained(folder)(words, padding=True, return_tensors="pt")
    mask = batch.attention_mask[..., None]
    with torch.no_grad():
        pooled = (model(**batch).last_hidden_state * mask).sum(1) / mask.sum(1)
    dress, gown, boot = torch.nn.functional.normalize(pooled)
    assert dress @ gown > dress @ boot + 0.2


@pytest.mark.parametrize("lite", [0, 2])
def test_an_efficientnet_loads_into_timm_under_its_name(lite):
    folder = fetched(f"efficientnet-lite{lite}")
    import timm
    import torch

    model = timm.create_model(
        f"tf_efficientnet_lite{lite}", checkpoint_path=str(folder / "model.safetensors")
    )
    with torch.no_grad():
        scores = model.eval()(torch.zeros(1, 3, 64, 64))
    assert scores.shape == (1, 1000)
    assert scores.isfinite().all()


def test_the_recorded_hash_of_a_small_folder_holds():
    folder = fetched("efficientnet-lite0")
    for name, entry in json.loads((folder / "DONE.json").read_text())["files"].items():
        with (folder / name).open("rb") as stream:
            assert file_digest(stream, "sha256").hexdigest() == entry["sha256"]
