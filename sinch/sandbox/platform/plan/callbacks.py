"""Callbacks of a service plan: sent, and after a 5xx, a 429 or no answer sent again (docs/platform/sms-rest.md#callbacks)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import attrs

from sinch.engine import CallbackFailure
from sinch.sandbox.delivery.callbacks import Outcome, OutgoingCallback, Scheme
from sinch.sandbox.platform.state import State

FIRST_PAUSE: Final = timedelta(seconds=5)
LONGEST_PAUSE: Final = timedelta(seconds=81_920)
Heard = Callable[[Outcome], None]


def pause_after(attempt: int) -> timedelta | None:
    """How long until the next attempt; None after the last."""
    pause: timedelta = FIRST_PAUSE * 2 ** (attempt - 1)
    return pause if pause <= LONGEST_PAUSE else None


def is_repeated(outcome: Outcome) -> bool:
    """Whether Sinch tries again: not after a 4xx, which loses the callback, but for 429.

    That it tries again where nobody answers is an assumption; it is not documented.
    """
    if outcome.failure is None or outcome.failure is CallbackFailure.NO_APP:
        return False
    return outcome.status is None or outcome.status == 429 or outcome.status >= 500


class PlanCallbacks:
    """Puts events into the outbox until the app takes them, or refuses them for good."""

    def __init__(self, state: State) -> None:
        self._state = state

    def send(
        self,
        event: Mapping[str, Any],
        url: str | None,
        stream: str,
        subject: tuple[str, str],
        heard: Heard | None = None,
    ) -> None:
        """Send an event to a URL, else to that of the plan; ``heard`` gets the outcome of every attempt."""
        url = url or self._state.targets.messages
        if not url:
            return
        callback = OutgoingCallback(
            id=self._state.ids.guid(),
            event=str(event["type"]),
            url=url,
            body=event,
            stream=stream,
            subject=subject,
            timeout=self._state.settings.callback_timeout,
            scheme=Scheme.PLAN,
        )
        self._attempt(callback, heard)

    def _attempt(self, callback: OutgoingCallback, heard: Heard | None) -> None:
        def again(_: datetime) -> None:
            self._attempt(attrs.evolve(callback, attempt=callback.attempt + 1), heard)

        def done(outcome: Outcome) -> None:
            if heard is not None:
                heard(outcome)
            pause = pause_after(callback.attempt) if is_repeated(outcome) else None
            if pause is not None:
                due = self._state.scheduler.now() + pause
                self._state.scheduler.set(f"callback {callback.id}", due, again)

        self._state.outbox.add(attrs.evolve(callback, done=done))
