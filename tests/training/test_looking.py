"""The projector: views near the words for what they show, and pictures in sequences."""

import random

import pytest
import torch
from agent.small_model import write_base

from fashionm3.agent.eye import N_MEASURES, N_VIEWS, PARTS, pixels_of, views
from fashionm3.training.dialogues.filling import Said
from fashionm3.training.dialogues.pictures import Picture, pictured
from fashionm3.training.looking import Looking, Sight, accuracy, align
from fashionm3.training.pictures import PictureSet, known_patterns
from fashionm3.training.sight import prepare_sight
from fashionm3.types import CATEGORIES, COLORS, PATTERNS

SHIRT = Picture("photo:1", "shirt", "blue", "striped")


def toy(n=240, width=24):
    """Pictures whose measures say plainly what they show, and words to land near."""
    rng, draw = random.Random(1), torch.Generator().manual_seed(1)
    measures = torch.randn(n, N_MEASURES, generator=draw) * 0.3
    pictures, rows = [], []
    for row in range(n):
        color, pattern, kind = (rng.randrange(3) for _ in range(3))
        starts = (0, PARTS[0], PARTS[0] + PARTS[1])
        for start, value in zip(starts, (color, pattern, kind), strict=True):
            measures[row, start + value * 20 : start + value * 20 + 20] += 2
        names = COLORS[color], PATTERNS[pattern], CATEGORIES[kind]
        pictures.append(Picture(f"photo:{row}", names[2], names[0], names[1]))
        rows.append([color, pattern, kind])
    words = [torch.randn(k, width, generator=draw) for k in (len(COLORS), 8, len(CATEGORIES))]
    return PictureSet(tuple(pictures), measures.half()), words, torch.tensor(rows)


def test_alignment_lands_near_the_right_words():
    known, words, right = toy()
    torch.manual_seed(0)
    looking = Looking(24)
    align(looking, known, words, right, steps=150)
    assert min(accuracy(looking, known, words, right).values()) > 0.9


def test_a_projector_is_saved_and_loaded(tmp_path):
    known, _, _ = toy(12)
    looking = Looking(8).eval()
    looking.fit_scale(known.measures)
    looking.save(tmp_path / "projector.safetensors")
    again = Looking.load(tmp_path / "projector.safetensors").eval()
    torch.testing.assert_close(again(known.measures), looking(known.measures), atol=2e-2, rtol=2e-2)


def test_each_view_carries_its_own_part():
    laid = views(torch.ones(1, N_MEASURES), torch.zeros(N_MEASURES), torch.ones(N_MEASURES))
    cells = laid.flatten(2).transpose(1, 2)[0]
    shown = [[bool(part.any()) for part in row[:N_MEASURES].split(PARTS)] for row in cells]
    assert shown == [
        [True, False, False], [False, True, True], [False, False, True], [True, True, True],
    ]  # fmt: skip
    assert torch.equal(cells[:, N_MEASURES:], torch.eye(N_VIEWS))


def test_measures_come_in_the_order_of_the_keys():
    known, _, _ = toy(6)
    sight = Sight(known, Looking(8).eval())
    assert torch.equal(sight.measures(["photo:3", "photo:0"]), known.measures[[3, 0]])


def test_a_picture_set_is_kept_in_one_file(tmp_path):
    known, _, _ = toy(5)
    known.save(tmp_path / "set.pt")
    again = PictureSet.load(tmp_path / "set.pt")
    assert again.pictures == known.pictures
    assert torch.equal(again.measures, known.measures)


@pytest.mark.parametrize(
    ("intent", "args", "expected"),
    [
        ("same", {}, {}),
        ("color", {"color": "green"}, {"color": "green"}),
        ("kind", {"category": "dress"}, {"category": "dress"}),
    ],
)
def test_the_picture_gives_what_the_words_leave_open(intent, args, expected):
    call = pictured(intent, Said("", args=args), SHIRT)
    seen = {"category": "shirt", "color": "blue", "pattern": "striped"}
    assert (call.tool, call.args) == ("search", {**seen, **expected})


def test_a_look_is_built_around_the_picture():
    call = pictured("outfit", Said("", args={"price_max": 90, "category": "hat"}), SHIRT)
    assert (call.tool, call.args) == ("outfit", {"budget_max": 90, "anchor": "blue shirt"})


def test_pixels_are_padded_with_white():
    from PIL import Image

    pixels = pixels_of(Image.new("RGB", (20, 60), "black"))
    assert pixels.shape == (3, 260, 260)
    assert float(pixels[:, 130, 2].abs().max()) == 0
    assert float(pixels[:, 130, 130].max()) == -2


def test_known_patterns_are_names_of_the_vocabulary():
    patterns = known_patterns()
    assert len(patterns) > 400
    assert set(patterns.values()) <= set(PATTERNS)


def test_sight_is_prepared_once_from_drawings(tmp_path):
    base = write_base(tmp_path / "base")
    sight = prepare_sight(tmp_path / "run", base, n_drawings=6, steps=3)
    drawn = sight.drawn(random.Random(1), 4)
    measures = sight.measures([picture.key for picture in drawn])
    assert sight.looking(measures).shape == (4, N_VIEWS, 32)
    before = (tmp_path / "run" / "pictures.pt").stat().st_mtime_ns
    prepare_sight(tmp_path / "run", base, n_drawings=6, steps=3)
    assert (tmp_path / "run" / "pictures.pt").stat().st_mtime_ns == before
