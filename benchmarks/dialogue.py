"""A round without a model: against a bare LangGraph loop, and bytes a round over 200 rounds.

Run: ``python -m benchmarks.dialogue [--json FILE] [--rounds 200]``. The planner is scripted, the
shop is in memory (25 items), so that what is measured is the graph, the tools and the disk.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, TypedDict

from langgraph.graph import END, START, StateGraph

from fashionm3.graphs.saver import open_saver

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "index")]

from talks import assistant  # noqa: E402

WORDS = (
    "shoes please",
    "brown shoes please",
    "a look for the office",
    "other shoes, white",
    "thank you",
)


class Bare(TypedDict, total=False):
    """State of the peer: as many steps as a round of ours, each writing a like amount of state."""

    thread: dict[str, Any]
    turn: dict[str, Any]


def bare_loop(file: Path, thread: dict[str, Any]) -> Any:  # noqa: ANN401
    """Builds LangGraph's own loop of five empty nodes over the same saver."""
    graph = StateGraph(Bare)
    names = ("listen", "plan", "act", "observe", "answer")
    for name in names:
        graph.add_node(name, lambda state: {"thread": state["thread"], "turn": state["turn"]})
    for before, after in zip((START, *names), (*names, END), strict=True):
        graph.add_edge(before, after)
    return graph.compile(checkpointer=open_saver(file))


def measure(rounds: int) -> dict[str, Any]:
    """Plays rounds and returns milliseconds and bytes."""
    with tempfile.TemporaryDirectory() as folder:
        talk = assistant(Path(folder))
        talk.say(WORDS[0])
        times, sizes = [], []
        connection = talk._saver.conn
        for n in range(rounds):
            started = time.perf_counter()
            talk.say(WORDS[n % len(WORDS)])
            times.append((time.perf_counter() - started) * 1000)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            sizes.append((Path(folder) / "threads.sqlite").stat().st_size)
        state = talk._graph.get_state({"configurable": {"thread_id": "main"}}).values
        peer = bare_loop(Path(folder) / "bare.sqlite", state)
        config = {"configurable": {"thread_id": "main"}}
        bare = []
        for _ in range(rounds):
            given = {"thread": state["thread"], "turn": state["turn"]}
            started = time.perf_counter()
            peer.invoke(given, config, durability="sync")
            bare.append((time.perf_counter() - started) * 1000)
    half = len(sizes) // 2
    first, second = sizes[half] - sizes[0], sizes[-1] - sizes[half]
    return {
        "rounds": rounds,
        "round_ms_p50": round(statistics.median(times), 2),
        "bare_langgraph_ms_p50": round(statistics.median(bare), 2),
        "ratio": round(statistics.median(times) / statistics.median(bare), 2),
        "bytes_per_round": round((sizes[-1] - sizes[0]) / max(len(sizes) - 1, 1)),
        "second_half_over_first": round(second / max(first, 1), 2),
    }


def markdown(found: dict[str, Any]) -> str:
    """Writes the figures as a table."""
    lines = ["| a round without the model | |", "|---|---|"]
    lines += [f"| {name.replace('_', ' ')} | {value} |" for name, value in found.items()]
    return "\n".join(lines)


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    found = measure(chosen.rounds)
    print(markdown(found))
    if chosen.json:
        chosen.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
