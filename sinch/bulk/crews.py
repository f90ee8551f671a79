"""The two drivers: a crew of threads for the blocking client, tasks for the asyncio one."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sinch.bulk.records import Batch
from sinch.bulk.steps import BulkFlow, Control, Done, Gather, Journal, Start, Step, Work
from sinch.core.driving import drive, drive_async

T = TypeVar("T")


def run_blocking(flow: BulkFlow[T], client: Any, work: Work, size: int, control: Control) -> T:
    """Run a flow in this thread; the work is done by up to ``size`` others."""
    crew = _Threads(client, work, size)
    try:
        with _signals(control, crew.wake):
            result = drive(flow, crew.perform)
    finally:
        crew.dismiss()
    _obey(control)
    return result


async def run_async(flow: BulkFlow[T], client: Any, work: Work, size: int, control: Control) -> T:
    """Run a flow in this loop; the journal is written in a thread of its own."""
    crew = _Tasks(client, work, size, control)
    try:
        with _loop_signals(control, crew.wake):
            result = await drive_async(flow, crew.perform)
    finally:
        await crew.dismiss()
    if crew.cancelled:
        raise asyncio.CancelledError
    _obey(control)
    return result


def _obey(control: Control) -> None:
    """After draining, end as the signal asked."""
    if control.signal == signal.SIGINT:
        raise KeyboardInterrupt
    if control.signal:
        raise SystemExit(128 + control.signal)


class _Threads:
    def __init__(self, client: Any, work: Work, size: int) -> None:
        self._client, self._work, self._size = client, work, size
        self._todo: queue.SimpleQueue[Batch | None] = queue.SimpleQueue()
        self._done: deque[Done] = deque()
        self._enough = 1
        self._news: queue.SimpleQueue[None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._busy = 0
        self._woken = False

    def perform(self, step: Step) -> object:
        if isinstance(step, Journal):
            return step.do()
        if isinstance(step, Gather):
            return self._gather(step)
        self._start(step)
        return None

    def _start(self, step: Start) -> None:
        self._busy += len(step.batches)
        while len(self._threads) < min(self._size, self._busy):
            # threads of daemons do not keep a process alive that is told to end at once
            thread = threading.Thread(target=self._labour, name="sinch-bulk", daemon=True)
            thread.start()
            self._threads.append(thread)
        for batch in step.batches:
            self._todo.put(batch)

    def _labour(self) -> None:
        while (batch := self._todo.get()) is not None:
            try:
                result: Any = self._client.run(self._work(batch))
            except Exception as error:  # noqa: BLE001 - what it means is decided in the flow
                result = error
            self._done.append((batch, result))
            if len(self._done) >= min(self._enough, self._busy):
                self._news.put(None)

    def _gather(self, step: Gather) -> list[Done]:
        if self._hear(1, step.seconds) and self._done:
            self._hear(step.enough, step.linger)
        found: list[Done] = []
        while self._done:
            found.append(self._done.popleft())
        self._busy -= len(found)
        return found

    def _hear(self, enough: int, seconds: float) -> bool:
        """Wait until so many are done, or all that there are; this thread wakes up once for it."""
        self._enough = enough
        while not self._news.empty():
            self._news.get_nowait()
        if self._woken:
            self._woken = False
            return True
        if len(self._done) >= min(enough, self._busy) > 0:
            return True
        try:
            self._news.get(timeout=max(0.0, seconds))
        except queue.Empty:
            return False
        return True

    def wake(self) -> None:
        """From a signal handler: of all that wakes a thread, only these queues may be used there."""
        self._woken = True
        self._news.put(None)

    def dismiss(self) -> None:
        for _ in self._threads:
            self._todo.put(None)
        if not self._busy:
            for thread in self._threads:
                thread.join()


class _Tasks:
    def __init__(self, client: Any, work: Work, size: int, control: Control) -> None:
        self._client, self._work, self._size, self._control = client, work, size, control
        self._loop = asyncio.get_running_loop()
        self._todo: deque[Batch] = deque()
        self._idle: list[asyncio.Future[Batch]] = []
        self._done: list[Done] = []
        self._busy = 0
        self._news = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._enough = 1
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="sinch-bulk-journal")
        self.cancelled = False

    async def perform(self, step: Step) -> object:
        if isinstance(step, Journal):
            return await self._journal(step.do)
        if isinstance(step, Start):
            self._start(step)
            return None
        return await self._gather(step)

    def _start(self, step: Start) -> None:
        """Hand each batch to a task that waits for one, to a new one, or put it in line."""
        self._busy += len(step.batches)
        for batch in step.batches:
            if self._idle:
                self._idle.pop().set_result(batch)
            elif len(self._tasks) < self._size:
                self._tasks.add(asyncio.create_task(self._labour(batch)))
            else:
                self._todo.append(batch)

    async def _journal(self, do: Callable[[], Any]) -> Any:
        """A transaction is waited for even when cancelled: its outcome has to be known."""
        writing = self._loop.run_in_executor(self._writer, do)
        while not writing.done():
            try:
                await asyncio.wait([writing])
            except asyncio.CancelledError:
                self._cancel()
        return writing.result()

    async def _labour(self, batch: Batch) -> None:
        """Work on one batch after the other; tasks are few, as making one costs more than a message."""
        while True:
            try:
                result: Any = await self._client.run(self._work(batch))
            except Exception as error:  # noqa: BLE001 - what it means is decided in the flow
                result = error
            self._done.append((batch, result))
            if len(self._done) >= min(self._enough, self._busy):
                self._news.set()
            if self._todo:
                batch = self._todo.popleft()
            else:
                waiting: asyncio.Future[Batch] = self._loop.create_future()
                self._idle.append(waiting)
                batch = await waiting

    async def _gather(self, step: Gather) -> list[Done]:
        try:
            self._enough = 1
            if not self._done:
                await self._hear(step.seconds)
            if self._done and len(self._done) < min(step.enough, self._busy):
                self._enough = step.enough
                await self._hear(step.linger)
        except asyncio.CancelledError:
            self._cancel()
        found, self._done = self._done, []
        self._busy -= len(found)
        return found

    async def _hear(self, seconds: float) -> None:
        self._news.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._news.wait()

    def _cancel(self) -> None:
        """The first time, what is in flight is waited for; the second time, nothing is."""
        if self.cancelled:
            raise asyncio.CancelledError
        self.cancelled = self._control.draining = True

    def wake(self) -> None:
        self._news.set()

    async def dismiss(self) -> None:
        for task in [*self._tasks]:
            task.cancel()
        if self._tasks:
            await asyncio.wait([*self._tasks])
        self._writer.shutdown(wait=False)


@contextlib.contextmanager
def _signals(control: Control, wake: Callable[[], None]) -> Generator[None]:
    """SIGTERM and Ctrl-C drain, unless the program has handlers of its own; twice ends at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def drain(number: int, frame: object) -> None:  # noqa: ARG001 - that of signal
        if control.draining:
            raise KeyboardInterrupt if number == signal.SIGINT else SystemExit(128 + number)
        control.draining, control.signal = True, number
        wake()

    before = {
        number: signal.signal(number, drain)
        for number, usual in (
            (signal.SIGTERM, signal.SIG_DFL),
            (signal.SIGINT, signal.default_int_handler),
        )
        if signal.getsignal(number) is usual
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def _loop_signals(control: Control, wake: Callable[[], None]) -> Generator[None]:
    """SIGTERM in a loop; Ctrl-C comes as cancellation."""
    loop = asyncio.get_running_loop()

    def drain() -> None:
        control.draining, control.signal = True, signal.SIGTERM
        wake()

    ours = (
        threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    )
    if ours:
        try:
            loop.add_signal_handler(signal.SIGTERM, drain)
        except NotImplementedError:  # Windows
            ours = False
    try:
        yield
    finally:
        if ours:
            loop.remove_signal_handler(signal.SIGTERM)
