"""An ``aiohttp.web.Application`` behind a port of its own, since it answers nothing without."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Awaitable, Callable

from aiohttp import web

from sinch.testing.delivering import Received
from sinch.testing.errors import LifespanFailed
from sinch.testing.loops import LoopThread
from sinch.testing.signing import SignedRequest
from sinch.testing.url_target import UrlTarget
from sinch.testing.witness import from_user, on_the_way

__tracebackhide__ = True


class AiohttpTarget:
    """Serves the application on loopback from the first callback on, until it is closed.

    Blocking code gets a thread with an event loop; with an event loop it runs right there.
    """

    def __init__(self, app: web.Application) -> None:
        self._app = app
        self._runner: web.AppRunner | None = None
        self._url: UrlTarget | None = None
        self._thread: LoopThread | None = None
        self._forgotten: weakref.finalize[..., AiohttpTarget] | None = None

    def open(self) -> None:
        """Start the server in a thread."""
        if self._thread is not None:
            return
        self._thread = thread = LoopThread()
        runner = self._made_runner()
        # a phone that nobody closes must not leave a server behind
        self._forgotten = weakref.finalize(self, _clean_up, thread, runner)
        try:
            thread.run(lambda: self._start(runner))
        except BaseException:
            self._thread = None
            self._forget(thread)
            raise

    async def aopen(self) -> None:
        """Start the server in this loop."""
        if self._url is None:
            await self._start(self._made_runner())

    def send(self, request: SignedRequest, limit: float) -> Received:
        """Deliver; the server runs in a thread."""
        self.open()
        assert self._thread is not None  # noqa: S101 - just made
        return self._thread.run(lambda: self.asend(request, limit))

    async def asend(self, request: SignedRequest, limit: float) -> Received:
        """Deliver; the server runs in this loop."""
        await self.aopen()
        assert self._url is not None  # noqa: S101 - just made
        return await self._url.asend(request, limit)

    def close(self) -> None:
        """Stop the server in its thread."""
        thread, self._thread = self._thread, None
        if thread is not None:
            try:
                thread.run(self.aclose)
            finally:
                self._forget(thread)

    async def aclose(self) -> None:
        """Stop the server in this loop."""
        runner, self._runner, self._url = self._runner, None, None
        if runner is not None:
            await _told("shutdown", runner.cleanup)

    def _forget(self, thread: LoopThread) -> None:
        if self._forgotten is not None:
            self._forgotten.detach()
        thread.close()

    def _made_runner(self) -> web.AppRunner:
        if not self._app.frozen and _watched not in self._app.middlewares:
            self._app.middlewares.insert(0, _watched)
        self._runner = web.AppRunner(self._app, access_log=None, handle_signals=False)
        return self._runner

    async def _start(self, runner: web.AppRunner) -> None:
        await _told("startup", runner.setup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self._url = UrlTarget(f"http://127.0.0.1:{runner.addresses[0][1]}")


@web.middleware
async def _watched(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Answer a phone's callback in the context of its delivery, and see what goes wrong."""
    witness = on_the_way(request.headers)
    if witness is None or witness.context is None:
        return await handler(request)

    async def answer() -> web.StreamResponse:
        return await handler(request)

    try:
        task = asyncio.get_running_loop().create_task(answer(), context=witness.context.copy())
        return await task
    except web.HTTPException:
        raise
    except Exception as error:
        witness.failed("the app", error)
        raise


async def _told(what: str, step: Callable[[], Awaitable[None]]) -> None:
    try:
        await step()
    except Exception as error:
        error.__traceback__ = from_user(error.__traceback__)
        raise LifespanFailed(
            f"the {what} of the app failed: {type(error).__name__}: {error}"
        ) from error


def _clean_up(thread: LoopThread, runner: web.AppRunner) -> None:
    if runner.server is not None:
        thread.finish(runner.cleanup)
    thread.close()
