"""Classic SMS: messages are accepted, and delivered a moment later."""

from __future__ import annotations

from datetime import datetime

from sinch_api.models.sms import SendSmsRequest, SmsStatus

from . import checks
from .errors import Refusal
from .records import Message, Store
from .state import State


class MessageService:
    """The outbox (docs/platform/sms.md)."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.sent: Store[int, Message] = Store(
            state.settings.remember, lambda message: state.scheduler.cancel(_timer(message.id))
        )

    def send(self, number: str, request: SendSmsRequest) -> Message:
        """Accept one message; raises :class:`.Refusal` 40001."""
        recipient = checks.number(number, "number")
        if not request.message.strip():
            raise Refusal(40001, "Parameter message is blank.")
        sender = (request.from_ or "").strip() or None
        now = self._state.scheduler.now()
        message = Message(
            id=self._state.ids.message_id(),
            number=recipient,
            text=request.message,
            sender=sender,
            sent_at=now,
        )
        self.sent.add(message.id, message)

        self._plan(message)
        self._tell(message)
        return message

    def appear(
        self, number: str, text: str, sender: str | None, at: datetime, batch_id: str
    ) -> Message:
        """A message of a batch is on its way to a phone; the batch tells what becomes of it."""
        message = Message(
            id=self._state.ids.message_id(),
            number=number,
            text=text,
            sender=sender,
            sent_at=at,
            batch_id=batch_id,
        )
        self.sent.add(message.id, message)
        self._tell(message)
        return message

    def show(self, message_id: int, status: SmsStatus) -> None:
        """Give a message of a batch the status that its batch says, if it is remembered."""
        message = self.sent.get(message_id)
        if message is not None and message.status != status:
            message.status = status
            self._tell(message)

    def restore(self, message: Message) -> None:
        """Take over a message of an earlier run."""
        self.sent.add(message.id, message)
        self._state.ids.skip_message_ids(message.id)
        if message.status == SmsStatus.PENDING and message.batch_id is None:
            self._plan(message)

    def _plan(self, message: Message) -> None:
        def deliver(_: datetime) -> None:
            message.status = SmsStatus.SUCCESSFUL
            self._tell(message)

        due = message.sent_at + self._state.settings.timings.sms_delivery
        self._state.scheduler.set(_timer(message.id), due, deliver)

    def _tell(self, message: Message) -> None:
        self._state.events.publish("message", message)

    def find(self, message_id: str) -> Message | None:
        """A message by its id as it stands in a path."""
        plain = message_id.isascii() and message_id.isdigit() and len(message_id) < 19
        return self.sent.get(int(message_id)) if plain else None

    def status(self, message_id: str) -> SmsStatus:
        """How far a message has come; an id nobody knows is Unknown, not an error."""
        message = self.find(message_id)
        return SmsStatus.UNKNOWN if message is None else message.status

    def settle(self, message: Message, status: SmsStatus) -> None:
        """Decide what becomes of a message, in place of its delivery."""
        self._state.scheduler.cancel(_timer(message.id))
        message.status = status
        self._tell(message)

    def clear(self) -> None:
        """Forget every message."""
        self.sent.clear()


def _timer(message_id: int) -> str:
    return f"message {message_id}"
