"""Talks to a thread until it is killed; writes each acknowledged round to a file.

Run by test_kills.py in a process of its own: ``killed_talker.py FOLDER ACKS``.
"""

import os
import sys
from pathlib import Path

from talks import SCRIPT, assistant

WORDS = sorted(set(SCRIPT) - {"break it", "two at once"})


def main(folder: Path, acks: Path) -> None:
    """Answers on and on; each round has an id of its own and is retried after a kill."""
    talk = assistant(folder)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    done = acks.read_text().splitlines() if acks.exists() else []
    for n in range(len(done), 100_000):
        answer = talk.say(WORDS[n % len(WORDS)], round_id=f"r{n}")
        with acks.open("a") as file:
            file.write(f"{answer.round} {answer.user}\n")
            file.flush()
            os.fsync(file.fileno())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
