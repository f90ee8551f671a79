"""Reads what the app answered, and says what is not possible about it."""

from __future__ import annotations

from sinch_api.models.svaml import ConnectMxp, ConnectPstn, ConnectSip, Park, RunMenu, Svamlet

from .call import SimulatedCall
from .dialling import destination
from .settings import EngineSettings
from .validation import IllegalSvaml, read_script


def read(call: SimulatedCall, body: object, name: str, settings: EngineSettings) -> Svamlet | None:
    """The SVAML of an answer; None for an empty one. Raises :class:`.IllegalSvaml`."""
    svaml = read_script(body, name, settings)
    if svaml is not None:
        check_possible(call, svaml)
    return svaml


def check_possible(call: SimulatedCall, svaml: Svamlet) -> None:
    """Check what depends on the call: who there is to hear a menu, and whom to dial.

    Raises :class:`.IllegalSvaml`.
    """
    match svaml.action:
        case RunMenu() | Park() if not call.audible:
            raise IllegalSvaml("There is nobody on the line for this action.")
        case ConnectPstn() | ConnectMxp() | ConnectSip():
            destination(call, svaml.action)
        case _:
            pass
