"""The whole model in transformers' layout, and pictures on their way into it."""

import io

import pytest
import torch
from agent.small_model import write_adapter, write_base
from PIL import Image, ImageDraw

from fashionm3.agent import eye
from fashionm3.agent.chat import ChatVLM
from fashionm3.agent.form import IMAGE_TOKEN, N_TOKENS, prefix
from fashionm3.agent.vision import DONE, assembled
from fashionm3.errors import EngineError, InputError
from fashionm3.types import CATEGORIES, COLORS, PATTERNS


def picture(color="red", striped=False):
    image = Image.new("RGB", (90, 120), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((20, 20, 70, 100), fill=color)
    for y in range(20, 100, 12) if striped else ():
        draw.rectangle((20, y, 70, y + 5), fill="white")
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


@pytest.fixture(scope="module")
def weights(tmp_path_factory):
    base = write_base(tmp_path_factory.mktemp("base"))
    return base, write_adapter(tmp_path_factory.mktemp("adapter"), base)


@pytest.fixture(scope="module")
def folder(weights):
    return assembled(*weights)


@pytest.fixture(scope="module")
def model(weights):
    base, adapter = weights
    return ChatVLM.load(adapter=adapter, base=base, precision="fp32", threads=1)


def test_the_folder_loads_with_the_ordinary_classes_and_generates(folder):
    from transformers import AutoModelForImageTextToText, AutoProcessor

    whole = AutoModelForImageTextToText.from_pretrained(folder, dtype=torch.float32)
    processor = AutoProcessor.from_pretrained(folder)
    image = Image.open(io.BytesIO(picture()))
    text = f"{prefix()}p: {processor.image_token}\n>"
    inputs = processor(images=image, text=text, return_tensors="pt")
    assert int((inputs["input_ids"] == IMAGE_TOKEN).sum()) == eye.N_VIEWS
    said = whole.generate(**inputs, max_new_tokens=3, do_sample=False)
    assert said.shape[1] == inputs["input_ids"].shape[1] + 3


def test_processor_and_planner_see_the_same(folder, model):
    from transformers import AutoProcessor

    processor = AutoProcessor.from_pretrained(folder)
    image = Image.open(io.BytesIO(picture(striped=True)))
    inputs = processor(images=image, text=processor.image_token, return_tensors="pt")
    ours = eye.pixels_of(image)
    assert float((inputs["pixel_values"][0] - ours).abs().mean()) < 0.02


def test_a_second_time_nothing_is_put_together(weights, folder):
    before = (folder / DONE).stat().st_mtime_ns
    assert assembled(*weights) == folder
    assert (folder / DONE).stat().st_mtime_ns == before


def test_a_missing_projector_is_one_clear_line(weights, tmp_path):
    (tmp_path / "adapter_model.safetensors").write_bytes(b"x")
    with pytest.raises(EngineError, match=r"no projector\.safetensors"):
        assembled(weights[0], tmp_path)


def test_a_look_says_category_colour_and_pattern_and_nothing_else(model):
    seen = model.see(picture())
    assert seen.category in CATEGORIES
    assert seen.color in COLORS
    assert seen.pattern in PATTERNS
    assert set(seen.patterns) == set(PATTERNS)
    assert sum(seen.patterns.values()) == pytest.approx(1)
    assert seen.patterns[seen.pattern] == max(seen.patterns.values())


def test_pictures_differ_in_the_model_and_are_looked_at_once(model):
    red, blue = model.decoder.look(picture("red")), model.decoder.look(picture("blue"))
    assert not torch.equal(red, blue)
    assert model.decoder.look(picture("red")) is red


def test_the_written_form_and_the_eye_agree_on_the_tokens_of_a_picture():
    assert N_TOKENS == eye.N_VIEWS


def test_what_is_no_picture_is_refused(model):
    with pytest.raises(InputError, match="picture"):
        model.see(b"nonsense")


def test_views_are_measured_alike_in_a_batch_and_alone():
    looking = eye.Eye().eval()
    pixels = torch.stack(
        [eye.pixels_of(Image.open(io.BytesIO(picture(c)))) for c in ("red", "green")]
    )
    with torch.inference_mode():
        both, one = looking.measures(pixels), looking.measures(pixels[:1])
    torch.testing.assert_close(both[:1], one, atol=1e-3, rtol=1e-3)
    assert both.shape == (2, eye.N_MEASURES)
