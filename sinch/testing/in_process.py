"""What stands in for HTTP sessions below clients that reach a sandbox without a port.

Only what the two transports of this package use of a session is here, so neither requests nor
aiohttp is imported for it.
"""

from __future__ import annotations

import io
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any, Final, Protocol, Self, TypeAlias

import attrs

from sinch.sandbox.exchange import JSON_TYPE, Answer, Request

__tracebackhide__ = True
BASE_URL: Final = "http://sandbox.localhost"
Ask: TypeAlias = Callable[[Request], Answer]
AsyncAsk: TypeAlias = Callable[[Request], Awaitable[Answer]]


def request_of(method: str, url: str, headers: Mapping[str, str], body: bytes) -> Request:
    """A request as the sandbox wants it."""
    return Request.of(method, url, [("Host", url.split("/", 3)[2]), *headers.items()], body)


def headers_of(answer: Answer) -> dict[str, str]:
    """The headers that the sandbox's server would send."""
    typed = {"Content-Type": JSON_TYPE} if answer.body else {}
    return {**answer.headers, **typed, "Content-Length": str(len(answer.body))}


class _Headers(Mapping[str, str]):
    """Headers found in any letter case."""

    def __init__(self, answer: Answer) -> None:
        self._values = {name.lower(): value for name, value in headers_of(answer).items()}

    def __getitem__(self, name: str) -> str:
        return self._values[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


# --- for the blocking client ----------------------------------------------------------------------


class _Prepared(Protocol):
    """The part of a prepared request that is needed."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None


class _Raw(io.BytesIO):
    """A body as urllib3 gives it."""

    def read1(self, size: int | None = -1, /, **_: object) -> bytes:
        return super().read1(size)


@attrs.frozen(eq=False)
class _Response:
    """The part of ``requests.Response`` that the blocking transport reads."""

    status_code: int
    headers: Mapping[str, str]
    raw: _Raw

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.raw.close()


class BlockingSession:
    """The part of ``requests.Session`` that the blocking transport uses."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def send(self, request: _Prepared, **_: object) -> _Response:
        """Answer at once."""
        sent = request_of(request.method, request.url, request.headers, request.body or b"")
        answer = self._ask(sent)
        return _Response(answer.status, _Headers(answer), _Raw(answer.body))

    def merge_environment_settings(self, *_: object) -> dict[str, Any]:
        """No proxies and no certificates: nothing leaves the process."""
        return {"stream": True}

    def close(self) -> None:
        """Nothing is open."""


# --- for the asyncio client -----------------------------------------------------------------------


@attrs.define(eq=False)
class _Content:
    """The part of a stream that the asyncio transport reads."""

    data: bytes

    def at_eof(self) -> bool:
        return not self.data

    async def readany(self) -> bytes:
        data, self.data = self.data, b""
        return data


@attrs.frozen(eq=False)
class _AsyncResponse:
    """The part of ``aiohttp.ClientResponse`` that the asyncio transport reads."""

    status: int
    headers: Mapping[str, str]
    content: _Content
    content_length: int

    def close(self) -> None:
        pass


class AsyncSession:
    """The part of ``aiohttp.ClientSession`` that the asyncio transport uses."""

    def __init__(self, ask: AsyncAsk) -> None:
        self._ask = ask

    async def request(
        self, method: str, url: object, *, data: bytes | None, headers: Mapping[str, str], **_: Any
    ) -> _AsyncResponse:
        """Answer at once."""
        answer = await self._ask(request_of(method, str(url), headers, data or b""))
        body = answer.body
        return _AsyncResponse(answer.status, _Headers(answer), _Content(body), len(body))

    async def close(self) -> None:
        """Nothing is open."""
