"""A sandbox that runs, and an app on loopback that checks the signature of every callback."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import requests

from sinch.callbacks import CallbackRouter, CallbackVerifier, Delivery
from sinch.core.signing import Credentials, SignedAuth
from sinch.sandbox import Sandbox

KEY, SECRET = "669E367E-6BBA-48AB-AF15-266871C28135", "BeIukql3pTKJ8RGL5zo0DA=="
HANGUP = {"action": {"name": "hangup"}}


class App:
    """Answers callbacks; ``replies`` by event, each a value or a function of the event."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.answers: list[int] = []
        self.paths: list[str] = []
        self.replies: dict[str, Any] = {}
        self.statuses: dict[str, int] = {}
        self.router = CallbackRouter(CallbackVerifier(KEY, SECRET))
        for name in ("ice", "ace", "pie", "dice", "notify", "incoming_sms"):
            getattr(self.router, name)(self._reply)
        self.router.verification_request(self._reply)
        self.router.verification_result(self._reply)
        self.router.verification_sms_delivered(self._reply)
        app = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status, answer = app.take(self.path, list(self.headers.items()), body)
                self.send_response(status)
                if status in {301, 302, 307}:
                    self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        # clients that give up on us are part of the tests
        self.server.handle_error = lambda *_: None  # type: ignore[method-assign]
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/sinch"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def take(self, path: str, headers: list[tuple[str, str]], body: bytes) -> tuple[int, bytes]:
        event = json.loads(body)
        self.events.append(event)
        self.paths.append(path)
        self.headers.append({name.lower(): value for name, value in headers})
        answer = self.router.dispatch(Delivery("POST", path, headers, body))
        self.answers.append(answer.status)
        if answer.status != 200:
            return answer.status, answer.body
        status = self.statuses.get(path) or self.statuses.get(event["event"]) or 200
        raw = self.replies.get(f"raw {event['event']}")
        return status, answer.body if raw is None else raw

    def _reply(self, event: Any) -> Any:
        reply = self.replies.get(event.event)
        return reply(event) if callable(reply) else reply

    @property
    def names(self) -> list[str]:
        return [event["event"] for event in self.events]

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class Control:
    """The API below /_sandbox, and signed requests."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    def send(self, method: str, path: str, body: Any = None, status: int = 200) -> Any:
        answer = requests.request(
            method, f"{self.sandbox.url}/_sandbox/{path}", json=body, timeout=20
        )
        assert answer.status_code == status, answer.text
        return answer.json()

    def get(self, path: str) -> Any:
        return self.send("GET", path)

    def post(self, path: str, body: Any = None, status: int = 200) -> Any:
        return self.send("POST", path, body, status)

    def put(self, path: str, body: Any = None, status: int = 200) -> Any:
        return self.send("PUT", path, body, status)

    def api(self, method: str, path: str, body: Any = None, **headers: str) -> requests.Response:
        raw = b"" if body is None else json.dumps(body).encode()
        sent = {"Content-Type": "application/json"} if raw else {}
        auth = SignedAuth(Credentials(KEY, SECRET))
        sent.update(auth(method, path, sent.get("Content-Type", ""), raw))
        return requests.request(
            method, self.sandbox.url + path, data=raw, headers={**sent, **headers}, timeout=20
        )


def until(check: Callable[[], Any], seconds: float = 5.0) -> Any:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not (found := check()):
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.01)
    return found


@pytest.fixture
def wait() -> Callable[..., Any]:
    return until


@pytest.fixture
def app() -> Iterator[App]:
    made = App()
    yield made
    made.stop()


@pytest.fixture
def sandbox(app: App) -> Iterator[Sandbox]:
    with Sandbox(key=KEY, secret=SECRET, callback_url=app.url) as running:
        yield running


@pytest.fixture
def control(sandbox: Sandbox) -> Control:
    return Control(sandbox)


@pytest.fixture
def controls() -> type[Control]:
    return Control


@pytest.fixture
def credentials() -> dict[str, str]:
    return {"key": KEY, "secret": SECRET}
