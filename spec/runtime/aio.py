"""The asyncio transport: the one place of this package that imports aiohttp."""

from __future__ import annotations

import asyncio
import math
import ssl
import time
from collections.abc import AsyncIterator, Coroutine, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Self, TypeVar

import aiohttp
import attrs
from yarl import URL

from .deadlines import Deadlines, Limit
from .environment import check_proxy, place, proxy_for, trust_store
from .failures import (
    CLOSED,
    Failure,
    Misconfigured,
    NoResponse,
    TransportUnusable,
    UnreadableResponse,
)
from .gate import Gate, Turn
from .operation import Operation
from .pagination import Paged
from .reasons import FAULTS_BELOW, no_response, refused_by_proxy, why
from .sink import Sink
from .wire import MAX_RESPONSE_BYTES, Timeout, WireFormat

T = TypeVar("T")
_NO_TYPE = ("Content-Type",)
_NO_SOCKS = (
    "aiohttp has none; pass a session with the ProxyConnector of aiohttp-socks, "
    "or use an HTTP proxy"
)
_PROXY_AUTHENTICATION_REQUIRED = 407
#: A body that the operating system takes at once, so that waiting for the answer begins with sending.
_SMALL = 64 * 1024


@attrs.frozen
class _Route:
    """How one host is reached: what does not change from call to call."""

    host: str
    proxy: URL | None
    proxy_name: str
    forwards: bool
    """A proxy reads the request itself, instead of passing an encrypted tunnel through."""
    leaves_proxy: bool
    """The session has a proxy of its own, which stays."""


class AsyncTransport:
    """Sends operations with aiohttp.

    Use it from any number of tasks of one event loop: at most ``pool_size`` exchanges run at once,
    the rest wait in line before they are signed, so their timestamps are fresh and their clock has
    not started. ``session`` is yours to configure and to close; its connector, proxy, traces and
    ``trust_env`` apply, nothing else of it does. Without one, a session is made on first use and
    closed by :meth:`close`. When the loop a session belongs to is gone (as after a second
    ``asyncio.run``), a new session is made; while it still runs, another loop is refused.

    Raises :class:`.Misconfigured` for a session that is none.
    """

    _deadlines: Deadlines  # since it is tied to a loop

    def __init__(
        self,
        wire: WireFormat | None = None,
        *,
        timeout: Timeout | None = None,
        session: aiohttp.ClientSession | None = None,
        pool_size: int = 100,
    ) -> None:
        if session is not None:
            _check_session(session)
        self.wire = wire or WireFormat()
        self.timeout = timeout or Timeout()
        self._client_timeout = _client_timeout(self.timeout)
        self._pool_size = pool_size
        self._borrowed = session is not None
        self._session = session
        self._loop: asyncio.AbstractEventLoop | None = None
        self._gate = Gate(pool_size)
        self._routes: dict[str, _Route] = {}
        self.closed = False

    def send(
        self,
        operation: Operation[T],
        *,
        timeout: Timeout | None = None,
        within: float | None = None,
    ) -> Coroutine[Any, Any, T]:
        """Send one operation once and read its answer.

        ``timeout`` replaces the transport's; ``within`` is how many seconds there are at most,
        waiting in line included.

        Raises :class:`.NoResponse`, :class:`.ErrorResponse`, :class:`.UnreadableResponse`,
        :class:`.TransportUnusable` or :class:`.Misconfigured`.
        """
        # No coroutine of its own: ten thousand that wait in line would each keep one more.
        return self._send(operation, timeout, within, None)

    async def save(
        self,
        operation: Operation[bytes],
        file: BinaryIO,
        *,
        limit: int,
        timeout: Timeout | None = None,  # noqa: ASYNC109
        within: float | None = None,
    ) -> int:
        """Send one operation once and write the body of its answer to a file; gives its size.

        At most ``limit`` bytes are taken: :class:`.UnreadableResponse` is raised for a longer body, of
        which the file has a part by then. Otherwise as :meth:`send`. Writing is done in the event loop.
        """
        sink = Sink(file, limit)
        await self._send(operation, timeout, within, sink)
        return sink.size

    async def iterate(
        self,
        paged: Paged[Any, T],
        *,
        timeout: Timeout | None = None,  # noqa: ASYNC109
    ) -> AsyncIterator[T]:
        """Each element of a list that comes in pages, which are asked for as they are needed."""
        current: Any = paged.first
        asked = False
        while not asked or current is not None:
            page = await self.send(paged.ask(current), timeout=timeout)
            elements = list(paged.elements(page))
            for element in elements:
                yield element
            current, asked = paged.following(page, current, len(elements)), True

    async def _send(
        self,
        operation: Operation[T],
        timeout: Timeout | None,  # noqa: ASYNC109
        within: float | None,
        sink: Sink | None,
    ) -> T:
        if self._unbound():
            await self._bind()
        # Calls wait here, before they are built, signed and timed: a queued call is a small thing.
        gate = self._gate
        turn = gate.enter()
        if turn is not None:
            try:
                if within is None:
                    await turn
                else:
                    within = await self._wait_in_line(turn, within)
            except BaseException:
                gate.give_up(turn)
                raise
        try:
            # As little as possible is kept in this coroutine: thousands of them may wait above.
            limits = (timeout or self.timeout).within(within)
            return await self._exchange(operation, limits, sink)
        finally:
            gate.leave()

    async def _wait_in_line(self, turn: Turn, seconds: float) -> float:
        """Wait for one's turn, and give back what is left of the time."""
        began = time.monotonic()
        try:
            async with asyncio.timeout(seconds):
                await turn
        except TimeoutError:
            reason = f"all {self._pool_size} connections were busy"
            raise NoResponse(reason, sent=False, timed_out=True) from None
        return seconds - (time.monotonic() - began)

    async def _exchange(self, operation: Operation[T], limits: Timeout, sink: Sink | None) -> T:
        """Build the request, send it as built, and read the answer: no redirects, no repeats."""
        method, url, headers, body = self.wire.request(operation)
        session = self._open()
        route = self._route(url, session)
        limit = self._limit(limits.total)
        small = body is None or len(body) <= _SMALL
        patience = limits.read if small and limits.read < limits.total else None
        sending = _Sending(headers, route, limit, patience)
        client_timeout = self._client_timeout
        if not small or limits is not self.timeout:
            client_timeout = _client_timeout(limits, reading=not small)
        try:
            response = await session.request(
                method,
                URL(url, encoded=True),
                data=body,
                skip_auto_headers=_NO_TYPE if body is None else None,
                allow_redirects=False,
                raise_for_status=False,
                auto_decompress=True,
                timeout=client_timeout,
                proxy=route.proxy,
                middlewares=(sending,),
            )
            try:
                # Read to its end, an answer gives its connection back.
                content = await _read(response, sink, limit, patience)
            except BaseException:
                response.close()
                raise
        except BaseException as error:
            sending.abort()
            if limit.end() and isinstance(error, asyncio.CancelledError):
                raise sending.failed(TimeoutError()) from None
            if isinstance(error, aiohttp.ClientError | OSError | ValueError):
                raise sending.failed(error) from None
            if not isinstance(error, FAULTS_BELOW) or isinstance(error, Failure):
                raise
            if session.closed and not sending.sent:
                raise TransportUnusable("the session of this client is closed") from None
            if isinstance(error, RuntimeError) and not sending.sent:
                raise TransportUnusable(f"aiohttp cannot work here: {error}") from None
            raise sending.failed(error) from error
        limit.end()
        if response.status == _PROXY_AUTHENTICATION_REQUIRED and route.forwards:
            raise Misconfigured(refused_by_proxy(407, "", host=route.host, proxy=route.proxy_name))
        return operation.read(response.status, response.headers, content)

    def _unbound(self) -> bool:
        return self.closed or self._loop is not _running_loop()

    async def _bind(self) -> None:
        """Tie this transport to the running loop, or find out that it belongs to another."""
        if self.closed:
            raise TransportUnusable(CLOSED)
        loop = _running_loop()
        if self._loop is not None and (self._borrowed or not self._loop.is_closed()):
            raise TransportUnusable("the client belongs to another event loop: make one per loop")
        if self._borrowed and getattr(self._session, "_loop", loop) is not loop:
            raise TransportUnusable(
                "the session that was passed in belongs to another event loop: make it, and the "
                "client, in the loop that uses them"
            )
        abandoned = None
        if self._loop is not None:
            abandoned, self._session = self._session, None
        self._gate = Gate(self._pool_size)
        self._deadlines = Deadlines(loop)
        self._loop = loop
        if abandoned is not None:
            await abandoned.close()

    def _limit(self, seconds: float) -> Limit:
        try:
            return self._deadlines.begin(seconds)
        except RuntimeError as error:
            raise TransportUnusable(str(error)) from None

    def _open(self) -> aiohttp.ClientSession:
        if self.closed:
            raise TransportUnusable(CLOSED)
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._pool_size, ssl=_trusted()),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session

    def _route(self, url: str, session: aiohttp.ClientSession) -> _Route:
        origin = url[: url.index("/", len("https://"))]
        route = self._routes.get(origin)
        if route is None:
            route = self._routes[origin] = self._find_route(url, session)
        return route

    def _find_route(self, url: str, session: aiohttp.ClientSession) -> _Route:
        own = getattr(session, "_default_proxy", None)
        proxy = None if own is None else str(own)
        if proxy is not None:
            check_proxy(proxy, without_socks=_NO_SOCKS)
        elif not self._borrowed or session.trust_env:
            proxy = proxy_for(url, without_socks=_NO_SOCKS)
        return _Route(
            host=place(url),
            proxy=None if own is not None or proxy is None else URL(proxy),
            proxy_name=place(proxy) if proxy else "",
            forwards=proxy is not None and url.startswith("http:"),
            leaves_proxy=own is not None,
        )

    async def close(self) -> None:
        """Close the connections; a session that was passed in stays open. Closing twice is fine."""
        self.closed = True
        if self._loop is not None:
            self._deadlines.close()
        if self._session is not None and not self._borrowed:
            await self._session.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


class _Sending:
    """The middleware around one request.

    It makes the request exactly what was signed, whatever defaults the session has (headers, auth,
    cookies, ``.netrc``); marks when it is written; and keeps aiohttp from repeating PUT and DELETE
    by itself when a connection drops.
    """

    __slots__ = ("_headers", "_limit", "_patience", "_route", "_transport", "sent")

    def __init__(
        self, headers: Mapping[str, str], route: _Route, limit: Limit, patience: float | None
    ) -> None:
        self._headers = headers
        self._route = route
        self._limit = limit
        self._patience = patience
        self._transport: asyncio.Transport | None = None
        #: None until aiohttp takes the request on: in doubt.
        self.sent: bool | None = None

    async def __call__(
        self, request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        headers = request.headers
        host = headers["Host"]
        headers.clear()
        headers["Host"] = host
        headers.update(self._headers)
        if not self._route.leaves_proxy and request.proxy != self._route.proxy:
            request.update_proxy(self._route.proxy, None, None)
        write = request.send

        async def send(conn: aiohttp.connector.Connection) -> aiohttp.ClientResponse:
            # Connected, through a proxy and TLS where need be; the next thing is the first byte.
            self.sent = True
            self._transport = conn.transport
            if self._patience is not None:
                self._limit.wait(self._patience)
            return await write(conn)

        request.send = send  # type: ignore[method-assign]
        self.sent = False
        try:
            return await handler(request)
        except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
            raise self.failed(error) from None
        finally:
            del request.send  # or the two would keep each other in memory

    def abort(self) -> None:
        """Drop the connection at once: closing it would wait for a peer to take the request."""
        if self._transport is not None:
            self._transport.abort()

    def failed(self, error: Exception) -> NoResponse:
        sent = self.sent is not False
        host, proxy = self._route.host, self._route.proxy_name
        if isinstance(error, aiohttp.ClientHttpProxyError) and not sent:
            reason = refused_by_proxy(error.status, error.message, host=host, proxy=proxy)
            return NoResponse(reason, sent=False)
        return no_response(error, sent=sent, host=host, proxy=proxy)


def _running_loop() -> asyncio.AbstractEventLoop:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        raise TransportUnusable(
            "no asyncio event loop is running here: await the asyncio client below asyncio.run(), "
            "or use the blocking client (under trio, in a thread)"
        ) from None


def _client_timeout(limits: Timeout, *, reading: bool = False) -> aiohttp.ClientTimeout:
    """What is left for aiohttp to limit: getting a connection and, ``reading``, an answer."""
    return aiohttp.ClientTimeout(
        total=None,
        connect=limits.connect if limits.connect < limits.total else None,
        # A timer that could only end with the total is not worth restarting for every byte.
        sock_read=limits.read if reading and limits.read < limits.total else None,
        # aiohttp would round longer times up to a whole second.
        ceil_threshold=math.inf,
    )


def _trusted() -> ssl.SSLContext | bool:
    path = trust_store()
    if path is None:
        return True
    folder = Path(path).is_dir()
    try:
        return ssl.create_default_context(
            capath=path if folder else None, cafile=None if folder else path
        )
    except OSError as error:
        raise Misconfigured(f"{path} cannot be read as certificates ({why(error)})") from None


def _check_session(session: object) -> None:
    if not isinstance(session, aiohttp.ClientSession):
        kind = f"{type(session).__module__.partition('.')[0]}.{type(session).__name__}"
        raise Misconfigured(
            f"session must be an aiohttp.ClientSession here, not {kind}; "
            "a requests.Session is for the blocking client",
            argument="session",
        )


async def _read(
    response: aiohttp.ClientResponse, sink: Sink | None, limit: Limit, patience: float | None
) -> bytes:
    chunks: list[bytes] = []
    size = 0
    content = response.content
    while not content.at_eof():
        if patience is not None and not content.is_eof():
            limit.wait(patience)
        chunk = await content.readany()
        if sink is not None and 200 <= response.status < 300:
            sink.take(chunk, response.status, response.headers)
            continue
        size += len(chunk)
        if size > MAX_RESPONSE_BYTES:
            raise UnreadableResponse(
                status=response.status,
                problem="is too large",
                headers=response.headers,
                body=b"".join(chunks),
            )
        chunks.append(chunk)
    return b"".join(chunks)
