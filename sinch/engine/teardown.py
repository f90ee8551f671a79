"""The end of a call: who may hang up, cleaning up, and DICE as the last event."""

from __future__ import annotations

from sinch_api.models.common import IdentityType

from . import events, recording
from .call_runtime import CallRuntime
from .far_ends import FarEndOutcome
from .legs import LegState
from .script import Ending, HungUp
from .states import CallState
from .transcript import Ended, Side


def hang_up(runtime: CallRuntime, side: Side) -> bool:
    """One side hangs up; False if there is nobody on that side."""
    call = runtime.call
    leg = call.party if side is Side.PARTY else call.far
    if leg is None or leg.state is LegState.GONE:
        return False
    if leg.role == "caller":
        runtime.interrupt(HungUp(_reason(runtime), side))
    elif leg.answered:
        runtime.interrupt(HungUp("CALLEEHANGUP", side))
    elif call.dialling:
        runtime.deliver(FarEndOutcome.BUSY)  # who hangs up a ringing phone rejects the call
    else:
        return False
    return True


def finish(runtime: CallRuntime, ending: Ending) -> None:
    """Leave nothing behind, and tell the app."""
    call, exchange = runtime.call, runtime.exchange
    runtime.outbox.forget(call)
    recording.close(runtime)
    runtime.cancel()
    runtime.enter(CallState.ENDED)
    for leg in (call.party, call.far):
        if leg is not None:
            leg.state = LegState.GONE
    call.ended_at = exchange.now
    call.reason = ending.reason
    call.result = ending.result or call.result
    duration = call.duration(exchange.now)
    runtime.log(Ended, reason=call.reason, result=call.result.value, duration=duration)
    if _gives_dice(runtime):
        runtime.outbox.tell(call, "dice", events.dice(exchange, call))


def _reason(runtime: CallRuntime) -> str:
    """Why a call ends whose caller hangs up: to give up is not quite the same."""
    call = runtime.call
    trying = call.far is not None and not call.far.answered
    abandoned = trying and call.answered_at is None
    return runtime.exchange.settings.abandoned_reason if abandoned else "CALLERHANGUP"


def _gives_dice(runtime: CallRuntime) -> bool:
    far = runtime.call.far
    if far is not None and far.identity.type == IdentityType.USERNAME:
        return runtime.call.flags.dice and runtime.exchange.settings.username_dice
    return runtime.call.flags.dice
