"""Runs every benchmark and prints its tables: ``python -m benchmarks [--out FOLDER]``."""

import argparse
import os
import platform
import subprocess
import sys
from pathlib import Path

PARTS = ("search", "dialogue", "encoder", "planner")


def machine() -> str:
    """Describes the machine in one line."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        cpu = names[0].partition(":")[2].strip() if names else cpu
    return f"{cpu}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"


def main() -> None:
    """Runs the parts one after another, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(".bench"), help="for the JSON files")
    parser.add_argument("--only", choices=PARTS, nargs="*", default=PARTS)
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    print(f"{machine()}\n")
    failed = []
    for part in chosen.only:
        print(f"## {part}\n", flush=True)
        file = chosen.out / f"{part}.json"
        done = subprocess.run([sys.executable, "-m", f"benchmarks.{part}", "--json", str(file)])
        if done.returncode:
            failed.append(part)
        print(flush=True)
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
