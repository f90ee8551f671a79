"""All services of one sandbox, on one state."""

from __future__ import annotations

from typing import Any

from sinch.engine import CallbackUrls as EngineUrls
from sinch.engine import Engine, FarEnd, FarEnds
from sinch_api.models.calling import CallbackUrls

from . import delivery_views
from .applications import Applications
from .calls import Calls
from .conferences import Conferences
from .deliveries import Delivery, DeliveryLog
from .inbox import Inbox
from .messages import Messages
from .state import State
from .verifications import Verifications


class Services:
    """What the operations and the API under ``/_sandbox`` work on."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.messages = Messages(state)
        self.inbox = Inbox(state)
        self.verifications = Verifications(state)
        self.calls = Calls(state)
        self.engine: Engine = self.calls.engine
        self._usual = self.engine.far_ends.default
        self.conferences = Conferences(state, self.calls)
        self.applications = Applications(state)
        self.far_ends: dict[str, FarEnd] = {}
        self.deliveries = DeliveryLog(state.settings.remember_requests)
        self.resets = 0
        self._first_voice_urls()

    @property
    def callback_hosts(self) -> frozenset[str]:
        """Hosts that callbacks may go to besides loopback; ``*`` is any."""
        return self.state.targets.hosts

    def reset(self) -> None:
        """Forget everything that happened, and return to the real time."""
        self.resets += 1
        self.state.timeline.clear()
        self.messages.clear()
        self.inbox.clear()
        self.verifications.clear()
        self.calls.clear()
        self.engine.far_ends = FarEnds(self._usual)
        self.far_ends.clear()
        self.applications.clear()
        self.state.faults.clear()
        self.state.outbox.clear()
        self.state.reset_targets()
        self.deliveries.clear()
        self._first_voice_urls()
        self.state.hub.publish("reset", dict)

    def end_calls(self) -> None:
        """End every call in progress, since the sandbox stops."""
        for call in self.engine.calls():
            if not call.ended:
                self.engine.end(call.id, "GENERALERROR")

    def refresh(self) -> None:
        """Tell the engine where callbacks go; the configuration API may have changed it."""
        urls = self.applications.callbacks
        found = EngineUrls(primary=urls.primary or "", fallback=urls.fallback or "")
        if self.engine.urls != found:
            self.engine.urls = found
            self.state.hub.publish("callbacks", self.callback_urls)

    def callback_urls(self) -> dict[str, Any]:
        """Where callbacks go."""
        voice, targets = self.applications.callbacks, self.state.targets
        return {
            "voice": {"primary": voice.primary, "fallback": voice.fallback},
            "verification": targets.verification,
            "sms": targets.sms,
        }

    def delivered(self, delivery: Delivery) -> None:
        """Note what came of a callback."""
        self.deliveries.add(delivery)
        self.state.hub.publish("delivery", lambda: delivery_views.delivery(delivery))

    def _first_voice_urls(self) -> None:
        first = self.state.first_targets
        if first.voice or first.fallback:
            self.applications.callbacks = CallbackUrls(primary=first.voice, fallback=first.fallback)
        self.refresh()
