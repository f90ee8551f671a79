"""Sandboxes of two kinds: without a socket, where time stands still, and served, with an app that it calls."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import Any

import pytest
import requests

from sinch.callbacks import (
    CallbackRouter,
    CallbackVerifier,
    Delivery,
    MemorySeenStore,
    MessagesVerifier,
)
from sinch.core.signing import BasicAuth, Credentials, PublicAuth, SignedAuth
from sinch.sandbox import Emulator, Request, Sandbox, Settings
from sinch.sandbox.delivery.plan_access import PlanAccess
from sinch.sandbox.delivery.targets import Targets
from sinch.sandbox.platform.state import State

from .described import faults

KEY = "669E367E-6BBA-48AB-AF15-266871C28135"
SECRET = "BeIukql3pTKJ8RGL5zo0DA=="
PLAN, TOKEN, WEBHOOK = "5f1dc1b2000040008000000000000001", "token-of-the-plan", "whsec for tests"
BASIC = ("sinch", "password of the callbacks")
PLANNED = {"service_plan_id": PLAN, "api_token": TOKEN, "webhook_secret": WEBHOOK}
ACCESS = PlanAccess(service_plan_id=PLAN, api_token=TOKEN, webhook_secret=WEBHOOK)


class Clock:
    """A clock that only moves when told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Reply:
    """An answer, with its JSON parsed."""

    def __init__(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.status = status
        self.body = body
        self.headers = headers

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def word(self) -> tuple[int, str]:
        """HTTP status and word of a refusal by the SMS REST API; "" where it has no body."""
        if not self.body:
            return self.status, ""
        body = self.json
        assert set(body) == {"code", "text"}
        assert body["text"]
        return self.status, body["code"]

    @property
    def refusal(self) -> tuple[int, int]:
        """HTTP status and error code; fails unless the body is a whole error of Sinch's."""
        body = self.json
        assert set(body) == {"errorCode", "message", "reference"}
        assert isinstance(body["message"], str)
        assert body["message"]
        return self.status, body["errorCode"]


class Client:
    """Sends requests as an application would; ``auth`` is signed, basic, public or none."""

    def __init__(self, emulator: Emulator, clock: Clock) -> None:
        credentials = Credentials(KEY, SECRET)
        self.emulator = emulator
        self._auth = {
            "signed": SignedAuth(credentials, clock=clock),
            "basic": BasicAuth(credentials),
            "public": PublicAuth(KEY),
            "none": lambda *_: {},
            "bearer": lambda *_: {"Authorization": f"Bearer {TOKEN}"},
        }

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        auth: str = "signed",
        headers: dict[str, str] | None = None,
    ) -> Reply:
        raw = (
            body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        )
        sent = {"Host": "127.0.0.1:8080"}
        if raw:
            sent["Content-Type"] = "application/json"
        sent.update(self._auth[auth](method, path, sent.get("Content-Type", ""), raw))
        sent.update(headers or {})
        answer = self.emulator.answer(Request.of(method, path, sent.items(), raw))
        assert faults(method, path, answer.status, answer.body) == []
        return Reply(answer.status, answer.body, dict(answer.headers))

    def get(self, path: str, **options: Any) -> Reply:
        return self.send("GET", path, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> Reply:
        return self.send("POST", path, body, **options)

    def put(self, path: str, body: Any = None, **options: Any) -> Reply:
        return self.send("PUT", path, body, **options)

    def patch(self, path: str, body: Any = None, **options: Any) -> Reply:
        return self.send("PATCH", path, body, **options)

    def delete(self, path: str, body: Any = None, **options: Any) -> Reply:
        return self.send("DELETE", path, body, **options)

    def plan(self, method: str, path: str, body: Any = None, **options: Any) -> Reply:
        """A request of the SMS REST API; ``path`` is below that of the plan."""
        return self.send(method, f"/xms/v1/{PLAN}{path}", body, **{"auth": "bearer", **options})

    def peek(self, path: str) -> Any:
        """What the read-back API tells."""
        reply = self.get(f"/_sandbox/{path}", auth="none")
        assert reply.status == 200, reply.body
        return reply.json

    def poke(self, path: str, body: Any = None) -> Reply:
        """What the read-back API does."""
        return self.post(f"/_sandbox/{path}", body, auth="none")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make(clock: Clock) -> Any:
    """Make a client of a sandbox with other settings."""

    def made(targets: Targets | None = None, **options: Any) -> Client:
        settings = Settings(**options)
        state = State(
            key=KEY, secret=SECRET, settings=settings, clock=clock, random=Random(7),
            targets=targets, plan=ACCESS,
        )  # fmt: skip
        return Client(Emulator(state), clock)

    return made


@pytest.fixture
def client(make: Any) -> Client:
    return make()


# --- served ---------------------------------------------------------------------------------------

HANGUP = {"action": {"name": "hangup"}}


def kind_of(event: dict[str, Any]) -> str:
    """What tells an event apart: ``event``, or ``type`` in those of a service plan."""
    return str(event.get("event") or event["type"])


class App:
    """Answers callbacks; ``replies`` by event, each a value or a function of the event."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.answers: list[int] = []
        self.paths: list[str] = []
        self.replies: dict[str, Any] = {}
        self.statuses: dict[str, int] = {}
        self.router = CallbackRouter(
            CallbackVerifier(KEY, SECRET),
            messages=MessagesVerifier(WEBHOOK, basic=BASIC, seen=MemorySeenStore()),
        )
        for name in ("batch_report", "recipient_report", "inbound"):
            getattr(self.router, name)(lambda event: None)
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
        status = self.statuses.get(path) or self.statuses.get(kind_of(event)) or 200
        raw = self.replies.get(f"raw {kind_of(event)}")
        return status, answer.body if raw is None else raw

    def _reply(self, event: Any) -> Any:
        reply = self.replies.get(event.event)
        return reply(event) if callable(reply) else reply

    @property
    def names(self) -> list[str]:
        return [kind_of(event) for event in self.events]

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

    def plan(self, method: str, path: str, body: Any = None) -> requests.Response:
        """A request of the SMS REST API; ``path`` is below that of the plan."""
        return requests.request(
            method,
            f"{self.sandbox.url}/xms/v1/{PLAN}{path}",
            json=body,
            headers={"Authorization": f"Bearer {TOKEN}"},
            timeout=20,
        )

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
    with Sandbox(key=KEY, secret=SECRET, callback_url=app.url, **PLANNED) as running:
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


@pytest.fixture
def planned() -> dict[str, str]:
    return PLANNED


@pytest.fixture
def basic() -> tuple[str, str]:
    return BASIC
