"""The face: one object that an application holds.

A thread is one shopper's conversation, by any name the application likes. Each round is written to
disk before it is answered; a killed process loses no answered round.
"""

import asyncio
import sqlite3
import threading
import unicodedata
import uuid
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import Any, Self

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver

from fashionm3.config import Settings
from fashionm3.errors import EngineError, InputError, UsageError
from fashionm3.graphs.dialogue import build_graph
from fashionm3.graphs.factory import load_parts
from fashionm3.graphs.parts import Parts
from fashionm3.graphs.saver import open_saver
from fashionm3.graphs.screen import Screen
from fashionm3.graphs.state import State, ThreadState, dump
from fashionm3.graphs.timeline import Record, Timeline, config_of
from fashionm3.graphs.undoing import takes_back
from fashionm3.graphs.writers import Writers
from fashionm3.types import Answer, Constraints, Event


class Assistant:
    """Talks with shoppers over one catalogue.

    Args:
        parts: Planner, tools, shop and settings, ready to use.
        saver: Where threads are kept.
        locks: Folder of the lock files, one writer per thread.
    """

    def __init__(self, parts: Parts, saver: BaseCheckpointSaver[Any], locks: Path) -> None:
        self._parts = parts
        self._saver = saver
        self._graph = build_graph(parts, saver)
        self._timeline = Timeline(self._graph, saver)
        self._writers = Writers(locks, parts.settings.threads.when_busy)

    @classmethod
    def open(cls, settings: Settings | str | Path | None = None) -> Self:
        """Opens everything that settings name.

        Args:
            settings: Settings, the path of a TOML file, or None for the defaults.

        Raises:
            UsageError: A setting is wrong.
            InputError: The catalogue can't be opened.
            EngineError: Weights are missing or the data folder can't be written.
        """
        chosen = settings if isinstance(settings, Settings) else Settings.load(settings)
        saver = open_saver(chosen.data / "threads.sqlite")
        return cls(load_parts(chosen), saver, chosen.data / "locks")

    @property
    def parts(self) -> Parts:
        """The live parts, for tools of the host and for tests."""
        return self._parts

    def say(
        self,
        words: str,
        thread: str = "main",
        *,
        pictures: Sequence[bytes] = (),
        round_id: str | None = None,
        user: str = "",
    ) -> Answer:
        """Answers one message.

        Args:
            words: What the shopper says.
            thread: The conversation.
            pictures: Bytes of JPEG, PNG or WebP pictures that come with the words.
            round_id: The caller's own id; a second request with it gets the same answer.
            user: Whose thread it is, when it begins.

        Raises:
            InputError: The words or a picture can't be accepted; nothing is stored.
            BusyError: The thread is answering another message.
            EngineError: A model or a disk can't be used; the last answered round stands.
        """
        answer = None
        for event in self.stream(words, thread, pictures=pictures, round_id=round_id, user=user):
            if event.type == "done":
                answer = Answer.model_validate(event.data)
        if answer is None:
            raise EngineError(f"thread {thread!r} gave no answer: please send the message again")
        return answer

    def stream(
        self,
        words: str,
        thread: str = "main",
        *,
        pictures: Sequence[bytes] = (),
        round_id: str | None = None,
        user: str = "",
    ) -> Iterator[Event]:
        """Answers one message as typed events; the last one is ``done`` with the answer as data."""
        text = self._accepted(words, thread, bool(pictures))
        hashes = self._stored(pictures)
        turn = {"words": text, "pictures": hashes, "round_id": round_id or uuid.uuid4().hex}
        with self._writers.writing(thread) as cancelled:
            self._parts.cancels[thread] = cancelled
            try:
                yield from self._round(thread, turn, user)
            finally:
                self._parts.cancels.pop(thread, None)

    def _round(self, thread: str, turn: dict[str, Any], user: str) -> Iterator[Event]:
        head = self._timeline.head(thread)
        if head is not None and head.turn.round_id == turn["round_id"]:
            yield self._done(thread, head)
            return
        given, config = self._start(thread, turn, head, user)
        if given is not None and head is not None and takes_back(turn["words"]):
            given = self._taken_back(thread, given, head)
        number = (head.thread.round if head else 0) + 1
        try:
            for raw in self._graph.stream(given, config, stream_mode="custom", durability="sync"):
                yield Event.model_validate({"thread_id": thread, "round": number, **raw})
        except (OSError, sqlite3.Error) as error:
            raise EngineError(f"can't keep the round on disk: {error}") from None
        finished = self._timeline.head(thread)
        if finished is None or finished.turn.round_id != turn["round_id"]:
            raise EngineError(f"thread {thread!r}: the round ended without a reply")
        self._timeline.settle(thread, head, finished)
        yield self._done(thread, finished)

    def _start(
        self, thread: str, turn: dict[str, Any], head: Record | None, user: str
    ) -> tuple[State | None, RunnableConfig]:
        """Chooses where a round starts: goes on with its own open one, or after the last answer."""
        open_turn = self._timeline.unfinished(thread)
        if open_turn is not None and open_turn.round_id == turn["round_id"]:
            return None, config_of(thread)
        given = State(turn=turn)
        if head is None and user:
            given["thread"] = {"user_id": user}
        if open_turn is None:
            return given, config_of(thread)
        self._timeline.clear_unfinished(thread, head)
        return given, head.config if head is not None else config_of(thread)

    def _taken_back(self, thread: str, given: State, head: Record) -> State:
        """Lets the round stand where the round before it began; the transcript goes on."""
        stands = head.thread.round if head.turn.undone is None else head.turn.undone
        rounds = {record.thread.round: record for record in self._timeline.rounds(thread)}
        to = rounds.get(stands - 1)
        before = to.thread if to else ThreadState(user_id=head.thread.user_id)
        while to is not None and to.turn.undone is not None:
            to = rounds.get(to.turn.undone)
        turn = {**given["turn"], "undone": to.thread.round if to else 0}
        return State(turn=turn, thread=dump(before.model_copy(update={"round": head.thread.round})))

    def _done(self, thread: str, record: Record) -> Event:
        answer = self._answer(thread, record)
        return Event(
            type="done",
            thread_id=thread,
            round=answer.round,
            text=answer.reply,
            data=answer.model_dump(mode="json", exclude_defaults=True),
        )

    def _answer(self, thread: str, record: Record) -> Answer:
        screen = Screen(record.thread, self._parts.shop)
        seen = [screen.observation(entry) for entry in record.turn.seen]
        turn = record.turn
        return Answer(
            thread_id=thread,
            round=record.thread.round,
            user=turn.words,
            reply=turn.reply,
            calls=tuple({"tool": call.tool, "args": call.args} for call in turn.done),
            cards=tuple(card for observation in seen for card in observation.cards),
            looks=tuple(look for observation in seen for look in observation.looks),
            outfit=screen.outfit(),
            question=turn.outcome == "ask",
            note=turn.note,
        )

    def _accepted(self, words: str, thread: str, with_picture: bool) -> str:
        if not thread or len(thread) > 200:
            raise UsageError(f"thread must have 1 to 200 characters, got {len(thread)}")
        text = "".join(
            char if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs") else " "
            for char in words
        ).strip()
        limit = self._parts.settings.threads.max_chars
        if len(text) > limit:
            raise InputError(
                f"the message has {len(text):,} characters: at most {limit:,} are read, "
                "please shorten it"
            )
        if not text and not with_picture:
            raise InputError('the message is empty: say what you look for, e.g. "black boots"')
        return text

    def _stored(self, pictures: Sequence[bytes]) -> list[str]:
        if not pictures:
            return []
        store = self._parts.shop.artifacts
        if store is None:
            raise UsageError("this assistant keeps no pictures: give its shop an ArtifactStore")
        return [store.add(data, f"picture {n}").sha256 for n, data in enumerate(pictures, 1)]

    async def asay(self, words: str, thread: str = "main", **options: Any) -> Answer:  # noqa: ANN401
        """Answers one message; see `say`."""
        return await asyncio.to_thread(self.say, words, thread, **options)

    async def astream(
        self,
        words: str,
        thread: str = "main",
        **options: Any,  # noqa: ANN401
    ) -> AsyncIterator[Event]:
        """Answers one message as typed events; see `stream`.

        The sync stream runs in a worker thread. Leaving the loop early gives the round up.
        """
        loop = asyncio.get_running_loop()
        queue: asyncio.Queue[Event | BaseException | None] = asyncio.Queue()

        def work() -> None:
            item: Event | BaseException | None = None
            try:
                for item in self.stream(words, thread, **options):
                    loop.call_soon_threadsafe(queue.put_nowait, item)
                item = None
            except BaseException as error:
                item = error
            loop.call_soon_threadsafe(queue.put_nowait, item)

        worker = threading.Thread(target=work, name=f"round-{thread}", daemon=True)
        worker.start()
        try:
            while (item := await queue.get()) is not None:
                if isinstance(item, BaseException):
                    raise item
                yield item
        finally:
            if worker.is_alive():
                self.cancel(thread)

    def cancel(self, thread: str) -> None:
        """Gives the running round of a thread up; nothing of it is kept."""
        self._writers.cancel(thread)

    def rounds(self, thread: str = "main") -> list[Answer]:
        """Returns the answered rounds of a thread, oldest first."""
        return [self._answer(thread, record) for record in self._timeline.rounds(thread)]

    def constraints(self, thread: str = "main") -> Constraints:
        """Returns what the shopper declared for good in a thread."""
        head = self._timeline.head(thread)
        return head.thread.constraints if head else Constraints()

    def undo(self, thread: str = "main", n: int = 1) -> Answer | None:
        """Takes the last rounds back; returns the round that is current now, or None at the start.

        Raises:
            InputError: The thread has fewer rounds.
        """
        with self._writers.writing(thread):
            record = self._timeline.undo(thread, n)
        return None if record is None else self._answer(thread, record)

    def branch(self, thread: str, new_thread: str, round: int | None = None) -> Answer:
        """Copies a thread, up to a round, into a new one that goes its own way.

        Raises:
            InputError: The round does not exist, or the new thread does.
        """
        with self._writers.writing(new_thread):
            record = self._timeline.branch(thread, new_thread, round)
        return self._answer(new_thread, record)

    def forget(self, thread: str) -> None:
        """Deletes a thread."""
        with self._writers.writing(thread):
            self._timeline.forget(thread)
