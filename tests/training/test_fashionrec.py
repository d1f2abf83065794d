"""Sets in the form of FashionRec: built from a catalogue, divided, worded."""

import io
import json

import pytest
import webdataset
from PIL import Image
from small_shop import LEXICON, item
from training.fashionrec_sets import (
    BASIC,
    KINDS,
    RECIPE,
    pieces,
    samples,
    shop,
)

from fashionm3.errors import InputError
from fashionm3.index.rules import RuleScorer
from fashionm3.training.fashionrec.build import build, jobs, sizes
from fashionm3.training.fashionrec.grid import grid
from fashionm3.training.fashionrec.manifest import Manifest, Recipe
from fashionm3.training.fashionrec.split import divide
from fashionm3.training.fashionrec.wording import Namer, wordings


# webdataset leaves the shards that it opens by name to the garbage collector.
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_what_is_built_reads_the_same_with_webdataset_and_with_the_own_reader(made):
    _, out, manifest = made
    shard = manifest.shards[0]
    theirs = list(webdataset.WebDataset([str(out / shard.name)], shardshuffle=False))
    ours = samples(out, shard.name)
    assert len(ours) == len(theirs) == shard.samples
    for own, raw in zip(ours, theirs, strict=True):
        assert own.sample.key == raw["__key__"]
        assert own.picture == raw["jpg"]
        assert json.loads(own.sample.dump()) == json.loads(raw["json"])


def test_a_set_has_the_original_keys_and_a_grid_of_512_pixels(made):
    _, out, _ = made
    wanted = {"key", "conversation", "partial_outfit", "target_items", "labels"}
    further = {
        "basic": set(), "personalised": {"uid", "history"}, "alternative": {"changeable_items"},
    }  # fmt: skip
    for task, keys in further.items():
        entries = samples(out, task)
        assert len(entries) == RECIPE.samples
        for entry in entries:
            data = json.loads(entry.sample.dump())
            assert data.keys() == wanted | keys
            assert [turn["from"] for turn in data["conversation"]] == ["human", "gpt"]
            assert set(data["target_items"][0]) == {"item_id", "path", "subcategory", "description"}
            assert entry.sample.task == task
            assert Image.open(io.BytesIO(entry.picture)).size == (512, 512)


def test_alternatives_name_the_target_and_a_piece_of_the_picture(made):
    _, out, _ = made
    for entry in samples(out, "alternative"):
        target, replaced = entry.sample.changeable_items
        shown = {piece.item_id for piece in entry.sample.partial_outfit}
        assert (target,) == entry.sample.target_items
        assert replaced.item_id in shown
        assert target.item_id not in shown


def test_shoppers_keep_their_id_and_never_own_what_is_recommended(made):
    opened, out, _ = made
    for entry in samples(out, "personalised"):
        sample = entry.sample
        known = {piece.item_id for piece in sample.history}
        assert len(sample.uid) == 6
        assert known
        assert not known & {p.item_id for p in (*sample.partial_outfit, *sample.target_items)}
        assert all(piece.item_id in opened for piece in sample.history)


def test_the_same_seed_makes_the_same_bytes_and_another_seed_others(made, tmp_path):
    opened, _, manifest = made
    again = build(opened, tmp_path / "again", BASIC)
    other = build(opened, tmp_path / "other", BASIC.model_copy(update={"seed": 4}))
    assert set(again.shards) < set(manifest.shards)
    assert {s.sha256 for s in other.shards}.isdisjoint(s.sha256 for s in manifest.shards)


def test_a_killed_build_goes_on_and_leaves_finished_shards_alone(made, tmp_path):
    opened, _, manifest = made
    out = tmp_path / "set"

    def kill(done, total):
        if done == 11:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(opened, out, BASIC, kill)
    begun = Manifest.read(out)
    assert (begun.finished, [shard.samples for shard in begun.shards]) == (False, [5, 5])
    first, damaged = (out / shard.name for shard in begun.shards[:2])
    before = first.stat().st_mtime_ns
    damaged.write_bytes(b"-" * damaged.stat().st_size)
    finished = build(opened, out, BASIC)
    assert finished.finished
    assert set(finished.shards) < set(manifest.shards)
    assert first.stat().st_mtime_ns == before
    assert not list(out.rglob("*.part"))


def test_a_folder_of_another_set_or_of_other_files_is_left_alone(made, tmp_path):
    opened, out, _ = made
    with pytest.raises(InputError, match=r"another recipe or catalogue .*seed 3"):
        build(opened, out, RECIPE.model_copy(update={"seed": 9}))
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="is not empty"):
        build(opened, tmp_path, RECIPE)


def test_parts_share_no_item_where_the_catalogue_is_large(made):
    opened, out, manifest = made
    used = {}
    for shard in manifest.shards:
        for entry in samples(out, shard.name):
            sample = entry.sample
            found = {*sample.partial_outfit, *sample.target_items, *sample.history}
            used.setdefault(shard.part, set()).update(piece.item_id for piece in found)
    split = divide(opened, RECIPE.seed, RuleScorer())
    if manifest.items == "disjoint":
        assert not used["train"] & (used["valid"] | used["test"])
        assert not used["valid"] & used["test"]
    assert split.items == manifest.items


def test_a_large_catalogue_is_divided_by_product(tmp_path):
    many = [
        piece.model_copy(update={
            "item_id": f"{piece.item_id}-{n}", "variant_group": f"{piece.item_id}-{n // 2}",
        })
        for piece in pieces() for n in range(8)
    ]  # fmt: skip
    split = divide(shop(tmp_path, many), 1, RuleScorer())
    sides = {
        part: {piece.variant_group for piece in wardrobe.pieces("women")}
        for part, wardrobe in split.wardrobes.items()
    }
    assert split.items == "disjoint"
    assert sum(map(len, sides.values())) == len(set.union(*sides.values())) == len(many) // 2


def test_a_small_catalogue_shares_items_but_no_outfit(tmp_path):
    opened = shop(tmp_path, pieces(n=4))
    split = divide(opened, 1, RuleScorer())
    assert split.items == "shared"
    build(opened, tmp_path / "set", Recipe(tasks=("basic",), samples=40))
    looks = {}
    for part in ("train", "valid", "test"):
        for entry in samples(tmp_path / "set", f"basic/{part}-00000.tar"):
            worn = (*entry.sample.partial_outfit, *entry.sample.target_items)
            looks.setdefault(part, set()).add(frozenset(piece.item_id for piece in worn))
    assert not looks["train"] & (looks["valid"] | looks["test"])
    assert not looks["valid"] & looks["test"]


@pytest.mark.parametrize(
    ("items", "reason"),
    [
        ([p.model_copy(update={"pictures": ()}) for p in pieces()], "has no pictures"),
        (pieces(kinds={"shirt": "Shirt", "bag": "Bag"}), "can't make outfits: .*top, bottom, shoes"
         ".* pictures of: top, bag"),
        (pieces(n=2, kinds={k: KINDS[k] for k in ("shirt", "pants", "shoes")}),
         "allows 8 outfits: expected at least 30"),
    ],
)  # fmt: skip
def test_a_catalogue_that_can_make_no_set_is_refused_with_its_reason(tmp_path, items, reason):
    with pytest.raises(InputError, match=reason):
        build(shop(tmp_path, items), tmp_path / "set", RECIPE)


def test_shards_and_keys_cover_every_sample_once():
    found = jobs(Recipe(tasks=("basic", "alternative"), samples=25, shard_size=8))
    keys = [key for job in found for key in range(job.key, job.key + job.n)]
    assert keys == list(range(50))
    assert sizes(25) == {"train": 21, "valid": 2, "test": 2}
    assert [job.name for job in found][:2] == ["basic/train-00000.tar", "basic/train-00001.tar"]


def test_words_are_many_and_labels_hold_only_what_they_say(made):
    for task in ("basic", "personalised", "alternative"):
        assert len(set(wordings(f"human.{task}"))) >= 40
        assert len(set(wordings(f"gpt.{task}"))) >= 25
    _, out, _ = made
    for entry in samples(out):
        labels = entry.sample.labels.args
        said = LEXICON.facts(entry.sample.question)
        assert "{" not in entry.sample.question + entry.sample.answer
        if "season" in labels:
            assert labels["season"] in said["season"]
        if "color" in labels:
            assert labels["color"] in said["color"]


def test_pieces_are_named_without_brand_and_each_word_once():
    namer = Namer(LEXICON)
    boots = item("b", "Korsa Leather Chelsea boots – Cognac", "shoes", "brown", material="leather")
    tee = item("t", "Graphic tee", "t-shirt", "grey", pattern="graphic", material="cotton")
    assert namer.one(boots) == "a pair of brown leather chelsea boots"
    assert namer.bare(tee) == "grey cotton graphic tee"


def test_pieces_stand_row_by_row_on_white():
    sheet = grid([Image.new("RGB", (30, 60), name) for name in ("red", "lime", "blue")])
    found = [sheet.getpixel(place) for place in ((128, 128), (384, 128), (128, 384), (384, 384))]
    assert found == [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)]
    with pytest.raises(InputError, match="1 to 4 pieces, got 5"):
        grid([Image.new("RGB", (9, 9))] * 5)
