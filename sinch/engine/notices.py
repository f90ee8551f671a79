"""What the app is told without being asked: notify events, and that its SVAML is not legal."""

from __future__ import annotations

from typing import Any

from . import events
from .call_runtime import CallRuntime
from .transcript import Refused


def notify(runtime: CallRuntime, kind: str, **extra: Any) -> None:
    """Tell the app by a notify event."""
    event = events.notify(runtime.exchange, runtime.call, kind, extra)
    runtime.outbox.tell(runtime.call, "notify", event)


def refuse(runtime: CallRuntime, name: str, message: str, code: int = 40001) -> None:
    """Tell the app that its SVAML is not legal; ``name`` is the event that it answered."""
    runtime.log(Refused, event=name, code=code, message=message)
    notify(runtime, "callingerror", errorCode=code, errorMsg=message)
