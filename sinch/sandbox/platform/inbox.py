"""Incoming SMS: phones write to a number, and the app hears of it by callback (docs/platform/sms.md)."""

from __future__ import annotations

from datetime import timedelta

from sinch.sandbox.delivery.callbacks import Outcome, OutgoingCallback
from sinch_api.models.common import Identity, IdentityType
from sinch_api.models.sms import IncomingSmsEvent

from . import checks
from .records import ReceivedMessage, Store
from .state import State


class InboxService:
    """Messages that phones sent to the app."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.received: Store[int, ReceivedMessage] = Store(state.settings.remember)

    def receive(self, sender: str, number: str, text: str) -> ReceivedMessage:
        """A phone sends a message to ``number``; raises :class:`.Refusal` 40001.

        The sender may be a number or a name of at most 15 characters.
        """
        if sender.strip().startswith("+"):
            sender = checks.number(sender, "from")
        message = ReceivedMessage(
            id=self._state.ids.message_id(),
            sender=checks.text(sender.strip(), "from", 15),
            number=checks.number(number, "to"),
            text=checks.text(text, "message", 1600),
            received_at=self._state.scheduler.now(),
        )
        self._send(message)
        self.keep(message)
        return message

    def keep(self, message: ReceivedMessage) -> None:
        """Remember a message, whichever API it came by."""
        self.received.add(message.id, message)
        self.tell(message)

    def restore(self, message: ReceivedMessage) -> None:
        """Take over a message of an earlier run; its callback is not sent again."""
        self.received.add(message.id, message)
        self._state.ids.skip_message_ids(message.id)

    def clear(self) -> None:
        """Forget every message."""
        self.received.clear()

    def _send(self, message: ReceivedMessage) -> None:
        url = self._state.targets.sms
        if not url:
            return

        def done(outcome: Outcome) -> None:
            message.delivered, message.status = outcome.failure is None, outcome.status
            self.tell(message)

        event = IncomingSmsEvent(
            to=_number(message.number),
            from_=_number(message.sender),
            message=message.text,
            timestamp=message.received_at,
            version=1,
        )
        self._state.outbox.add(
            OutgoingCallback(
                id=self._state.ids.guid(),
                event="incomingSms",
                url=url,
                body=event.to_wire(),
                stream=stream(message.id),
                subject=("messageId", str(message.id)),
                timeout=max(self._state.settings.callback_timeout, timedelta()),
                done=done,
            )
        )

    def tell(self, message: ReceivedMessage) -> None:
        """Say that a message is new or has changed."""
        self._state.events.publish("inbox", message)


def stream(message_id: int) -> str:
    """The stream of callbacks about one message."""
    return f"message {message_id}"


def _number(endpoint: str) -> Identity:
    return Identity(type=IdentityType.NUMBER, endpoint=endpoint)
