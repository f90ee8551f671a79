"""What REST requests do to a running call: SVAML for the call, and for one leg."""

from __future__ import annotations

from typing import Final

from sinch_api.models.svaml import (
    ConnectConference,
    Hangup,
    Park,
    RunMenu,
    Svamlet,
    UnknownAction,
    UnknownInstruction,
)

from .answers import check_possible
from .call_runtime import CallRuntime
from .instructions import overlay
from .script import Ending, Program, Redirect
from .states import CallState
from .transcript import Side
from .validation import IllegalSvaml, check, is_old_recording_action, name_of

#: Actions that leave the call where it is; startRecording and stopRecording are of 2021.
_STAYING: Final = frozenset({"", "continue", "startrecording", "stoprecording"})
_HEARD: Final = frozenset({"say", "playfiles"})


def apply(runtime: CallRuntime, svaml: Svamlet) -> None:
    """Execute SVAML: beside what goes on, or in its place if it has another action.

    Raises :class:`.IllegalSvaml`.
    """
    call, action = runtime.call, svaml.action
    _check_known(svaml)
    name = name_of(action) if action is not None else ""
    if name in _STAYING and not (call.parked and name == "continue"):
        overlay(runtime, svaml, Side.PARTY)
        return
    silent = not any(name_of(part) in _HEARD for part in svaml.instructions)
    if isinstance(action, Hangup) and silent:
        overlay(runtime, svaml, Side.PARTY)
        runtime.interrupt(Ending("MANAGERHANGUP"))
        return
    first = call.party.role == "callee" and not call.party.answered
    if first and call.dialling and isinstance(action, RunMenu | Park | ConnectConference):
        # nobody is there yet: done when the callee answers, in place of ACE
        runtime.put_off = [svaml]
        return
    check_possible(call, svaml)
    runtime.interrupt(Redirect(Program(svaml, "update")))


def apply_to_leg(runtime: CallRuntime, leg: str, svaml: Svamlet) -> None:
    """Let one leg hear something; a hangup action ends the call.

    The leg does not matter for callouts and in rooms. Raises :class:`.IllegalSvaml`.
    """
    _check_known(svaml)
    call = runtime.call
    named = {"caller": (Side.PARTY,), "callee": (Side.FAR,)}
    sides = named.get(leg.lower(), (Side.PARTY, Side.FAR))
    if call.kind != "inbound" or call.state is CallState.CONFERENCE:
        sides = (Side.PARTY,)
    far = call.far is not None and call.far.answered
    overlay(runtime, svaml, *(side for side in sides if side is Side.PARTY or far))
    if isinstance(svaml.action, Hangup):
        runtime.interrupt(Ending("MANAGERHANGUP"))


def _check_known(svaml: Svamlet) -> None:
    for part in (*svaml.instructions, svaml.action):
        if isinstance(part, UnknownInstruction) or (
            isinstance(part, UnknownAction) and not is_old_recording_action(part)
        ):
            raise IllegalSvaml(f"{str(part.name)[:64]} is not known.")
    check(svaml)
