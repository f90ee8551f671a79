"""A sandbox without sockets: requests go straight into the emulator, and time stands still."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from sinch.core.signing import BasicAuth, Credentials, PublicAuth, SignedAuth
from sinch.sandbox import Emulator, Request, Settings
from sinch.sandbox.delivery.targets import Targets
from sinch.sandbox.platform.state import State

KEY = "669E367E-6BBA-48AB-AF15-266871C28135"
SECRET = "BeIukql3pTKJ8RGL5zo0DA=="


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
            targets=targets,
        )  # fmt: skip
        return Client(Emulator(state), clock)

    return made


@pytest.fixture
def client(make: Any) -> Client:
    return make()
