"""Small sets in the form of FashionRec, and files in the original's own form."""

import io
import json
import tarfile
from pathlib import Path

from PIL import Image
from small_shop import catalog, item

from fashionm3.index.catalog import Catalog
from fashionm3.training.fashionrec.manifest import Recipe
from fashionm3.training.fashionrec.shards import read_shards

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
