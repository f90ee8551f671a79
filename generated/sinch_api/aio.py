# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""The asyncio transport: the one place of this package that imports aiohttp."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Self, TypeVar
from urllib.request import getproxies, proxy_bypass

import aiohttp
from yarl import URL

from .failures import NoResponse, TransportUnusable, UnreadableResponse
from .operation import Operation
from .wire import MAX_RESPONSE_BYTES, Timeout, WireFormat, WireRequest, why

T = TypeVar("T")
_NO_TYPE = ("Content-Type",)
#: Methods that aiohttp never sends again by itself when a kept-open connection drops.
_NEVER_REPEATED = frozenset({"POST", "PATCH"})


class AsyncTransport:
    """Sends operations with aiohttp.

    Use it from any number of tasks of one event loop: at most ``pool_size`` exchanges run at once,
    the rest wait in line before they are signed, so their timestamps are fresh and their clock has
    not started. ``session`` is yours to configure and to close; without one, a session is made on
    first use and closed by :meth:`close`. When the loop a session belongs to is gone (as after a
    second ``asyncio.run``), a new session is made; while it still runs, another loop is refused.
    """

    def __init__(
        self,
        wire: WireFormat | None = None,
        *,
        timeout: Timeout | None = None,
        session: aiohttp.ClientSession | None = None,
        pool_size: int = 100,
    ) -> None:
        self.wire = wire or WireFormat()
        self.timeout = timeout or Timeout()
        self._client_timeout = _client_timeout(self.timeout)
        self._pool_size = pool_size
        self._borrowed = session is not None
        self._session = session
        self._loop: asyncio.AbstractEventLoop | None = None
        self._gate = asyncio.Semaphore(pool_size)
        self._proxies: dict[str, str | None] = {}
        self.closed = False

    async def send(self, operation: Operation[T], timeout: Timeout | None = None) -> T:  # noqa: ASYNC109
        """Send one operation once and read its answer; ``timeout`` replaces the transport's own.

        Raises :class:`.NoResponse`, :class:`.ErrorResponse`, :class:`.UnreadableResponse` or
        :class:`.TransportUnusable`.
        """
        if self.closed or self._loop is not asyncio.get_running_loop():
            await self._bind()
        # Calls wait here, before they are built, signed and timed: a queued call is a small thing.
        gate = self._gate
        await gate.acquire()
        try:
            limits = self._client_timeout if timeout is None else _client_timeout(timeout)
            status, headers, body = await self._exchange(self.wire.request(operation), limits)
        finally:
            gate.release()
        return operation.read(status, headers, body)

    async def _exchange(
        self, request: WireRequest, limits: aiohttp.ClientTimeout
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Send the request as built and read the answer: no redirects, no repeats."""
        method, url, headers, body = request
        try:
            response = await self._open().request(
                method,
                URL(url, encoded=True),
                data=body,
                headers=headers,
                # What else aiohttp would add by itself is among the headers already.
                skip_auto_headers=_NO_TYPE if body is None else None,
                allow_redirects=False,
                timeout=limits,
                proxy=self._proxy(url),
                middlewares=() if method in _NEVER_REPEATED else _ONCE,
            )
            try:
                # Read to its end, an answer gives its connection back.
                return response.status, response.headers, await _read(response)
            except BaseException:
                response.close()
                raise
        except (aiohttp.ServerTimeoutError, TimeoutError) as error:
            unsent = isinstance(error, aiohttp.ConnectionTimeoutError)
            reason = "connecting timed out" if unsent else "no answer in time"
            raise NoResponse(reason, sent=not unsent, timed_out=True) from None
        except aiohttp.ClientConnectorError as error:
            raise NoResponse(f"cannot connect ({why(error)})", sent=False) from None
        except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
            raise NoResponse(f"connection lost ({why(error)})", sent=True) from None
        except aiohttp.ClientError as error:
            raise NoResponse(f"answer cut short ({why(error)})", sent=True) from None

    async def _bind(self) -> None:
        """Tie this transport to the running loop, or find out that it belongs to another."""
        loop = asyncio.get_running_loop()
        if self.closed:
            raise TransportUnusable("the client is closed")
        if self._loop is not None and (self._borrowed or not self._loop.is_closed()):
            raise TransportUnusable("the client belongs to another event loop: make one per loop")
        abandoned = None
        if self._loop is not None:
            abandoned, self._session = self._session, None
        self._gate = asyncio.Semaphore(self._pool_size)
        self._loop = loop
        if abandoned is not None:
            await abandoned.close()

    def _open(self) -> aiohttp.ClientSession:
        if self.closed:
            raise TransportUnusable("the client is closed")
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._pool_size),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session

    def _proxy(self, url: str) -> str | None:
        """The environment's proxy for a URL, as requests would choose it; read once per host."""
        origin = url[: url.index("/", len("https://"))]
        try:
            return self._proxies[origin]
        except KeyError:
            scheme, _, host = origin.partition("://")
            proxy = None if proxy_bypass(host) else getproxies().get(scheme)
            return self._proxies.setdefault(origin, proxy)

    async def close(self) -> None:
        """Close the connections; a session that was passed in stays open. Closing twice is fine."""
        self.closed = True
        if self._session is not None and not self._borrowed:
            await self._session.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


def _client_timeout(limits: Timeout) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(
        total=limits.total,
        sock_connect=limits.connect,
        # A timer that could only end with the total is not worth restarting for every byte.
        sock_read=limits.read if limits.read < limits.total else None,
    )


async def _once(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """Keep aiohttp from repeating PUT and DELETE by itself when a connection drops."""
    try:
        return await handler(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise NoResponse(f"connection lost ({why(error)})", sent=True) from None


_ONCE = (_once,)


async def _read(response: aiohttp.ClientResponse) -> bytes:
    chunks: list[bytes] = []
    size = 0
    content = response.content
    while not content.at_eof():
        chunk = await content.readany()
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
