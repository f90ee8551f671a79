"""An ``aiohttp.web.Application`` behind a port of its own, since it answers nothing without."""

from __future__ import annotations

import asyncio
import threading
import weakref
from collections.abc import Callable

from aiohttp import web

from sinch.testing.delivering import Received
from sinch.testing.signing import SignedRequest
from sinch.testing.targets import UrlTarget


class AiohttpTarget:
    """Serves the application on loopback from the first callback on, until it is closed.

    Blocking code gets a thread with an event loop; with an event loop it runs right there.
    """

    def __init__(self, app: web.Application) -> None:
        self._app = app
        self._runner: web.AppRunner | None = None
        self._url: UrlTarget | None = None
        self._stop: Callable[[], object] | None = None

    def send(self, request: SignedRequest, limit: float) -> Received:
        """Deliver; the server runs in a thread."""
        if self._url is None:
            loop = asyncio.new_event_loop()
            thread = threading.Thread(
                target=loop.run_forever, name="sinch-phone-target", daemon=True
            )
            thread.start()
            runner = asyncio.run_coroutine_threadsafe(self._start(), loop).result()
            # a phone that nobody closes must not leave a server behind
            self._stop = weakref.finalize(self, _stop, loop, thread, runner)
        assert self._url is not None  # noqa: S101 - just made
        return self._url.send(request, limit)

    async def asend(self, request: SignedRequest, limit: float) -> Received:
        """Deliver; the server runs in this loop."""
        if self._url is None:
            await self._start()
        assert self._url is not None  # noqa: S101 - just made
        return await self._url.asend(request, limit)

    def close(self) -> None:
        """Stop the server in its thread."""
        runner, self._runner, self._url = self._runner, None, None
        if self._stop is not None and runner is not None:
            self._stop()

    async def aclose(self) -> None:
        """Stop the server in this loop."""
        runner, self._runner, self._url = self._runner, None, None
        if runner is not None:
            await runner.cleanup()

    async def _start(self) -> web.AppRunner:
        self._runner = web.AppRunner(self._app, access_log=None, handle_signals=False)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._url = UrlTarget(f"http://127.0.0.1:{self._runner.addresses[0][1]}")
        return self._runner


def _stop(loop: asyncio.AbstractEventLoop, thread: threading.Thread, runner: web.AppRunner) -> None:
    asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()
