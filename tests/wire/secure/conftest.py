"""TLS servers and proxies on loopback that misbehave as told, and count what reaches them."""

from __future__ import annotations

import os
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import trustme

RECORD_OF_JUNK = b"\x17\x03\x03\x00\x20" + b"junk" * 8
ANSWER = b'{"messageId": 1}'


@dataclass
class Line:
    """One connection of a TLS server, seen from inside: what is encrypted, and the bare socket below."""

    conn: socket.socket
    context: ssl.SSLContext

    def __post_init__(self) -> None:
        self._in, self._out = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = self.context.wrap_bio(self._in, self._out, server_side=True)

    def handshake(self) -> None:
        self._do(self._tls.do_handshake)

    def read_request(self) -> bytes:
        """A whole request, or nothing at the end of the connection."""
        data = b""
        while not _complete(data):
            chunk = self._do(lambda: self._tls.read(65536))
            if not chunk:
                return b""
            data += chunk
        return data

    def answer(self, status: bytes = b"200 OK", body: bytes = ANSWER) -> None:
        self._tls.write(b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s" % (status, len(body), body))
        self._flush()

    # --- ways to end it after the request was read -----------------------------------------------

    def alert(self) -> None:
        """Send a real, encrypted, fatal alert: OpenSSL does so when it is given junk to decrypt."""
        self._in.write(RECORD_OF_JUNK)
        with suppress(ssl.SSLError):
            self._tls.read(1)
        self._flush()

    def junk(self) -> None:
        self.conn.sendall(RECORD_OF_JUNK)

    def plaintext_502(self) -> None:
        self.conn.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")

    def close(self) -> None:
        """Close without a word."""

    def _do(self, step: Callable[[], Any]) -> Any:
        while True:
            try:
                result = step()
            except ssl.SSLWantReadError:
                self._flush()
                data = self.conn.recv(65536)
                if not data:
                    return b""
                self._in.write(data)
            else:
                self._flush()
                return result

    def _flush(self) -> None:
        if data := self._out.read():
            self.conn.sendall(data)


def _complete(data: bytes) -> bool:
    head, end, body = data.partition(b"\r\n\r\n")
    length = re.search(rb"(?im)^content-length: (\d+)", head)
    return bool(end) and len(body) >= int(length[1] if length else 0)


@dataclass
class Listener:
    """A server on a free port of loopback, one thread for each connection, all closed at the end."""

    connections: int = 0

    def __post_init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                conn, _ = self._server.accept()
                self.connections += 1
                self._open.append(conn)
                threading.Thread(target=self._serve, args=(conn,), daemon=True).start()

    def _serve(self, conn: socket.socket) -> None:
        with conn, suppress(OSError):
            self.talk(conn)

    def talk(self, conn: socket.socket) -> None:
        raise NotImplementedError

    def stop(self) -> None:
        self._server.close()
        for conn in self._open:
            with suppress(OSError):
                conn.shutdown(socket.SHUT_RDWR)
            conn.close()


@dataclass
class TlsServer(Listener):
    """Answers requests over TLS; ``endings`` tells what to do with the first, the second ... instead."""

    context: ssl.SSLContext = field(default_factory=lambda: ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER))
    endings: list[str] = field(default_factory=list)
    requests: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"

    @property
    def posts(self) -> int:
        return sum(request.startswith(b"POST ") for request in self.requests)

    def talk(self, conn: socket.socket) -> None:
        line = Line(conn, self.context)
        line.handshake()
        while request := line.read_request():
            self.requests.append(request)
            number = len(self.requests)
            if number <= len(self.endings) and self.endings[number - 1] != "answer":
                getattr(line, self.endings[number - 1])()
                return
            line.answer()


@dataclass
class Proxy(Listener):
    """Opens tunnels and forwards plain requests, or does ``instead``: a status, ``close``, ``junk``.

    With ``context`` it speaks TLS itself; ``socks`` makes it a SOCKS5 proxy.

    ``forwarded`` holds the plain requests it read; ``drop_from`` is the number of the first one that
    it drops after reading.
    """

    instead: str = ""
    drop_from: int = 10**9
    context: ssl.SSLContext | None = None
    socks: bool = False
    tunnels: list[bytes] = field(default_factory=list)
    forwarded: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        scheme = "socks5h" if self.socks else "https" if self.context else "http"
        return (
            f"{scheme}://localhost:{self.port}"
            if self.context
            else f"{scheme}://127.0.0.1:{self.port}"
        )

    @property
    def posts(self) -> int:
        return sum(request.startswith(b"POST ") for request in self.forwarded)

    def talk(self, conn: socket.socket) -> None:
        if self.context:
            with self.context.wrap_socket(conn, server_side=True) as tls:
                self._talk(tls)
        elif self.socks:
            self._talk_socks(conn)
        else:
            self._talk(conn)

    def _talk_socks(self, conn: socket.socket) -> None:
        conn.recv(3)
        conn.sendall(b"\x05\x00")
        request = conn.recv(300)
        self.tunnels.append(request)
        if self.instead:
            conn.sendall(b"\x05\x01\x00\x01" + bytes(6))
            return
        conn.sendall(b"\x05\x00\x00\x01" + bytes(6))
        self._connect(conn, int.from_bytes(request[-2:]))

    def _talk(self, conn: socket.socket) -> None:
        while request := _read_plain(conn):
            if request.startswith(b"CONNECT "):
                self.tunnels.append(request)
                self._tunnel(conn, request)
                return
            self.forwarded.append(request)
            if len(self.forwarded) >= self.drop_from:
                return
            if self.instead:
                conn.sendall(f"HTTP/1.1 {self.instead}\r\nContent-Length: 0\r\n\r\n".encode())
                continue
            conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(ANSWER), ANSWER))

    def _tunnel(self, conn: socket.socket, request: bytes) -> None:
        if self.instead == "close":
            return
        if self.instead == "junk":
            conn.sendall(b"\x00\x01\x02 nonsense\r\n\r\n")
            return
        if self.instead:
            conn.sendall(f"HTTP/1.1 {self.instead}\r\nContent-Length: 0\r\n\r\n".encode())
            return
        conn.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        self._connect(conn, int(request.split(b" ")[1].rpartition(b":")[2]))

    def _connect(self, conn: socket.socket, port: int) -> None:
        with socket.create_connection(("127.0.0.1", port)) as target:
            self._open.append(target)
            back = threading.Thread(target=_pipe, args=(target, conn), daemon=True)
            back.start()
            _pipe(conn, target)
            back.join(5)


def _read_plain(conn: socket.socket) -> bytes:
    data = b""
    while not _complete(data):
        chunk = conn.recv(65536)
        if not chunk:
            return b""
        data += chunk
    return data


def _pipe(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def own_environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """No proxy and no trust store comes from the machine the tests run on."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy") or name in {"REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"}:
            monkeypatch.delenv(name)
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    return monkeypatch


@pytest.fixture
def trusted(
    authority: trustme.CA, tmp_path: Path, own_environment: pytest.MonkeyPatch
) -> pytest.MonkeyPatch:
    """Both clients trust our authority, by an environment variable as a user would set it."""
    bundle = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(bundle))
    own_environment.setenv("SSL_CERT_FILE", str(bundle))
    return own_environment


@pytest.fixture
def start() -> Iterator[Callable[[Listener], Any]]:
    """Keep a listener until the end of the test."""
    started: list[Listener] = []

    def keep(listener: Listener) -> Listener:
        started.append(listener)
        return listener

    yield keep
    for listener in started:
        listener.stop()


@pytest.fixture
def tls_server(authority: trustme.CA, start: Callable[[Listener], Any]) -> Callable[..., TlsServer]:
    """Make a TLS server for ``localhost``, or with the certificate of another name or time."""

    def make(*endings: str, name: str = "localhost", **options: Any) -> TlsServer:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(name, **options).configure_cert(context)
        server: TlsServer = start(TlsServer(context=context, endings=list(endings)))
        return server

    return make


@pytest.fixture
def make_proxy(start: Callable[[Listener], Any]) -> Callable[..., Proxy]:
    def make(**options: Any) -> Proxy:
        proxy: Proxy = start(Proxy(**options))
        return proxy

    return make


@pytest.fixture
def listen(start: Callable[[Listener], Any]) -> Callable[[Callable[[socket.socket], None]], Any]:
    """A server that does with each connection what the function says."""

    def make(talk: Callable[[socket.socket], None]) -> Any:
        listener = Listener()
        listener.talk = talk  # type: ignore[method-assign]
        return start(listener)

    return make
