"""``--state FILE``: what outlives a restart, written as it changes, in a thread of its own.

Messages, batches and groups of the service plan, verifications (with their codes), numbers, callback URLs and how far the clock was moved
ahead. Not the credentials, the logs, faults or calls: calls in progress end with the sandbox.

An answer over HTTP goes out when what it changed is in the file, so a sandbox that is killed has
forgotten nothing that a client was told. What happens by itself, or is done from Python, follows in
a moment.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from sinch.sandbox.platform.records import OwnedNumber, Stored
from sinch.sandbox.platform.services import Services

from .rows import (
    Damaged,
    SavedSettings,
    key_of,
    read_record,
    read_settings,
    write_record,
    write_settings,
)
from .state_file import Row, StateFile, StateFileError

_log = logging.getLogger("sinch.sandbox")
#: Records made into text in one go: for so long, well below a millisecond, all else has to wait.
_BATCH: Final = 20
_SECONDS_UNTIL_THE_NEXT_TRY: Final = 1.0
#: Events without a record that change the settings.
_OF_SETTINGS: Final = frozenset({"callbacks", "clock", "numbers"})

__all__ = ["StateFileError", "Storage"]


class Storage:
    """Loads the file when it is made, and writes to it from :meth:`start` to :meth:`stop`.

    Raises :class:`.StateFileError` when made, and by :meth:`start`, for a file that cannot be used;
    it is left as it is.
    """

    def __init__(self, path: Path, services: Services) -> None:
        self._path = path
        self._file = StateFile(path)
        self._services = services
        self._lock = services.state.lock
        self._dirty: dict[tuple[str, str], Stored] = {}
        self._cleared = False
        self._noted = 0
        self._written = 0
        self._waiting: list[tuple[int, asyncio.Future[None]]] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._changed = asyncio.Event()
        self._stopping = False
        self._thread: ThreadPoolExecutor | None = None
        self._task: asyncio.Task[None] | None = None
        services.state.events.watch(self._note)
        self._load()

    def _load(self) -> None:
        self._file.open()
        try:
            settings, rows = self._file.read()
        finally:
            self._file.close()
        try:
            saved = None if settings is None else read_settings(settings)
            records = [read_record(row) for row in rows]
        except Damaged as problem:
            raise self._file.unusable(str(problem)) from None
        with self._lock:
            if saved is not None:
                self._apply(saved)
            for record in records:
                self._services.restore(record)

    def _apply(self, saved: SavedSettings) -> None:
        services = self._services
        services.state.scheduler.resume(saved.ahead)
        key = services.state.credentials.application_key
        for known in saved.numbers:
            services.applications.owned[known.number] = OwnedNumber(
                number=known.number,
                application_key=key if known.assigned else None,
                capability=known.capability,
            )
        first = services.state.first_targets
        if first.voice is None:
            services.applications.callbacks = saved.voice
        targets = services.state.targets
        targets.verification = first.verification or saved.verification
        targets.sms = first.sms or saved.sms
        targets.messages = first.messages or saved.messages
        services.refresh()

    # --- noting -----------------------------------------------------------------------------

    def _note(self, name: str, record: object) -> None:
        """Something happened; under the lock, from any thread."""
        if isinstance(record, Stored):
            self._dirty[key_of(record)] = record
        elif name == "reset":
            self._dirty.clear()
            self._cleared = True
        elif name not in _OF_SETTINGS:
            return
        self._noted += 1
        loop = self._loop
        if loop is not None and self._noted == self._written + 1:
            with contextlib.suppress(RuntimeError):  # closed meanwhile
                loop.call_soon_threadsafe(self._changed.set)

    # --- writing ----------------------------------------------------------------------------

    async def start(self) -> None:
        """Take hold of the file and write what changes, in the running loop."""
        loop = asyncio.get_running_loop()
        thread = ThreadPoolExecutor(1, thread_name_prefix="sinch-sandbox-state")
        try:
            await loop.run_in_executor(thread, self._take_hold)
        except BaseException:
            thread.shutdown(wait=False)
            raise
        self._thread, self._loop, self._stopping = thread, loop, False
        self._changed = asyncio.Event()
        self._changed.set()
        self._task = asyncio.create_task(self._keep_writing(thread))

    def _take_hold(self) -> None:
        self._file.open()
        self._file.claim()

    async def stop(self) -> None:
        """Write for the last time, and let go of the file."""
        task, self._task = self._task, None
        thread, self._thread = self._thread, None
        if task is None or thread is None:
            return
        self._stopping = True
        self._changed.set()
        await task
        self._loop = None
        self._let_go(everybody=True)
        await asyncio.get_running_loop().run_in_executor(thread, self._file.close)
        thread.shutdown(wait=False)

    async def written(self) -> None:
        """Wait until everything that changed so far is in the file, or cannot be written."""
        if self._loop is None or self._written >= self._noted:
            return
        done: asyncio.Future[None] = self._loop.create_future()
        self._waiting.append((self._noted, done))
        self._changed.set()
        await done

    async def _keep_writing(self, thread: ThreadPoolExecutor) -> None:
        loop = asyncio.get_running_loop()
        good = True
        while True:
            with contextlib.suppress(TimeoutError):
                # what could not be written is tried again by itself
                async with asyncio.timeout(None if good else _SECONDS_UNTIL_THE_NEXT_TRY):
                    await self._changed.wait()
            self._changed.clear()
            stopping = self._stopping
            good = True
            while good and (stopping or self._written < self._noted):
                good = await loop.run_in_executor(thread, self._write)
                self._let_go(everybody=not good)
                if stopping:
                    return

    def _let_go(self, *, everybody: bool) -> None:
        """Let those go on whose changes are written; after a failure, whoever waits."""
        left: list[tuple[int, asyncio.Future[None]]] = []
        for number, done in self._waiting:
            if not everybody and number > self._written:
                left.append((number, done))
            elif not done.done():
                done.set_result(None)
        self._waiting = left

    def _write(self) -> bool:
        """Write what changed since the last time; in the thread. A failure is logged."""
        with self._lock:
            noted, dirty, cleared = self._noted, self._dirty, self._cleared
            self._dirty, self._cleared = {}, False
        keep = self._services.state.settings.remember
        try:
            with self._lock:
                settings = write_settings(self._services)
            self._file.write(self._rows(dirty), settings=settings, keep=keep, clear=cleared)
        except Exception as problem:  # noqa: BLE001  answers wait for what becomes of this
            # the disk's fault needs no trace; anything else is a bug of ours
            ours = not isinstance(problem, sqlite3.Error | OSError)
            _log.error("the state was not saved to %s: %s", self._path, problem, exc_info=ours)
            with self._lock:
                if not self._cleared:
                    self._dirty, self._cleared = {**dirty, **self._dirty}, cleared
            return False
        self._written = noted
        return True

    def _rows(self, dirty: dict[tuple[str, str], Stored]) -> Iterator[list[Row]]:
        records = list(dirty.values())
        for start in range(0, len(records), _BATCH):
            batch = records[start : start + _BATCH]
            with self._lock:
                # one that was forgotten meanwhile would come back as the newest
                rows = [write_record(item) for item in batch if self._services.knows(item)]
            yield rows
