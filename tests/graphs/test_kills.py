"""SIGKILL at random points: no acknowledged round is lost, none is doubled."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from killed_talker import WORDS
from talks import assistant

HERE = Path(__file__).parent
RUNS = 100


def _start(folder: Path, acks: Path) -> subprocess.Popen:
    paths = [str(HERE), str(HERE.parent), str(HERE.parent / "index")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    script = [sys.executable, str(HERE / "killed_talker.py"), str(folder), str(acks)]
    process = subprocess.Popen(script, stdout=subprocess.PIPE, env=environment)
    process.stdout.readline()
    return process


def _kill_after(process: subprocess.Popen, seconds: float) -> None:
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()


def _check(folder: Path, acks: Path) -> int:
    """Returns how many rounds are kept; every acknowledged one is there once and in order."""
    lines = acks.read_text().splitlines() if acks.exists() else []
    kept = assistant(folder).rounds()
    assert [answer.round for answer in kept] == list(range(1, len(kept) + 1))
    assert [answer.user for answer in kept] == [WORDS[n % len(WORDS)] for n in range(len(kept))]
    assert lines == [f"{answer.round} {answer.user}" for answer in kept[: len(lines)]]
    assert len(kept) - len(lines) <= 1
    return len(kept)


@pytest.mark.slow
def test_a_hundred_kills_lose_and_double_no_round(tmp_path):
    rng = random.Random(5)
    acks = tmp_path / "acks.txt"
    kept = 0
    for _ in range(RUNS):
        process = _start(tmp_path, acks)
        _kill_after(process, rng.uniform(0.0, 0.35))
        now = _check(tmp_path, acks)
        assert now >= kept
        kept = now
    assert kept > RUNS


def test_two_kills_lose_and_double_no_round(tmp_path):
    acks = tmp_path / "acks.txt"
    for seconds in (0.11, 0.17):
        process = _start(tmp_path, acks)
        _kill_after(process, seconds)
        _check(tmp_path, acks)
