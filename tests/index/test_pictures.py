import base64
import io
import json

import pytest
from PIL import Image

from fashionm3.errors import InputError
from fashionm3.index.pictures import Album, references


def encoded(form="JPEG", mode="RGB", color=None):
    buffer = io.BytesIO()
    Image.new(mode, (8, 6), color or 0).save(buffer, form)
    return buffer.getvalue()


@pytest.fixture
def album(tmp_path):
    (tmp_path / "source" / "images" / "010").mkdir(parents=True)
    return Album(tmp_path / "source", tmp_path / "work")


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("a.jpg", ["a.jpg"]),
        ("a.jpg, b.jpg", ["a.jpg", "b.jpg"]),
        ("a.jpg;b.jpg|c.jpg", ["a.jpg", "b.jpg", "c.jpg"]),
        ("https://x/a,b.jpg,https://x/c.jpg", ["https://x/a,b.jpg", "https://x/c.jpg"]),
        (["a.jpg", "a.jpg", None], ["a.jpg"]),
        (json.dumps(["a.jpg", "b.jpg"]), ["a.jpg", "b.jpg"]),
        ([{"hi_res": None, "large": "l.jpg", "thumb": "t.jpg"}], ["l.jpg"]),
        ({"hi_res": ["h.jpg", None], "large": ["l.jpg", "m.jpg"]}, ["h.jpg", "m.jpg"]),
        ({"bytes": b"x", "path": "a.jpg"}, [b"x"]),
        ({"bytes": None, "path": "a.jpg"}, ["a.jpg"]),
        ("data:image/png;base64," + base64.b64encode(b"x").decode(), [b"x"]),
        ({"url": "a, b.jpg"}, ["a, b.jpg"]),
        ({"path": [["a.jpg"], {"url": "b.jpg"}]}, ["a.jpg", "b.jpg"]),
        (1163, ["1163"]),
        (True, []),
        (None, []),
        ("", []),
    ],
)
def test_each_form_of_a_cell_names_its_pictures(cell, names):
    assert references(cell) == names


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (encoded("PNG", "RGBA"), ".png"),
        (encoded("PNG", "P"), ".png"),
        (encoded("JPEG", "CMYK"), ".jpg"),
        (encoded("JPEG", "L"), ".jpg"),
        (encoded("WEBP"), ".webp"),
    ],
)
def test_the_form_is_decided_by_content_and_kept_by_hash(album, tmp_path, data, suffix):
    (tmp_path / "source" / "a.jpg").write_bytes(data)
    found = album.keep("a.jpg")
    assert found.name.endswith(suffix)
    assert found.image.mode == "RGB"
    assert (tmp_path / "work" / found.name).read_bytes() == data


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"<html>404</html>", "is not a JPEG, PNG or WebP"),
        (encoded()[:-200], "is damaged"),
        (encoded("GIF"), "is not a JPEG, PNG or WebP"),
    ],
)
def test_what_is_no_picture_is_refused_and_nothing_is_kept(album, tmp_path, data, said):
    (tmp_path / "source" / "a.jpg").write_bytes(data)
    with pytest.raises(InputError, match=said):
        album.keep("a.jpg")
    assert not (tmp_path / "work").exists()


def test_names_without_suffix_and_in_an_images_folder_are_found(album, tmp_path):
    (tmp_path / "source" / "images" / "a.png").write_bytes(encoded("PNG"))
    assert album.locate("a") is not None
    assert album.locate("a.png") is not None
    assert album.locate("b") is None


def test_a_picture_is_found_by_the_items_id_as_h_and_m_lays_them(album, tmp_path):
    (tmp_path / "source" / "images" / "010" / "0108775015.jpg").write_bytes(encoded())
    assert album.locate_id("0108775015") is not None
    assert album.locate_id("../0108775015") is None


@pytest.mark.parametrize("name", ["../secret.jpg", "images/../../secret.jpg", "a\x00.jpg"])
def test_a_name_never_leads_out_of_the_source(album, tmp_path, name):
    (tmp_path / "secret.jpg").write_bytes(encoded())
    assert album.locate(name) is None
    assert album.locate(str(tmp_path / "secret.jpg")) is None


def test_links_are_told_and_not_followed(album):
    with pytest.raises(InputError, match="is a link"):
        album.keep("https://shop.example/a.jpg")


def test_damaged_exif_is_passed_over_in_silence(album, tmp_path, recwarn):
    cut = b"Exif\0\0II*\0\x08\0\0\0\x02\0" + bytes.fromhex("120103000100000001000000") + b"\x12"
    Image.new("RGB", (8, 6)).save(tmp_path / "source" / "a.jpg", exif=cut)
    assert album.keep("a.jpg").image.mode == "RGB"
    assert not recwarn.list


def test_a_large_picture_is_held_small_and_kept_whole(album, tmp_path):
    data = io.BytesIO()
    Image.new("RGB", (3000, 1500)).save(data, "JPEG")
    (tmp_path / "source" / "a.jpg").write_bytes(data.getvalue())
    found = album.keep("a.jpg")
    assert found.image.size == (1024, 512)
    assert (tmp_path / "work" / found.name).read_bytes() == data.getvalue()
