"""A sandbox on a port, for code under test that cannot be given a client."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from sinch.testing.in_process import Ask, headers_of, request_of

__tracebackhide__ = True


class Front:
    """Listens on loopback, in threads, from the beginning until it is closed."""

    def __init__(self, ask: Ask) -> None:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # small answers must not wait for the acknowledgement of their headers
            disable_nagle_algorithm = True

            def _answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                url = f"http://{self.headers.get('Host', 'localhost')}{self.path}"
                try:
                    arrival = ask(request_of(self.command, url, dict(self.headers.items()), body))
                except ConnectionResetError:
                    self.close_connection = True
                    return
                if seconds := arrival.wait + arrival.body:
                    threading.Event().wait(seconds)
                answer = arrival.answer
                self.send_response(answer.status)
                for name, value in headers_of(answer).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.body)

            def __getattr__(self, name: str) -> object:
                if name.startswith("do_"):  # any method: the sandbox knows which are allowed
                    return self._answer
                raise AttributeError(name)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Say nothing; the sandbox keeps a log."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        # connections kept open by clients must not hold up the end of a test
        self._server.block_on_close = False
        self._thread = threading.Thread(
            target=self._server.serve_forever,
            kwargs={"poll_interval": 0.01},
            name="sinch-local-sandbox",
            daemon=True,
        )
        self._thread.start()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
