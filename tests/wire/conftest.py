"""A scripted HTTP peer on a real socket: it sees the bytes, and misbehaves as told."""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest


@dataclass
class Seen:
    """One request exactly as it came."""

    raw: bytes

    @property
    def head(self) -> list[bytes]:
        return self.raw.partition(b"\r\n\r\n")[0].split(b"\r\n")

    @property
    def method(self) -> str:
        return self.head[0].split(b" ")[0].decode()

    @property
    def target(self) -> str:
        return self.head[0].split(b" ")[1].decode()

    @property
    def headers(self) -> dict[str, str]:
        pairs = (line.decode().split(": ", 1) for line in self.head[1:])
        return {name.lower(): value for name, value in pairs}

    @property
    def body(self) -> bytes:
        return self.raw.partition(b"\r\n\r\n")[2]


Behaviour = Callable[[socket.socket, "Peer"], None]


@dataclass
class Peer:
    """Plays its script one request at a time; the last entry repeats."""

    script: list[Behaviour] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    connections: int = 0

    def __post_init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self._stopping = False
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self.url = f"http://127.0.0.1:{self._server.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    # --- what to do with a request --------------------------------------------------------------

    def answers(
        self, body: Any = None, *, status: int = 200, headers: dict[str, str] | None = None
    ) -> Peer:
        """Answer properly; anything but bytes is sent as JSON."""
        payload = body if isinstance(body, bytes) else json.dumps(body).encode()
        lines = [f"HTTP/1.1 {status} X", *(f"{k}: {v}" for k, v in (headers or {}).items())]
        if status != 204:
            lines.append(f"Content-Length: {len(payload)}")
        else:
            payload = b""
        return self._then(
            lambda conn, _: conn.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + payload)
        )

    def resets(self) -> Peer:
        """Read the whole request, then reset the connection instead of answering."""
        return self._then(lambda conn, _: _reset(conn))

    def stays_silent(self) -> Peer:
        """Read the whole request and never answer."""
        return self._then(lambda _, peer: peer._wait())

    def cuts_short(self, body: bytes, *, promised: int) -> Peer:
        """Promise more bytes than come, then close."""

        def cut(conn: socket.socket, _: Peer) -> None:
            conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % promised + body)
            conn.shutdown(socket.SHUT_RDWR)

        return self._then(cut)

    def drips(self, pause: float) -> Peer:
        """Send an answer one byte at a time."""

        def drip(conn: socket.socket, peer: Peer) -> None:
            conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            for _ in range(1000):
                conn.sendall(b" ")
                if peer._wait(pause):
                    return

        return self._then(drip)

    def drips_headers(self, pause: float) -> Peer:
        """Begin an answer and go on for ever with one byte of a header at a time."""
        return self._then(
            lambda conn, peer: peer._repeat(conn, b"HTTP/1.1 200 OK\r\nX-Y: ", b"z", pause)
        )

    def says_continue(self, pause: float) -> Peer:
        """Answer 100 Continue, again and again."""
        line = b"HTTP/1.1 100 Continue\r\n\r\n"
        return self._then(lambda conn, peer: peer._repeat(conn, b"", line, pause))

    def sends(self, raw: bytes) -> Peer:
        """Send these very bytes."""
        return self._then(lambda conn, _: conn.sendall(raw))

    def sends_in_parts(self, *parts: bytes, pause: float) -> Peer:
        """Send some bytes, then some more after each pause."""

        def send(conn: socket.socket, peer: Peer) -> None:
            for part in parts:
                conn.sendall(part)
                peer._wait(pause)

        return self._then(send)

    def resets_without_reading(self) -> Peer:
        """Reset each connection as soon as it has brought its first bytes."""
        self.reset_early = True
        return self

    reset_early = False

    # --- the server -------------------------------------------------------------------------

    def _then(self, behaviour: Behaviour) -> Peer:
        self.script.append(behaviour)
        return self

    def _repeat(self, conn: socket.socket, first: bytes, again: bytes, pause: float) -> None:
        conn.sendall(first)
        while not self._wait(pause):
            conn.sendall(again)

    def _wait(self, seconds: float = 30) -> bool:
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self._stopping:
            time.sleep(0.005)
        return self._stopping

    def _accept(self) -> None:
        while True:
            try:
                conn, _ = self._server.accept()
            except OSError:
                return
            with self._lock:
                self.connections += 1
                self._sockets.append(conn)
            threading.Thread(target=self._serve, args=(conn,), daemon=True).start()

    def _serve(self, conn: socket.socket) -> None:
        buffer = b""
        try:
            while True:
                while b"\r\n\r\n" not in buffer or len(buffer) < _length(buffer):
                    chunk = conn.recv(65536)
                    if self.reset_early:
                        _reset(conn)
                        return
                    if not chunk:
                        return
                    buffer += chunk
                size = _length(buffer)
                with self._lock:
                    self.seen.append(Seen(buffer[:size]))
                    behaviour = self.script[min(len(self.seen), len(self.script)) - 1]
                buffer = buffer[size:]
                behaviour(conn, self)
        except OSError:
            return
        finally:
            conn.close()

    def stop(self) -> None:
        self._stopping = True
        self._server.close()
        with self._lock:
            for conn in self._sockets:
                conn.close()


def _length(buffer: bytes) -> int:
    head, _, _ = buffer.partition(b"\r\n\r\n")
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return len(head) + 4 + int(value)
    return len(head) + 4


def _reset(conn: socket.socket) -> None:
    conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    conn.close()
    raise OSError("reset")


@pytest.fixture
def peer() -> Iterator[Peer]:
    """A peer without a script yet."""
    peer = Peer()
    yield peer
    peer.stop()


@pytest.fixture
def closed_port_url() -> str:
    """An address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    return f"http://127.0.0.1:{port}"
