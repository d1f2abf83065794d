"""Pictures by content hash, on any fsspec file system.

State, checkpoints and logs hold `ImageRef` values; the bytes live here only. A picture from
outside is checked before it is decoded: JPEG, PNG or WebP by content, size in bytes and pixels,
one frame. What is stored is re-encoded, so that EXIF and trailing bytes are gone.
"""

import hashlib
import io
import warnings
from typing import Any

import fsspec
from PIL import Image, ImageOps, UnidentifiedImageError

from fashionm3.errors import EngineError, InputError
from fashionm3.types import ImageRef

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 20_000_000
MAX_PIXELS = 40_000_000


def decode(data: bytes, name: str = "picture") -> Image.Image:
    """Decodes untrusted bytes to an upright RGB picture.

    Transparency is put on white; 16-bit and CMYK pictures are converted.

    Args:
        data: The file's bytes.
        name: How an error calls it.

    Raises:
        InputError: It is not a JPEG, PNG or WebP picture, is damaged, animated or too large.
    """
    if not data:
        raise InputError(f"{name} is empty: expected a JPEG, PNG or WebP picture")
    if len(data) > MAX_BYTES:
        raise InputError(
            f"{name} has {len(data):,} bytes: at most {MAX_BYTES:,} are accepted, "
            "send a smaller one"
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=FORMATS)
            _check_header(image, name)
            image.load()
            return _upright_rgb(image)
    except UnidentifiedImageError:
        raise InputError(f"{name} is not a JPEG, PNG or WebP picture") from None
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
        raise InputError(f"{name} is damaged and can't be read: {error}") from None


def _check_header(image: Image.Image, name: str) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise InputError(
            f"{name} has {width} x {height} pixels: at most {MAX_PIXELS:,} are accepted, "
            "send a smaller one"
        )
    if getattr(image, "n_frames", 1) > 1:
        raise InputError(f"{name} is animated: send a still picture")


def _upright_rgb(image: Image.Image) -> Image.Image:
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith("I"):
        scaled = image.convert("I").point(lambda value: value * (1 / 256))
        image = scaled.convert("L")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image)
    return image.convert("RGB")


def image_ref(image: Image.Image) -> ImageRef:
    """Returns the reference of a decoded picture: hash of size and RGB pixels."""
    rgb = image.convert("RGB")
    digest = hashlib.sha256(f"{rgb.width}x{rgb.height}:".encode())
    digest.update(rgb.tobytes())
    return ImageRef(sha256=digest.hexdigest(), width=rgb.width, height=rgb.height)


class ArtifactStore:
    """Keeps pictures by content hash under one folder or bucket.

    Args:
        root: A path or any fsspec URL (``memory://pictures``, ``s3://bucket/pictures``).
    """

    def __init__(self, root: str) -> None:
        self._fs, self._root = fsspec.core.url_to_fs(root)

    def _path(self, sha256: str) -> str:
        return f"{self._root}/{sha256[:2]}/{sha256}.png"

    def put(self, image: Image.Image) -> ImageRef:
        """Stores a decoded picture once and returns its reference.

        Raises:
            EngineError: The store can't be written (a full disk, say).
        """
        ref = image_ref(image)
        path = self._path(ref.sha256)
        buffer = io.BytesIO()
        image.convert("RGB").save(buffer, "PNG", compress_level=3)
        try:
            if not self._fs.exists(path):
                self._fs.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
                self._fs.pipe_file(f"{path}.part", buffer.getvalue())
                self._fs.mv(f"{path}.part", path)
        except OSError as error:
            raise EngineError(f"can't store a picture in {self._root}: {error}") from None
        return ref

    def add(self, data: bytes, name: str = "picture") -> ImageRef:
        """Checks, decodes and stores untrusted bytes.

        Raises:
            InputError: See `decode`; nothing is stored then.
        """
        return self.put(decode(data, name))

    def open(self, sha256: str) -> Image.Image:
        """Returns the picture of a hash as RGB.

        Raises:
            EngineError: The picture is not in the store.
        """
        try:
            data: Any = self._fs.cat_file(self._path(sha256))
        except FileNotFoundError:
            raise EngineError(f"picture {sha256[:12]} is not in {self._root}") from None
        return Image.open(io.BytesIO(data), formats=("PNG",)).convert("RGB")
