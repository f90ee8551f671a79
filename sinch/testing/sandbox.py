"""``LocalSandbox``: Sinch inside the test, without a port unless one is asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any, Final, Self, cast

import attrs

from sinch.core.signing import Clock, Credentials, utc_now
from sinch.sandbox.delivery.callbacks import OutgoingCallback, Scheme
from sinch.sandbox.delivery.faults import Fault
from sinch.sandbox.delivery.plan_access import PlanAccess
from sinch.sandbox.platform.records import Message, Verification
from sinch.sandbox.platform.state import DEFAULT_NUMBER, Settings, State
from sinch.sandbox.rest.http import Request
from sinch.sandbox.server.emulator import Emulator
from sinch.sandbox.server.plan_members import PlanMembers
from sinch.testing.clock import FrozenClock
from sinch.testing.delivering import Target
from sinch.testing.disturbing import Arrival, add_faults, begun, ended
from sinch.testing.errors import PhoneError
from sinch.testing.failures import ExpectedFailure, Failures
from sinch.testing.in_process import BASE_URL
from sinch.testing.loops import in_event_loop
from sinch.testing.signing import (
    CredentialsOption,
    SignedRequest,
    clock_of,
    find_credentials,
    signed_message,
    signed_request,
    verifier_of,
)
from sinch.testing.switchboard import FALLBACK, PRIMARY, Switchboard
from sinch.testing.targets import App, path_of, target_of
from sinch_api.models.calling import CallbackUrls

if TYPE_CHECKING:
    from sinch.aio import AsyncSinchClient
    from sinch.client import SinchClient
    from sinch.testing.app_callbacks import AppCallbacks
    from sinch.testing.async_phone import AsyncPhone
    from sinch.testing.front import Front
    from sinch.testing.phone import Phone

__tracebackhide__ = True
KEY: Final = "00000000-1111-2222-3333-444444444444"
SECRET: Final = "c2luY2gudGVzdGluZyBvbmx5IQ=="  # noqa: S105 - known to everybody, good for nothing
SERVICE_PLAN_ID: Final = "00000000111122223333444444444444"
API_TOKEN: Final = "only-for-testing"  # noqa: S105 - as above
WEBHOOK_SECRET: Final = "only for testing"  # noqa: S105 - as above
_ANY: Final = timedelta(days=365 * 100)


class LocalSandbox(PlanMembers):
    """The REST APIs of Sinch, emulated in this process.

    .. code-block:: python

        with LocalSandbox() as sandbox:
            sandbox.client().sms("+46700000009", "Hello").send()
            assert sandbox.messages[-1].text == "Hello"

    Nothing happens by itself: time stands still until :meth:`advance`, from now or the time of
    ``clock``, and a phone of this sandbox (:meth:`phone`) plays the calls. Verification callbacks
    are sent once there is somewhere to (:meth:`send_verifications_to`). For all the others, in
    real time, there is :class:`~sinch.sandbox.Sandbox`. Requests are checked as Sinch would,
    but for the age of their timestamps. Key and secret are the same in every test unless given.

    An application that fails in a verification callback fails the test, as with a
    :class:`.Phone`: the request that led to it raises a :class:`.PhoneError`, or :meth:`close` when
    it came in over the port. ``strict=False``, here and for its phones, or a block
    ``with sandbox.expect_failure():`` goes on instead.
    """

    def __init__(
        self,
        *,
        key: str = KEY,
        secret: str = SECRET,
        numbers: Iterable[str] = (DEFAULT_NUMBER,),
        settings: Settings | None = None,
        clock: FrozenClock | None = None,
        random: Random | None = None,
        strict: bool = True,
    ) -> None:
        self.clock = clock or FrozenClock(utc_now())
        # clients sign with the real time, which the clock of a test may be far from
        settings = attrs.evolve(settings or Settings(), timestamp_window=_ANY)
        self.state = State(
            plan=PlanAccess(
                service_plan_id=SERVICE_PLAN_ID, api_token=API_TOKEN, webhook_secret=WEBHOOK_SECRET
            ),
            key=key,
            secret=secret,
            numbers=tuple(numbers),
            settings=settings,
            clock=self.clock,
            random=random,
        )
        self.emulator = Emulator(self.state)
        self._failures = Failures(strict=strict)
        self._callbacks: AppCallbacks | None = None
        self._front: Front | None = None
        self._targets: dict[str, tuple[Target, str]] = {}

    # --- clients ----------------------------------------------------------------------------

    @property
    def credentials(self) -> Credentials:
        """Key and secret of its application."""
        return self.state.credentials

    @property
    def application_key(self) -> str:
        """The application key that clients have to use."""
        return self.credentials.application_key

    @property
    def application_secret(self) -> str:
        """The application secret that clients have to use."""
        return self.credentials.secret

    def client(self, **options: Any) -> SinchClient:
        """A blocking client of this sandbox, without a port; options as of the client."""
        from sinch.testing.local_client import LocalClient

        return LocalClient(self._ask, **self._bound(options))

    def async_client(self, **options: Any) -> AsyncSinchClient:
        """An asyncio client of this sandbox, without a port; options as of the client."""
        from sinch.testing.local_async_client import LocalAsyncClient

        return LocalAsyncClient(self._ask_async, **self._bound(options))

    def _bound(self, options: dict[str, Any]) -> dict[str, Any]:
        bound = {
            "application_key": self.application_key,
            "application_secret": self.application_secret,
            "service_plan_id": self.service_plan_id,
            "api_token": self.api_token,
            "base_url": BASE_URL,
        }
        return {**bound, **options}

    def _ask(self, request: Request) -> Arrival:
        arrival = self._answer(request)
        self._failures.check()
        return arrival

    async def _ask_async(self, request: Request) -> Arrival:
        disturbance, answer = begun(self.emulator, request)
        callbacks = self._callbacks
        if answer is None:
            if callbacks is None:
                answer = self.emulator.answer(request)
            else:
                answer = await callbacks.answer_async(request)
                self._failures.check()
        return ended(disturbance, answer)

    def _answer(self, request: Request) -> Arrival:
        disturbance, answer = begun(self.emulator, request)
        if answer is None:
            ask = self.emulator if self._callbacks is None else self._callbacks
            answer = ask.answer(request)
        return ended(disturbance, answer)

    @property
    def url(self) -> str:
        """Its address, for code that makes its own client; the first look opens a port."""
        if self._front is None:
            from sinch.testing.front import Front

            # in a thread of its own nobody would see an exception: close() raises it
            self._front = Front(self._answer)
        return self._front.url

    # --- looking ----------------------------------------------------------------------------

    @property
    def messages(self) -> tuple[Message, ...]:
        """The SMS sent so far."""
        with self.state.lock:
            return tuple(self.emulator.services.messages.sent)

    @property
    def verifications(self) -> tuple[Verification, ...]:
        """The verifications started so far, with their codes."""
        with self.state.lock:
            return tuple(self.emulator.services.verifications.started)

    # --- faults -----------------------------------------------------------------------------

    def add_faults(self, *faults: Fault | str) -> None:
        """Let things go wrong: ``sandbox.add_faults("lost-response,match=/v1/sms,times=1")``.

        A :class:`~sinch.sandbox.Fault`, or its text as ``sinch sandbox --fault`` takes it.
        Nothing waits: an answer that ``latency`` or ``slow-body`` makes later than the client's
        time-out is a time-out at once, any other comes at once (a client of :attr:`url` does
        wait). ``drop`` loses callbacks of phones and verifications. Raises ValueError for a fault
        that makes no sense, and for ``delay``, ``reorder`` and ``wrong-signature``, which take a
        :class:`~sinch.sandbox.Sandbox`.
        """
        with self.state.lock:
            add_faults(self.state.faults, faults)

    def clear_faults(self) -> None:
        """Let nothing go wrong any more."""
        with self.state.lock:
            self.state.faults.clear()

    # --- verification callbacks -------------------------------------------------------------

    def send_verifications_to(
        self, target: App, path: str | None = None, *, credentials: CredentialsOption | None = None
    ) -> None:
        """Ask the application whether verifications may start, and tell it how they end.

        Until this is called, none has a callback URL. ``target``, ``path`` and ``credentials`` are
        as those of a :class:`.Phone`; an application has to be asynchronous for asyncio clients.
        """
        if credentials is None and verifier_of(target) is None:
            credentials = self.credentials
        pair, clock = find_credentials(credentials, target), clock_of(target) or utc_now
        self._deliver(
            Scheme.APPLICATION,
            target,
            path,
            pair,
            lambda callback, where: signed_request(
                callback.body, where, credentials=pair, clock=clock, headers=callback.headers
            ),
        )
        with self.state.lock:
            self.state.targets.verification = PRIMARY

    def send_messages_to(
        self, target: App, path: str | None = None, *, secret: str | None = None
    ) -> None:
        """Send the application delivery reports and incoming messages of the SMS REST API.

        Until this is called, the service plan has no callback URL. ``target`` and ``path`` are as
        those of a :class:`.Phone`; ``secret`` is the webhook secret, by default
        :attr:`webhook_secret`.

        .. code-block:: python

            router = CallbackRouter(MessagesVerifier(local.webhook_secret))
            local.send_messages_to(router)
            local.receive("+46700000002", "STOP", api="rest")
        """
        signs_with = secret or self.webhook_secret
        self._deliver(
            Scheme.PLAN,
            target,
            path,
            self.credentials,
            lambda callback, where: signed_message(callback.body, where, secret=signs_with),
        )
        with self.state.lock:
            self.state.targets.messages = PRIMARY

    def _deliver(
        self,
        scheme: Scheme,
        target: App,
        path: str | None,
        credentials: Credentials,
        sign: Callable[[OutgoingCallback, str], SignedRequest],
    ) -> None:
        from sinch.testing.app_callbacks import AppCallbacks, Destination

        if self._callbacks is None:
            self._callbacks = AppCallbacks(emulator=self.emulator, failures=self._failures)
        self._callbacks.destinations[scheme] = Destination(
            target=target_of(target),
            path=path_of(target, path),
            sign=sign,
            credentials=credentials,
        )

    # --- applications that fail -------------------------------------------------------------

    def expect_failure(
        self, kind: type[PhoneError] = PhoneError, *, match: str | re.Pattern[str] | None = None
    ) -> ExpectedFailure:
        """A block in which the application fails to answer verification callbacks.

        As :meth:`.Phone.expect_failure`, which is for calls.
        """
        return self._failures.expect(kind, match)

    @property
    def failures(self) -> tuple[PhoneError, ...]:
        """Everything in which the application has failed in verification callbacks so far."""
        return tuple(self._failures.seen)

    # --- time -------------------------------------------------------------------------------

    def advance(self, amount: timedelta | float) -> None:
        """Let time pass, a timedelta or seconds. With calls in progress use ``call.wait()``.

        Inside of an event loop, verification callbacks go out with the next request of a client.
        """
        with self.state.lock:
            self.clock.advance(amount)
            self.state.scheduler.run()
        self._happened()

    def _happened(self) -> None:
        if self._callbacks is not None and not in_event_loop():
            self._callbacks.send_waiting()
            self._failures.check()

    # --- calls ------------------------------------------------------------------------------

    def phone(self, target: App, path: str | None = None, **options: Any) -> Phone:
        """A phone whose calls this sandbox knows: see :class:`.Phone` for the options."""
        from sinch.testing.phone import Phone

        return Phone(target, path, sandbox=self, **self._for_phone(options))

    def async_phone(self, target: App, path: str | None = None, **options: Any) -> AsyncPhone:
        """The same for an event loop: see :class:`.AsyncPhone`."""
        from sinch.testing.async_phone import AsyncPhone

        return AsyncPhone(target, path, sandbox=self, **self._for_phone(options))

    def _for_phone(self, options: dict[str, Any]) -> dict[str, Any]:
        return {"strict": self._failures.strict, **options}

    def switchboard(
        self,
        credentials: Credentials,
        targets: dict[str, tuple[Target, str]],
        *,
        signing_clock: Clock,
        strict: bool,
        barge_in: bool,
    ) -> Switchboard:
        """What phones of this sandbox work with; the phone made last tells where the app is.

        .. code-block:: python

            board = sandbox.switchboard(
                sandbox.credentials,
                {PRIMARY: (target_of(app), "/sinch")},
                signing_clock=utc_now,
                strict=True,
                barge_in=False,
            )
        """
        self._targets.clear()
        self._targets.update(targets)
        services = self.emulator.services
        with self.state.lock:
            fallback = FALLBACK if FALLBACK in targets else None
            services.applications.callbacks = CallbackUrls(primary=PRIMARY, fallback=fallback)
            services.refresh()
        return Switchboard(
            services.engine,
            self.state.scheduler,
            credentials,
            self._targets,
            signing_clock,
            self.clock,
            Failures(strict=strict),
            cast("Any", self.state.lock),
            barge_in=barge_in,
            times_sent=self.state.faults.times_sent,
        )

    # --- the end ----------------------------------------------------------------------------

    def close(self) -> None:
        """Close the port, if one was opened; what it remembers stays readable.

        Raises a :class:`.PhoneError` for what has failed and was not raised yet.
        """
        self._stop()
        self._failures.check()

    def _stop(self) -> None:
        if self._callbacks is not None:
            self._callbacks.close()
        front, self._front = self._front, None
        if front is not None:
            front.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        self._stop()
        if error is None:
            self._failures.check()

    def __repr__(self) -> str:
        where = f" at {self._front.url}" if self._front is not None else ""
        return f"<LocalSandbox{where}>"
