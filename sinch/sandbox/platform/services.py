"""All services of one sandbox, on one state."""

from __future__ import annotations

import logging

import attrs

from sinch.engine import Engine, EventUrls, FarEnd, FarEnds
from sinch.sandbox.delivery.callbacks import CallbackDelivery, DeliveryLog
from sinch.sandbox.delivery.targets import why_never_called
from sinch_api.models.calling import CallbackUrls

from .applications import ApplicationService
from .calls import CallService
from .conferences import ConferenceService
from .inbox import InboxService
from .messages import MessageService
from .plan.records import Batch
from .plan.service_plan import ServicePlan
from .records import Message, ReceivedMessage, Stored, Verification
from .state import DEFAULT_NUMBER, State
from .verifications import VerificationService

_log = logging.getLogger("sinch.sandbox")
#: By which of the two SMS APIs the app gets a message.
APIS = ("classic", "rest")


@attrs.frozen(kw_only=True)
class CallbackTargets:
    """Where callbacks go, with a warning for each URL that none will go to."""

    voice: CallbackUrls
    verification: str | None
    sms: str | None
    messages: str | None
    warnings: list[str]


class Services:
    """What the operations and the API under ``/_sandbox`` work on."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.messages = MessageService(state)
        self.inbox = InboxService(state)
        self.verifications = VerificationService(state)
        self.calls = CallService(state)
        self.engine: Engine = self.calls.engine
        self._usual = self.engine.far_ends.default
        self.conferences = ConferenceService(state, self.calls)
        self.applications = ApplicationService(state)
        self.plan = ServicePlan(state, self.messages, self.inbox, self._own_number)
        self.far_ends: dict[str, FarEnd] = {}
        self.deliveries = DeliveryLog(state.settings.remember_requests)
        self.resets = 0
        self._known_urls = ("", "", "", "", "")
        self._first_voice_urls()

    @property
    def callback_hosts(self) -> frozenset[str]:
        """Hosts that callbacks may go to besides loopback; ``*`` is any."""
        return self.state.targets.hosts

    def reset(self) -> None:
        """Forget everything that happened, and return to the real time."""
        self.resets += 1
        self.state.scheduler.clear()
        self.messages.clear()
        self.inbox.clear()
        self.plan.clear()
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
        self.state.events.publish("reset")

    def restore(self, record: Stored) -> None:
        """Take over a record of an earlier run."""
        if isinstance(record, Message):
            self.messages.restore(record)
        elif isinstance(record, ReceivedMessage):
            self.inbox.restore(record)
        elif isinstance(record, Verification):
            self.verifications.restore(record)
        elif isinstance(record, Batch):
            self.plan.batches.restore(record)
        else:
            self.plan.groups.restore(record)

    def knows(self, record: Stored) -> bool:
        """Whether a record is still remembered."""
        if isinstance(record, Message):
            return self.messages.sent.get(record.id) is record
        if isinstance(record, ReceivedMessage):
            return self.inbox.received.get(record.id) is record
        if isinstance(record, Verification):
            return self.verifications.started.get(record.id) is record
        if isinstance(record, Batch):
            return self.plan.batches.sent.get(record.id) is record
        return record.deleted or self.plan.groups.made.get(record.id) is record

    def _own_number(self) -> str | None:
        """The number that messages without sender come from."""
        return next((number.removeprefix("+") for number in self.applications.owned), None)

    def receive(
        self, sender: str, text: str, *, to: str | None = None, api: str | None = None
    ) -> ReceivedMessage:
        """A phone sends a text to the app; raises :class:`.Refusal` 40001.

        ``to`` is the first number of the account if left out. ``api`` is ``classic`` or ``rest``: by
        which one the app gets it; if left out, the one by which it wrote last, to this phone or else
        to anybody.
        """
        number = to or next(iter(self.applications.owned), DEFAULT_NUMBER)
        if (api or self._last_used(sender)) == "rest":
            return self.plan.arrivals.receive(sender, number, text)
        return self.inbox.receive(sender, number, text)

    def _last_used(self, phone: str) -> str:
        """The API by which the app wrote its newest message to a phone, or else to anybody."""
        newest_first = list(reversed(list(self.messages.sent)))
        to_phone = (message for message in newest_first if message.number == phone.strip())
        last = next(to_phone, next(iter(newest_first), None))
        return "classic" if last is None or last.batch_id is None else "rest"

    def end_calls(self) -> None:
        """End every call in progress, since the sandbox stops."""
        for call in self.engine.calls():
            if not call.ended:
                self.engine.end(call.id, "GENERALERROR")

    def refresh(self) -> None:
        """Take note where callbacks go, once somebody may have changed it."""
        found = self._urls()
        if found == self._known_urls:
            return
        self._known_urls = found
        self.engine.urls = EventUrls(primary=found[0], fallback=found[1])
        for warning in self.warnings(*found):
            _log.warning("%s", warning)
        self.state.events.publish("callbacks", self.callback_targets())

    def callback_targets(self) -> CallbackTargets:
        """Where callbacks go, with a warning for each URL that none will go to."""
        voice, targets = self.applications.callbacks, self.state.targets
        return CallbackTargets(
            voice=voice,
            verification=targets.verification,
            sms=targets.sms,
            messages=targets.messages,
            warnings=self.warnings(*self._urls()),
        )

    def warnings(self, *urls: str) -> list[str]:
        """A warning for each of these URLs that will never be called; "" is none."""
        reasons = {url: why_never_called(url, self.callback_hosts) for url in urls if url}
        return [
            f"{url} will never be called: {reason}" for url, reason in reasons.items() if reason
        ]

    def _urls(self) -> tuple[str, str, str, str, str]:
        voice, targets = self.applications.callbacks, self.state.targets
        found = (voice.primary, voice.fallback, targets.verification, targets.sms, targets.messages)
        primary, fallback, verification, sms, messages = (url or "" for url in found)
        return primary, fallback, verification, sms, messages

    def delivered(self, delivery: CallbackDelivery) -> None:
        """Note what came of a callback."""
        self.deliveries.add(delivery)
        self.state.events.publish("delivery", delivery)

    def _first_voice_urls(self) -> None:
        first = self.state.first_targets
        if first.voice or first.fallback:
            self.applications.callbacks = CallbackUrls(primary=first.voice, fallback=first.fallback)
        self.refresh()
