"""Incoming messages of the plan: kept, and told to the app by callback (docs/platform/sms-rest.md#inbound)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sinch.sandbox.delivery.callbacks import Outcome
from sinch.sandbox.platform import checks
from sinch.sandbox.platform.inbox import InboxService, stream
from sinch.sandbox.platform.records import ReceivedMessage
from sinch.sandbox.platform.state import State

from . import numbers, reports
from .batches import BatchService
from .callbacks import PlanCallbacks
from .groups import GroupService
from .refusals import not_found


class ArrivalService:
    """Messages that phones sent to the plan's numbers; the inbox has them among the others."""

    def __init__(
        self,
        state: State,
        inbox: InboxService,
        batches: BatchService,
        groups: GroupService,
        callbacks: PlanCallbacks,
    ) -> None:
        self._state = state
        self._inbox = inbox
        self._batches = batches
        self._groups = groups
        self._callbacks = callbacks

    def receive(self, sender: str, number: str, text: str) -> ReceivedMessage:
        """A phone sends a text to a number or short code; raises :class:`.Refusal` 40001."""
        now = self._state.scheduler.now()
        from_, to = numbers.plain(sender), numbers.plain(number)
        message = ReceivedMessage(
            id=self._state.ids.message_id(),
            sender=checks.number(f"+{from_}", "from"),
            number=checks.text(number.strip(), "to", 17),
            text=checks.text(text, "message", 1600),
            received_at=now,
            inbound_id=self._state.ids.ulid(now),
            client_reference=self._answered(from_),
        )
        self._groups.heard(from_, to, text)
        self._inbox.keep(message)
        self._send(message)
        return message

    def find(self, inbound_id: str) -> ReceivedMessage:
        """A message by its id; raises :class:`.PlanRefusal` 404."""
        for message in self.newest_first():
            if message.inbound_id == inbound_id:
                return message
        raise not_found()

    def newest_first(self) -> Iterator[ReceivedMessage]:
        """All that came by this API."""
        return (one for one in reversed(list(self._inbox.received)) if one.inbound_id is not None)

    def _answered(self, sender: str) -> str | None:
        """The reference of the newest batch to this phone, as with an account that is set up for it."""
        for batch in self._batches.newest_first():
            if batch.of(sender) is not None:
                return batch.client_reference
        return None

    def _send(self, message: ReceivedMessage) -> None:
        def heard(outcome: Outcome) -> None:
            message.delivered, message.status = outcome.failure is None, outcome.status
            self._inbox.tell(message)

        subject = ("messageId", str(message.id))
        self._callbacks.send(answer(message), None, stream(message.id), subject, heard)


def answer(message: ReceivedMessage) -> dict[str, Any]:
    """A message as clients and callbacks have it."""
    at = reports.stamp(message.received_at)
    shown = {
        "type": "mo_text",
        "id": message.inbound_id,
        "from": numbers.plain(message.sender),
        "to": numbers.plain(message.number),
        "body": message.text,
        "received_at": at,
        "sent_at": at,
    }
    reference = message.client_reference
    return shown if reference is None else {**shown, "client_reference": reference}
