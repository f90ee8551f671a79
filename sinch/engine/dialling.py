"""Dials destinations: ringing, answering, time-outs, and who has answered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final, TypeAlias

import attrs

from sinch_api.models.common import CallResult, Identity, IdentityType
from sinch_api.models.svaml import (
    ConnectMxp,
    ConnectPstn,
    ConnectSip,
    ConnectStream,
)

from .call import SimulatedCall
from .call_runtime import CallRuntime
from .far_ends import FarEndOutcome
from .legs import Dial, DialledLeg, LegState
from .script import Ending, HungUp, Ring, Script
from .states import CallState
from .transcript import Answered, NotAnswered, Side, ToneHeard
from .transcript import Dialling as DiallingEntry
from .validation import IllegalSvaml

Connecting: TypeAlias = ConnectPstn | ConnectMxp | ConnectSip | ConnectStream

_NOBODY_LISTENS: Final = "nobody listens there: no far end is declared for this stream"


def destination(call: SimulatedCall, action: Connecting) -> Identity:
    """Whom an action calls. Raises :class:`.IllegalSvaml` if it does not say."""
    given = action.destination
    dialled = call.to if call.to.endpoint else None
    match action:
        case ConnectPstn():
            number = action.number or (given.endpoint if given is not None else None)
            if number:
                return Identity(type=IdentityType.NUMBER, endpoint=number)
            if dialled is not None and dialled.type in {IdentityType.NUMBER, IdentityType.DID}:
                return Identity(type=IdentityType.NUMBER, endpoint=dialled.endpoint)
        case ConnectMxp():
            if given is not None:
                return Identity(type=IdentityType.USERNAME, endpoint=given.endpoint)
            if dialled is not None and dialled.type == IdentityType.USERNAME:
                return dialled
        case ConnectSip():
            endpoint = given.endpoint if given is not None else action.account
            if endpoint:
                return Identity(type=IdentityType.SIP, endpoint=endpoint)
        case ConnectStream():
            return Identity(type=IdentityType.WEBSOCKET, endpoint=action.destination.endpoint)
    raise IllegalSvaml("The action does not say whom to call.")


def plan_of(runtime: CallRuntime, action: Connecting) -> Dial:
    """How an action wants its destination to be dialled."""
    given: dict[str, Any] = {}
    longest = timedelta()
    if isinstance(action, ConnectPstn):
        given |= {"dtmf": action.dtmf or "", "timeout": action.dial_timeout or None}
        given |= {"amd": action.amd, "recording_options": action.recording_options}
    if isinstance(action, ConnectPstn | ConnectSip | ConnectStream):
        longest = action.max_duration or longest
    if isinstance(action, ConnectPstn | ConnectSip):
        given |= {"callbacks": not action.suppress_callbacks, "record": bool(action.record)}
    if not isinstance(action, ConnectStream):
        given |= {"cli": action.cli}
    return dial(runtime, longest or runtime.call.max_duration, **given)


def dial(runtime: CallRuntime, longest: timedelta, **given: Any) -> Dial:
    """How to dial, with defaults for what is None."""
    settings = runtime.exchange.settings
    fields = {name: value for name, value in given.items() if value is not None}
    timeout = fields.pop("timeout", settings.dial_timeout)
    return Dial(timeout=timeout, longest=min(longest, settings.longest_call), **fields)


def call_leg(runtime: CallRuntime, to: Identity, side: Side, plan: Dial) -> Script[DialledLeg]:
    """Dial, and return once the leg has answered. Raises :class:`.Ending` if it does not."""
    call = runtime.call
    release_far(runtime)
    leg = _leg(runtime, to, plan)
    if side is Side.PARTY:
        call.party = leg
        if to.type == IdentityType.USERNAME:  # user names give no ACE and no DICE
            call.flags = attrs.evolve(call.flags, ace=False, dice=False)
    else:
        call.far = leg
    call.dialled = to
    runtime.enter(CallState.DIALLING)
    runtime.log(DiallingEntry, to=to.endpoint, side=side, cli=plan.cli)
    ring = Ring(leg=leg, side=side)
    outcome = yield ring
    if outcome is not FarEndOutcome.ANSWER:
        raise _not_answered(runtime, leg, side, outcome)
    if leg.state is LegState.DIALLING:
        runtime.ring(ring)
    leg.state = LegState.ANSWERED
    runtime.log(Answered, to=to.endpoint, side=side)
    answer_party(runtime)
    start_clock(runtime)
    runtime.later("longest", plan.longest, lambda: runtime.interrupt(Ending("TIMEOUT")))
    if (stays := leg.callee.hangs_up_after) is not None:
        hung_up = HungUp("CALLEEHANGUP", side)
        runtime.later("far hangs up", stays, lambda: runtime.interrupt(hung_up))
    if plan.dtmf:
        runtime.log(ToneHeard, digits=plan.dtmf, side=side)
    return leg


def answer_party(runtime: CallRuntime) -> None:
    """Answer an inbound call, if it is not answered yet; billing starts."""
    call = runtime.call
    if call.party.role != "caller" or call.party.answered:
        return
    call.party.state = LegState.ANSWERED
    runtime.cancel("setup")
    runtime.log(Answered, to=call.to.endpoint, side=Side.PARTY)
    _begin_billing(runtime)


def answer_for(runtime: CallRuntime, action: str) -> None:
    """Answer an inbound call for an action, if that is how this action works."""
    if action in runtime.exchange.settings.answering:
        answer_party(runtime)


def nobody_dialled(runtime: CallRuntime) -> None:
    """A callout that dials nobody: the platform itself is the party."""
    runtime.call.party.state = LegState.ANSWERED
    _begin_billing(runtime)


def start_clock(runtime: CallRuntime) -> None:
    """The call counts as answered from now on."""
    call = runtime.call
    call.answered_at = call.answered_at or runtime.exchange.now
    call.result = CallResult.ANSWERED


def release_far(runtime: CallRuntime) -> None:
    """Let the other leg go, and what was planned for it."""
    runtime.cancel("far hangs up", "analysis", "beep")
    if runtime.call.far is not None:
        runtime.call.far.state = LegState.GONE
        runtime.call.far = None


def _begin_billing(runtime: CallRuntime) -> None:
    start_clock(runtime)
    longest = runtime.call.max_duration
    runtime.later("longest", longest, lambda: runtime.interrupt(Ending("TIMEOUT")))


def _leg(runtime: CallRuntime, to: Identity, plan: Dial) -> DialledLeg:
    """The leg, with what its destination does: nobody is known to listen to a stream."""
    exchange = runtime.exchange
    callee, default = exchange.far_ends.declared(to), exchange.far_ends.default
    if callee is None and to.type == IdentityType.WEBSOCKET:
        callee = attrs.evolve(default, outcome=exchange.settings.undeclared_stream)
        return DialledLeg(identity=to, dial=plan, callee=callee, declared=False)
    return DialledLeg(identity=to, dial=plan, callee=callee or default)


def _not_answered(
    runtime: CallRuntime, leg: DialledLeg, side: Side, outcome: FarEndOutcome
) -> Ending:
    to = leg.identity
    result, reason = {
        FarEndOutcome.BUSY: (CallResult.BUSY, runtime.exchange.settings.busy_reason),
        FarEndOutcome.FAILED: (CallResult.FAILED, "GENERALERROR"),
        FarEndOutcome.CONGESTION: (CallResult.FAILED, "CONGESTION"),
    }.get(outcome, (CallResult.NO_ANSWER, "TIMEOUT"))
    if to.type == IdentityType.USERNAME and result == CallResult.NO_ANSWER:
        result, reason = CallResult.BUSY, "N/A"  # so ends an unanswered app
    leg.state = LegState.GONE
    why = "" if leg.declared else _NOBODY_LISTENS
    runtime.log(NotAnswered, to=to.endpoint, side=side, result=result.value, why=why)
    return Ending(reason, result)
