"""A clock that stands still."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

__tracebackhide__ = True
START: Final = datetime(2026, 1, 1, 12, tzinfo=UTC)


class FrozenClock:
    """A clock that moves only when told to; call it for the time.

    Pass it as ``clock=`` to a verifier, a phone, a sandbox or :func:`.signed_request`. It starts
    at ``start``, which needs a time zone and defaults to noon UTC of 1 January 2026.
    Raises ValueError for a start without zone, and for going back.
    """

    def __init__(self, start: datetime = START) -> None:
        self._now = _checked(start)

    def __call__(self) -> datetime:
        """The time it shows."""
        return self._now

    @property
    def now(self) -> datetime:
        """The time it shows."""
        return self._now

    def advance(self, amount: timedelta | float) -> datetime:
        """Move forward by a timedelta or seconds; returns the new time."""
        step = seconds(amount)
        return self.move_to(self._now + step)

    def move_to(self, moment: datetime) -> datetime:
        """Move forward to a moment; returns it."""
        if _checked(moment) < self._now:
            raise ValueError("a clock does not go back")
        self._now = moment
        return moment

    def __repr__(self) -> str:
        return f"<FrozenClock {self._now.isoformat()}>"


def seconds(amount: timedelta | float) -> timedelta:
    """A timedelta of what users may write as a number of seconds."""
    return amount if isinstance(amount, timedelta) else timedelta(seconds=amount)


def _checked(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a clock needs a datetime with a time zone")
    return moment
