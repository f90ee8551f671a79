"""The people and machines at the other end, as a script."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import Enum

import attrs

from sinch_api.models.common import Identity


class FarEndOutcome(Enum):
    """What a destination does when it is dialled."""

    ANSWER = "answer"
    BUSY = "busy"
    NO_ANSWER = "noanswer"
    FAILED = "failed"
    CONGESTION = "congestion"
    WAIT = "wait"
    """Rings until somebody says so, or until the dial time-out."""


@attrs.frozen(kw_only=True)
class AmdScript:
    """What answering machine detection finds (facts 8.2)."""

    status: str = "human"
    """``machine``, ``human``, ``notsure`` or ``hangup``."""
    reason: str = "n/a"
    """``longgreeting``, ``initialsilence``, ``beep`` or ``n/a``."""
    analysis: timedelta = timedelta(seconds=3)
    """How long it listens; 0 to 5 s when the call waits for it."""
    beep_after: timedelta | None = None
    """From the answer until the machine beeps; None for no beep."""


@attrs.frozen(kw_only=True)
class FarEnd:
    """One destination: all times count from the dialling, unless said otherwise."""

    outcome: FarEndOutcome = FarEndOutcome.ANSWER
    rings_after: timedelta = timedelta(milliseconds=100)
    answers_after: timedelta = timedelta(milliseconds=500)
    busy_after: timedelta = timedelta(milliseconds=200)
    """When BUSY, FAILED and CONGESTION are heard of."""
    hangs_up_after: timedelta | None = None
    """From its answer until it hangs up by itself; None for never."""
    amd: AmdScript = attrs.field(factory=AmdScript)
    """What detection finds if the app asks for it."""


class FarEnds:
    """Scripts by destination; change them at any time, calls dialled later see it."""

    def __init__(
        self, default: FarEnd | None = None, by_endpoint: Mapping[str, FarEnd] | None = None
    ) -> None:
        self.default = default or FarEnd()
        self._scripts: dict[str, FarEnd] = {}
        for endpoint, script in (by_endpoint or {}).items():
            self.set(endpoint, script)

    def set(self, endpoint: str, script: FarEnd) -> None:
        """Script one destination: a number with or without plus, a user name or an address."""
        self._scripts[_plain(endpoint)] = script

    def of(self, destination: Identity) -> FarEnd:
        """The script of a destination."""
        return self._scripts.get(_plain(destination.endpoint), self.default)


def _plain(endpoint: str) -> str:
    return endpoint.strip().removeprefix("+").casefold()
