"""A service plan on a real socket: answers what a test lays down, and keeps what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import attrs
import pytest

PLAN = "4c1f2a93d1e4427a"
TOKEN = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
KEY = "669E367E-6BBA-48AB-AF15-266871C28135"
SECRET = "BeIukql3pTKJ8RGL5zo0DA=="


@attrs.frozen
class Asked:
    method: str
    path: str
    query: dict[str, list[str]]
    authorization: str
    body: Any


@attrs.define
class Plan:
    """``answers`` are given in turn: (status, JSON), or None to hang up after reading the request."""

    url: str
    answers: list[tuple[int, Any] | None] = attrs.field(factory=list)
    asked: list[Asked] = attrs.field(factory=list)


@pytest.fixture
def plan() -> Iterator[Plan]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            target = urlsplit(self.path)
            served.asked.append(
                Asked(
                    self.command, target.path, parse_qs(target.query),
                    self.headers.get("Authorization", ""), json.loads(body) if body else None,
                )
            )  # fmt: skip
            answer = served.answers.pop(0)
            if answer is None:
                self.close_connection = True
                return
            status, content = answer
            raw = b"" if content is None else json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    served = Plan(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield served
    server.shutdown()
    server.server_close()


@pytest.fixture
def sinch(make_client: Callable[..., Any], plan: Plan) -> Any:
    """A client of either kind that knows the service plan alone."""
    return make_client(
        key=None, secret=None, service_plan_id=PLAN, api_token=TOKEN, base_url=plan.url
    )


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "APPLICATION_KEY",
        "APPLICATION_SECRET",
        "SERVICE_PLAN_ID",
        "API_TOKEN",
        "SMS_REGION",
        "BASE_URL",
    ):
        monkeypatch.delenv(f"SINCH_{name}", raising=False)
