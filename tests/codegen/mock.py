"""A server that answers what it is told to, and keeps what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple


class Asked(NamedTuple):
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Mock:
    """``answers`` are (status, content type, body, headers), one for each request, the last for all others."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.asked: list[Asked] = []
        self.answers: list[tuple[int, str, bytes, dict[str, str]]] = [(204, "", b"", {})]

    def will(
        self, status: int, body: bytes = b"", content_type: str = "application/json", **headers: str
    ) -> Mock:
        named = {key.replace("_", "-"): value for key, value in headers.items()}
        self.answers = [*(self.answers if self.asked else []), (status, content_type, body, named)]
        return self

    def last(self) -> Asked:
        return self.asked[-1]


@contextmanager
def serve() -> Iterator[Mock]:
    mock: Mock

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            asked = Asked(self.command, self.path, dict(self.headers), self.rfile.read(length))
            mock.asked.append(asked)
            status, kind, body, headers = (
                mock.answers.pop(0) if len(mock.answers) > 1 else mock.answers[0]
            )
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 204:
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD" and status != 204:
                self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    for method in ("GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE"):
        setattr(Handler, f"do_{method}", Handler.answer)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    mock = Mock(f"http://127.0.0.1:{server.server_address[1]}")
    try:
        yield mock
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
