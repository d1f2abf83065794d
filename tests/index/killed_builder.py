"""Builds a catalogue and stops without warning at a write, as a kill does.

Writes are files opened for writing, and names that are made, moved or removed. The place is a
number of writes (0 only counts them), or an event with the start of a file's name.
"""

import os
import sys
from pathlib import Path

import fashionm3.index.build as building
from fashionm3.index.build import build
from fashionm3.index.lexicon import Lexicon

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
NAMES = ("os.rename", "os.link", "os.mkdir", "os.remove", "os.rmdir")

source, out, place = sys.argv[1:]
building.ROWS = 4
armed, done = False, 0


def count(event, args):
    global done
    is_write = event == "open" and isinstance(args[2], int) and args[2] & WRITES
    if not armed or not (is_write or event in NAMES):
        return
    done += 1
    start, _, name = place.partition(":")
    if place == str(done) or (
        ":" in place and start == event and Path(args[0]).name.startswith(name)
    ):
        os._exit(9)


sys.addaudithook(count)
build(source, out + "-first", lexicon=Lexicon.load())
armed = True
build(source, out, lexicon=Lexicon.load())
sys.stdout.write(str(done))
