"""What is said of a callback that reached nobody: our words, with the cure where there is one."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp import ClientConnectorDNSError

from sinch.sandbox import Sandbox
from sinch.sandbox.delivery.unreachable import why_not_reached


@contextmanager
def peer(says: bytes | None) -> Iterator[int]:
    """A server on loopback that takes connections and says something that is no answer; None closes."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(65536)
                    if says is not None:
                        connection.sendall(says)

        Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    ("scheme", "says", "said"),
    [
        ("http", None, "unreachable: the app closed the connection without an answer"),
        ("http", b"SSH-2.0-OpenSSH_9.2\r\n", "unreachable: what answers at {url} does not speak HTTP"),
        ("https", b"HTTP/1.1 400 Bad Request\r\n\r\n", "unreachable: no TLS connection to {url}: should it start with http:?"),
        ("http", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}", "unreachable: the answer broke off"),
    ],
)  # fmt: skip
def test_our_words(credentials, controls, scheme, says, said):
    with peer(says) as port:
        url = f"{scheme}://127.0.0.1:{port}/sinch"
        with Sandbox(**credentials, callback_url=url) as sandbox:
            control = controls(sandbox)
            control.post("calls", {"from": "+46700000002", "to": "+46700000001"})
            first = control.get("deliveries")["deliveries"][0]
    assert first["problem"] == said.format(url=url)


def test_a_host_name_nobody_knows():
    key: Any = SimpleNamespace(host="nowhere.example", port=80, is_ssl=False, ssl=None)
    problem = ClientConnectorDNSError(key, OSError(-2, "Name or service not known"))
    said = why_not_reached(problem, "http://nowhere.example/sinch")
    assert said == "the host name of http://nowhere.example/sinch is not known"
