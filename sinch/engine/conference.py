"""A call in a conference room: its digits, and what the app answers to them."""

from __future__ import annotations

from typing import Never

import attrs

from sinch_api.models.common import ConferenceDtmfMode, ConferenceDtmfOptions, MusicOnHold
from sinch_api.models.svaml import Continue, RecordingOptions

from . import events, recording
from .answers import read
from .call_runtime import CallRuntime
from .dialling import answer_for, nobody_dialled, release_far
from .instructions import overlay
from .notices import refuse
from .outbox import AppAnswer, AppOutcome
from .script import Listen, Program, Redirect, Script
from .states import CallState
from .transcript import Side, ToneHeard
from .validation import IllegalSvaml


@attrs.frozen(kw_only=True)
class Stay:
    """What a call enters a room with."""

    room: str
    dtmf: ConferenceDtmfOptions = attrs.field(factory=ConferenceDtmfOptions)
    moh: MusicOnHold | None = None
    """What is heard while nobody else is there."""
    record: bool = False
    recording_options: RecordingOptions | None = None


def join(runtime: CallRuntime, stay: Stay) -> Script[Never]:
    """Put a call into a room until it is ended or redirected; its far end is let go."""
    call = runtime.call
    release_far(runtime)
    if call.party.role == "callee" and not call.party.answered:
        nobody_dialled(runtime)  # a callout that goes straight into a room
    answer_for(runtime, "connectconf")
    runtime.enter(CallState.CONFERENCE)
    runtime.rooms.join(call, stay.room, stay.moh)
    try:
        if stay.record:
            recording.start(runtime, stay.recording_options, of="room")
        while True:
            yield from _digits(runtime, stay.dtmf)
    finally:
        runtime.rooms.leave(call)


def _digits(runtime: CallRuntime, options: ConferenceDtmfOptions) -> Script[None]:
    """Keys in a room: ignored, heard by the others, or collected for a PIE."""
    call, settings = runtime.call, runtime.exchange.settings
    forward = options.mode == ConferenceDtmfMode.FORWARD
    listens = forward or options.mode == ConferenceDtmfMode.DETECT
    most = max(options.max_digits or 1, 1)
    wait = max(options.timeout or settings.conference_timeout, settings.shortest_timeout)
    digits = ""
    while True:
        key = yield Listen(sides=(Side.PARTY,) if listens else (), timeout=wait if digits else None)
        if forward:
            for other in runtime.rooms.members(call.conference_id or ""):
                if other is not call:
                    runtime.exchange.log(other, ToneHeard, digits=key.digit, side=Side.PARTY)
            continue
        if key is not None and (key.digit != "#" or most == 1):
            digits += key.digit
        if key is None or key.digit == "#" or len(digits) >= most:
            _entered(runtime, digits)
            return


def _entered(runtime: CallRuntime, digits: str) -> None:
    """Ask by PIE, while the call stays where it is."""
    call, settings = runtime.call, runtime.exchange.settings
    gated = call.kind == "conferenceCallout" and settings.detect_needs_enable_pie
    if not digits or call.kind == "room" or (gated and not call.flags.pie):
        return
    result = {
        "menuId": call.conference_id,
        "type": "sequence",
        "value": digits,
        "inputMethod": "dtmf",
    }

    def take(answer: AppOutcome) -> None:
        for redirect in _followed(runtime, answer):
            runtime.interrupt(redirect)

    event = events.pie(runtime.exchange, call, result)
    answer = runtime.outbox.ask(call, "pie", event, take)
    if answer is not None:
        for redirect in _followed(runtime, answer):
            raise redirect


def _followed(runtime: CallRuntime, answer: AppOutcome) -> list[Redirect]:
    """Carry out an answer beside the conference, unless it leads elsewhere.

    An answer that is empty, illegal or missing changes nothing.
    """
    if not isinstance(answer, AppAnswer):
        return []
    call = runtime.call
    try:
        svaml = read(call, answer.body, "pie", runtime.exchange.settings)
    except IllegalSvaml as problem:
        refuse(runtime, "pie", str(problem))
        return []
    if svaml is None:
        return []
    if not isinstance(svaml.action, Continue):
        return [Redirect(Program(svaml, "pie"))]
    overlay(runtime, svaml, Side.PARTY)
    return []
