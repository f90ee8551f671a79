"""How messages of a batch go their way: waiting, handed over, and then whatever the rules say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from sinch.sandbox.platform.messages import MessageService
from sinch.sandbox.platform.state import State
from sinch_api.models.messages import DeliveryCode, MessageStatus
from sinch_api.models.sms import SmsStatus

from . import reports
from .callbacks import PlanCallbacks
from .outcomes import Outcome, Outcomes
from .records import FINAL, Batch, Recipient
from .texts import Written, writer

#: Callbacks of a batch go out in so many streams, so that an app is not flooded by one of 1,000.
_LANES: Final = 8
_ON_PHONE: Final = {
    MessageStatus.DELIVERED: SmsStatus.SUCCESSFUL,
    MessageStatus.DISPATCHED: SmsStatus.PENDING,
    MessageStatus.QUEUED: SmsStatus.PENDING,
}


class Dispatcher:
    """Sends batches when they are due, and tells the app what became of them."""

    def __init__(
        self,
        state: State,
        messages: MessageService,
        outcomes: Outcomes,
        callbacks: PlanCallbacks,
        originator: Callable[[], str | None],
    ) -> None:
        self._state = state
        self._messages = messages
        self._outcomes = outcomes
        self._callbacks = callbacks
        self._originator = originator
        self._departures: dict[str, datetime] = {}

    @property
    def next_due(self) -> datetime | None:
        """When the next batch is sent; None when none waits."""
        return min(self._departures.values(), default=None)

    def plan(self, batch: Batch) -> None:
        """Have a batch sent at its time; also one that was changed, or of an earlier run."""
        scheduler = self._state.scheduler
        self.drop(batch)
        if batch.is_final:
            return
        scheduler.set(_expiry(batch), batch.expire_at, lambda due: self._expire(batch, due))
        if batch.dispatched:
            # the rules of that run are gone
            left = [one for one in batch.recipients if not one.is_final]
            scheduler.set(
                _arrival(batch),
                batch.send_at + self._usual,
                self._arriving(batch, {Outcome(): left}),
            )
        else:
            queued = batch.created_at + self._state.settings.timings.sms_queue
            due = self._departures[batch.id] = max(batch.send_at, queued)
            scheduler.set(_departure(batch), due, lambda due: self._depart(batch, due))

    def drop(self, batch: Batch) -> None:
        """Let nothing more happen to a batch by itself."""
        self._departures.pop(batch.id, None)
        for timer in (_departure(batch), _expiry(batch), _arrival(batch)):
            self._state.scheduler.cancel(timer)

    def clear(self) -> None:
        """Forget what waits; the scheduler is cleared as well."""
        self._departures.clear()

    def settle(self, batch: Batch, recipient: Recipient, status: MessageStatus, code: int) -> None:
        """Decide what becomes of one message."""
        self._move(batch, [recipient], status, code, self._state.scheduler.now())

    def cancel(self, batch: Batch) -> None:
        """Stop what has not been handed over."""
        waiting = [one for one in batch.recipients if one.status is MessageStatus.QUEUED]
        now = self._state.scheduler.now()
        code = DeliveryCode.CANCELLED.value
        self._move(batch, waiting, MessageStatus.CANCELLED, code, now)

    # --- on time ----------------------------------------------------------------------------

    def _depart(self, batch: Batch, due: datetime) -> None:
        batch.dispatched = True
        self._departures.pop(batch.id, None)
        write, sender = writer(batch.fields), self._sender(batch)
        leaving: list[Recipient] = []
        stopped: dict[DeliveryCode, list[Recipient]] = {}
        for recipient in batch.recipients:
            if recipient.status is not MessageStatus.QUEUED:
                continue
            written = write(recipient.number)
            if (problem := _problem(batch, written, sender)) is not None:
                stopped.setdefault(problem, []).append(recipient)
                continue
            self._hand_over(batch, recipient, written.text or "", sender, due)
            leaving.append(recipient)
        for code, found in stopped.items():
            self._move(batch, found, MessageStatus.ABORTED, code.value, due)
        dispatched = DeliveryCode.DISPATCHED.value
        self._move(batch, leaving, MessageStatus.DISPATCHED, dispatched, due)
        self._await_arrival(batch, leaving, due)

    def _await_arrival(self, batch: Batch, leaving: Iterable[Recipient], due: datetime) -> None:
        """Have messages end as the rules of this moment say; without an end they wait to expire."""
        times: dict[timedelta, dict[Outcome, list[Recipient]]] = {}
        for recipient in leaving:
            rule = self._outcomes.of(recipient.number)
            if rule.status in FINAL:
                wait = self._usual if rule.after is None else rule.after
                times.setdefault(wait, {}).setdefault(rule, []).append(recipient)
        for number, (wait, moved) in enumerate(times.items()):
            timer = _arrival(batch, number)
            self._state.scheduler.set(timer, due + wait, self._arriving(batch, moved))

    def _arriving(
        self, batch: Batch, moved: Mapping[Outcome, list[Recipient]]
    ) -> Callable[[datetime], None]:
        def arrive(due: datetime) -> None:
            for rule, recipients in moved.items():
                # somebody may have decided otherwise in the meantime
                left = [one for one in recipients if not one.is_final]
                if left:
                    self._move(batch, left, rule.status, rule.code, due)

        return arrive

    def _hand_over(
        self, batch: Batch, recipient: Recipient, text: str, sender: str | None, due: datetime
    ) -> None:
        message = self._messages.appear(f"+{recipient.number}", text, sender, due, batch.id)
        recipient.message_id = message.id

    def _expire(self, batch: Batch, due: datetime) -> None:
        left = [recipient for recipient in batch.recipients if not recipient.is_final]
        self._move(batch, left, MessageStatus.EXPIRED, DeliveryCode.EXPIRED.value, due)

    @property
    def _usual(self) -> timedelta:
        return self._state.settings.timings.sms_delivery

    def _sender(self, batch: Batch) -> str | None:
        found = batch.fields.get("from") or self._originator()
        return None if found is None else str(found)

    # --- telling ----------------------------------------------------------------------------

    def _move(
        self,
        batch: Batch,
        recipients: Iterable[Recipient],
        status: MessageStatus,
        code: int,
        at: datetime,
    ) -> None:
        """Give messages a status, show it on the phones, and report what was asked for."""
        kind = batch.fields["delivery_report"]
        for recipient in recipients:
            recipient.status, recipient.code, recipient.at = status, code, at
            if recipient.message_id is not None:
                on_phone = _ON_PHONE.get(status, SmsStatus.FAULTED)
                self._messages.show(recipient.message_id, on_phone)
            if kind == "per_recipient" or (kind == "per_recipient_final" and recipient.is_final):
                self._report_one(batch, recipient)
        if batch.is_final:
            self.drop(batch)
            self._report_all(batch, kind)
        self._state.events.publish("batch", batch)

    def _report_one(self, batch: Batch, recipient: Recipient) -> None:
        event = reports.of_recipient(batch, recipient, self._originator())
        lane = int(recipient.number) % _LANES
        self._post(batch, event, f"batch {batch.id} {lane}")

    def _report_all(self, batch: Batch, kind: str) -> None:
        if kind in {"summary", "full"} and not batch.reported:
            batch.reported = True
            self._post(batch, reports.of_batch(batch, full=kind == "full"), f"batch {batch.id}")

    def _post(self, batch: Batch, event: dict[str, object], stream: str) -> None:
        url = batch.fields.get("callback_url")
        self._callbacks.send(event, url, stream, ("batchId", batch.id))


def _problem(batch: Batch, written: Written, sender: str | None) -> DeliveryCode | None:
    """Why a message is not handed over."""
    if sender is None:
        return DeliveryCode.NO_DEFAULT_ORIGINATOR
    if written.text is None:
        return DeliveryCode.UNMATCHED_PARAMETER
    most = batch.fields.get("max_number_of_message_parts")
    return DeliveryCode.TOO_MANY_PARTS if most and written.parts > most else None


def _departure(batch: Batch) -> str:
    return f"batch {batch.id} departs"


def _expiry(batch: Batch) -> str:
    return f"batch {batch.id} expires"


def _arrival(batch: Batch, number: int = 0) -> str:
    return f"batch {batch.id} arrives {number}"
