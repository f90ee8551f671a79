"""Every framework under its real server, and Sinch's side of the wire."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

import attrs
import pytest

from sinch.core.signing import Credentials, string_to_sign, timestamp

KEY = "669E367E-6BBA-48AB-AF15-266871C28135"
SECRET = "BeIukql3pTKJ8RGL5zo0DA=="
JSON = "application/json; charset=utf-8"
SERVE = Path(__file__).with_name("serve.py")
NAMES = (
    "django-gunicorn",
    "django-wsgiref",
    "django-uvicorn",
    "starlette-uvicorn",
    "fastapi-hypercorn",
    "aiohttp",
    "flask-werkzeug",
    "flask-gunicorn",
)
FINAL_CHUNK = b"0\r\n\r\n"


@attrs.frozen
class Response:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def spoken(self) -> str:
        """What the SVAMLet says first."""
        return json.loads(self.body)["instructions"][0]["ids"][0]


def ice(call_id: str = "call-1") -> bytes:
    return json.dumps({"event": "ice", "callid": call_id, "version": 1}).encode()


def signed(
    path: str,
    body: bytes,
    *,
    content_type: str = JSON,
    late: timedelta = timedelta(0),
    key: str = KEY,
    secret: str = SECRET,
) -> list[tuple[str, str]]:
    """The headers with which Sinch would send a body to a path."""
    stamp = timestamp(datetime.now(UTC) - late)
    text = string_to_sign("POST", path, body, content_type, stamp)
    signature = Credentials(key, secret).sign(text)
    return [
        ("Content-Type", content_type),
        ("Authorization", f"application {key}:{signature}"),
        ("X-Timestamp", stamp),
    ]


@attrs.frozen
class Server:
    name: str
    port: int

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=60)

    def exchange(
        self,
        path: str,
        body: bytes = b"",
        headers: list[tuple[str, str]] | None = None,
        *,
        method: str = "POST",
        length: int | None = None,
        chunks: list[bytes] | None = None,
    ) -> Response:
        """Send one request byte by byte as given, and read what comes back."""
        head = self.head(path, body, headers, method=method, length=length, chunks=chunks)
        with closing(self.connect()) as peer:
            # a server that has answered already may not listen any more
            with suppress(BrokenPipeError, ConnectionResetError):
                peer.sendall(head + body)
                for chunk in chunks or []:
                    peer.sendall(b"%x\r\n%b\r\n" % (len(chunk), chunk))
                if chunks is not None:
                    peer.sendall(FINAL_CHUNK)
            return read_response(peer, method)

    def head(
        self,
        path: str,
        body: bytes,
        headers: list[tuple[str, str]] | None,
        *,
        method: str = "POST",
        length: int | None = None,
        chunks: list[bytes] | None = None,
    ) -> bytes:
        lines = [("Host", "127.0.0.1"), ("Connection", "close"), *(headers or [])]
        if chunks is not None:
            lines.append(("Transfer-Encoding", "chunked"))
        elif method == "POST":
            lines.append(("Content-Length", str(len(body) if length is None else length)))
        head = f"{method} {path} HTTP/1.1\r\n" + "".join(f"{n}: {v}\r\n" for n, v in lines)
        return head.encode() + b"\r\n"

    def request(self, path: str, body: bytes, headers: list[tuple[str, str]]) -> bytes:
        """A whole request, for those who do not wait for the answer."""
        return self.head(path, body, headers) + body

    def read(self, peer: socket.socket) -> Response:
        return read_response(peer)

    def deliver(self, path: str, body: bytes, sign_path: str | None = None, **how: Any) -> Response:
        """Send a genuine callback."""
        return self.exchange(path, body, signed(sign_path or path, body), **how)


def read_response(peer: socket.socket, method: str = "POST") -> Response:
    response = HTTPResponse(peer, method=method)
    with closing(response):
        response.begin()
        headers = {name.lower(): value for name, value in response.getheaders()}
        body = response.read()
    if method == "HEAD":  # http.client reads no body then: see whether there is one all the same
        with suppress(ConnectionResetError):
            body = peer.recv(1024)
    return Response(response.status, headers, body)


class Running:
    """All servers, started together; each listens on a socket made here."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self.servers: dict[str, Server] = {}
        for name in NAMES:
            self._start(name)

    def _start(self, name: str) -> None:
        with (
            closing(socket.create_server(("127.0.0.1", 0), backlog=128)) as listening,
            (self._folder / f"{name}.log").open("wb") as log,
        ):
            self.servers[name] = Server(name, listening.getsockname()[1])
            self._processes[name] = subprocess.Popen(
                [sys.executable, "-W", "error", str(SERVE), name, str(listening.fileno())],
                pass_fds=[listening.fileno()],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                env={**os.environ, "SINCH_EXPLAIN": "1"},
            )

    def log(self, name: str) -> str:
        return (self._folder / f"{name}.log").read_text(errors="replace")

    def stop(self) -> None:
        for process in self._processes.values():
            process.terminate()
        for process in self._processes.values():
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            assert process.stdin is not None
            process.stdin.close()


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    servers = Running(tmp_path_factory.mktemp("servers"))
    yield servers
    servers.stop()


@pytest.fixture(params=NAMES)
def server(request: pytest.FixtureRequest, running: Running) -> Server:
    return running.servers[request.param]


@pytest.fixture
def log(running: Running, server: Server) -> Callable[[], str]:
    return lambda: running.log(server.name)


@pytest.fixture(name="ice")
def ice_() -> Callable[..., bytes]:
    return ice


@pytest.fixture(name="signed")
def signed_() -> Callable[..., list[tuple[str, str]]]:
    return signed


@pytest.fixture
def key() -> str:
    return KEY


@pytest.fixture
def secret() -> str:
    return SECRET


# --- Django in this process -----------------------------------------------------------------------

BOTH = {"APPLICATION_KEY": KEY, "APPLICATION_SECRET": SECRET}


@pytest.fixture
def sinch_settings(
    django_project: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, str]]:
    """Good settings, and none in the environment."""
    from django.test import override_settings

    names = ("APPLICATION_KEY", "APPLICATION_SECRET", "BASE_URL", "SERVICE_PLAN_ID", "API_TOKEN")
    for name in names:
        monkeypatch.delenv(f"SINCH_{name}", raising=False)
    with override_settings(SINCH=BOTH):
        yield BOTH


def _serve(view: Any) -> None:
    from django import urls
    from django.conf import settings

    settings.ROOT_URLCONF.urlpatterns = [urls.path("sinch", view)]
    urls.clear_url_caches()


@pytest.fixture
def post(sinch_settings: dict[str, str]) -> Callable[..., Any]:
    """Send a callback through the whole of Django, as a project would in its tests."""
    from django.test import Client

    def post(view: Any, body: bytes, headers: list[tuple[str, str]]) -> Any:
        _serve(view)
        options = {"content_type": headers[0][1], "headers": dict(headers[1:])}
        return Client(enforce_csrf_checks=True).post("/sinch", body, **options)

    return post


@pytest.fixture
def apost(sinch_settings: dict[str, str]) -> Callable[..., Any]:
    """The same under ASGI."""
    from django.test import AsyncClient

    async def apost(view: Any, body: bytes, headers: list[tuple[str, str]]) -> Any:
        _serve(view)
        options = {"content_type": headers[0][1], "headers": dict(headers[1:])}
        return await AsyncClient().post("/sinch", body, **options)

    return apost
