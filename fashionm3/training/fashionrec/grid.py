"""The picture of a partial outfit: up to four pieces on white, two in a row."""

import io
from collections.abc import Sequence
from functools import lru_cache

from PIL import Image, ImageOps

from fashionm3.artifacts import decode
from fashionm3.errors import InputError
from fashionm3.index.catalog import Catalog
from fashionm3.types import Item

SIDE = 512
"""Of the picture, pixels."""

CELLS = 4
"""Pieces it has room for."""

QUALITY = 92
_CELL = SIDE // 2
_ROOM = (_CELL - 12, _CELL - 12)


def grid(pictures: Sequence[Image.Image]) -> Image.Image:
    """Puts one to four pictures on a white square of 512 pixels, row by row.

    Raises:
        InputError: There are none, or more than four.
    """
    if not 1 <= len(pictures) <= CELLS:
        raise InputError(f"a grid has room for 1 to {CELLS} pieces, got {len(pictures)}")
    sheet = Image.new("RGB", (SIDE, SIDE), "white")
    for n, picture in enumerate(pictures):
        small = ImageOps.contain(picture, _ROOM, Image.Resampling.LANCZOS)
        row, column = divmod(n, 2)
        left = column * _CELL + (_CELL - small.width) // 2
        sheet.paste(small, (left, row * _CELL + (_CELL - small.height) // 2))
    return sheet


class Photographer:
    """Makes grids of a catalogue's items and keeps the small pictures at hand.

    Args:
        catalog: Where the pictures are.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._small = lru_cache(maxsize=512)(self._read)

    def grid(self, items: Sequence[Item]) -> bytes:
        """Returns the grid of some items as JPEG.

        Raises:
            InputError: An item's picture is missing or can't be read.
        """
        sheet = grid([self._small(item.pictures[0], item.item_id) for item in items])
        buffer = io.BytesIO()
        sheet.save(buffer, "JPEG", quality=QUALITY)
        return buffer.getvalue()

    def _read(self, name: str, item_id: str) -> Image.Image:
        path = self._catalog.path / name
        try:
            picture = decode(path.read_bytes(), str(path))
        except OSError as error:
            raise InputError(
                f"the picture of item {item_id} can't be read: {path}: {error.strerror}; "
                "build the catalogue again"
            ) from None
        return ImageOps.contain(picture, _ROOM, Image.Resampling.LANCZOS)
