"""WSGI and ASGI applications, called without a server."""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, Final, TypeAlias
from urllib.parse import unquote_to_bytes

from sinch.testing.delivering import BaseTarget, Received
from sinch.testing.signing import SignedRequest

Wsgi: TypeAlias = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Message: TypeAlias = MutableMapping[str, Any]
Asgi: TypeAlias = Callable[
    [Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]],
    Awaitable[None],
]
_HOST: Final = "testserver"


class WsgiTarget(BaseTarget):
    """A WSGI application: Flask, or Django's ``get_wsgi_application()``."""

    def __init__(self, app: Wsgi) -> None:
        self._app = app

    def send(
        self,
        request: SignedRequest,
        limit: float,  # noqa: ARG002 - a plain call cannot be given up
    ) -> Received:
        """Deliver in blocking code."""
        status: list[int] = []
        written: list[bytes] = []

        def start_response(line: str, *_: object) -> Callable[[bytes], None]:
            status[:] = [int(line.split(" ", 1)[0])]
            return written.append

        body = self._app(self._environ(request), start_response)
        try:
            written.extend(body)
        finally:
            if (close := getattr(body, "close", None)) is not None:
                close()
        return Received(status[0], b"".join(written))

    async def asend(self, request: SignedRequest, limit: float) -> Received:
        """Deliver in the running event loop."""
        async with asyncio.timeout(limit):
            return await asyncio.to_thread(self.send, request, limit)

    def _environ(self, request: SignedRequest) -> dict[str, Any]:
        path, _, query = request.path.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": request.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "RAW_URI": request.path,
            "SERVER_NAME": _HOST,
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": _HOST,
            "CONTENT_TYPE": request.content_type,
            "CONTENT_LENGTH": str(len(request.body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(request.body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        for name, value in request.headers.items():
            if name != "Content-Type":
                environ["HTTP_" + name.upper().replace("-", "_")] = value
        return environ


class AsgiTarget(BaseTarget):
    """An ASGI application: Starlette, FastAPI, Django. Its lifespan is not run."""

    def __init__(self, app: Asgi) -> None:
        self._app = app

    def send(self, request: SignedRequest, limit: float) -> Received:
        """Deliver in blocking code."""
        return self.run(lambda: self._call(request), limit)

    async def asend(self, request: SignedRequest, limit: float) -> Received:
        """Deliver in the running event loop."""
        async with asyncio.timeout(limit):
            return await self._call(request)

    async def _call(self, request: SignedRequest) -> Received:
        path, _, query = request.path.partition("?")
        headers = {"host": _HOST, "content-length": str(len(request.body)), **request.headers}
        scope: dict[str, Any] = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": request.method,
            "scheme": "http",
            "path": unquote_to_bytes(path).decode("utf-8", "replace"),
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(n.lower().encode(), v.encode("latin-1")) for n, v in headers.items()],
            "client": ("127.0.0.1", 123),
            "server": (_HOST, 80),
            "state": {},
        }
        incoming = [{"type": "http.request", "body": request.body, "more_body": False}]
        finished = asyncio.Event()
        answer: dict[str, Any] = {"status": 500, "body": b""}

        async def receive() -> Message:
            if incoming:
                return incoming.pop()
            await finished.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer["status"] = message["status"]
            elif message["type"] == "http.response.body":
                answer["body"] += message.get("body", b"")
                if not message.get("more_body"):
                    finished.set()

        await self._app(scope, receive, send)
        return Received(answer["status"], answer["body"])
