"""The thin layer over aiohttp: bytes in, bytes out, nothing decided here."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import ClientError, HttpVersion11, web
from aiohttp.http import HttpProcessingError

from .emulator import Emulator
from .exchange import JSON_TYPE, Answer, Request

_SECONDS_TO_SEND_A_BODY = 30


class SandboxServer(web.Server):
    """Hands every request to an emulator, and answers what is no HTTP with JSON as well."""

    def __init__(self, emulator: Emulator) -> None:
        super().__init__(self._handle)
        self.emulator = emulator

    def __call__(self) -> web.RequestHandler:
        """Make the protocol of one connection."""
        loop = asyncio.get_running_loop()
        # bodies stay as sent, since the signature is over those bytes
        return _Connection(self, loop=loop, access_log=None, auto_decompress=False)

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        expect = request.headers.get("Expect", "").lower()
        if expect == "100-continue" and request.version == HttpVersion11:
            await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            request.writer.output_size = 0
        try:
            body, too_large = await self._read(request)
        except (TimeoutError, ClientError, HttpProcessingError, web.RequestPayloadError):
            return self.not_http()
        answer = self.emulator.answer(
            Request.of(
                request.method,
                request.raw_path,
                request.headers.items(),
                body,
                body_too_large=too_large,
            )
        )
        response = _response(answer)
        if too_large:
            response.force_close()
        return response

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
        if request.writer.output_size > 0:
            raise ConnectionError("the answer is under way already")
        return self._server.not_http(status)


def _response(answer: Answer) -> web.Response:
    headers: dict[str, Any] = dict(answer.headers)
    headers["Cache-Control"] = "no-store"
    if answer.body:
        headers["Content-Type"] = JSON_TYPE
        headers["X-Content-Type-Options"] = "nosniff"
    return web.Response(status=answer.status, body=answer.body or None, headers=headers)
