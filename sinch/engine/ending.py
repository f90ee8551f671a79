"""The end of a call: hang-ups, cleaning up, and DICE as the last event."""

from __future__ import annotations

from sinch_api.models.common import CallResult, IdentityType

from .call import Call, LegState
from .core import Core
from .far_ends import FarEndOutcome
from .states import CallState
from .transcript import Ended, Side


class Ending:
    """Ends calls, each once."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def hang_up(self, call: Call, side: Side) -> bool:
        """One side hangs up; False if there is nobody on that side."""
        leg = call.party if side is Side.PARTY else call.far
        if call.ended or leg is None or leg.state is LegState.GONE:
            return False
        core = self._core
        if leg.role == "callee":
            if not leg.answered:
                if not call.dialling:
                    return False
                core.dialling.fail(call, FarEndOutcome.BUSY)
                return True
            core.menus.hung_up(call, side)
            self.end(call, "CALLEEHANGUP")
            return True
        trying = call.far is not None and not call.far.answered
        core.menus.hung_up(call, side)
        reason = core.settings.abandoned_reason
        self.end(call, reason if trying and call.answered_at is None else "CALLERHANGUP")
        return True

    def end(self, call: Call, reason: str, result: CallResult | None = None) -> None:
        """End a call now; the result is ANSWERED if it was, else N/A, unless given."""
        if call.ended:
            return
        core, doing = self._core, call.doing
        core.callbacks.forget(call, everything=False)
        core.player.stop(call)
        core.menus.stop(call)
        core.rooms.leave(call)
        core.recorder.close(call)
        core.cancel(call)
        core.enter(call, CallState.ENDED)
        for leg in (call.party, call.far):
            if leg is not None:
                leg.state = LegState.GONE
        doing.program = doing.on_continue = doing.on_answer = None
        call.ended_at = core.now
        call.reason = reason
        call.result = result or call.result
        duration = call.duration(core.now)
        core.log(call, Ended, reason=reason, result=call.result.value, duration=duration)
        if self._gives_dice(call):
            core.callbacks.tell(call, "dice", core.callbacks.write.dice(call, core.now))

    def _gives_dice(self, call: Call) -> bool:
        to_user = call.far is not None and call.far.identity.type == IdentityType.USERNAME
        if to_user and not self._core.settings.username_dice:
            return False
        return call.flags.dice and not call.doing.suppressed
