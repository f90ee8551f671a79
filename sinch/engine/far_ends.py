"""The people and machines at the other end, as a script."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import Enum

import attrs

from sinch_api.models.common import Identity, IdentityType


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
    """What answering machine detection finds (docs/platform/voice-events.md#amd)."""

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
    """Scripts by destination; change them at any time, calls dialled later see it.

    ``default`` is for phones, users and SIP addresses without a script of their own. The address of
    a stream (``connectStream``) has to be declared: see :meth:`set`.
    """

    def __init__(
        self, default: FarEnd | None = None, by_endpoint: Mapping[str, FarEnd] | None = None
    ) -> None:
        self.default = default or FarEnd()
        self._scripts: dict[str, FarEnd] = {}
        for endpoint, script in (by_endpoint or {}).items():
            self.set(endpoint, script)

    def set(self, endpoint: str, script: FarEnd) -> None:
        """Script one destination: a number with or without plus, a user name or an address.

        A ``wss://`` address stands for itself, with any query, and for every path below it:
        ``wss://media.example.com`` for all streams of that host and port.
        """
        self._scripts[_plain(endpoint)] = script

    def declared(self, destination: Identity) -> FarEnd | None:
        """The script that was set for a destination; None if none was."""
        endpoint = _plain(destination.endpoint)
        if endpoint in self._scripts or destination.type != IdentityType.WEBSOCKET:
            return self._scripts.get(endpoint)
        address = endpoint.partition("?")[0].rstrip("/") + "/"
        above = [given for given in self._scripts if address.startswith(f"{given}/")]
        return self._scripts[max(above, key=len)] if above else None


def _plain(endpoint: str) -> str:
    return endpoint.strip().removeprefix("+").casefold().rstrip("/")
