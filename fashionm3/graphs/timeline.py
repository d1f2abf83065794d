"""Reads and moves a thread's history: its rounds, undo, time travel and branches.

A round is finished when its checkpoint holds a reply. What a killed round left behind is on no
path: the next request starts from the last finished checkpoint.
"""

from dataclasses import dataclass
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver, CheckpointTuple
from langgraph.graph.state import CompiledStateGraph

from fashionm3.errors import InputError
from fashionm3.graphs.saver import ThreadSaver
from fashionm3.graphs.state import State, ThreadState, TurnState, thread_of, turn_of

EMPTY = "-"
"""Reply of the marker that stands where a thread was taken back to its beginning."""


@dataclass(frozen=True)
class Record:
    """One finished round: its state and where it lies."""

    thread: ThreadState
    turn: TurnState
    config: RunnableConfig
    values: State


def config_of(thread_id: str) -> RunnableConfig:
    """Returns the configuration of a thread's latest checkpoint."""
    return {"configurable": {"thread_id": thread_id}}


class Timeline:
    """The history of threads in one saver.

    Args:
        graph: The compiled graph, for writing.
        saver: Its checkpointer, for reading.
    """

    def __init__(
        self,
        graph: CompiledStateGraph[State, None, State, State],
        saver: BaseCheckpointSaver[Any],
    ) -> None:
        self._graph, self._saver = graph, saver

    def head(self, thread_id: str) -> Record | None:
        """Returns the last finished round, whatever a killed round left after it."""
        latest = self._saver.get_tuple(config_of(thread_id))
        if latest is None:
            return None
        record = _record(latest)
        if record is not None:
            return record
        for entry in self._saver.list(config_of(thread_id)):
            record = _record(entry)
            if record is not None:
                return record
        return None

    def unfinished(self, thread_id: str) -> TurnState | None:
        """Returns the turn that a killed process left open, if there is one."""
        latest = self._saver.get_tuple(config_of(thread_id))
        if latest is None or _record(latest) is not None:
            return None
        return turn_of(_values(latest))

    def rounds(self, thread_id: str) -> list[Record]:
        """Returns the finished rounds of the path that is current, oldest first."""
        entries = {
            entry.config["configurable"]["checkpoint_id"]: entry
            for entry in self._saver.list(config_of(thread_id))
        }
        head = self.head(thread_id)
        path: dict[int, Record] = {}
        at = checkpoint_of(head) if head else None
        while at is not None and at in entries:
            record = _record(entries[at])
            if record is not None and record.thread.round == 0:
                break
            if record is not None and record.thread.round not in path:
                path[record.thread.round] = record
            parent = entries[at].parent_config
            at = parent["configurable"]["checkpoint_id"] if parent else None
        return [path[n] for n in sorted(path)]

    def undo(self, thread_id: str, n: int = 1) -> Record | None:
        """Takes the last rounds back and returns the round that is current now.

        Raises:
            InputError: There are fewer rounds.
        """
        rounds = self.rounds(thread_id)
        if n < 1 or n > len(rounds):
            raise InputError(f"can't take back {n} rounds: the thread has {len(rounds)}")
        if n == len(rounds):
            values: dict[str, Any] = {"thread": {}, "turn": {"reply": EMPTY}}
            self._graph.update_state(config_of(thread_id), values, as_node="answer")
            return None
        target = rounds[-1 - n]
        self._write(target.config, target)
        return target

    def branch(self, thread_id: str, new_thread_id: str, round_: int | None = None) -> Record:
        """Copies a thread up to a round into a new thread.

        Raises:
            InputError: The round does not exist, or the new thread has rounds already.
        """
        rounds = self.rounds(thread_id)
        wanted = [record for record in rounds if round_ is None or record.thread.round <= round_]
        if not wanted or (round_ is not None and wanted[-1].thread.round != round_):
            raise InputError(f"thread {thread_id!r} has no round {round_}: it has {len(rounds)}")
        if self.head(new_thread_id) is not None:
            raise InputError(f"thread {new_thread_id!r} exists already: choose another name")
        for record in wanted:
            self._write(config_of(new_thread_id), record)
        return wanted[-1]

    def settle(self, thread_id: str, before: Record | None, after: Record) -> None:
        """Lets the steps of an answered round go, where the saver can."""
        if isinstance(self._saver, ThreadSaver):
            first = None if before is None else checkpoint_of(before)
            self._saver.settle(thread_id, checkpoint_of(after), first)

    def clear_unfinished(self, thread_id: str, head: Record | None) -> None:
        """Drops what a killed round left behind."""
        if head is None:
            self._saver.delete_thread(thread_id)
        elif isinstance(self._saver, ThreadSaver):
            self._saver.drop_after(thread_id, checkpoint_of(head))

    def forget(self, thread_id: str) -> None:
        """Deletes everything that is stored of a thread."""
        self._saver.delete_thread(thread_id)

    def _write(self, config: RunnableConfig, record: Record) -> None:
        values = {"thread": record.values.get("thread", {}), "turn": record.values.get("turn", {})}
        self._graph.update_state(config, values, as_node="answer")


def checkpoint_of(record: Record) -> str:
    """Returns the id of a record's checkpoint."""
    return str(record.config["configurable"]["checkpoint_id"])


def _values(entry: CheckpointTuple) -> State:
    values = entry.checkpoint["channel_values"]
    return State(thread=values.get("thread") or {}, turn=values.get("turn") or {})


def _record(entry: CheckpointTuple) -> Record | None:
    values = _values(entry)
    if not values["turn"].get("reply"):
        return None
    return Record(thread_of(values), turn_of(values), entry.config, values)
