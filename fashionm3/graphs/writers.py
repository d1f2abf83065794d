"""One writer per thread, across threads and processes of one machine."""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from fashionm3.errors import BusyError, EngineError

WAIT = 120.0
"""Seconds that a queued request waits at most."""


class Writers:
    """Hands out the right to write a thread.

    Args:
        folder: For the lock files.
        when_busy: What a second request meets: it is rejected, waits, or gives the first one up.
    """

    def __init__(self, folder: Path, when_busy: Literal["reject", "queue", "interrupt"]) -> None:
        self._folder, self._when_busy = folder, when_busy
        self._cancels: dict[str, threading.Event] = {}
        self._guard = threading.Lock()

    @contextmanager
    def writing(self, thread_id: str) -> Iterator[threading.Event]:
        """Holds a thread; yields the event that asks its holder to give up.

        Raises:
            BusyError: Somebody else writes it.
            EngineError: The lock file can't be made.
        """
        lock = self._acquire(thread_id)
        cancelled = threading.Event()
        with self._guard:
            self._cancels[thread_id] = cancelled
        try:
            yield cancelled
        finally:
            with self._guard:
                self._cancels.pop(thread_id, None)
            lock.release()

    def _acquire(self, thread_id: str) -> FileLock:
        name = hashlib.sha256(thread_id.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        if self._when_busy == "interrupt":
            self.cancel(thread_id)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._folder / f"{name}.lock", thread_local=False)
            lock.acquire(timeout=0 if self._when_busy == "reject" else WAIT)
        except Timeout:
            raise BusyError(
                f"thread {thread_id!r} is answering another message: wait for it and send again"
            ) from None
        except OSError as error:
            raise EngineError(f"can't lock thread {thread_id!r}: {error}") from None
        return lock

    def cancel(self, thread_id: str) -> None:
        """Asks the holder of a thread, in this process, to give its round up."""
        with self._guard:
            running = self._cancels.get(thread_id)
        if running is not None:
            running.set()
