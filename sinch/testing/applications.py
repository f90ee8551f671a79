"""WSGI and ASGI applications, called without a server."""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, Final, TypeAlias
from urllib.parse import unquote_to_bytes

from sinch.testing import django_project
from sinch.testing.delivering import BaseTarget, Received, afterwards_in_time, in_time
from sinch.testing.lifespan import Lifespan
from sinch.testing.signing import SignedRequest

Wsgi: TypeAlias = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Message: TypeAlias = MutableMapping[str, Any]
Asgi: TypeAlias = Callable[
    [Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]],
    Awaitable[None],
]
__tracebackhide__ = True
_HOST: Final = "testserver"
_CRASHED: Final = 500


class WsgiTarget(BaseTarget):
    """A WSGI application: Flask, or Django's ``get_wsgi_application()``."""

    def __init__(self, app: Wsgi) -> None:
        super().__init__()
        self._app = app

    def send(self, request: SignedRequest, limit: float) -> Received:
        """Deliver in blocking code."""
        with afterwards_in_time(limit):
            return self._call(request)

    async def asend(self, request: SignedRequest, limit: float) -> Received:
        """Deliver in the running event loop."""
        run = django_project.in_thread if django_project.is_here() else asyncio.to_thread
        async with in_time(limit):
            return await run(lambda: self._call(request))

    def _call(self, request: SignedRequest) -> Received:
        started: list[tuple[int, str]] = []
        written: list[bytes] = []

        def start_response(
            line: str, headers: Iterable[tuple[str, str]], *_: object
        ) -> Callable[[bytes], None]:
            places = [value for name, value in headers if name.lower() == "location"]
            started[:] = [(int(line.split(" ", 1)[0]), "".join(places[:1]))]
            return written.append

        crash: Exception | None = None
        try:
            body = self._app(self._environ(request), start_response)
            try:
                written.extend(body)
            finally:
                if (close := getattr(body, "close", None)) is not None:
                    close()
        except Exception as error:  # noqa: BLE001 - whatever an application raises
            crash = error
        status, location = started[0] if started else (_CRASHED, "")
        return Received(status, b"".join(written), location, crash)

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
    """An ASGI application: Starlette, FastAPI, Django. Opening it runs its lifespan."""

    def __init__(self, app: Asgi) -> None:
        super().__init__()
        self._app = app
        self._lifespan: Lifespan | None = None

    def open(self) -> None:
        """Start the application in blocking code."""
        self.loop.keep()
        try:
            self.loop.run(self.aopen)
        except BaseException:
            self.loop.close()
            raise
        if self._lifespan is None:  # it has none, so nothing needs to be kept
            self.loop.close()

    async def aopen(self) -> None:
        """Start it in the running event loop."""
        lifespan = Lifespan(self._app)
        if await lifespan.start():
            self._lifespan = lifespan

    def close(self) -> None:
        """Stop it in blocking code."""
        try:
            if self._lifespan is not None:
                self.loop.run(self.aclose)
        finally:
            super().close()

    async def aclose(self) -> None:
        """Stop it in the running event loop."""
        lifespan, self._lifespan = self._lifespan, None
        if lifespan is not None:
            await lifespan.stop()

    def send(self, request: SignedRequest, limit: float) -> Received:
        """Deliver in blocking code."""
        return self.loop.run(lambda: self.asend(request, limit))

    async def asend(self, request: SignedRequest, limit: float) -> Received:
        """Deliver in the running event loop."""
        async with in_time(limit):
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
            "state": dict(self._lifespan.state) if self._lifespan is not None else {},
        }
        incoming = [{"type": "http.request", "body": request.body, "more_body": False}]
        finished = asyncio.Event()
        answer: dict[str, Any] = {"status": _CRASHED, "body": b"", "location": ""}

        async def receive() -> Message:
            if incoming:
                return incoming.pop()
            await finished.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer["status"] = message["status"]
                for name, value in message.get("headers", ()):
                    if bytes(name).lower() == b"location":
                        answer["location"] = bytes(value).decode("latin-1")
            elif message["type"] == "http.response.body":
                answer["body"] += message.get("body", b"")
                if not message.get("more_body"):
                    finished.set()

        crash: Exception | None = None
        try:
            await self._app(scope, receive, send)
        except Exception as error:  # noqa: BLE001 - whatever an application raises
            crash = error
        return Received(answer["status"], answer["body"], answer["location"], crash)
