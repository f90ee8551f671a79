"""Faults of a :class:`.LocalSandbox`: what they do to a request that crosses no wire."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import attrs

from sinch.sandbox.delivery.faults import Cut, Disturbance, Fault, FaultKind, Faults
from sinch.sandbox.rest.http import Request, Response
from sinch.sandbox.server.emulator import Emulator
from sinch_api.failures import NoResponse
from sinch_api.wire import Timeout

__tracebackhide__ = True

#: Without a runner nothing is late, and nothing follows that could come first.
_NEEDS_TIME: Final = frozenset({FaultKind.REORDER, FaultKind.DELAY, FaultKind.WRONG_SIGNATURE})


@attrs.frozen
class Arrival:
    """An answer, and how many seconds it would take; who hands it over decides what that means."""

    answer: Response
    wait: float = 0.0
    """Until it begins."""
    body: float = 0.0
    """From then until it is complete."""

    def within(self, limits: Timeout) -> Response:
        """The answer, at once; raises NoResponse where a client would not have waited so long."""
        if self.wait >= min(limits.read, limits.total):
            raise NoResponse("no answer in time", sent=True, timed_out=True)
        if self.wait + self.body >= limits.total:
            raise NoResponse("answer not complete in time", sent=True, timed_out=True)
        return self.answer


def cut(error: ConnectionResetError) -> NoResponse:
    """What a client makes of a connection that was cut."""
    return NoResponse(f"connection lost ({error})", sent=True)


def begun(emulator: Emulator, request: Request) -> tuple[Disturbance, Response | None]:
    """What strikes a request, with the answer if it is one of a fault.

    Raises ConnectionResetError where the connection is cut before anything is done.
    """
    disturbance = emulator.disturbance(request)
    if disturbance.cut is Cut.BEFORE:
        raise ConnectionResetError("cut on purpose")
    if disturbance.instead is None:
        return disturbance, None
    return disturbance, emulator.failing(request, disturbance.instead)


def ended(disturbance: Disturbance, answer: Response) -> Arrival:
    """What arrives of an answer; raises ConnectionResetError where it is lost."""
    if disturbance.cut is Cut.AFTER:
        raise ConnectionResetError("cut on purpose, after the request was carried out")
    return Arrival(answer, disturbance.wait, disturbance.body_seconds if answer.body else 0.0)


def add_faults(faults: Faults, given: Iterable[Fault | str]) -> None:
    """Add rules; raises ValueError for those that take the sandbox with a clock that runs."""
    for fault in given:
        rule = Fault.parse(fault) if isinstance(fault, str) else fault
        if rule.kind in _NEEDS_TIME:
            raise ValueError(f"{rule.kind.value} is a fault of sinch.sandbox.Sandbox only")
        faults.add(rule)
