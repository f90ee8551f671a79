"""Dials destinations: ringing, answering, machines, time-outs, and the ACE event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, TypeAlias

import attrs

from sinch_api.codec import write_seconds
from sinch_api.models.common import CallResult, Identity, IdentityType
from sinch_api.models.svaml import ConnectMxp, ConnectPstn, ConnectSip, ConnectStream

from .call import Call, Leg, LegState
from .core import Core
from .doing import Dial
from .far_ends import FarEnd, FarEndOutcome
from .scripts import IllegalSvaml
from .states import CallState
from .transcript import Answered, MachineDetected, NotAnswered, Ringing, Side, ToneHeard
from .transcript import Dialling as DiallingEntry

Connecting: TypeAlias = ConnectPstn | ConnectMxp | ConnectSip | ConnectStream

_TIMERS = ("ring", "outcome", "dial")
_NOBODY_LISTENS = "nobody listens there: no far end is declared for this stream"


class Dialling:
    """Brings a second leg, or the first one of a callout."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def destination(self, call: Call, action: Connecting) -> Identity:
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
                endpoint = action.destination.endpoint
                return Identity(type=IdentityType.WEBSOCKET, endpoint=endpoint)
        raise IllegalSvaml("The action does not say whom to call.")

    def connect(self, call: Call, action: Connecting) -> None:
        """Dial the destination of an action."""
        longest = timedelta()
        timeout = amd = dtmf = options = None
        suppress = record = False
        if isinstance(action, ConnectPstn):
            timeout, amd, dtmf = action.dial_timeout, action.amd, action.dtmf
            options = action.recording_options
        if isinstance(action, ConnectPstn | ConnectSip | ConnectStream):
            longest = action.max_duration or longest
        if isinstance(action, ConnectPstn | ConnectSip):
            suppress = bool(action.suppress_callbacks)
        if isinstance(action, ConnectPstn | ConnectSip):
            record = bool(action.record)
        if not isinstance(action, ConnectPstn):
            call.call_headers.update({h.key: h.value for h in action.call_headers})
        if suppress:
            call.doing.suppressed = True
        to = self.destination(call, action)
        first = call.party.role == "callee" and not call.party.answered
        self.dial(
            call,
            to,
            Side.PARTY if first else Side.FAR,
            longest=longest or call.max_duration,
            timeout=timeout or None,
            cli=None if isinstance(action, ConnectStream) else action.cli,
            callbacks=not suppress,
            amd=amd if amd is not None and amd.enabled else None,
            dtmf=dtmf,
            record=record,
            recording_options=options,
        )

    def dial(
        self,
        call: Call,
        to: Identity,
        side: Side,
        *,
        longest: timedelta,
        timeout: timedelta | None = None,
        **options: Any,
    ) -> None:
        """Dial, and let the script of the destination happen."""
        core, settings = self._core, self._core.settings
        self.release_far(call)
        leg = Leg(identity=to, role="callee")
        if side is Side.PARTY:
            call.party = leg
            if to.type == IdentityType.USERNAME:  # no ACE and DICE for user names (facts 7.2)
                call.flags = attrs.evolve(call.flags, ace=False, dice=False)
        else:
            call.far = leg
        script, undeclared = self._script(to)
        dial = Dial(
            to=to,
            side=side,
            script=script,
            timeout=timeout or settings.dial_timeout,
            longest=min(longest, settings.longest_call),
            undeclared=undeclared,
            **options,
        )
        call.doing.dial = dial
        core.enter(call, CallState.DIALLING)
        core.log(call, DiallingEntry, to=to.endpoint, side=side, cli=dial.cli)
        core.later(call, "dial", dial.timeout, self._ring_out)
        core.later(call, "ring", script.rings_after, self._ring)
        match script.outcome:
            case FarEndOutcome.ANSWER:
                delay = max(script.answers_after, script.rings_after)
                core.later(call, "outcome", delay, self.pick_up)
            case FarEndOutcome.WAIT | FarEndOutcome.NO_ANSWER:
                pass
            case outcome:
                core.cancel(call, "ring")
                core.later(
                    call, "outcome", script.busy_after, lambda call: self.fail(call, outcome)
                )

    def pick_up(self, call: Call) -> None:
        """The dialled leg answers."""
        core, leg, dial = self._core, self._leg(call), call.doing.dial
        if leg is None or dial is None or call.ended:
            return
        core.cancel(call, *_TIMERS)
        if leg.state is LegState.DIALLING:
            self._ring(call)
        core.enter(call, CallState.RINGING)
        leg.state = LegState.ANSWERED
        core.log(call, Answered, to=leg.identity.endpoint, side=dial.side)
        self.answer_party(call)
        call.result = CallResult.ANSWERED
        if dial.side is Side.PARTY:
            self._start_clock(call)
        core.later(call, "longest", dial.longest, self._too_long)
        if dial.script.hangs_up_after is not None:
            core.later(
                call,
                "far hangs up",
                dial.script.hangs_up_after,
                self._far_hangs_up,
            )
        if dial.dtmf:
            core.log(call, ToneHeard, digits=dial.dtmf, side=dial.side)
        self._after_answer(call, dial)

    def fail(self, call: Call, outcome: FarEndOutcome) -> None:
        """The dialled leg does not answer, and that ends the call."""
        leg, dial = self._leg(call), call.doing.dial
        if leg is None or dial is None or call.ended:
            return
        self._core.cancel(call, *_TIMERS)
        result, reason = {
            FarEndOutcome.BUSY: (CallResult.BUSY, self._core.settings.busy_reason),
            FarEndOutcome.FAILED: (CallResult.FAILED, "GENERALERROR"),
            FarEndOutcome.CONGESTION: (CallResult.FAILED, "CONGESTION"),
        }.get(outcome, (CallResult.NO_ANSWER, "TIMEOUT"))
        if dial.to.type == IdentityType.USERNAME and result == CallResult.NO_ANSWER:
            result, reason = CallResult.BUSY, "N/A"  # so ends an unanswered app (facts 9.2)
        leg.state = LegState.GONE
        self._core.log(
            call,
            NotAnswered,
            to=dial.to.endpoint,
            side=dial.side,
            result=result.value,
            why=_NOBODY_LISTENS if dial.undeclared else "",
        )
        self._core.ending.end(call, reason, result)

    def answer_party(self, call: Call) -> None:
        """Answer an inbound call, if it is not answered yet; billing starts."""
        party = call.party
        if party.role != "caller" or party.answered:
            return
        party.state = LegState.ANSWERED
        self._core.cancel(call, "setup")
        self._core.log(call, Answered, to=call.to.endpoint, side=Side.PARTY)
        self._start_clock(call)
        self._core.later(call, "longest", call.max_duration, self._too_long)

    def answer_for(self, call: Call, action: str) -> None:
        """Answer an inbound call for an action, if that is how this action works."""
        if action in self._core.settings.answering:
            self.answer_party(call)

    def release_far(self, call: Call) -> None:
        """Let the other leg go, and stop dialling it."""
        self._core.cancel(call, *_TIMERS, "far hangs up", "analysis", "beep", "lonely")
        if call.far is not None:
            call.far.state = LegState.GONE
            call.far = None

    def nobody_dialled(self, call: Call) -> None:
        """A callout that dials nobody: the platform itself is the party."""
        call.party.state = LegState.ANSWERED
        self._start_clock(call)
        self._core.later(call, "longest", call.max_duration, self._too_long)

    def _start_clock(self, call: Call) -> None:
        if call.answered_at is None:
            call.answered_at = self._core.now
        call.result = CallResult.ANSWERED

    def _script(self, to: Identity) -> tuple[FarEnd, bool]:
        """What a destination does, and whether it is a stream that nobody declared."""
        core = self._core
        declared = core.far_ends.declared(to)
        if declared is None and to.type == IdentityType.WEBSOCKET:
            return attrs.evolve(
                core.far_ends.default, outcome=core.settings.undeclared_stream
            ), True
        return declared or core.far_ends.default, False

    def _leg(self, call: Call) -> Leg | None:
        dial = call.doing.dial
        if dial is None:
            return None
        return call.party if dial.side is Side.PARTY else call.far

    def _ring(self, call: Call) -> None:
        leg, dial = self._leg(call), call.doing.dial
        if leg is not None and dial is not None:
            leg.state = LegState.RINGING
            self._core.enter(call, CallState.RINGING)
            self._core.log(call, Ringing, to=leg.identity.endpoint, side=dial.side)

    def _ring_out(self, call: Call) -> None:
        self.fail(call, FarEndOutcome.NO_ANSWER)

    def _far_hangs_up(self, call: Call) -> None:
        if call.doing.dial is not None:
            self._core.ending.hang_up(call, call.doing.dial.side)

    def _too_long(self, call: Call) -> None:
        self._core.ending.end(call, "TIMEOUT")

    # --- answered ---------------------------------------------------------------------------

    def _after_answer(self, call: Call, dial: Dial) -> None:
        core, script = self._core, dial.script.amd
        if (waiting := call.doing.on_answer) is not None:
            call.doing.on_answer = None
            waiting(call)
            return
        if dial.amd is None:
            self._ace(call, dial, None)
            return
        if script.beep_after is not None and dial.callbacks:
            core.later(call, "beep", script.beep_after, self._beep)
        if dial.amd.async_:
            core.later(call, "analysis", script.analysis, self._announce)
            self._ace(call, dial, {"status": "inprogress"})
        else:
            listening = min(script.analysis, timedelta(seconds=5))
            core.later(call, "analysis", listening, self._decide)

    def _decide(self, call: Call) -> None:
        """Synchronous detection is done: ACE has the outcome."""
        dial = call.doing.dial
        if dial is not None:
            found = self._found(call, dial.script)
            if found["status"] == "hangup":
                self._core.ending.hang_up(call, dial.side)
            else:
                self._ace(call, dial, found)

    def _announce(self, call: Call) -> None:
        """Asynchronous detection is done: a notify event has the outcome."""
        dial = call.doing.dial
        if dial is not None:
            found = self._found(call, dial.script)
            if dial.callbacks:
                self._core.callbacks.notify(call, "amd", amd=found)
            if found["status"] == "hangup":
                self._core.ending.hang_up(call, dial.side)

    def _beep(self, call: Call) -> None:
        found = {"status": "machine", "reason": "beep"}
        self._core.log(call, MachineDetected, status="machine", reason="beep")
        self._core.callbacks.notify(call, "amd_beep", amd=found)

    def _found(self, call: Call, end: FarEnd) -> dict[str, Any]:
        script = end.amd
        self._core.log(call, MachineDetected, status=script.status, reason=script.reason)
        return {
            "status": script.status,
            "reason": script.reason,
            "duration": write_seconds(script.analysis),
        }

    def _ace(self, call: Call, dial: Dial, amd: Mapping[str, Any] | None) -> None:
        core = self._core
        is_user = dial.to.type == IdentityType.USERNAME and not core.settings.username_ace
        if call.flags.ace and dial.callbacks and not is_user:
            core.callbacks.ask(call, "ace", core.callbacks.write.ace(call, core.now, amd))
        else:
            core.programs.proceed(call)
