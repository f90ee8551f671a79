"""``Sandbox``: the emulator with a server around it, in a thread, in a loop, or as a program."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import threading
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Self

from aiohttp import web

from sinch.core.signing import utc_now
from sinch.engine.scheduler import Clock
from sinch.sandbox.delivery.faults import Fault
from sinch.sandbox.delivery.plan_access import PlanAccess
from sinch.sandbox.delivery.targets import Targets
from sinch.sandbox.platform.state import DEFAULT_NUMBER, Settings, State
from sinch.sandbox.storage.saving import Storage

from .emulator import Emulator
from .http_server import SandboxServer
from .plan_members import PlanMembers
from .runner import LoopRunner

_STOP_SECONDS = 4.0
_FAREWELL_SECONDS = 2.0


class Sandbox(PlanMembers):
    """A local Sinch.

    .. code-block:: python

        with Sandbox() as sandbox:                 # a thread of its own, for blocking code
            sinch = SinchClient(
                sandbox.application_key, sandbox.application_secret, base_url=sandbox.url
            )

        async with Sandbox() as sandbox:           # in the running loop
            ...

    ``port`` 0 picks a free one; without ``key`` and ``secret`` a pair is made up, and so are
    ``service_plan_id``, ``api_token`` and ``webhook_secret`` for the SMS REST API.
    ``webhook_basic`` is a user name and a password: its callbacks then come with those, unsigned. It listens on
    loopback only; another ``host`` opens it to the network. ``hosts`` adds names it may be called
    by. ``clock`` and ``random`` make it repeatable; ``settings`` has delays and limits.

    ``callback_url`` is where the app takes every callback, ``fallback_url`` where voice events go
    when that fails. Callbacks go to loopback, to the hosts of these two, and to ``callback_hosts``
    (``*`` for any). ``state_file`` keeps messages, verifications, numbers and callback URLs over
    restarts.

    Raises ValueError for a bad key, secret, number or URL, and :class:`.StateFileError` for a file
    it cannot use, because another sandbox does or for what it holds; so does starting. Starting
    raises OSError when the port is taken.
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
        callback_url: str | None = None,
        fallback_url: str | None = None,
        callback_hosts: Iterable[str] = (),
        state_file: str | Path | None = None,
        service_plan_id: str | None = None,
        api_token: str | None = None,
        webhook_secret: str | None = None,
        webhook_basic: tuple[str, str] | None = None,
    ) -> None:
        self.state = State(
            plan=PlanAccess(
                service_plan_id=service_plan_id,
                api_token=api_token,
                webhook_secret=webhook_secret,
                basic=webhook_basic,
            ),
            targets=Targets.of(callback_url, fallback_url, callback_hosts),
            key=key,
            secret=secret,
            numbers=tuple(numbers),
            settings=settings,
            clock=clock,
            random=random,
        )
        self.emulator = Emulator(self.state, hosts=(host, *hosts))
        self._runner = LoopRunner(self.emulator.services)
        self._storage: Storage | None = None
        if state_file is not None:
            self._storage = Storage(Path(state_file), self.emulator.services)
        self._server: SandboxServer | None = None
        self._host = host
        self._port = port
        self._serving: web.ServerRunner | None = None
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

    def __repr__(self) -> str:
        where = "not running" if self._url is None else f"on {self._url}"
        return f"<Sandbox {where}: {self.application_key}>"

    @property
    def url(self) -> str:
        """Where it runs, for example ``http://127.0.0.1:8080``; the ``base_url`` of a client."""
        if self._url is None:
            raise RuntimeError("the sandbox is not running: use it in a with statement")
        return self._url

    def advance(self, seconds: float) -> None:
        """Let time pass in the sandbox, at once. Raises ValueError for negative amounts.

        Running in a thread, it goes from one event to the next, and the app's answers to callbacks
        come in between. In the loop that it runs in itself this cannot wait for answers, so there
        they come after all of the time; use :meth:`advance_async`.
        """
        amount = timedelta(seconds=seconds)
        loop = self._runner.loop
        if loop is None or _is_running(loop):
            with self.state.lock:
                self.state.scheduler.advance(amount)
            self._runner.wake()
        else:
            asyncio.run_coroutine_threadsafe(self._runner.advance(amount), loop).result()

    async def advance_async(self, seconds: float) -> None:
        """Let time pass from one event to the next; the app's answers come in between."""
        await self._runner.advance(timedelta(seconds=seconds))

    def settle(self, timeout: float = 30.0) -> bool:
        """Wait until every callback that is due was answered; False if it took too long.

        For the sandbox in a thread; in the loop use :meth:`settle_async`.
        """
        loop = self._runner.loop
        if loop is None:
            return True
        if _is_running(loop):
            raise RuntimeError("use settle_async in the loop that the sandbox runs in")
        waiting = asyncio.run_coroutine_threadsafe(self._runner.settled(), loop)
        try:
            return waiting.result(timeout)
        except TimeoutError:
            waiting.cancel()
            return False

    async def settle_async(self) -> bool:
        """Wait until every callback that is due was answered; False if it took too long."""
        return await self._runner.settled()

    def _happened(self) -> None:
        self._runner.wake()

    def reset(self) -> None:
        """Forget everything that happened; address and credentials stay."""
        with self.state.lock:
            self.emulator.reset()
        self._runner.wake()

    def add_faults(self, *faults: Fault | str) -> None:
        """Let things go wrong: :class:`.Fault` objects, or texts such as ``lost-response,times=1``.

        They stay until used up, cleared or :meth:`reset`. Raises ValueError.
        """
        with self.state.lock:
            for fault in faults:
                self.state.faults.add(fault)
            self.state.events.publish("faults", self.state.faults)

    def clear_faults(self) -> None:
        """Let nothing go wrong any more."""
        with self.state.lock:
            self.state.faults.clear()
            self.state.events.publish("faults", self.state.faults)

    # --- in the running loop ----------------------------------------------------------------

    async def start(self) -> None:
        """Start serving in the running loop."""
        if self._url is not None:
            raise RuntimeError("the sandbox is running already")
        if self._storage is not None:
            await self._storage.start()
        server = SandboxServer(self.emulator, self._runner, self._storage)
        serving = web.ServerRunner(server, handle_signals=False, shutdown_timeout=_STOP_SECONDS)
        await serving.setup()
        try:
            await web.TCPSite(serving, self._host, self._port).start()
        except BaseException:
            await serving.cleanup()
            if self._storage is not None:
                await self._storage.stop()
            raise
        self._serving, self._server = serving, server
        port = serving.addresses[0][1]
        shown = f"[{self._host}]" if ":" in self._host else self._host
        self._url = f"http://{shown}:{port}"
        self.emulator.lives_at(self._url)
        await self._runner.start()

    async def stop(self) -> None:
        """Stop serving; what it remembers stays readable.

        With a state file calls in progress are ended first, and the app has a moment to hear of it.
        """
        serving, self._serving, self._url = self._serving, None, None
        if serving is None:
            return
        if self._storage is not None:
            await self._end_calls()
        if self._server is not None:
            await self._server.end_streams()
        await serving.cleanup()
        await self._runner.stop()
        if self._storage is not None:
            await self._storage.stop()

    async def _end_calls(self) -> None:
        with self.state.lock:
            self.emulator.services.end_calls()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_FAREWELL_SECONDS):
                await self._runner.settled()

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


def _is_running(loop: asyncio.AbstractEventLoop) -> bool:
    """Whether we are in this loop."""
    try:
        return asyncio.get_running_loop() is loop
    except RuntimeError:
        return False
