"""The one service plan of a sandbox: what its operations and the API below ``/_sandbox`` work on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sinch import limits
from sinch.sandbox.platform.errors import Refusal
from sinch.sandbox.platform.inbox import InboxService
from sinch.sandbox.platform.messages import MessageService
from sinch.sandbox.platform.records import Message
from sinch.sandbox.platform.state import State
from sinch.values import PhoneNumber
from sinch_api.models.messages import MessageStatus
from sinch_api.models.sms import SmsStatus

from .arrivals import ArrivalService
from .batches import BatchService
from .callbacks import PlanCallbacks
from .dispatch import Dispatcher
from .groups import GroupService
from .outcomes import Outcome, Outcomes, code_of

_OF_PHONE = {
    SmsStatus.SUCCESSFUL: MessageStatus.DELIVERED,
    SmsStatus.FAULTED: MessageStatus.FAILED,
    SmsStatus.PENDING: MessageStatus.DISPATCHED,
    SmsStatus.UNKNOWN: MessageStatus.UNKNOWN,
}


class ServicePlan:
    """Batches, groups, incoming messages, and the rules for what becomes of messages.

    ``originator`` tells the number that messages without sender come from; None without one.
    """

    def __init__(
        self,
        state: State,
        messages: MessageService,
        inbox: InboxService,
        originator: Callable[[], str | None],
    ) -> None:
        self.outcomes = Outcomes()
        self.originator = originator
        callbacks = PlanCallbacks(state)
        dispatcher = Dispatcher(state, messages, self.outcomes, callbacks, originator)
        self._dispatcher = dispatcher
        self.groups = GroupService(state)
        self.batches = BatchService(state, self.groups, dispatcher)
        self.arrivals = ArrivalService(state, inbox, self.batches, self.groups, callbacks)

    @property
    def next_due(self) -> datetime | None:
        """When the next batch is sent; None when none waits."""
        return self._dispatcher.next_due

    def rule(
        self,
        number: str | None,
        status: MessageStatus | str,
        *,
        code: int | None = None,
        after: float | None = None,
    ) -> None:
        """Say what becomes of messages to a number, or to all others; raises ValueError."""
        found = MessageStatus.from_wire(str(status))
        if not found.is_known:
            listed = ", ".join(str(member) for member in MessageStatus)
            raise ValueError(f"status has to be one of {listed}")
        if after is not None and not 0 <= after <= limits.LONGEST_VALIDITY.total_seconds():
            most = limits.LONGEST_VALIDITY.total_seconds()
            raise ValueError(f"after has to be 0 to {most:.0f} seconds")
        plain = "" if number is None else PhoneNumber.parse(number).removeprefix("+")
        wait = None if after is None else timedelta(seconds=after)
        self.outcomes.set(plain, Outcome(status=found, code=code_of(found, code), after=wait))

    def settle(self, batch_id: str, number: str, status: MessageStatus, code: int | None) -> None:
        """Decide what becomes of one message; raises :class:`.Refusal` 40400."""
        batch = self.batches.sent.get(batch_id)
        recipient = None if batch is None else batch.of(number)
        if batch is None or recipient is None:
            raise Refusal(40400, "There is no such message, or its batch is forgotten.")
        self._dispatcher.settle(batch, recipient, status, code_of(status, code))

    def settle_message(self, message: Message, status: SmsStatus) -> None:
        """The same for the message as it stands on the phone."""
        if message.batch_id is not None:
            kind = _OF_PHONE.get(status, MessageStatus.UNKNOWN)
            self.settle(message.batch_id, message.number.removeprefix("+"), kind, None)

    def clear(self) -> None:
        """Forget everything, the rules as well."""
        self.outcomes.clear()
        self.batches.clear()
        self._dispatcher.clear()
        self.groups.clear()
