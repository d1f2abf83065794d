"""Pictures: checked before they are decoded, stored once, by content."""

import io

import numpy as np
import pytest
from PIL import Image

from fashionm3.artifacts import ArtifactStore, decode, image_ref
from fashionm3.errors import EngineError, InputError


def encoded(image: Image.Image, format_: str, **options) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format_, **options)
    return buffer.getvalue()


def picture(mode: str = "RGB") -> Image.Image:
    return Image.new(mode, (8, 6), 60)


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_the_three_formats_are_read(format_):
    assert decode(encoded(picture(), format_)).size == (8, 6)


@pytest.mark.parametrize("format_", ["GIF", "BMP", "TIFF"])
def test_other_formats_are_refused(format_):
    with pytest.raises(InputError, match="not a JPEG, PNG or WebP"):
        decode(encoded(picture("L"), format_))


def test_text_and_nothing_are_refused():
    with pytest.raises(InputError, match="not a JPEG"):
        decode(b"<html>not found</html>")
    with pytest.raises(InputError, match="is empty"):
        decode(b"")


def test_a_truncated_picture_is_refused():
    noise = np.random.default_rng(1).integers(0, 255, (64, 64, 3), dtype=np.uint8)
    whole = encoded(Image.fromarray(noise), "JPEG")
    with pytest.raises(InputError, match="damaged"):
        decode(whole[: len(whole) // 2])


def test_a_bomb_is_refused_before_decoding():
    bomb = encoded(Image.new("1", (13_000, 13_000)), "PNG")
    assert len(bomb) < 100_000
    with pytest.raises(InputError, match="pixels"):
        decode(bomb)


def test_an_animated_picture_is_refused():
    frames = [Image.new("RGB", (8, 8), color) for color in ("red", "blue")]
    data = encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    with pytest.raises(InputError, match="animated"):
        decode(data)


def test_sixteen_bits_cmyk_and_transparency_become_rgb():
    ramp = Image.fromarray(np.linspace(0, 65_535, 64, dtype=np.uint16).reshape(8, 8))
    assert decode(encoded(ramp, "PNG")).getextrema() == ((0, 255),) * 3
    assert decode(encoded(picture("CMYK"), "JPEG")).mode == "RGB"
    clear = Image.new("RGBA", (4, 4), (0, 0, 0, 0))
    assert decode(encoded(clear, "PNG")).getpixel((0, 0)) == (255, 255, 255)


def test_exif_turns_the_picture_and_is_gone():
    exif = Image.Exif()
    exif[0x0112] = 6
    image = decode(encoded(picture(), "JPEG", exif=exif))
    assert image.size == (6, 8)
    assert not image.getexif()


def test_a_picture_is_stored_once_and_comes_back(tmp_path):
    store = ArtifactStore(str(tmp_path))
    image = Image.fromarray(np.arange(48, dtype=np.uint8).reshape(4, 4, 3))
    ref = store.add(encoded(image, "PNG"))
    assert store.put(image) == ref == image_ref(image)
    assert store.open(ref.sha256).tobytes() == image.tobytes()
    assert len(list(tmp_path.rglob("*.png"))) == 1


def test_a_missing_picture_is_an_engine_error(tmp_path):
    with pytest.raises(EngineError, match="is not in"):
        ArtifactStore(str(tmp_path)).open("0" * 64)
