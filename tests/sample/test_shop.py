import hashlib
import json
from collections import Counter

import numpy as np
import pytest
from PIL import Image

from fashionm3.sample import sample_items, write_shop
from fashionm3.sample.assortment import products, quotas
from fashionm3.sample.shop import feed_row
from fashionm3.types import CATEGORIES, COLORS, GENDERS, PATTERNS, SEASONS


@pytest.fixture(scope="module")
def drawn():
    return list(sample_items(seed=7, n=40))


def test_the_shop_has_every_category_and_some_bags():
    items = Counter()
    for product in products(7, 640):
        items[product.kind.category] += len(product.shades)
    assert sum(items.values()) == 640
    assert set(items) == {*CATEGORIES, "bag"}
    assert min(items[c] for c in CATEGORIES) >= 18
    assert items["bag"] >= 8


def test_every_colour_is_the_main_one_of_some_product():
    mains = {s.plain for p in products(7, 640) for s in p.shades}
    assert mains >= set(COLORS) - {"multicolor"}


def test_about_a_third_of_the_products_have_variants():
    all_ = products(7, 640)
    assert 0.22 < sum(len(p.shades) > 1 for p in all_) / len(all_) < 0.45
    assert max(len(p.shades) for p in all_) <= 4


@pytest.mark.parametrize("n", [1, 7, 40, 641])
def test_quotas_add_up_to_what_was_asked(n):
    assert sum(quotas(n).values()) == n
    assert sum(len(p.shades) for p in products(3, n)) == n


def test_every_field_is_filled_with_words_of_the_vocabulary(drawn):
    for item, _ in drawn:
        assert item.title.startswith(item.brand)
        assert item.description.endswith(".")
        assert {c.name for c in item.color} <= set(COLORS)
        assert sum(c.share for c in item.color) == pytest.approx(1, abs=0.01)
        assert item.pattern in PATTERNS
        assert item.gender in (*GENDERS, "unisex")
        assert set(item.season) <= set(SEASONS)
        assert all((item.style, item.occasion, item.material, item.sizes))
        assert item.in_stock == any(s.stock for s in item.sizes)
        assert item.currency == "EUR"
        assert 900 <= item.price <= 50000


def test_ids_are_unique_and_variants_differ_by_colour_alone(drawn):
    assert len({i.item_id for i, _ in drawn}) == len(drawn)
    groups = {}
    for item, _ in drawn:
        if item.variant_group:
            groups.setdefault(item.variant_group, []).append(item)
    assert groups
    for members in groups.values():
        assert len(members) > 1
        assert len({m.title.rsplit(" – ", 1)[0] for m in members}) == 1
        assert len({m.title for m in members}) == len(members)
        assert len({(m.price, m.category, m.material) for m in members}) == 1


def test_the_same_seed_gives_the_same_pixels_and_another_seed_others():
    first = [(i, m.tobytes()) for i, m in sample_items(seed=5, n=4)]
    again = [(i, m.tobytes()) for i, m in sample_items(seed=5, n=4)]
    other = [(i, m.tobytes()) for i, m in sample_items(seed=6, n=4)]
    assert first == again
    assert first != other


def test_pictures_show_a_garment_in_the_middle_of_a_near_white_ground(drawn):
    for item, image in drawn:
        assert image.size == (384, 512)
        assert image.mode == "RGB"
        pixels = np.asarray(image, np.float32)
        border = np.concatenate([pixels[:6].reshape(-1, 3), pixels[-6:].reshape(-1, 3)])
        assert border.mean() > 228, item.title
        ground = pixels[2:8, 2:8].mean(axis=(0, 1))
        far = np.abs(pixels - ground).max(axis=2) > 14
        assert far.mean() > 0.06, item.title
        columns = np.flatnonzero(far.any(axis=0))
        assert abs((columns[0] + columns[-1]) / 2 - 192) < 30, item.title


def test_the_picture_has_the_colour_that_the_item_states(drawn):
    dark = {"black", "navy", "brown"}
    pale = {"white", "yellow"}
    means = {"dark": [], "pale": []}
    for item, image in drawn:
        if item.pattern != "plain" or item.category in ("shoes", "hat", "bag"):
            continue
        middle = np.asarray(image, np.float32)[200:300, 150:234].mean()
        if item.color[0].name in dark:
            means["dark"].append(middle)
        elif item.color[0].name in pale:
            means["pale"].append(middle)
    assert means["dark"]
    assert means["pale"]
    assert max(means["dark"]) < min(means["pale"])


def test_pictures_differ_from_one_another(drawn):
    assert len({hashlib.sha256(m.tobytes()).hexdigest() for _, m in drawn}) == len(drawn)


def test_write_shop_leaves_a_feed_and_its_pictures(tmp_path):
    told = []
    path = write_shop(tmp_path / "shop", n=6, progress=lambda done, n: told.append((done, n)))
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [r["item_id"] for r in rows] == [i.item_id for i, _ in sample_items(n=6)]
    assert told[-1] == (6, 6)
    for row in rows:
        amount, currency = row["price"].split()
        assert currency == row["currency"]
        assert float(amount) > 1
        picture = path.parent / row["pictures"][0]
        with Image.open(picture) as image:
            assert image.format == "JPEG"
            assert image.size == (384, 512)


def test_a_feed_row_carries_no_provenance(drawn):
    row = feed_row(drawn[0][0])
    assert "sources" not in row
    assert row["url"].startswith("https://shop.example/")
