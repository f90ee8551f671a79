"""What becomes of messages to certain numbers: rules, so that an app can be tried on the bad days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import attrs

from sinch_api.models.messages import DeliveryCode, MessageStatus

#: What carriers call a submission that failed, among the SMPP codes.
_SUBMIT_FAILED: Final = 69
_UNKNOWN_ERROR: Final = 255
_CODES: Final = {
    MessageStatus.QUEUED: DeliveryCode.QUEUED.value,
    MessageStatus.DISPATCHED: DeliveryCode.DISPATCHED.value,
    MessageStatus.ABORTED: DeliveryCode.UNROUTABLE.value,
    MessageStatus.CANCELLED: DeliveryCode.CANCELLED.value,
    MessageStatus.REJECTED: DeliveryCode.REJECTED.value,
    MessageStatus.DELETED: _SUBMIT_FAILED,
    MessageStatus.DELIVERED: DeliveryCode.DELIVERED.value,
    MessageStatus.FAILED: _SUBMIT_FAILED,
    MessageStatus.EXPIRED: DeliveryCode.EXPIRED.value,
    MessageStatus.UNKNOWN: _UNKNOWN_ERROR,
}


def code_of(status: MessageStatus, code: int | None = None) -> int:
    """The code that goes with a status, unless another is wanted."""
    return _CODES[status] if code is None else code


@attrs.frozen(kw_only=True)
class Outcome:
    """What becomes of messages to one number: status and code, ``after`` so long since they left.

    With ``Queued`` or ``Dispatched`` they stay there until the batch expires. ``after`` of None is
    the usual time.
    """

    status: MessageStatus = MessageStatus.DELIVERED
    code: int = 0
    after: timedelta | None = None


class Outcomes:
    """The rules: by number, and for all others."""

    def __init__(self) -> None:
        self._rules: dict[str, Outcome] = {}
        self.default = Outcome()

    def set(self, number: str, outcome: Outcome) -> None:
        """Say what becomes of messages to a number; "" is for all others."""
        if number:
            self._rules[number] = outcome
        else:
            self.default = outcome

    def of(self, number: str) -> Outcome:
        """What becomes of messages to a number."""
        return self._rules.get(number, self.default)

    def clear(self) -> None:
        """Everything is delivered again."""
        self._rules.clear()
        self.default = Outcome()

    def __iter__(self) -> Iterator[tuple[str, Outcome]]:
        return iter(tuple(self._rules.items()))
