"""One call as the engine sees it: legs, state, cookies, and what it is doing right now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum
from math import ceil
from typing import TYPE_CHECKING, Any

import attrs

from sinch_api.models.common import CallDomain, CallResult, Identity, Money, MusicOnHold

from .states import CallState
from .transcript import Entry, Side

if TYPE_CHECKING:
    from .doing import Doing


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
class InboundCall:
    """Somebody calls the app: a phone, or with ``user`` and ``domain=MXP`` an app user."""

    from_: str
    to: str | Identity
    """The number dialled; an :class:`Identity` for a user name, a SIP address or a conference."""
    domain: CallDomain = CallDomain.PSTN
    user: str | None = None
    call_headers: Mapping[str, str] = attrs.field(factory=dict)
    rdnis: str | None = None


@attrs.frozen(kw_only=True)
class CallbackUrls:
    """Where events go; "" for nowhere. The engine does not look inside."""

    primary: str = ""
    fallback: str = ""


@attrs.frozen(kw_only=True)
class Flags:
    """Which events a call gives."""

    ace: bool = True
    pie: bool = True
    dice: bool = True


@attrs.define(kw_only=True, eq=False)
class Call:
    """One call. Read it as you like; only the engine writes."""

    id: str
    kind: str
    """inbound, ttsCallout, conferenceCallout, customCallout, or room for a dial-in."""
    party: Leg
    to: Identity
    from_: str | None
    placed_at: datetime
    rate: Money
    far: Leg | None = None
    state: CallState = CallState.DIALLING
    domain: CallDomain = CallDomain.PSTN
    origination: str = "PSTN"
    custom: str | None = None
    user: str | None = None
    rdnis: str | None = None
    cookies: dict[str, str] = attrs.field(factory=dict)
    call_headers: dict[str, str] = attrs.field(factory=dict)
    callback_headers: Mapping[str, str] = attrs.field(factory=dict)
    request: Mapping[str, Any] = attrs.field(factory=dict)
    flags: Flags = attrs.field(factory=Flags)
    max_duration: timedelta
    conference_id: str | None = None
    moh: MusicOnHold | None = None
    music: str | None = None
    muted: bool = False
    on_hold: bool = False
    menu_id: str | None = None
    connected_to: str | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    result: CallResult = CallResult.NOT_AVAILABLE
    reason: str = "N/A"
    updates: list[dict[str, Any]] = attrs.field(factory=list)
    transcript: list[Entry] = attrs.field(factory=list, repr=False)
    doing: Doing = attrs.field(repr=False)
    """What the engine keeps for itself."""

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return self.state is CallState.ENDED

    @property
    def parked(self) -> bool:
        """Whether it is parked."""
        return self.state is CallState.PARKED

    @property
    def dialling(self) -> bool:
        """Whether a phone is dialled or rings, so that it can answer or reject."""
        dial = self.doing.dial
        leg = None if dial is None else self.party if dial.side is Side.PARTY else self.far
        return leg is not None and leg.state in {LegState.DIALLING, LegState.RINGING}

    @property
    def recording(self) -> bool:
        """Whether it is being recorded."""
        return bool(self.doing.recordings)

    @property
    def debit(self) -> Money:
        """What it cost: every minute begun."""
        end = self.ended_at or self.answered_at or self.placed_at
        minutes = ceil(self.duration(end).total_seconds() / 60)
        return attrs.evolve(self.rate, amount=(self.rate.amount or Decimal()) * minutes)

    def duration(self, now: datetime) -> timedelta:
        """How long it has been, or was, answered, in whole seconds."""
        if self.answered_at is None:
            return timedelta()
        spent = (self.ended_at or now) - self.answered_at
        return timedelta(seconds=max(0, int(spent.total_seconds())))
