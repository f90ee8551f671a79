"""Executes SVAML: instructions in order, then the action; and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Never

import attrs

from sinch_api.models.common import CallResult, ConferenceDtmfOptions, Identity, IdentityType
from sinch_api.models.svaml import (
    Action,
    ConnectConference,
    ConnectMxp,
    ConnectPstn,
    ConnectSip,
    ConnectStream,
    Continue,
    Hangup,
    Park,
    RunMenu,
)

from . import events, recording
from .amd import detect
from .answers import read
from .call_runtime import CallRuntime
from .conference import Stay, join
from .dialling import Connecting, call_leg, destination, plan_of
from .instructions import perform
from .legs import Dial
from .menus import run_menus
from .notices import refuse
from .outbox import NoAnswer
from .parking import park
from .prompts import spoken
from .script import AskApp, Ending, Listen, Play, Program, Script
from .settings import Recovery
from .states import CallState
from .transcript import Connected, Side, ToneHeard
from .validation import IllegalSvaml

#: What the caller's network is told, as results.
_HANGUP_RESULTS: Final = {1: CallResult.BUSY, 2: CallResult.FAILED}
_BOTH: Final = (Side.PARTY, Side.FAR)


def execute(runtime: CallRuntime, program: Program) -> Script[Program]:
    """Execute SVAML in place of whatever the call was doing; returns what to execute next."""
    runtime.outbox.forget(runtime.call)
    runtime.enter(CallState.PLAYING, by_update=program.context == "update")
    for instruction in program.svaml.instructions:
        prompts = perform(runtime, instruction)
        if prompts and runtime.call.audible:
            yield Play(prompts=prompts, side=_audience(runtime, program.context))
    return (yield from _act(runtime, program.svaml.action, program.context))


def _act(runtime: CallRuntime, action: Action | None, context: str) -> Script[Program]:
    call = runtime.call
    match action:
        case Hangup(hangup_cause=cause):
            unanswered = None if call.answered_at else _HANGUP_RESULTS.get(cause or 0)
            raise Ending("MANAGERHANGUP", unanswered)
        case ConnectPstn() | ConnectMxp() | ConnectSip() | ConnectStream():
            return (yield from _connect(runtime, action))
        case ConnectConference():
            return (yield from join(runtime, _stay(action)))
        case RunMenu():
            result = yield from run_menus(runtime, action, _audience(runtime, context))
            if call.flags.pie:
                return (yield from ask(runtime, "pie", events.pie(runtime.exchange, call, result)))
            settings = runtime.exchange.settings
            return (yield from _recover(runtime, settings.without_pie, "MANAGERHANGUP"))
        case Park():
            return (yield from park(runtime, action))
        case Continue(record=True):
            recording.start(runtime, action.recording_options)
        case _:
            pass
    return (yield from proceed(runtime))


def _connect(runtime: CallRuntime, action: Connecting) -> Script[Program]:
    call = runtime.call
    if not isinstance(action, ConnectPstn):
        call.call_headers.update({header.key: header.value for header in action.call_headers})
    plan = plan_of(runtime, action)
    if not plan.callbacks:
        call.flags = attrs.evolve(call.flags, dice=False)
    first = call.party.role == "callee" and not call.party.answered
    side = Side.PARTY if first else Side.FAR
    return (yield from dial(runtime, destination(call, action), side, plan))


def _stay(action: ConnectConference) -> Stay:
    return Stay(
        room=action.conference_id,
        dtmf=action.conference_dtmf_options or ConferenceDtmfOptions(),
        moh=action.moh,
        record=bool(action.record),
        recording_options=action.recording_options,
    )


def dial(runtime: CallRuntime, to: Identity, side: Side, plan: Dial) -> Script[Program]:
    """Dial; once it is answered the app is asked by ACE, unless it gets none."""
    leg = yield from call_leg(runtime, to, side, plan)
    if runtime.put_off:
        return Program(runtime.put_off.pop(), "update")
    found = yield from detect(runtime, leg, side)
    is_user = to.type == IdentityType.USERNAME and not runtime.exchange.settings.username_ace
    if not runtime.call.flags.ace or not plan.callbacks or is_user:
        return (yield from proceed(runtime))
    return (yield from ask(runtime, "ace", events.ace(runtime.exchange, runtime.call, found)))


def ask(runtime: CallRuntime, name: str, event: Mapping[str, Any]) -> Script[Program]:
    """AskApp the app; returns the SVAML to execute, or does what is done without."""
    settings = runtime.exchange.settings
    answer = yield AskApp(name=name, event=event)
    if isinstance(answer, NoAnswer):
        recovery = settings.unanswered(name)
        return (yield from _recover(runtime, recovery, settings.unanswered_reason))
    problem = "The answer is empty."
    try:
        svaml = read(runtime.call, answer.body, name, settings)
        goes_on = name == "ace" and settings.empty_ace_continues
    except IllegalSvaml as found:
        svaml, goes_on, problem = None, False, str(found)
    if svaml is not None:
        return Program(svaml, name)
    if goes_on:
        return (yield from proceed(runtime))
    refuse(runtime, name, problem)
    return (yield from _recover(runtime, settings.illegal(name), settings.illegal_reason))


def _recover(runtime: CallRuntime, recovery: Recovery, reason: str) -> Script[Never]:
    settings = runtime.exchange.settings
    if recovery is Recovery.CONTINUE:
        yield from proceed(runtime)
    if recovery is Recovery.ERROR_PROMPT and settings.error_prompt:
        runtime.enter(CallState.PLAYING)
        prompt = spoken(settings.error_prompt, None, settings, "error")
        yield Play(prompts=[prompt] if runtime.call.audible else [], side=Side.PARTY)
    raise Ending(reason)


def proceed(runtime: CallRuntime) -> Script[Never]:
    """What ``continue`` does, and an ACE that nobody answered."""
    call = runtime.call
    if call.far is None or not call.far.answered:
        yield from runtime.going_on(runtime)
        raise Ending("MANAGERHANGUP")
    runtime.enter(CallState.CONNECTED)
    call.connected_to = call.far.identity.endpoint
    runtime.log(Connected, to=call.connected_to)
    if call.far.dial.record:
        recording.start(runtime, call.far.dial.recording_options)
    while True:
        key = yield Listen(sides=_BOTH)
        other = Side.FAR if key.side is Side.PARTY else Side.PARTY
        runtime.log(ToneHeard, digits=key.digit, side=other)


def _audience(runtime: CallRuntime, context: str) -> Side:
    """Who hears the prompts of an answer."""
    far = runtime.call.far
    if context == "ace" and far is not None and far.answered:
        return Side(runtime.exchange.settings.audience_of_ace)
    return Side.PARTY
