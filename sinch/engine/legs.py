"""The ends of a call: who is there, and how they were dialled."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum

import attrs

from sinch_api.models.common import Identity
from sinch_api.models.svaml import AmdOptions, RecordingOptions

from .far_ends import FarEnd


class LegState(Enum):
    """How far one leg is."""

    DIALLING = "dialling"
    RINGING = "ringing"
    ANSWERED = "answered"
    GONE = "gone"


@attrs.define(kw_only=True)
class Leg:
    """One phone, app or stream in a call. ``role`` is caller or callee."""

    identity: Identity
    role: str
    state: LegState = LegState.DIALLING

    @property
    def answered(self) -> bool:
        """Whether it can hear and press."""
        return self.state is LegState.ANSWERED


@attrs.frozen(kw_only=True)
class Dial:
    """How a destination is dialled."""

    timeout: timedelta
    longest: timedelta
    """From the answer until the call is ended."""
    cli: str | None = None
    callbacks: bool = True
    amd: AmdOptions = attrs.field(factory=lambda: AmdOptions(enabled=False))
    dtmf: str = ""
    record: bool = False
    recording_options: RecordingOptions = attrs.field(factory=RecordingOptions)


@attrs.define(kw_only=True)
class DialledLeg(Leg):
    """A leg that the platform dials; ``callee`` says what the destination does."""

    role: str = "callee"
    dial: Dial
    callee: FarEnd
    declared: bool = True
    """False for a stream to an address that no far end was declared for."""
