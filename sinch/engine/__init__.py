"""The call engine: Sinch's side of a phone call, without a socket (docs/call-engine.md)."""

from __future__ import annotations

from . import transcript
from .call import EventUrls, InboundCall, SimulatedCall
from .call_plan import CallPlan
from .effects import Ask, CallbackFailure, Effect, Happened, Tell
from .engine import Engine, NoSuchCall, NotPossible
from .far_ends import AmdScript, FarEnd, FarEndOutcome, FarEnds
from .legs import Leg, LegState
from .scheduler import Scheduler
from .script import AskApp, Listen, Play, Ring, Wait
from .settings import EngineSettings, Recovery
from .states import CallState
from .transcript import Side

__all__ = [
    "AmdScript",
    "Ask",
    "AskApp",
    "SimulatedCall",
    "CallPlan",
    "CallState",
    "EventUrls",
    "Effect",
    "Engine",
    "EngineSettings",
    "CallbackFailure",
    "FarEnd",
    "FarEndOutcome",
    "FarEnds",
    "Happened",
    "InboundCall",
    "Leg",
    "LegState",
    "Listen",
    "NoSuchCall",
    "NotPossible",
    "Play",
    "Recovery",
    "Wait",
    "Ring",
    "Side",
    "Tell",
    "Scheduler",
    "transcript",
]
