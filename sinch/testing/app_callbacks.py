"""Callbacks of a :class:`.LocalSandbox` other than those of calls, delivered to the application under test."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import urlsplit

import attrs

from sinch.core.signing import Credentials
from sinch.engine import CallbackFailure
from sinch.sandbox.delivery.callbacks import Outcome, OutgoingCallback, Scheme
from sinch.sandbox.delivery.faults import DROPPED
from sinch.sandbox.platform.verification_callbacks import InvalidReply, read_decision
from sinch.sandbox.rest.http import Request, Response
from sinch.sandbox.server.emulator import Emulator
from sinch.testing.delivering import Received, Target
from sinch.testing.errors import CallbackRefused
from sinch.testing.failures import Failures
from sinch.testing.judging import judged
from sinch.testing.signing import SignedRequest
from sinch.testing.steps import Lost, Post, Steps, drive, drive_async
from sinch.testing.switchboard import PRIMARY
from sinch_api.models.verification import VerificationMethod

__tracebackhide__ = True
T = TypeVar("T")


@attrs.frozen(kw_only=True, eq=False)
class Destination:
    """Where callbacks of one kind go, and how they are signed."""

    target: Target
    path: str
    sign: Callable[[OutgoingCallback, str], SignedRequest]
    credentials: Credentials
    """Named where the application refuses one."""

    def request(self, callback: OutgoingCallback) -> SignedRequest:
        """A callback as it is delivered; one for a URL of its own goes to the path of that."""
        path = self.path if callback.url == PRIMARY else urlsplit(callback.url).path or "/"
        return self.sign(callback, path)


@attrs.define(kw_only=True, eq=False)
class AppCallbacks:
    """Delivers callbacks of verifications and of the service plan; those that go nowhere are dropped."""

    emulator: Emulator
    failures: Failures
    destinations: dict[Scheme, Destination] = attrs.field(factory=dict)

    def answer(self, request: Request) -> Response:
        """Answer a request to the sandbox, once the application has been asked."""
        answer = _at_once(self.emulator.answer_with(_Blocking(self), request))
        drive(self.waiting())
        return answer

    async def answer_async(self, request: Request) -> Response:
        """The same in the running event loop."""
        answer = await self.emulator.answer_with(_Asynchronous(self), request)
        await drive_async(self.waiting())
        return answer

    def send_waiting(self) -> None:
        """Deliver what waits to be delivered."""
        drive(self.waiting())

    def let_pass(self, amount: timedelta) -> None:
        """Let time pass in the sandbox; what this brings about waits to be sent."""
        state = self.emulator.state
        with state.lock:
            state.scheduler.advance(amount)

    def close(self) -> None:
        """Stop what was started for the applications."""
        for destination in self.destinations.values():
            destination.target.close()

    def waiting(self) -> Steps[None]:
        """Deliver, step by step, what waits to be delivered."""
        state = self.emulator.state
        while True:
            with state.lock:
                callbacks = state.outbox.drain()
            if not callbacks:
                return
            for callback in callbacks:
                yield from self.send(callback)

    def send(self, callback: OutgoingCallback) -> Steps[Outcome]:
        """Deliver one, or what faults leave of it."""
        state = self.emulator.state
        where = self.destinations.get(callback.scheme)
        if where is None:
            outcome = Outcome(failure=CallbackFailure.NO_APP, detail="there is no application")
            self._done(callback, outcome)
            return outcome
        with state.lock:
            times = state.faults.times_sent(callback.event)
        if times == 0:
            outcome = Outcome(failure=CallbackFailure.TIMEOUT, detail=DROPPED)
            self._done(callback, outcome)
            return outcome
        post = Post(where.target, where.request(callback), callback.timeout.total_seconds())
        received = yield post
        if times > 1:
            yield post
        name = str(callback.event).casefold()
        problem = judged(name, post, received, where.credentials, decisive=True)
        problem = problem or _illegal(callback, received)
        if problem is not None:
            # raised later: the sandbox turns an exception into an answer for the client
            self.failures.add(problem)
        outcome = _outcome(received)
        self._done(callback, outcome)
        return outcome

    def _done(self, callback: OutgoingCallback, outcome: Outcome) -> None:
        if callback.done is not None:
            with self.emulator.state.lock:
                callback.done(outcome)


@attrs.frozen
class _Blocking:
    """What the sandbox needs of a runner, in blocking code."""

    callbacks: AppCallbacks

    def wake(self) -> None:
        pass

    async def ask(self, callback: OutgoingCallback) -> Outcome:
        return drive(self.callbacks.send(callback))

    async def settled(self, stream: str | None = None) -> bool:  # noqa: ARG002  all are sent at once
        drive(self.callbacks.waiting())
        return True

    async def advance(self, amount: timedelta) -> bool:
        self.callbacks.let_pass(amount)
        return await self.settled()


@attrs.frozen
class _Asynchronous(_Blocking):
    """The same in an event loop."""

    async def ask(self, callback: OutgoingCallback) -> Outcome:
        return await drive_async(self.callbacks.send(callback))

    async def settled(self, stream: str | None = None) -> bool:  # noqa: ARG002
        await drive_async(self.callbacks.waiting())
        return True


def _at_once(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that waits for nothing."""
    try:
        work.send(None)
    except StopIteration as stop:
        result: T = stop.value
        return result
    work.close()
    raise RuntimeError("this can only be waited for in an event loop: use the asyncio client")


def _illegal(callback: OutgoingCallback, received: Received | Lost) -> CallbackRefused | None:
    """An answer to a verification request that Sinch would take for none."""
    if not callback.awaited:
        return None
    try:
        read_decision(_outcome(received), VerificationMethod(callback.body["method"]))
    except InvalidReply as problem:
        return CallbackRefused(
            f"Sinch refused the answer of the app to {callback.event}: {problem}"
        )
    return None


def _outcome(received: Received | Lost) -> Outcome:
    if isinstance(received, Lost):
        return Outcome(failure=received.failure, detail=received.detail)
    if 200 <= received.status < 300:
        return Outcome(status=received.status, body=received.body)
    failure, detail = CallbackFailure.STATUS, f"HTTP {received.status}"
    return Outcome(status=received.status, body=received.body, failure=failure, detail=detail)
