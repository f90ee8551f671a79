"""Event loops for blocking tests whose application is asynchronous.

``asyncio`` is imported where it is needed: a phone of blocking handlers starts without.
"""

from __future__ import annotations

import contextvars
import sys
import threading
import weakref
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from sinch.errors import ConfigurationError
from sinch.testing import django_project
from sinch.testing.errors import PhoneError

if TYPE_CHECKING:
    import asyncio

__tracebackhide__ = True
T = TypeVar("T")


def in_event_loop() -> bool:
    """Whether an event loop runs in this thread."""
    loaded = sys.modules.get("asyncio")
    if loaded is None:
        return False  # whoever runs a loop has imported it
    try:
        loaded.get_running_loop()
    except RuntimeError:
        return False
    return True


def refuse_running_loop() -> None:
    """Raise ConfigurationError when a loop runs already."""
    if in_event_loop():
        raise ConfigurationError(
            "this application is asynchronous and an event loop is running: use AsyncPhone"
        )


class Loop:
    """Runs coroutines of one application, one after the other, in the thread of the test.

    It is the same loop every time, so that the application may keep connections. In a Django
    project it is a new one each time, as with Django's own test client, until :meth:`keep`.
    """

    def __init__(self) -> None:
        self._runner: asyncio.Runner | None = None
        self._thread: LoopThread | None = None

    def keep(self) -> None:
        """From now on always the same one, because something goes on between the callbacks."""
        if django_project.is_here() and self._thread is None:
            self._thread = LoopThread()

    def run(self, work: Callable[[], Awaitable[T]]) -> T:
        """Await something in blocking code."""
        refuse_running_loop()
        try:
            return self._run(work)
        except PhoneError as error:
            # the way through loops and threads says nothing to who reads the failure
            raise error.with_traceback(None) from error.__cause__

    def _run(self, work: Callable[[], Awaitable[T]]) -> T:
        if self._thread is not None:
            return self._thread.run(work)
        if django_project.is_here():
            return django_project.run(work)
        if self._runner is None:
            import asyncio

            self._runner = asyncio.Runner()
            # a phone that nobody closes must not leave an open loop behind
            weakref.finalize(self, _drop, self._runner, self._runner.get_loop())

        async def awaited() -> T:
            return await work()

        # a runner keeps the context it was made in; this callback's is another one
        return self._runner.run(awaited(), context=contextvars.copy_context())

    def close(self) -> None:
        """Stop."""
        runner, self._runner = self._runner, None
        thread, self._thread = self._thread, None
        if runner is not None:
            runner.close()
        if thread is not None:
            thread.close()


def _drop(runner: asyncio.Runner, loop: asyncio.AbstractEventLoop) -> None:
    """Close what nobody closed; collected while another loop runs, it cannot be run to its end."""
    if in_event_loop():
        loop.close()  # nothing happens when it is closed already
    else:
        runner.close()


class LoopThread:
    """An event loop that goes on by itself, in a thread."""

    def __init__(self) -> None:
        import asyncio

        self._loop = asyncio.new_event_loop()
        thread = threading.Thread(
            target=self._loop.run_forever, name="sinch-phone-target", daemon=True
        )
        thread.start()
        self._stop = weakref.finalize(self, _stop, self._loop, thread)

    def run(self, work: Callable[[], Awaitable[T]]) -> T:
        """Await something there; in a Django project its blocking parts run here."""
        refuse_running_loop()
        try:
            if django_project.is_here():
                return django_project.run_in(self._loop, work)
            return self.finish(work)
        except PhoneError as error:
            raise error.with_traceback(None) from error.__cause__

    def finish(self, work: Callable[[], Awaitable[T]]) -> T:
        """Await something there, wherever this is called."""
        import asyncio

        async def awaited() -> T:
            return await work()

        return asyncio.run_coroutine_threadsafe(awaited(), self._loop).result()

    def close(self) -> None:
        """Stop, cancelling what still runs."""
        self._stop()


def _stop(loop: asyncio.AbstractEventLoop, thread: threading.Thread) -> None:
    import asyncio

    async def cancel() -> None:
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await loop.shutdown_asyncgens()
        await loop.shutdown_default_executor()

    asyncio.run_coroutine_threadsafe(cancel(), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()
