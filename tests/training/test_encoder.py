import csv
import random
import signal
import subprocess
import sys

import numpy as np
import pytest
import torch
from PIL import Image

from fashionm3.errors import InputError
from fashionm3.index.lexicon import Lexicon
from fashionm3.torchvision_ops import declare_missing_ops
from fashionm3.training.encoder_images import UNKNOWN, Bank, ImageSettings, tune_images
from fashionm3.training.encoder_metrics import p_at_k, top1
from fashionm3.training.encoder_photos import part_of, read_photographs
from fashionm3.training.encoder_steps import Steps, StepSettings
from fashionm3.training.encoder_texts import Gallery, _sorting
from fashionm3.training.encoder_towers import shortened, text_stem, text_tail
from fashionm3.training.encoder_views import ViewSettings, freeze_views, random_view
from fashionm3.training.encoder_words import QueryWriter
from fashionm3.types import CATEGORIES
from fashionm3.weights.base import BASE, state

BASE_IS_THERE = all(state(w) == "ready" for w in BASE if w.name in ("minilm", "efficientnet-lite2"))
STEPS = StepSettings(30, warmup=3, ema=0.9, every=5)


def save_photographs(folder, rows):
    (folder / "images").mkdir()
    with (folder / "items.csv").open("w", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(["item_id", "label"])
        for item_id, label, pixels in rows:
            table.writerow([item_id, label])
            Image.fromarray(pixels).save(folder / "images" / f"{item_id}.jpg", quality=95)


def noise(seed, size=24):
    small = np.random.default_rng(seed).integers(0, 256, (size, size, 3), np.uint8)
    return np.asarray(Image.fromarray(small).resize((192, 192), Image.Resampling.BICUBIC))


def test_labels_become_categories_and_unknown_ones_are_left_out(tmp_path):
    labels = ["T-Shirt", "Outwear", "Body", "Not sure", "Other"]
    save_photographs(tmp_path, [(f"p{i}", label, noise(i)) for i, label in enumerate(labels)])
    read = {photo.item_id: photo.label for photo in read_photographs(tmp_path)}
    assert read == {"p0": "t-shirt", "p1": "outerwear", "p2": "bodysuit"}


def test_nearly_the_same_photograph_stays_on_one_side_of_the_split(tmp_path):
    rows = []
    for i in range(12):
        darker = (noise(i) * 0.8).astype(np.uint8)
        rows += [(f"a{i}", "Hat", noise(i)), (f"b{i}", "Hat", darker)]
    save_photographs(tmp_path, rows)
    parts = {photo.item_id: photo.part for photo in read_photographs(tmp_path)}
    assert all(parts[f"a{i}"] == parts[f"b{i}"] for i in range(12))
    assert any(part_of(f"a{i}") != part_of(f"b{i}") for i in range(12))


def test_the_split_is_seven_to_one_to_two():
    parts = [part_of(f"item-{i}") for i in range(4000)]
    shares = [parts.count(part) / 4000 for part in ("train", "dev", "test")]
    assert shares == pytest.approx([0.7, 0.1, 0.2], abs=0.025)


def test_a_folder_without_its_table_is_said(tmp_path):
    with pytest.raises(InputError, match=r"items\.csv"):
        read_photographs(tmp_path)


def test_a_view_is_the_same_for_the_same_draw_and_another_for_another():
    settings, picture = ViewSettings(size=48), Image.fromarray(noise(1))
    one, again, other = (
        random_view(picture, settings, np.random.default_rng(seed), True) for seed in (1, 1, 2)
    )
    assert one.shape == (48, 48, 3)
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


def test_frozen_features_are_computed_once_and_go_on_after_a_stop(tmp_path):
    names, seen = [f"p{i}" for i in range(40)], []

    def pixels(index, view):
        seen.append((index, view))
        return np.full((4, 4, 3), index * 2 + view, np.uint8)

    def broken(batch):
        if len(seen) > 64:
            raise KeyboardInterrupt
        return batch

    with pytest.raises(KeyboardInterrupt):
        freeze_views(tmp_path, names, pixels, 2, broken, {})
    seen.clear()
    views = freeze_views(tmp_path, names, pixels, 2, lambda batch: batch, {})
    assert len(seen) == 80 - 64
    seen.clear()
    freeze_views(tmp_path, names, pixels, 2, lambda batch: batch, {})
    assert seen == []
    found = views.fetch(np.array([0, 39]), np.array([1, 0]))[:, 0, 0, 0]
    assert ((found + 1) * 127.5).tolist() == pytest.approx([1, 78], abs=0.1)


def descend(folder, stop_at=None, key="toy"):
    weight = torch.nn.Parameter(torch.zeros(4, 3))
    told = []

    def loss(rng):
        seen = torch.from_numpy(rng.normal(size=(8, 3))).float()
        return ((seen @ weight.T - seen.sum(1, keepdim=True)) ** 2).mean()

    def progress(name, done, total):
        told.append(done)
        if done == stop_at:
            raise KeyboardInterrupt

    steps = Steps("toy", [({"weight": weight}, 0.05)], STEPS, folder, key)
    if stop_at is None:
        steps.run(loss, progress)
    else:
        with pytest.raises(KeyboardInterrupt):
            steps.run(loss, progress)
    return weight.detach(), told


def test_a_stopped_run_goes_on_and_ends_as_one_that_was_not_stopped(tmp_path):
    whole, _ = descend(None)
    descend(tmp_path, stop_at=13)
    resumed, told = descend(tmp_path)
    assert told[0] == 11
    assert torch.equal(resumed, whole)
    assert (whole - 1).abs().max() < 0.9


def test_a_checkpoint_of_other_settings_is_not_resumed(tmp_path):
    descend(tmp_path, stop_at=13)
    _, told = descend(tmp_path, key="other")
    assert told[0] == 1


CHILD = """
import sys, time
from pathlib import Path
sys.path.insert(0, "tests/training")
import test_encoder
real = test_encoder.Steps._save
def slow(self):
    real(self)
    print("saved", flush=True)
    time.sleep(0.2)
test_encoder.Steps._save = slow
test_encoder.descend(Path(sys.argv[1]))
"""


def test_a_killed_run_goes_on_and_ends_as_one_that_was_not_killed(tmp_path):
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    lines = [child.stdout.readline() for _ in range(2)]
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert lines == ["saved\n", "saved\n"]
    resumed, told = descend(tmp_path)
    assert told[0] > 10
    assert torch.equal(resumed, descend(None)[0])


class Maps:
    """Two kinds of feature maps that differ in one channel."""

    n_views = 1

    def fetch(self, rows, views):
        maps = torch.zeros(len(rows), 40, 4, 4)
        maps[:, 0] = torch.from_numpy(rows % 2).float()[:, None, None] * 8
        return maps


def test_only_the_tail_of_the_picture_tower_is_tuned():
    declare_missing_ops()
    import timm

    torch.manual_seed(1)
    trunk = timm.create_model("tf_efficientnet_lite0", num_classes=0)
    visual = torch.nn.ModuleDict({"trunk": trunk, "head": torch.nn.Linear(1280, 8)})
    before = {k: v.clone() for k, v in visual.state_dict().items()}
    labels = np.array([0, 1] * 8)
    bank = Bank(Maps(), labels, labels, np.full(16, UNKNOWN), share=1)
    settings = ImageSettings(StepSettings(2, warmup=1, ema=0.0), batch=4)
    prototypes = tune_images(visual, torch.randn(17, 8), [bank], settings)
    changed = {k for k, v in visual.state_dict().items() if not torch.equal(v, before[k])}
    assert prototypes.shape == (17, 8)
    assert any(key.startswith("trunk.blocks.3.") for key in changed)
    assert "head.weight" in changed
    frozen = ("trunk.conv_stem", "trunk.bn1", *(f"trunk.blocks.{i}." for i in range(3)))
    assert not [key for key in changed if key.startswith(frozen) or "running_" in key]


def test_rare_kinds_are_drawn_more_often_than_they_occur():
    labels = np.array([0] * 90 + [1] * 10)
    bank = Bank(Maps(), labels, labels, labels, share=1)
    drawn = labels[bank.draw(4000, np.random.default_rng(1))]
    assert (drawn == 1).mean() == pytest.approx(0.25, abs=0.03)


def test_a_query_says_what_it_is_labelled_with():
    lexicon, rng = Lexicon.load(), random.Random(4)
    writer = QueryWriter(lexicon)
    said = []
    for category in CATEGORIES * 6:
        query = writer.write(category, rng, color="green", free=False)
        assert (query.category, query.color) == (category, "green")
        spans = {(span.slot, span.value) for span in lexicon.spans(query.text)}
        said.append(("category", category) in spans)
    assert np.mean(said) > 0.7


def test_queries_are_the_same_for_the_same_draw():
    writer = QueryWriter(Lexicon.load())
    one, again = ([writer.write("shoes", r) for _ in range(9)] for r in map(random.Random, (2, 2)))
    assert one == again
    assert len({query.text for query in one}) > 5


def test_columns_of_padding_change_no_row():
    from transformers import BertConfig, BertModel

    torch.manual_seed(2)
    sizes = {"hidden_size": 16, "num_attention_heads": 2, "intermediate_size": 16}
    config = BertConfig(vocab_size=30, num_hidden_layers=4, **sizes)
    bert = BertModel(config, add_pooling_layer=False).eval()
    tokens = torch.tensor([[5, 6, 7, 0, 0, 0], [8, 9, 0, 0, 0, 0]])
    assert torch.equal(shortened(tokens), tokens[:, :3])
    with torch.no_grad():
        whole, short = (text_tail(bert, text_stem(bert, t), t) for t in (tokens, tokens[:, :3]))
    assert torch.allclose(whole, short, atol=1e-5)


def test_queries_near_their_pictures_sort_them_better_than_others():
    eye, none = torch.eye(17), torch.full((17,), UNKNOWN)
    gallery = Gallery(eye, torch.arange(17), none, none)
    labels, shown = torch.tensor([3, 3, 5, 8]), torch.arange(17)
    near = _sorting(eye[labels], labels, gallery, shown)
    assert near < _sorting(eye[labels.flip(0)], labels, gallery, shown)


def test_measures_count_by_hand():
    rows = np.eye(17, dtype=np.float32)[[0, 1, 1, 2]]
    labels = [CATEGORIES[0], CATEGORIES[1], CATEGORIES[0], CATEGORIES[2]]
    share, each = top1(rows, labels, np.eye(17, dtype=np.float32))
    assert share == 0.75
    assert each[CATEGORIES[0]] == 0.5
    query = np.eye(17, dtype=np.float32)[[1]]
    assert p_at_k(rows, labels, query, [CATEGORIES[1]], k=2) == 1.0
    assert p_at_k(rows, labels, query, [CATEGORIES[1]], k=2, plain=True) == 0.5
    assert p_at_k(rows, labels, query, [CATEGORIES[0]], k=2) == 0.5


@pytest.mark.skipif(not BASE_IS_THERE, reason="base weights are not in the cache")
def test_trained_weights_load_as_they_were_written(tmp_path):
    from fashionm3.index.nano import build_nano
    from fashionm3.training.encoder import EncoderRecipe, EncoderTrainer

    recipe = EncoderRecipe(
        drawings=8, image_steps=1, text_steps=1, drawing_views=1, size=64, threads=1
    )
    trainer = EncoderTrainer(tmp_path / "run", None, recipe)
    model = trainer.train()
    trainer.export(tmp_path / "out", {"part": "encoder"})
    assert (tmp_path / "out" / "model.safetensors").stat().st_size < 22e6
    pixels = torch.randn(1, 3, 64, 64)
    with torch.no_grad():
        pair = [
            m.eval().encode_image(pixels, normalize=True)
            for m in (model, build_nano(tmp_path / "out"))
        ]
    assert float((pair[0] * pair[1]).sum()) == pytest.approx(1, abs=1e-3)
