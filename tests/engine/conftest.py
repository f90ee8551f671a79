"""A phone system on a desk: an engine, a clock that is moved by hand, and an app made of answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sinch.callbacks import read_event
from sinch.engine import (
    Ask,
    CallbackFailure,
    Engine,
    EngineSettings,
    EventUrls,
    Happened,
    InboundCall,
    SimulatedCall,
    Tell,
    transcript,
)
from sinch.engine.scheduler import Scheduler
from sinch.sandbox.rest.callouts import read_callout

HERE = "+46700000001"
CALLER = "+46700000002"
BOB = "+46700000003"
KEY = "669E367E-6BBA-48AB-AF15-266871C28135"


class Desk:
    """Drives an engine with an app; ``app`` maps event names to answers, in the order given.

    An answer is SVAML as a dict, bytes, None, or a :class:`CallbackFailure`. The last one repeats.
    """

    def __init__(self, settings: EngineSettings | None = None, urls: EventUrls | None = None):
        self.time = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
        self.scheduler = Scheduler(lambda: self.time)
        self.count = 0
        self.engine = Engine(
            self.scheduler,
            application_key=KEY,
            new_id=self._id,
            settings=settings or EngineSettings(),
            urls=urls or EventUrls(primary="app:"),
        )
        self.answers: dict[str, list[Any]] = {}
        self.sent: list[Ask | Tell] = []
        self.answer: Callable[[Ask | Tell], Any] = self._scripted

    def _id(self) -> str:
        self.count += 1
        return f"id-{self.count}"

    def app(self, **answers: Any) -> None:
        for name, given in answers.items():
            self.answers[name] = given if isinstance(given, list) else [given]

    def _scripted(self, callback: Ask | Tell) -> Any:
        given = self.answers.get(callback.name)
        if not given:
            return None
        return given.pop(0) if len(given) > 1 else given[0]

    def settle(self) -> None:
        while effects := self.engine.drain():
            for effect in effects:
                if isinstance(effect, Happened):
                    continue
                body = json.dumps(effect.event).encode()
                assert read_event(body).event == effect.name
                self.sent.append(effect)
                answer = self.answer(effect)
                if isinstance(answer, CallbackFailure):
                    self.engine.failed(effect.id, answer)
                else:
                    self.engine.reply(effect.id, answer)

    def wait(self, seconds: float = 3600.0) -> None:
        """Let time pass, step by step."""
        until = self.time + timedelta(seconds=seconds)
        self.settle()
        while (due := self.engine.next_due()) is not None and due <= until:
            self.time = max(self.time, due)
            self.scheduler.run()
            self.settle()
        self.time = until
        self.scheduler.run()
        self.settle()

    def inbound(self, **fields: Any) -> SimulatedCall:
        call = self.engine.inbound(InboundCall(**{"from_": CALLER, "to": HERE, **fields}))
        self.settle()
        return call

    def callout(self, method: str, headers: Any = (), **fields: Any) -> SimulatedCall:
        body = {"method": method, method: fields}
        plan = read_callout(body, headers, callbacks=bool(self.engine.urls.primary))
        call = self.engine.place(plan)
        self.settle()
        return call

    def press(self, call: SimulatedCall, digits: str, **options: Any) -> None:
        self.engine.press(call.id, digits, **options)
        self.settle()

    def hang_up(self, call: SimulatedCall, **options: Any) -> None:
        self.engine.hang_up(call.id, **options)
        self.settle()

    def events(self, call: SimulatedCall) -> list[str]:
        """The names of the events of a call, in order; notify with its type."""
        return [
            f"notify {sent.event['type']}" if sent.name == "notify" else sent.name
            for sent in self.sent
            if sent.call_id == call.id
        ]

    def last(self, name: str) -> Mapping[str, Any]:
        return next(sent.event for sent in reversed(self.sent) if sent.name == name)

    # --- short forms for answers and transcripts ---

    @staticmethod
    def heard(call: SimulatedCall) -> list[str]:
        return [line.text for line in call.transcript if isinstance(line, transcript.Heard)]

    @staticmethod
    def kinds(call: SimulatedCall) -> list[str]:
        return [line.kind for line in call.transcript]

    @staticmethod
    def svaml(action: str | Mapping[str, Any], *instructions: Any) -> dict[str, Any]:
        given = {"name": action} if isinstance(action, str) else dict(action)
        return {"instructions": list(instructions), "action": given}

    @staticmethod
    def say(text: str, **fields: Any) -> dict[str, Any]:
        return {"name": "say", "text": text, **fields}

    @staticmethod
    def cookie(key: str, value: str) -> dict[str, Any]:
        return {"name": "setCookie", "key": key, "value": value}

    @staticmethod
    def menu(*more: Mapping[str, Any], barge: bool = True, **fields: Any) -> dict[str, Any]:
        main = {"id": "main", "mainPrompt": "#tts[Menu]", **fields}
        return {"name": "runMenu", "menus": [main, *more], "barge": barge}

    @staticmethod
    def pstn(**fields: Any) -> dict[str, Any]:
        return {"name": "connectPstn", "number": BOB, **fields}

    @staticmethod
    def room(**fields: Any) -> dict[str, Any]:
        return {"name": "connectConf", "conferenceId": "room", **fields}


class Clock:
    """A clock that only moves when told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make() -> Callable[..., Desk]:
    return Desk


@pytest.fixture
def desk() -> Desk:
    return Desk()
