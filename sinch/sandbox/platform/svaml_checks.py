"""The few rules about SVAML that the REST operations check; running it is the call engine's work."""

from __future__ import annotations

from typing import Final

from sinch import limits
from sinch_api.models.common import Identity, IdentityType
from sinch_api.models.svaml import (
    Action,
    ConnectConference,
    ConnectMxp,
    ConnectPstn,
    ConnectSip,
    ConnectStream,
    Park,
    Svamlet,
    UnknownAction,
    UnknownInstruction,
)

from . import checks
from .errors import Refusal

_RUNNING: Final = frozenset({"hangup", "continue", "park", "startrecording", "stoprecording"})
_CONFERENCE_LEG: Final = _RUNNING | {"runmenu"}
#: A parked call takes whatever the answer to an ICE event may hold (docs/platform/calling.md#calls).
_PARKED: Final = _CONFERENCE_LEG | limits.CONNECTING
#: Actions of 2021 that have no model.
_OLD_ACTIONS: Final = frozenset({"startrecording", "stoprecording"})


def action_name(action: Action | None) -> str:
    """The name of an action in lower case; "" for none and for one that nobody knows."""
    if action is None:
        return ""
    name = str(action.name).lower()
    return "" if isinstance(action, UnknownAction) and name not in _OLD_ACTIONS else name


def dialled(action: Action | None, beside: Identity | None = None) -> tuple[Identity, str | None]:
    """Whom a connecting action calls, and the conference if it joins one.

    ``beside`` is the destination to fall back on when the action names none. Raises
    :class:`.Refusal` 40001, 40002 or 40005.
    """
    match action:
        case ConnectConference():
            checks.text(action.conference_id, "conferenceId", limits.CONFERENCE_ID)
            to = Identity(type=IdentityType.CONFERENCE, endpoint=action.conference_id)
            return to, action.conference_id
        case ConnectPstn():
            endpoint = action.number or (action.destination and action.destination.endpoint)
            found = Identity(type=IdentityType.NUMBER, endpoint=endpoint) if endpoint else beside
        case ConnectMxp():
            given = action.destination
            found = (
                Identity(type=IdentityType.USERNAME, endpoint=given.endpoint) if given else beside
            )
        case ConnectSip():
            given = action.destination
            found = Identity(type=IdentityType.SIP, endpoint=given.endpoint) if given else beside
        case ConnectStream():
            if not action.destination.endpoint.lower().startswith(("wss://", "ws://")):
                raise Refusal(40001, "connectStream needs a wss:// address.")
            return action.destination, None
        case _:
            found = beside
    if found is None:
        raise Refusal(40002, "The action does not say whom to call.")
    return checks.destination(found, "action"), None


def check_update(script: Svamlet, *, parked: bool, conference: bool) -> str:
    """Check the SVAML of a call update and return the name of its action in lower case.

    Raises :class:`.Refusal` 40003 for what cannot be done to a running call.
    """
    _check_instructions(script)
    name = action_name(script.action)
    if not name:
        raise Refusal(40003, "The SVAML needs one action that is known.")
    allowed = _PARKED if parked else _CONFERENCE_LEG if conference else _RUNNING
    if name not in allowed:
        raise Refusal(40003, f"The action {name} cannot be applied to this call.")
    if isinstance(script.action, Park):
        checks.between(
            script.action.max_duration,
            "maxDuration",
            1,
            int(limits.LONGEST_PARKING.total_seconds()),
        )
    return name


def check_leg_update(script: Svamlet) -> None:
    """Check the SVAML of a leg update, which is there for prompts and needs no action."""
    _check_instructions(script)
    if not script.instructions and script.action is None:
        raise Refusal(40003, "The SVAML is empty.")
    if script.action is not None and not action_name(script.action):
        raise Refusal(40003, "The action of the SVAML is not known.")


def _check_instructions(script: Svamlet) -> None:
    for instruction in script.instructions:
        if isinstance(instruction, UnknownInstruction):
            raise Refusal(40003, f"The instruction {str(instruction.name)[:32]} is not known.")
