"""``Sandbox``: the emulator with a server around it, in a thread, in a loop, or as a program."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import threading
from collections.abc import Callable, Iterable
from datetime import timedelta
from random import Random
from types import TracebackType
from typing import Self

from aiohttp import web

from sinch.core.signing import utc_now

from .emulator import Emulator
from .server import SandboxServer
from .state import DEFAULT_NUMBER, Settings, State
from .timeline import Clock

_STOP_SECONDS = 4.0


class Sandbox:
    """A local Sinch.

    .. code-block:: python

        with Sandbox() as sandbox:                 # a thread of its own, for blocking code
            sinch = SinchClient(
                sandbox.application_key, sandbox.application_secret, base_url=sandbox.url
            )

        async with Sandbox() as sandbox:           # in the running loop
            ...

    ``port`` 0 picks a free one; without ``key`` and ``secret`` a pair is made up. It listens on
    loopback only; another ``host`` opens it to the network. ``hosts`` adds names it may be called
    by. ``clock`` and ``random`` make it repeatable; ``settings`` has delays and limits.
    Raises ValueError for a bad key, secret or number, and OSError when the port is taken.
    """

    def __init__(
        self,
        *,
        key: str | None = None,
        secret: str | None = None,
        port: int = 0,
        numbers: Iterable[str] = (DEFAULT_NUMBER,),
        host: str = "127.0.0.1",
        hosts: Iterable[str] = (),
        settings: Settings | None = None,
        clock: Clock = utc_now,
        random: Random | None = None,
    ) -> None:
        self.state = State(
            key=key,
            secret=secret,
            numbers=tuple(numbers),
            settings=settings,
            clock=clock,
            random=random,
        )
        self.emulator = Emulator(self.state, hosts=(host, *hosts))
        self._host = host
        self._port = port
        self._runner: web.ServerRunner | None = None
        self._thread: _Thread | None = None
        self._url: str | None = None

    @property
    def application_key(self) -> str:
        """The application key that clients have to use."""
        return self.state.credentials.application_key

    @property
    def application_secret(self) -> str:
        """The application secret that clients have to use."""
        return self.state.credentials.secret

    @property
    def url(self) -> str:
        """Where it runs, for example ``http://127.0.0.1:8080``; the ``base_url`` of a client."""
        if self._url is None:
            raise RuntimeError("the sandbox is not running: use it in a with statement")
        return self._url

    def advance(self, seconds: float) -> None:
        """Let time pass in the sandbox, at once. Raises ValueError for negative amounts."""
        with self.state.lock:
            self.state.timeline.advance(timedelta(seconds=seconds))

    def reset(self) -> None:
        """Forget everything that happened; address and credentials stay."""
        with self.state.lock:
            self.emulator.services.reset()
            self.emulator.log.clear()

    # --- in the running loop ----------------------------------------------------------------

    async def start(self) -> None:
        """Start serving in the running loop."""
        if self._url is not None:
            raise RuntimeError("the sandbox is running already")
        runner = web.ServerRunner(
            SandboxServer(self.emulator), handle_signals=False, shutdown_timeout=_STOP_SECONDS
        )
        await runner.setup()
        try:
            await web.TCPSite(runner, self._host, self._port).start()
        except BaseException:
            await runner.cleanup()
            raise
        self._runner = runner
        port = runner.addresses[0][1]
        shown = f"[{self._host}]" if ":" in self._host else self._host
        self._url = f"http://{shown}:{port}"

    async def stop(self) -> None:
        """Stop serving; what it remembers stays readable."""
        runner, self._runner, self._url = self._runner, None, None
        if runner is not None:
            await runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    # --- in a thread ------------------------------------------------------------------------

    def __enter__(self) -> Self:
        if self._thread is not None or self._url is not None:
            raise RuntimeError("the sandbox is running already")
        thread = _Thread(self)
        thread.start_serving()
        self._thread = thread
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.stop_serving()

    # --- as a program -----------------------------------------------------------------------

    def serve(self, ready: Callable[[Sandbox], None] | None = None) -> None:
        """Serve until SIGINT or SIGTERM; ``ready`` is called once it can be reached."""
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(self._serve(ready))

    async def _serve(self, ready: Callable[[Sandbox], None] | None) -> None:
        stopped = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            # Windows has no handlers in the loop; there Ctrl-C ends asyncio.run instead
            with contextlib.suppress(NotImplementedError):
                loop.add_signal_handler(number, stopped.set)
        async with self:
            if ready is not None:
                ready(self)
            await stopped.wait()


class _Thread(threading.Thread):
    """Runs one sandbox in an event loop of its own."""

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__(name="sinch-sandbox", daemon=True)
        self._sandbox = sandbox
        self._ready = threading.Event()
        self._failure: BaseException | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._halt: asyncio.Event | None = None

    def start_serving(self) -> None:
        self.start()
        self._ready.wait()
        if self._failure is not None:
            self.join()
            raise self._failure

    def stop_serving(self) -> None:
        if self._loop is not None and self._halt is not None:
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._halt.set)
        self.join()

    def run(self) -> None:
        try:
            asyncio.run(self._main())
        except BaseException as failure:  # noqa: BLE001  raised again in the thread that waits
            self._failure = failure
        finally:
            self._ready.set()

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._halt = asyncio.Event()
        async with self._sandbox:
            self._ready.set()
            await self._halt.wait()
