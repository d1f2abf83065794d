"""Sets in the form of FashionRec: built, read, turned into rounds, scored."""

import io
import json
import tarfile
from pathlib import Path

import numpy as np
import pytest
import webdataset
from PIL import Image
from small_shop import LEXICON, catalog, item
from typer.testing import CliRunner

from fashionm3.agent.round import Round
from fashionm3.cli.main import app
from fashionm3.errors import InputError
from fashionm3.index.catalog import Catalog
from fashionm3.index.rules import RuleScorer
from fashionm3.training.fashionrec.answers import ShopAnswers
from fashionm3.training.fashionrec.build import build, jobs, sizes
from fashionm3.training.fashionrec.grid import grid
from fashionm3.training.fashionrec.manifest import Manifest, Recipe
from fashionm3.training.fashionrec.rounds import Rounder
from fashionm3.training.fashionrec.sample import Sample
from fashionm3.training.fashionrec.shards import read_shards
from fashionm3.training.fashionrec.similarity import score
from fashionm3.training.fashionrec.split import divide
from fashionm3.training.fashionrec.wording import Namer, wordings

COLORS = ("navy", "white", "black", "grey", "red", "green", "blue", "beige")
KINDS = {
    "shirt": "Cotton shirt", "blouse": "Silk blouse", "pants": "Wool trousers",
    "skirt": "Denim skirt", "shoes": "Leather loafers", "outerwear": "Wool coat", "bag": "Tote bag",
}  # fmt: skip
RECIPE = Recipe(samples=12, seed=3, shard_size=5)
BASIC = RECIPE.model_copy(update={"tasks": ("basic",)})


def pieces(n=8, kinds=KINDS):
    return [
        item(
            f"{category}-{color}",
            title,
            category,
            color,
            gender="women",
            material=title.split()[0].lower(),
            price=2000 + 700 * place,
            pictures=(f"{category}-{color}.png",),
            occasion=("office",) if place % 2 else ("office", "party"),
            season=("spring", "summer", "autumn", "winter"),
        )
        for category, title in kinds.items()
        for place, color in enumerate(COLORS[:n])
    ]


def shop(folder, items):
    """A catalogue whose pictures lie in a folder."""
    for name, color in {
        name: piece.main_color for piece in items for name in piece.pictures
    }.items():
        Image.new("RGB", (30, 40), color).save(folder / name)
    made = catalog(items)
    return Catalog(folder, made.manifest, made.table, made.embeddings)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shop")
    opened = shop(folder, pieces())
    out = tmp_path_factory.mktemp("set") / "fashionrec"
    return opened, out, build(opened, out, RECIPE)


def samples(out, *names):
    return list(read_shards([out / name for name in names] or [out]))


def jpeg(color="navy", side=512):
    buffer = io.BytesIO()
    Image.new("RGB", (side, side), color).save(buffer, "JPEG")
    return buffer.getvalue()


ORIGINAL = {
    # The form as the original has it, in another order of keys and with keys nobody expects.
    "target_items": [
        {"subcategory": "Ankle Boots", "item_id": 11, "path": "11.jpg",
         "description": "black leather ankle boots"}
    ],
    "conversation": [
        {"value": "<image>\nWhich shoes complete this for a summer wedding?", "from": "human"},
        {"from": "gpt", "value": "Black leather ankle boots would look great."},
    ],
    "partial_outfit": [
        {"item_id": "12", "description": "red floral midi dress", "subcategory": "Day Dresses"}
    ],
    "extra": {"anything": 1},
}  # fmt: skip


def write(path: Path, files: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w") as tar:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return path


def original(path: Path, ending="jpg", **changes) -> Path:
    data = {name: value for name, value in {**ORIGINAL, **changes}.items() if value is not None}
    files = {f"0000007.{ending}": jpeg(), "0000007.json": json.dumps(data).encode()}
    return write(path, files)


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
