"""Samples in the form of FashionRec: read, turned into rounds, answered, shown."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from small_shop import LEXICON
from training.fashionrec_sets import ORIGINAL, RECIPE, original, samples, write
from typer.testing import CliRunner

from fashionm3.agent.round import Round
from fashionm3.cli.main import app
from fashionm3.errors import InputError
from fashionm3.index.rules import RuleScorer
from fashionm3.training.fashionrec.answers import ShopAnswers
from fashionm3.training.fashionrec.rounds import Rounder
from fashionm3.training.fashionrec.sample import Sample
from fashionm3.training.fashionrec.shards import read_shards
from fashionm3.training.fashionrec.similarity import score


@pytest.mark.parametrize("ending", ["jpg", "jpeg", "png", "JPG"])
def test_an_original_sample_is_read_whatever_its_key_order_and_picture(tmp_path, ending):
    (entry,) = read_shards([original(tmp_path / "a.tar", ending)])
    sample = entry.sample
    assert (sample.key, sample.task) == ("0000007", "basic")
    assert sample.target_items[0].item_id == "11"
    assert sample.question == "Which shoes complete this for a summer wedding?"
    assert entry.ending == ending.lower()


def test_the_task_follows_from_the_keys_and_a_history_may_be_outfits(tmp_path):
    worn = ORIGINAL["partial_outfit"]
    personal = original(tmp_path / "p.tar", uid=5, history=[worn, worn])
    swap = original(tmp_path / "s.tar", changeable_items=[ORIGINAL["target_items"][0], worn[0]])
    one, other = read_shards([personal, swap])
    assert (one.sample.task, one.sample.uid, len(one.sample.history)) == ("personalised", "5", 2)
    assert other.sample.task == "alternative"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"conversation": None}, "conversation"),
        ({"conversation": [{"from": "human", "value": "hi"}]}, "no turn of gpt"),
        ({"changeable_items": ORIGINAL["target_items"]}, r"\[target, replaced\], got 1"),
        ({"partial_outfit": [{"path": "x.jpg"}]}, "item_id"),
        ({"target_items": "boots"}, "target_items"),
    ],
)
def test_a_bad_sample_is_an_error_that_names_shard_and_key(tmp_path, changes, reason):
    with pytest.raises(InputError, match=f"bad.tar, sample 0000007: .*{reason}") as caught:
        list(read_shards([original(tmp_path / "bad.tar", **changes)]))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"0000001.jpg": b"-"}, "sample 0000001: it has no 0000001.json"),
        ({"0000001.json": b"{}"}, "sample 0000001: it has no picture"),
        ({"0000001.jpg": b"-", "0000001.json": b"{"}, "sample 0000001: its JSON can't be read"),
        ({"0000001.jpg": b"-", "0000001.json": b"[]"}, "its JSON is a list: expected an object"),
    ],
)
def test_a_sample_with_a_file_missing_is_named(tmp_path, files, reason):
    with pytest.raises(InputError, match=reason):
        list(read_shards([write(tmp_path / "a.tar", files)]))


def test_a_shard_that_is_none_is_named(tmp_path, made):
    _, out, manifest = made
    cut = tmp_path / "cut.tar"
    cut.write_bytes((out / manifest.shards[0].name).read_bytes()[:9000])
    (tmp_path / "text.tar").write_text("no tar at all")
    (tmp_path / "empty").mkdir()
    for name in ("cut.tar", "text.tar", "empty", "gone.tar"):
        with pytest.raises(InputError, match=name):
            list(read_shards([tmp_path / name]))


def row(path: Path) -> dict:
    (entry,) = read_shards([path])
    return Rounder(LEXICON).row(entry.sample, "p.jpg")


def test_an_original_basic_sample_is_an_outfit_around_the_first_piece(tmp_path):
    found = row(original(tmp_path / "a.tar"))
    args = found["expect"]["args"]
    assert found["expect"]["tool"] == "outfit"
    assert args == {
        "anchor": "red dress", "missing": ["shoes"], "season": "summer", "occasion": "wedding",
    }  # fmt: skip
    assert Round.parse_line(json.dumps(found)).picture == "p.jpg"


def test_an_original_personalised_sample_appeals_to_the_own_taste(tmp_path):
    history = [{"item_id": n, "description": "navy wool coat"} for n in range(2)]
    found = row(original(tmp_path / "a.tar", uid="u", history=history))
    assert found["expect"]["args"]["personal"] is True
    assert found["context"] == {"profile": {"likes": ["navy", "wool"]}}


def test_an_original_alternative_sample_swaps_the_changeable_piece(tmp_path):
    old = {"item_id": 3, "description": "white canvas trainers", "subcategory": "Trainers"}
    asked = [
        {"from": "human", "value": "Could I have something black instead of the trainers?"},
        {"from": "gpt", "value": "Try black leather ankle boots."},
    ]
    found = row(
        original(
            tmp_path / "a.tar",
            conversation=asked,
            partial_outfit=[*ORIGINAL["partial_outfit"], old],
            changeable_items=[ORIGINAL["target_items"][0], old],
        )
    )
    assert found["expect"] == {
        "tool": "swap", "args": {"target": "2", "color": "black"}, "more": False,
    }  # fmt: skip
    assert found["context"]["outfit"][1] == {
        "ref": "2", "category": "shoes", "color": "white", "title": "white canvas trainers",
    }  # fmt: skip


def test_built_samples_become_rounds_that_say_what_their_labels_say(made):
    _, out, _ = made
    rounder = Rounder(LEXICON)
    for entry in samples(out):
        found = rounder.row(entry.sample, "p.jpg")
        expect, labels = found["expect"], entry.sample.labels
        assert expect["tool"] == labels.tool
        kept = {k: v for k, v in labels.args.items() if labels.tool == "outfit" or k in
                ("color", "material", "pattern", "style", "cheaper", "price_max")}  # fmt: skip
        assert kept.items() <= expect["args"].items()
        pointer = "anchor" if labels.tool == "outfit" else "target"
        assert expect["args"][pointer]


def test_the_product_answers_from_the_catalogue_in_its_own_sentences(made):
    opened, out, _ = made
    from fashionm3.index.search import Search
    from fashionm3.tools.shop import Shop

    parts = Shop(opened, Search(opened, None, LEXICON), LEXICON, RuleScorer())
    answers = ShopAnswers(parts)
    basic, swap = (samples(out, f"{task}/test-00000.tar")[0] for task in ("basic", "alternative"))
    said = answers.answer(basic.sample)
    assert said.startswith("With ")
    assert "added, the other pieces as they were" in said
    assert answers.answer(swap.sample).startswith(("Only the ", "Nothing", "No "))


def test_equal_words_score_100_and_are_told_from_those_of_other_samples():
    pairs = []
    for n, text in enumerate(("red coat", "blue hat", "grey skirt")):
        turns = [{"from": "human", "value": "?"}, {"from": "gpt", "value": text}]
        pairs.append((Sample.parse(json.dumps({"conversation": turns}), str(n)), text))

    def encode(texts):
        return np.stack([np.eye(3, dtype=np.float32)[("rbg").index(text[0])] for text in texts])

    assert score(pairs, encode)["tasks"] == {
        "basic": {"n": 3, "s_bert": 100.0, "s_bert_of_others": 0.0}
    }
    with pytest.raises(InputError, match="no samples"):
        score([], encode)


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)


def test_the_command_writes_rounds_with_their_pictures_beside_them(made, tmp_path):
    _, out, _ = made
    file = tmp_path / "rounds.jsonl"
    done = run("data", "fashionrec", "rounds", out / "alternative", file)
    lines = file.read_text().splitlines()
    assert done.exit_code == 0
    assert len(lines) == RECIPE.samples
    assert all((tmp_path / json.loads(line)["picture"]).is_file() for line in lines)
    assert (tmp_path / "rounds-pictures").is_dir()
    wrong = run("data", "fashionrec", "rounds", out / "alternative")
    assert (wrong.exit_code, wrong.stderr.count("\n")) == (1, 1)


def test_the_command_shows_samples_on_one_sheet(made, tmp_path):
    _, out, _ = made
    done = run("data", "fashionrec", "show", out, "--n", "4", "--out", tmp_path / "sheet.png")
    assert done.exit_code == 0
    with Image.open(tmp_path / "sheet.png") as sheet:
        assert sheet.width > 1000
        assert sheet.height >= 4 * 256


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("data", "fashionrec", "build", "no-shop", "set"), "no-shop"),
        (("data", "fashionrec", "build", "no-shop", "set", "--task", "odd"), "--task 'odd'"),
        (("data", "fashionrec", "show", "no-shard.tar"), "no-shard.tar is missing"),
        (("eval", "fashionrec", "no-shard.tar"), "--answers FILE or --catalog DIR"),
        (("eval", "fashionrec", "no-shard.tar", "--answers", "a.jsonl"), "no-shard.tar is missing"),
    ],
)
def test_a_fault_is_one_line(words, reason):
    done = run(*words)
    assert done.exit_code == 1
    assert reason in done.stderr
    assert done.stderr.count("\n") == 1


def test_answers_of_a_file_must_cover_the_samples(made, tmp_path):
    _, out, _ = made
    file = tmp_path / "answers.jsonl"
    file.write_text('{"key": "x", "answer": "y"}\n')
    words = ("eval", "fashionrec", out / "basic/test-00000.tar", "--answers", file)
    assert "there is no answer to sample" in run(*words).stderr
    file.write_text('{"key": "x"}\n')
    assert "answers.jsonl, line 1: expected" in run(*words).stderr
