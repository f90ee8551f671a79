"""Asking again and again until a verification is final."""

from __future__ import annotations

from datetime import timedelta

from sinch.core import checks
from sinch.core.flow import Flow, FlowContext, Pause, call
from sinch.errors import TimedOut, WaitTimedOut
from sinch_api.models.verification import VerificationStatus, VerificationStatusResponse
from sinch_api.operation import Operation

_CLOCK_STEP = 0.05
"""Timers may fire this many seconds early."""


def until_final(
    operation: Operation[VerificationStatusResponse],
    timeout: timedelta | float,
    interval: timedelta | float,
    context: FlowContext,
) -> Flow[VerificationStatusResponse]:
    """Ask until the verification is final or time is up; the last look is at the very end."""
    # Time bounds each look as well, so that a silent server cannot hold the caller. The last
    # look, when it is over, gets a second, or what the whole wait was given if that was less.
    pause = checks.duration(interval, "interval", at_least=timedelta(milliseconds=10))
    limit = checks.duration(timeout, "timeout", at_least=timedelta(0)).total_seconds()
    until = context.monotonic() + limit
    last_look = min(limit, 1.0) or 1.0
    last: VerificationStatusResponse | None = None
    while True:
        look = max(until, context.monotonic() + last_look)
        try:
            last = yield from call(operation, context, until=look)
        except TimedOut as error:
            if context.monotonic() < until - _CLOCK_STEP:
                raise
            raise WaitTimedOut(_still(last, limit), last=last) from error
        # A status that could not be read says nothing, so it does not end the wait.
        if last.status not in {None, VerificationStatus.PENDING}:
            return last
        left = until - context.monotonic()
        if left <= 0:
            raise WaitTimedOut(_still(last, limit), last=last)
        yield Pause(min(pause.total_seconds(), left))


def _still(last: VerificationStatusResponse | None, limit: float) -> str:
    if last is None:
        return f"no status of the verification within {limit:g} s"
    return f"verification {last.id} still pending after {limit:g} s"
