"""The embedded store of threads: SQLite, strict about types, one checkpoint an answered round."""

import sqlite3
from pathlib import Path

from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.checkpoint.sqlite import SqliteSaver

from fashionm3.errors import EngineError


class ThreadSaver(SqliteSaver):
    """A saver that lets the steps of a round go once the round is answered.

    LangGraph writes the whole state at each of a round's seven steps, so that a killed process can
    go on. When the answer is on disk, the steps before it serve nobody: dropping them makes a
    thread grow by one small state a round.
    """

    def settle(self, thread_id: str, last: str, first: str | None) -> None:
        """Drops the checkpoints between two answered rounds and joins the two.

        Args:
            thread_id: The thread.
            last: Checkpoint of the round that was answered just now.
            first: Checkpoint of the round before it, or None at the start.
        """
        with self.cursor() as cursor:
            between = []
            at = self._parent(cursor, thread_id, last)
            while at is not None and at != first:
                between.append(at)
                at = self._parent(cursor, thread_id, at)
            self._drop(cursor, thread_id, between)
            cursor.execute(
                "DELETE FROM writes WHERE thread_id = ? AND checkpoint_id = ?", (thread_id, last)
            )
            cursor.execute(
                "UPDATE checkpoints SET parent_checkpoint_id = ? "
                "WHERE thread_id = ? AND checkpoint_id = ?",
                (first, thread_id, last),
            )

    def drop_after(self, thread_id: str, last: str) -> None:
        """Drops what a killed round left behind after an answered one."""
        with self.cursor() as cursor:
            cursor.execute(
                "SELECT checkpoint_id FROM checkpoints WHERE thread_id = ? AND checkpoint_id > ?",
                (thread_id, last),
            )
            self._drop(cursor, thread_id, [row[0] for row in cursor.fetchall()])
            cursor.execute(
                "DELETE FROM writes WHERE thread_id = ? AND checkpoint_id = ?", (thread_id, last)
            )

    @staticmethod
    def _parent(cursor: sqlite3.Cursor, thread_id: str, checkpoint_id: str) -> str | None:
        cursor.execute(
            "SELECT parent_checkpoint_id FROM checkpoints "
            "WHERE thread_id = ? AND checkpoint_id = ?",
            (thread_id, checkpoint_id),
        )
        row = cursor.fetchone()
        return None if row is None else row[0]

    @staticmethod
    def _drop(cursor: sqlite3.Cursor, thread_id: str, checkpoints: list[str]) -> None:
        keys = [(thread_id, checkpoint_id) for checkpoint_id in checkpoints]
        for table in ("checkpoints", "writes"):
            cursor.executemany(
                f"DELETE FROM {table} WHERE thread_id = ? AND checkpoint_id = ?", keys
            )


def open_saver(file: Path) -> ThreadSaver:
    """Opens or makes the file of threads.

    Raises:
        EngineError: It can't be written or is not an SQLite file.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(file, check_same_thread=False, timeout=30.0)
        saver = ThreadSaver(connection, serde=JsonPlusSerializer(allowed_msgpack_modules=None))
        saver.setup()
    except (sqlite3.Error, OSError) as error:
        raise EngineError(f"can't open the threads in {file}: {error}") from None
    return saver
