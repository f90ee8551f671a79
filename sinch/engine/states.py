"""The states of a call and the ways between them; the drawing in the docs is made from this."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final


class CallState(Enum):
    """Where a call is."""

    DIALLING = "dialling"
    """A destination is dialled."""
    RINGING = "ringing"
    """It rings, or an answering machine is being looked for."""
    ASKING = "asking"
    """The app is asked, by ICE, ACE or PIE."""
    PLAYING = "playing"
    """Prompts of the answer's instructions are heard."""
    MENU = "menu"
    """A menu speaks or waits for keys."""
    CONNECTED = "connected"
    """Two sides talk."""
    CONFERENCE = "conference"
    """The party is in a room."""
    PARKED = "parked"
    """The party waits in the parking."""
    ENDED = "ended"
    """Over, for good."""


_S = CallState

#: From each state, what leads where; executed by :func:`check_transition`.
TRANSITIONS: Final[Mapping[CallState, Mapping[CallState, str]]] = MappingProxyType(
    {
        _S.DIALLING: {
            _S.ASKING: "custom callout, ICE",
            _S.RINGING: "it rings",
            _S.ENDED: "busy, failed, cancelled",
        },
        _S.RINGING: {
            _S.ASKING: "answered, ACE",
            _S.PLAYING: "answered without ACE, message",
            _S.CONNECTED: "answered without ACE",
            _S.ENDED: "no answer, cancelled",
        },
        _S.ASKING: {
            _S.PLAYING: "SVAML",
            _S.CONNECTED: "continue, or no answer to ACE",
            _S.ENDED: "no usable answer, hang-up",
        },
        _S.PLAYING: {
            _S.DIALLING: "connect...",
            _S.MENU: "runMenu",
            _S.CONFERENCE: "connectConf",
            _S.PARKED: "park",
            _S.CONNECTED: "continue",
            _S.ENDED: "hangup, hang-up",
        },
        _S.MENU: {
            _S.ASKING: "PIE",
            _S.PLAYING: "left without PIE, message",
            _S.CONNECTED: "left without PIE",
            _S.ENDED: "hang-up",
        },
        _S.CONNECTED: {_S.ENDED: "hang-up, maxDuration"},
        _S.CONFERENCE: {
            _S.PLAYING: "SVAML for its digits",
            _S.ENDED: "hang-up, kick, maxDuration",
        },
        _S.PARKED: {
            _S.PLAYING: "unparked",
            _S.ENDED: "hang-up, maxDuration",
        },
        _S.ENDED: {},
    }
)


class IllegalTransition(AssertionError):
    """A script went from one state to another where no way leads: a mistake of the engine."""


def check_transition(before: CallState, after: CallState, *, by_update: bool = False) -> None:
    """Raise :class:`IllegalTransition` unless a call may go from one state to the other.

    A REST update leads to PLAYING from every state but ENDED.
    """
    taken_over = by_update and after is _S.PLAYING and before is not _S.ENDED
    if after is not before and after not in TRANSITIONS[before] and not taken_over:
        raise IllegalTransition(f"a call cannot go from {before.value} to {after.value}")


def mermaid() -> str:
    """The state machine as a Mermaid diagram."""
    lines = [
        "stateDiagram-v2",
        "    [*] --> DIALLING: callout",
        "    [*] --> ASKING: inbound, ICE",
        "    [*] --> PLAYING: dialled into a room",
    ]
    lines += [
        f"    {before.name} --> {after.name}: {why}"
        for before, ways in TRANSITIONS.items()
        for after, why in ways.items()
    ]
    return "\n".join([*lines, "    ENDED --> [*]", ""])
