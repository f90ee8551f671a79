"""The thin layer over aiohttp: bytes in, bytes out; faults on the wire, and the event stream."""

from __future__ import annotations

import asyncio
from math import ceil
from typing import Any, NoReturn

from aiohttp import ClientError, HttpVersion11, web
from aiohttp.http import HttpProcessingError

from sinch.sandbox.delivery.faults import Cut
from sinch.sandbox.platform.errors import Refusal
from sinch.sandbox.rest.http import JSON_TYPE, Request, Response
from sinch.sandbox.storage.saving import Storage

from .emulator import Emulator
from .event_stream import PATH as EVENTS
from .event_stream import EventStream
from .runner import LoopRunner

_SECONDS_TO_SEND_A_BODY = 30
_DRIPS = 20


class SandboxServer(web.Server):
    """Hands every request to an emulator, and answers what is no HTTP with JSON as well."""

    def __init__(
        self, emulator: Emulator, runner: LoopRunner, storage: Storage | None = None
    ) -> None:
        super().__init__(self._handle)
        self.emulator = emulator
        self._runner = runner
        self._storage = storage
        self._streams: set[asyncio.Task[Any]] = set()

    def __call__(self) -> web.RequestHandler:
        """Make the protocol of one connection."""
        loop = asyncio.get_running_loop()
        # bodies stay as sent, since the signature is over those bytes
        return _Connection(self, loop=loop, access_log=None, auto_decompress=False)

    async def end_streams(self) -> None:
        """End the event streams, which would go on for ever."""
        streams = tuple(self._streams)
        for stream in streams:
            stream.cancel()
        await asyncio.gather(*streams, return_exceptions=True)

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        expect = request.headers.get("Expect", "").lower()
        if expect == "100-continue" and request.version == HttpVersion11:
            await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            request.writer.output_size = 0
        try:
            body, too_large = await self._read(request)
        except (TimeoutError, ClientError, HttpProcessingError, web.RequestPayloadError):
            return self.not_http()
        read = Request.of(
            request.method,
            request.raw_path,
            request.headers.items(),
            body,
            body_too_large=too_large,
        )
        if read.path == EVENTS and read.method == "GET":
            return await self._watch(request, read)
        return await self._disturbed(request, read)

    async def _disturbed(self, request: web.BaseRequest, read: Request) -> web.StreamResponse:
        """The answer, or what faults make of it."""
        disturbance = self.emulator.disturbance(read)
        if disturbance.wait:
            await asyncio.sleep(disturbance.wait)
        if disturbance.cut is Cut.BEFORE:
            _cut(request)
        if disturbance.instead is not None:
            answer = self.emulator.failing(read, disturbance.instead)
        else:
            answer = await self.emulator.answer_with(self._runner, read)
        if self._storage is not None:
            await self._storage.written()
        if disturbance.cut is Cut.AFTER:
            _cut(request)
        if disturbance.body_seconds and answer.body:
            return await _drip(request, answer, disturbance.body_seconds)
        response = _response(answer)
        if read.body_too_large:
            response.force_close()
        return response

    async def _watch(self, request: web.BaseRequest, read: Request) -> web.StreamResponse:
        try:
            self.emulator.check_browser(read)
        except Refusal as refusal:
            return _response(self.emulator.refused(refusal))
        stream = EventStream(self.emulator, asyncio.get_running_loop())
        task = asyncio.create_task(stream.serve(request))
        self._streams.add(task)
        try:
            return await task
        except asyncio.CancelledError:
            if not task.done():
                task.cancel()
                raise
            # the server stops: what was sent is all there is
            if request.transport is not None:
                request.transport.close()
            raise ConnectionResetError("the sandbox stops") from None
        finally:
            self._streams.discard(task)

    async def _read(self, request: web.BaseRequest) -> tuple[bytes, bool]:
        most = self.emulator.state.settings.max_body
        chunks: list[bytes] = []
        size = 0
        async with asyncio.timeout(_SECONDS_TO_SEND_A_BODY):
            async for chunk in request.content.iter_any():
                size += len(chunk)
                if size > most:
                    return b"", True
                chunks.append(chunk)
        return b"".join(chunks), False

    def not_http(self, status: int = 400) -> web.Response:
        """The answer to bytes that are no valid HTTP; the connection ends with it."""
        response = _response(self.emulator.unreadable(status))
        response.force_close()
        return response


class _Connection(web.RequestHandler):
    """Puts JSON in the place of aiohttp's text and HTML error pages."""

    def __init__(self, server: SandboxServer, **options: Any) -> None:
        super().__init__(server, **options)
        self._server = server

    def handle_error(
        self, request: web.BaseRequest, status: int = 500, *_: object, **__: object
    ) -> web.StreamResponse:
        if request.writer.output_size > 0 or request.transport is None:
            raise ConnectionError("the answer is under way already")
        return self._server.not_http(status)


def _cut(request: web.BaseRequest) -> NoReturn:
    if request.transport is not None:
        request.transport.abort()
    raise ConnectionResetError("cut on purpose")


async def _drip(request: web.BaseRequest, answer: Response, seconds: float) -> web.StreamResponse:
    """Send the headers at once, and the body bit by bit."""
    whole = _response(answer)
    headers = {**whole.headers, "Content-Length": str(len(answer.body))}
    response = web.StreamResponse(status=answer.status, headers=headers)
    await response.prepare(request)
    size = ceil(len(answer.body) / _DRIPS)
    parts = [answer.body[at : at + size] for at in range(0, len(answer.body), size)]
    for part in parts:
        await asyncio.sleep(seconds / len(parts))
        await response.write(part)
    await response.write_eof()
    return response


def _response(answer: Response) -> web.Response:
    headers: dict[str, Any] = dict(answer.headers)
    headers["Cache-Control"] = "no-store"
    if answer.body:
        headers.setdefault("Content-Type", JSON_TYPE)
        headers["X-Content-Type-Options"] = "nosniff"
    return web.Response(status=answer.status, body=answer.body or None, headers=headers)
