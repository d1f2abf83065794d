import json
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from PIL import Image

from fashionm3.config import EncoderSettings
from fashionm3.errors import EngineError, UsageError
from fashionm3.index import encoder as module
from fashionm3.index.encoder import OpenClipEncoder, load_encoder
from fashionm3.torchvision_ops import declare_missing_ops
from fashionm3.weights.base import BASE, state

declare_missing_ops()

import open_clip  # noqa: E402
import torch  # noqa: E402
from safetensors.torch import save_file  # noqa: E402

TOY = {
    "model_cfg": {
        "embed_dim": 24,
        "vision_cfg": {
            "image_size": 32, "layers": 1, "width": 32, "head_width": 16, "patch_size": 16,
        },
        "text_cfg": {
            "context_length": 16, "vocab_size": 49408, "width": 32, "heads": 2, "layers": 1,
        },
    },
    "preprocess_cfg": {"mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5]},
}  # fmt: skip
BASE_IS_THERE = all(state(w) == "ready" for w in BASE if w.name in ("minilm", "efficientnet-lite2"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("toy-clip")
    torch.manual_seed(3)
    model = open_clip.model.CLIP(**TOY["model_cfg"])
    save_file(model.state_dict(), path / "open_clip_model.safetensors")
    (path / "open_clip_config.json").write_text(json.dumps(TOY))
    return path


@pytest.fixture(scope="module")
def toy(folder):
    return load_encoder(EncoderSettings(name=f"local-dir:{folder}"))


def pictures(n):
    rng = np.random.default_rng(5)
    return [Image.fromarray(rng.integers(0, 256, (40, 30, 3), np.uint8)) for _ in range(n)]


def test_rows_have_unit_length_and_the_dim_that_is_told(toy):
    rows, words = toy.encode_images(pictures(3)), toy.encode_texts(["red hat", "boots"])
    assert rows.dtype == words.dtype == np.float32
    assert rows.shape == (3, 24) == (3, toy.dim)
    assert np.linalg.norm(np.concatenate([rows, words]), axis=1) == pytest.approx(1, abs=1e-5)


def test_nothing_gives_no_rows(toy):
    assert toy.encode_images([]).shape == toy.encode_texts([]).shape == (0, 24)


def test_a_folder_gives_what_open_clip_gives_for_it(folder, toy):
    model, transform = open_clip.create_model_from_pretrained(f"local-dir:{folder}")
    pixels = torch.stack([transform(picture) for picture in pictures(2)])
    with torch.no_grad():
        expected = model.eval().encode_image(pixels, normalize=True).numpy()
    assert (toy.encode_images(pictures(2)) * expected).sum(1) == pytest.approx(1, abs=2e-3)


def test_a_picture_alone_and_in_a_batch_get_the_same_row(toy):
    many = pictures(module.BATCH + 1)
    alone = np.concatenate([toy.encode_images([picture]) for picture in many])
    assert np.abs(toy.encode_images(many) - alone).max() < 2e-2


def test_threads_get_what_one_thread_gets(toy):
    shown = pictures(4)
    expected = toy.encode_images(shown)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: toy.encode_images(shown), range(8)))
    assert all(np.array_equal(rows, expected) for rows in found)


def test_the_id_follows_the_weights(folder, toy):
    model, _ = open_clip.create_model_from_pretrained(f"local-dir:{folder}")
    assert module.weights_id(model) == toy.id
    with torch.no_grad():
        model.visual.proj[0, 0] += 1
    assert module.weights_id(model) != toy.id


def test_known_texts_are_not_encoded_again_and_old_ones_are_forgotten(folder, monkeypatch):
    monkeypatch.setattr(module, "TEXTS_KEPT", 2)
    asked = []
    model, transform = open_clip.create_model_from_pretrained(f"local-dir:{folder}")
    tokenizer = open_clip.get_tokenizer(f"local-dir:{folder}")

    def counting(texts):
        asked.extend(texts)
        return tokenizer(texts)

    encoder = OpenClipEncoder(model, transform, counting)
    asked.clear()
    first = encoder.encode_texts(["a", "b", "a"])
    assert asked == ["a", "b"]
    assert np.array_equal(first[0], first[2])
    encoder.encode_texts(["a", "c"])
    encoder.encode_texts(["a"])
    assert asked == ["a", "b", "c"]
    encoder.encode_texts(["b"])
    assert asked == ["a", "b", "c", "b"]


@pytest.mark.parametrize(
    ("settings", "error", "said"),
    [
        (EncoderSettings(name="ViT-B-32"), UsageError, "needs a tag"),
        (EncoderSettings(name="no-such-model"), UsageError, "not known"),
        (EncoderSettings(name="local-dir:/no/such/folder"), EngineError, "can't be loaded"),
    ],
)
def test_what_can_not_be_loaded_is_said_in_one_line(settings, error, said):
    with pytest.raises(error, match=said) as caught:
        load_encoder(settings)
    assert "expected nano" in str(caught.value) or "set `pretrained`" in str(caught.value)


needs_base = pytest.mark.skipif(not BASE_IS_THERE, reason="base weights are not in the cache")


@needs_base
def test_nano_keeps_the_shape_of_a_picture_on_white():
    from fashionm3.index.nano import read_config, read_transform

    pixels = read_transform(read_config()["preprocess_cfg"])(Image.new("RGB", (90, 260)))
    assert pixels.shape == (3, 260, 260)
    assert bool((pixels[:, :, :80] == 1).all())
    assert bool((pixels[:, :, 90:170] == -1).all())


@needs_base
def test_nano_refuses_weights_of_another_version(tmp_path):
    from fashionm3.index.nano import build_nano

    save_file({"visual.head.proj.weight": torch.zeros(384, 1280)}, tmp_path / "model.safetensors")
    with pytest.raises(EngineError, match="does not fit"):
        build_nano(tmp_path)


@needs_base
def test_nano_knows_drawn_garments_by_their_kind():
    from fashionm3.sample.shop import sample_items
    from fashionm3.types import CATEGORIES

    drawn = [(i, p) for i, p in sample_items(77, 40) if i.category in CATEGORIES]
    nano = load_encoder(EncoderSettings())
    scores = nano.encode_images([p for _, p in drawn]) @ nano.encode_texts(CATEGORIES).T
    right = [
        CATEGORIES[g] == item.category for g, (item, _) in zip(scores.argmax(1), drawn, strict=True)
    ]
    assert np.mean(right) > 0.6
