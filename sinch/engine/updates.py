"""What REST requests do to a running call: SVAML for the call, and for one leg (facts 7.3)."""

from __future__ import annotations

from sinch_api.models.svaml import (
    ConnectConference,
    Hangup,
    Park,
    RunMenu,
    Svamlet,
    UnknownAction,
    UnknownInstruction,
)

from .call import Call
from .core import Core
from .scripts import IllegalSvaml, check, is_old_recording_action, name_of
from .states import CallState
from .transcript import Side

#: Actions that leave the call where it is; startRecording and stopRecording are of 2021.
_STAYING = frozenset({"", "continue", "startrecording", "stoprecording"})


class Updates:
    """Applies updates."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def apply(self, call: Call, script: Svamlet) -> None:
        """Execute SVAML: beside what goes on, or in its place if it has another action.

        Raises :class:`.IllegalSvaml`.
        """
        core = self._core
        _check_known(script)
        action = script.action
        name = name_of(action) if action is not None else ""
        if name in _STAYING and not (call.parked and name == "continue"):
            core.programs.overlay(call, script, Side.PARTY)
            return
        if isinstance(action, Hangup) and not any(
            name_of(part) in {"say", "playfiles"} for part in script.instructions
        ):
            core.programs.overlay(call, script, Side.PARTY)
            core.ending.end(call, "MANAGERHANGUP")
            return
        first = call.party.role == "callee" and not call.party.answered
        later = RunMenu | Park | ConnectConference
        if first and call.dialling and isinstance(action, later):
            # nobody is there yet: done when the callee answers, in place of ACE
            call.doing.on_answer = lambda call: self._take_over(call, script)
            return
        core.programs.check_possible(call, script)
        self._take_over(call, script)

    def apply_to_leg(self, call: Call, leg: str, script: Svamlet) -> None:
        """Let one leg hear something; a hangup action ends the call.

        The leg does not matter for callouts and in rooms (facts 7.3).
        """
        _check_known(script)
        core = self._core
        sides = {"caller": (Side.PARTY,), "callee": (Side.FAR,)}.get(
            leg.lower(), (Side.PARTY, Side.FAR)
        )
        if call.kind != "inbound" or call.state is CallState.CONFERENCE:
            sides = (Side.PARTY,)
        there = [
            side
            for side in sides
            if side is Side.PARTY or (call.far is not None and call.far.answered)
        ]
        core.programs.overlay(call, script, *there)
        if isinstance(script.action, Hangup):
            core.ending.end(call, "MANAGERHANGUP")

    def _take_over(self, call: Call, script: Svamlet) -> None:
        core = self._core
        core.callbacks.forget(call)
        core.player.stop(call)
        core.menus.stop(call)
        core.parking.fetch(call)
        core.cancel(call, "lonely", "analysis")
        if call.far is not None and not call.far.answered:
            core.dialling.release_far(call)
        call.doing.program = None
        core.programs.start(call, script, "update")


def _check_known(script: Svamlet) -> None:
    for part in (*script.instructions, script.action):
        if isinstance(part, UnknownInstruction) or (
            isinstance(part, UnknownAction) and not is_old_recording_action(part)
        ):
            raise IllegalSvaml(f"{str(part.name)[:64]} is not known.")
    check(script)
