"""One call as anybody may see it: legs, state, cookies, and what happened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from math import ceil
from typing import Any

import attrs

from sinch_api.models.common import CallDomain, CallResult, Identity, Money, MusicOnHold
from sinch_api.models.svaml import RecordingOptions, RunMenu

from .legs import DialledLeg, Leg, LegState
from .states import CallState
from .transcript import Entry


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
class EventUrls:
    """Where events go; "" for nowhere. The engine does not look inside."""

    primary: str = ""
    fallback: str = ""


@attrs.frozen(kw_only=True)
class Flags:
    """Which events a call gives."""

    ace: bool = True
    pie: bool = True
    dice: bool = True


@attrs.frozen(kw_only=True)
class Recording:
    """One recording; ``of`` is call or room. It is ``over`` until it is announced."""

    of: str
    options: RecordingOptions
    destination: str
    over: bool = False


@attrs.frozen(kw_only=True)
class MenuRun:
    """Menus that ran, and the line of the transcript they began at."""

    action: RunMenu
    first: int


@attrs.define(kw_only=True, eq=False)
class SimulatedCall:
    """One call. Read it as you like; only the engine writes."""

    id: str
    kind: str
    """inbound, ttsCallout, conferenceCallout, customCallout, or room for a dial-in."""
    party: Leg
    to: Identity
    from_: str | None
    placed_at: datetime
    rate: Money
    far: DialledLeg | None = None
    dialled: Identity = attrs.field(default=attrs.Factory(lambda call: call.to, takes_self=True))
    """Whom the platform dialled last; until it did, whom the call is for."""
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
    inline: Mapping[str, str] = attrs.field(factory=dict)
    """The answers to ice, ace, pie and dice that a custom callout brought along, SVAML or URLs."""
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
    recordings: list[Recording] = attrs.field(factory=list, repr=False)
    """Those that run, and those that are over but not announced yet."""
    menu_runs: list[MenuRun] = attrs.field(factory=list, repr=False)
    """Every ``runMenu`` so far, oldest first."""
    transcript: list[Entry] = attrs.field(factory=list, repr=False)

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
        leg = self.far or self.party
        dialled = self.state in {CallState.DIALLING, CallState.RINGING}
        return dialled and leg.state in {LegState.DIALLING, LegState.RINGING}

    @property
    def audible(self) -> bool:
        """Whether there is somebody to hear: a caller from the start, a callee who answered."""
        return self.party.role == "caller" or self.party.answered

    @property
    def recording(self) -> bool:
        """Whether it is being recorded."""
        return any(not recording.over for recording in self.recordings)

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
