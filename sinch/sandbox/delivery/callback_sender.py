"""Sends one callback over HTTP, with the faults that were asked for."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping
from time import monotonic
from typing import Final

import attrs
from aiohttp import (
    ClientError,
    ClientSession,
    ClientTimeout,
    StreamReader,
    TCPConnector,
)
from yarl import URL

from sinch.core.signing import Clock
from sinch.engine import CallbackFailure

from .callbacks import Outcome, OutgoingCallback, Signing, encode
from .faults import DROPPED, Fault, FaultKind
from .keys import Keys
from .targets import why_never_called
from .unreachable import why_not_reached

_log = logging.getLogger("sinch.sandbox")
_LARGEST_ANSWER: Final = 256 * 1024
_CONNECTIONS: Final = 256


class CallbackSender:
    """An HTTP client for callbacks: no redirects, bounded answers, loopback unless allowed.

    Other hosts than loopback have to be among ``hosts``, so that nobody who merely reaches the
    sandbox can make it talk to others. ``clock`` says when a callback was signed.
    """

    def __init__(self, keys: Keys, clock: Clock, hosts: Callable[[], Collection[str]]) -> None:
        self.keys = keys
        self._clock = clock
        self._hosts = hosts
        self._session: ClientSession | None = None

    async def open(self) -> None:
        """Make the client in the running loop."""
        self._session = ClientSession(
            connector=TCPConnector(limit=_CONNECTIONS), auto_decompress=False, trust_env=False
        )

    async def close(self) -> None:
        """Close every connection."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def send(self, callback: OutgoingCallback, faults: tuple[Fault, ...]) -> Outcome:
        """Send it and say what came of it; never raises but for cancellation."""
        for fault in faults:
            if fault.kind is FaultKind.DELAY:
                await asyncio.sleep(fault.seconds)
        kinds = {fault.kind for fault in faults}
        started = monotonic()
        if FaultKind.DROP in kinds:
            outcome = Outcome(failure=CallbackFailure.TIMEOUT, detail=DROPPED)
        else:
            outcome = await self._try(callback, kinds)
        return attrs.evolve(outcome, seconds=round(monotonic() - started, 4))

    async def _try(self, callback: OutgoingCallback, kinds: set[FaultKind]) -> Outcome:
        if not callback.url:
            return Outcome(failure=CallbackFailure.NO_APP, detail="there is no callback URL")
        try:
            url = URL(callback.url)
            refused = why_never_called(str(url), self._hosts())
            if refused:
                return Outcome(failure=CallbackFailure.UNREACHABLE, detail=refused)
            body = encode(callback.body)
            wrong = FaultKind.WRONG_SIGNATURE in kinds
            signing = Signing.WRONG if wrong else callback.signing
            path, now = url.raw_path or "/", self._clock()
            headers = self.keys.headers(callback, path, body, now, signing)
            # plain answers only: what a packed one unpacks to is nobody's guess
            headers = {**callback.headers, **headers, "Accept-Encoding": "identity"}
            outcome = await self._post(url, body, headers, callback)
            if FaultKind.DUPLICATE in kinds:
                await self._post(url, body, headers, callback)
        except Exception as problem:  # noqa: BLE001  whatever a URL may bring about
            _log.warning("callback %s was not sent: %s", callback.event, type(problem).__name__)
            return Outcome(
                failure=CallbackFailure.UNREACHABLE, detail=why_not_reached(problem, callback.url)
            )
        return outcome

    async def _post(
        self, url: URL, body: bytes, headers: Mapping[str, str], callback: OutgoingCallback
    ) -> Outcome:
        if self._session is None:
            return Outcome(failure=CallbackFailure.UNREACHABLE, detail="the sandbox is stopping")
        timeout = ClientTimeout(total=max(callback.timeout.total_seconds(), 0.001))
        try:
            async with self._session.post(
                url, data=body, headers=headers, allow_redirects=False, timeout=timeout
            ) as answer:
                received = await _read(answer.content)
        except TimeoutError:
            return Outcome(failure=CallbackFailure.TIMEOUT, detail="no answer in time")
        except (ClientError, OSError, ValueError) as problem:
            return Outcome(
                failure=CallbackFailure.UNREACHABLE, detail=why_not_reached(problem, str(url))
            )
        if received is None:
            detail = f"the answer is larger than {_LARGEST_ANSWER} bytes"
            return Outcome(status=answer.status, failure=CallbackFailure.STATUS, detail=detail)
        if not 200 <= answer.status < 300:
            detail = f"HTTP {answer.status}"
            return Outcome(
                status=answer.status, body=received, failure=CallbackFailure.STATUS, detail=detail
            )
        return Outcome(status=answer.status, body=received)


async def _read(content: StreamReader) -> bytes | None:
    chunks: list[bytes] = []
    size = 0
    async for chunk in content.iter_any():
        size += len(chunk)
        if size > _LARGEST_ANSWER:
            return None
        chunks.append(chunk)
    return b"".join(chunks)
