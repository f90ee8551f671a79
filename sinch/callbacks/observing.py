"""Watching a router at work, for tracing and metrics: what it saw and what it answered, nothing private."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from sinch.callbacks.responses import CallbackAnswer


class Observation:
    """Told about one delivery; override what you want to know."""

    def event(self, name: str) -> None:
        """It is genuine, and this is the name of its event, in the letters that were sent."""

    def refused(self, reason: str) -> None:
        """It is not, for this reason."""

    def answered(self, answer: CallbackAnswer) -> None:
        """An answer is ready, and what it is."""


Observe: TypeAlias = Callable[[], AbstractContextManager[Observation]]
"""Makes what is entered before a delivery is looked at, and left when it is answered."""
