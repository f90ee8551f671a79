"""Answering machine detection: before ACE, or beside the call."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from sinch_api.codec import write_seconds

from .call_runtime import CallRuntime
from .far_ends import AmdScript
from .legs import DialledLeg
from .notices import notify
from .script import HungUp, Listen, Script
from .transcript import MachineDetected, Side

_LONGEST: Final = timedelta(seconds=5)


def detect(runtime: CallRuntime, leg: DialledLeg, side: Side) -> Script[Mapping[str, Any]]:
    """Listen, if that was asked for; returns what the ACE event says of it.

    Synchronous detection takes its time first, asynchronous detection is announced later on.
    """
    options, script = leg.dial.amd, leg.callee.amd
    if not options.enabled:
        return {}
    if script.beep_after is not None and leg.dial.callbacks:
        runtime.later("beep", script.beep_after, lambda: _beep(runtime))
    if options.async_:
        runtime.later("analysis", script.analysis, lambda: _announce(runtime, leg, side))
        return {"status": "inprogress"}
    yield Listen(timeout=min(script.analysis, _LONGEST))
    found = _found(runtime, script)
    if script.status == "hangup":
        raise HungUp("CALLEEHANGUP", side)
    return found


def _announce(runtime: CallRuntime, leg: DialledLeg, side: Side) -> None:
    found = _found(runtime, leg.callee.amd)
    if leg.dial.callbacks:
        notify(runtime, "amd", amd=found)
    if leg.callee.amd.status == "hangup":
        runtime.interrupt(HungUp("CALLEEHANGUP", side))


def _beep(runtime: CallRuntime) -> None:
    found = {"status": "machine", "reason": "beep"}
    runtime.log(MachineDetected, **found)
    notify(runtime, "amd_beep", amd=found)


def _found(runtime: CallRuntime, script: AmdScript) -> dict[str, Any]:
    runtime.log(MachineDetected, status=script.status, reason=script.reason)
    return {
        "status": script.status,
        "reason": script.reason,
        "duration": write_seconds(script.analysis),
    }
