"""What both kinds of phone have in common: options, far ends, calls in and out."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sinch.core.signing import utc_now
from sinch.engine import (
    AmdScript,
    EngineSettings,
    FarEnd,
    FarEndOutcome,
    InboundCall,
)
from sinch.errors import ConfigurationError
from sinch.testing import registry
from sinch.testing.clock import FrozenClock, seconds
from sinch.testing.coverage import MenuCoverage
from sinch.testing.errors import CallNotPlaced, PhoneError
from sinch.testing.failures import ExpectedFailure
from sinch.testing.signing import CredentialsOption, clock_of, find_credentials, verifier_of
from sinch.testing.switchboard import FALLBACK, PRIMARY, Switchboard, standalone
from sinch.testing.targets import App, path_of, target_of
from sinch.testing.views import CallView, Start
from sinch_api.models.common import CallDomain, Identity

if TYPE_CHECKING:
    from sinch.testing.sandbox import LocalSandbox

__tracebackhide__ = True
C = TypeVar("C", bound=CallView)

APP_NUMBER = "+46700000001"
OWN_NUMBER = "+46700000002"


class PhoneBase(ABC, Generic[C]):
    """Makes calls and takes them; see :class:`.Phone`."""

    def __init__(
        self,
        target: App,
        path: str | None = None,
        *,
        number: str = OWN_NUMBER,
        credentials: CredentialsOption | None = None,
        clock: FrozenClock | None = None,
        fallback: App | None = None,
        sandbox: LocalSandbox | None = None,
        settings: EngineSettings | None = None,
        strict: bool = True,
        barge_in: bool = False,
    ) -> None:
        if sandbox is not None and (clock is not None or settings is not None):
            raise ConfigurationError(
                "a phone of a sandbox has the clock and settings of the sandbox"
            )
        self.number = number
        found = path_of(target, path)
        targets = {PRIMARY: (target_of(target), found)}
        if fallback is not None:
            where = path_of(fallback, path if not isinstance(fallback, str) else None)
            targets[FALLBACK] = (target_of(fallback), where)
        signing_clock = clock_of(target) or clock or utc_now
        if sandbox is not None and credentials is None and verifier_of(target) is None:
            credentials = sandbox.credentials
        signer = find_credentials(credentials, target)
        if sandbox is not None:
            self._board = sandbox.switchboard(
                signer, targets, signing_clock=signing_clock, strict=strict, barge_in=barge_in
            )
        else:
            self._board = standalone(
                signer,
                targets,
                clock=clock,
                signing_clock=signing_clock,
                settings=settings,
                strict=strict,
                barge_in=barge_in,
            )
        self._targets = [target for target, _ in targets.values()]
        self._received: set[str] = set()
        registry.announce(self._board)

    @abstractmethod
    def _open(self, start: Start) -> C:
        """Make a call that begins like this."""

    # --- calls ------------------------------------------------------------------------------

    def call(
        self,
        to: str | Identity = APP_NUMBER,
        *,
        from_: str | None = None,
        domain: CallDomain = CallDomain.PSTN,
        user: str | None = None,
        headers: Mapping[str, str] | None = None,
        rdnis: str | None = None,
    ) -> C:
        """Call your application at one of its numbers.

        ``from_`` is the caller, default the number of the phone; ``private`` for none. With
        ``user`` and ``domain=CallDomain.MXP`` an app user calls, ``headers`` being the call headers
        its app sets. ``rdnis`` is the number the call was redirected from.
        """
        inbound = InboundCall(
            from_=from_ or self.number, to=to, domain=domain, user=user,
            call_headers=dict(headers or {}), rdnis=rdnis,
        )  # fmt: skip
        return self._open(lambda: self._board.engine.inbound(inbound).id)

    def join(self, room: str, *, from_: str | None = None) -> C:
        """Dial straight into a conference room, past the application."""
        return self._open(lambda: self._board.engine.join_room(room, from_ or self.number).id)

    def expect_call(self, to: str | None = None) -> C:
        """The oldest call placed by the code under test that was not expected yet.

        ``to`` picks the calls to one number. The code under test places it with a client of the
        phone's sandbox; it is dialled, rings and is answered here (see :meth:`far_end`).
        Raises :class:`.CallNotPlaced` when there is none.
        """
        return self._open(lambda: self._next_callout(to))

    def _next_callout(self, to: str | None) -> str:
        placed = [
            call
            for call in self._board.engine.calls()
            if call.kind.endswith("Callout") and call.id not in self._received
        ]
        wanted = None if to is None else to.removeprefix("+")
        for call in placed:
            if wanted is None or call.to.endpoint.removeprefix("+") == wanted:
                self._received.add(call.id)
                return call.id
        if not placed:
            raise CallNotPlaced("the code under test has placed no call")
        others = ", ".join(call.to.endpoint for call in placed)
        raise CallNotPlaced(f"{to} was not called, but {others}")

    # --- applications that fail -------------------------------------------------------------

    def expect_failure(
        self, kind: type[PhoneError] = PhoneError, *, match: str | re.Pattern[str] | None = None
    ) -> ExpectedFailure:
        """A block in which the application fails, and the call goes on as Sinch would have it.

        .. code-block:: python

            with phone.expect_failure(CallbackRefused, match="HTTP 500") as expected:
                call = phone.call()
            assert call.heard("An error has occurred.")

        Nothing of that ``kind``, with a text that ``match`` is found in, is raised in the block;
        :class:`.NothingFailed` is at its end if nothing has failed like that. Use ``with`` for an
        :class:`.AsyncPhone` too. ``expected.failure`` is the first one, ``.failures`` has all.
        """
        return self._board.failures.expect(kind, match)

    @property
    def failures(self) -> tuple[PhoneError, ...]:
        """Everything in which the application has failed so far, expected or not."""
        return tuple(self._board.failures.seen)

    # --- the other end ----------------------------------------------------------------------

    def far_end(
        self,
        number: str,
        *,
        answers_after: timedelta | float | None = None,
        busy: bool = False,
        no_answer: bool = False,
        fails: bool = False,
        waits: bool = False,
        hangs_up_after: timedelta | float | None = None,
        machine: bool | AmdScript = False,
    ) -> None:
        """Say what a destination does when it is dialled; it answers after half a second if not.

        ``number`` is a number, a user name or an address; a stream fails unless its ``wss://``
        address, or one above it, is declared here. Durations are timedeltas or seconds.
        ``waits`` rings until :meth:`.CallView.answer` or ``reject``. ``machine`` is an answering
        machine with a long greeting and a beep after 4 s, or a script of your own. At most one of
        ``busy``, ``no_answer``, ``fails`` and ``waits``, else ValueError.
        """
        chosen = {
            FarEndOutcome.BUSY: busy,
            FarEndOutcome.NO_ANSWER: no_answer,
            FarEndOutcome.FAILED: fails,
            FarEndOutcome.WAIT: waits,
        }
        outcomes = [outcome for outcome, wanted in chosen.items() if wanted]
        if len(outcomes) > 1:
            raise ValueError("a destination does one thing: busy, no_answer, fails or waits")
        options: dict[str, Any] = {"outcome": outcomes[0]} if outcomes else {}
        if answers_after is not None:
            options["answers_after"] = seconds(answers_after)
        if hangs_up_after is not None:
            options["hangs_up_after"] = seconds(hangs_up_after)
        if machine:
            options["amd"] = _MACHINE if machine is True else machine
        self._board.far_end(number, FarEnd(**options))

    # --- all calls together -----------------------------------------------------------------

    @property
    def now(self) -> datetime:
        """The simulated time."""
        return self._board.scheduler.now()

    def menu_coverage(self) -> MenuCoverage:
        """Which options of the menus in all calls of this phone were walked, and which not."""
        return coverage_of(self._board)


_MACHINE = AmdScript(status="machine", reason="longgreeting", beep_after=timedelta(seconds=4))


def coverage_of(board: Switchboard) -> MenuCoverage:
    """The menu coverage of every call of a switchboard."""
    with board.lock:
        calls = [MenuCoverage.of(call.transcript) for call in board.engine.calls()]
    return sum(calls, MenuCoverage())
