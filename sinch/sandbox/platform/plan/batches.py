"""Batches: accepted, found, changed, cancelled and counted (docs/platform/sms-rest.md#send)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from sinch import limits
from sinch.sandbox.platform.records import Store
from sinch.sandbox.platform.state import State
from sinch_api.model import Model
from sinch_api.models.messages import MessagesErrorCode

from . import intake, numbers, reports
from .dispatch import Dispatcher
from .groups import GroupService
from .records import Batch, Recipient
from .refusals import constraint, forbidden, not_found
from .texts import writer

#: Batches may have 1,000 recipients each: so many recipients are remembered for each record elsewhere.
_RECIPIENTS: Final = 20
_RECIPIENT_CHANGES: Final = frozenset({"to_add", "to_remove"})


class BatchService:
    """The batches of the plan."""

    def __init__(self, state: State, groups: GroupService, dispatcher: Dispatcher) -> None:
        self._state = state
        self._groups = groups
        self._dispatcher = dispatcher
        self.sent: Store[str, Batch] = Store(state.settings.remember, self._forget)
        self._remembered = 0

    # --- sending ----------------------------------------------------------------------------

    def send(self, request: Model) -> Batch:
        """Accept a batch; raises :class:`.PlanRefusal`."""
        fields = intake.batch_fields(request)
        now = self._state.scheduler.now()
        batch = Batch(
            id=self._state.ids.ulid(now),
            fields=fields,
            created_at=now,
            modified_at=now,
            send_at=now,
            expire_at=now,
            recipients=[],
        )
        self._fill(batch, fields)
        self.add(batch)
        self._dispatcher.plan(batch)
        self._tell(batch)
        return batch

    def dry_run(self, request: Model, listed: int | None) -> dict[str, Any]:
        """In how many parts it would be sent, with the first ``listed`` recipients; nothing is sent."""
        fields = intake.batch_fields(request)
        write = writer(fields)
        texts = [(number, write(number)) for number in self._numbers(fields)]
        answer: dict[str, Any] = {
            "number_of_recipients": len(texts),
            "number_of_messages": sum(text.parts for _, text in texts),
        }
        if listed is not None:
            answer["per_recipient"] = [
                {
                    "recipient": number,
                    "number_of_parts": text.parts,
                    "body": text.text or "",
                    "encoding": text.encoding,
                }
                for number, text in texts[:listed]
            ]
        return answer

    def _fill(self, batch: Batch, fields: dict[str, Any]) -> None:
        """Make a batch what the fields say; it stays as it was if they cannot be."""
        intake.check_reports(fields, self._state.targets.messages)
        now = self._state.scheduler.now()
        send_at, expire_at = intake.times(_time(fields, "send_at"), _time(fields, "expire_at"), now)
        found, write = self._numbers(fields), writer(fields)
        batch.recipients = [
            Recipient(number=number, at=now, parts=write(number).parts) for number in found
        ]
        batch.to_group = any(numbers.is_group(to) for to in fields["to"])
        batch.send_at, batch.expire_at = send_at, expire_at
        batch.fields = fields

    def _numbers(self, fields: Mapping[str, Any]) -> list[str]:
        """Everybody a batch goes to, each once."""
        found: dict[str, None] = {}
        for to in fields["to"]:
            if numbers.is_group(to):
                found.update(dict.fromkeys(self._groups.target(to)))
            else:
                found[to] = None
        return list(found)

    # --- finding ----------------------------------------------------------------------------

    def find(self, batch_id: str) -> Batch:
        """A batch by its id; raises :class:`.PlanRefusal` 404."""
        found = self.sent.get(batch_id)
        if found is None:
            raise not_found()
        return found

    def newest_first(self) -> Iterator[Batch]:
        """All of them."""
        return reversed(list(self.sent))

    # --- changing ---------------------------------------------------------------------------

    def update(self, batch_id: str, request: Model) -> Batch:
        """Change what is given and keep the rest; raises :class:`.PlanRefusal`."""
        batch = self._changeable(batch_id)
        changes = request.to_wire()  # type: ignore[attr-defined]
        if changes["type"] != batch.kind:
            raise constraint("type", f"of this batch is {batch.kind}")
        to = [*batch.fields["to"], *map(intake.recipient, changes.get("to_add", ()))]
        removed = set(map(intake.recipient, changes.get("to_remove", ())))
        to = [each for each in dict.fromkeys(to) if each not in removed]
        if not 1 <= len(to) <= limits.BATCH:
            raise constraint("to", f"would have {len(to)} recipients: 1 to {limits.BATCH}")
        kept = {name: value for name, value in changes.items() if name not in _RECIPIENT_CHANGES}
        return self._change(batch, intake.checked({**batch.fields, **kept, "to": to}))

    def replace(self, batch_id: str, request: Model) -> Batch:
        """Make it another batch under the same id; raises :class:`.PlanRefusal`."""
        batch = self._changeable(batch_id)
        return self._change(batch, intake.batch_fields(request))

    def _change(self, batch: Batch, fields: dict[str, Any]) -> Batch:
        before = len(batch.recipients)
        self._fill(batch, fields)
        self._remembered += len(batch.recipients) - before
        batch.modified_at = self._state.scheduler.now()
        self._dispatcher.plan(batch)
        self._tell(batch)
        return batch

    def _changeable(self, batch_id: str) -> Batch:
        batch = self.find(batch_id)
        if batch.dispatched or batch.canceled or batch.is_final:
            word = MessagesErrorCode.BATCH_ALREADY_DISPATCHED
            what = "cancelled" if batch.canceled else "sent" if batch.dispatched else "ended"
            raise forbidden(word, f"The batch has been {what} already.")
        return batch

    def cancel(self, batch_id: str) -> Batch:
        """Stop what has not been handed over; the rest goes on. Raises :class:`.PlanRefusal` 404."""
        batch = self.find(batch_id)
        if not batch.canceled:
            batch.canceled = True
            batch.modified_at = self._state.scheduler.now()
            self._dispatcher.cancel(batch)
        return batch

    def feedback(self, batch_id: str, recipients: tuple[str, ...]) -> None:
        """Note who received it; raises :class:`.PlanRefusal`."""
        batch = self.find(batch_id)
        if batch.to_group and not recipients:
            raise constraint("recipients", "has to name somebody, since the batch went to a group")
        named = [numbers.digits(number, "recipients") for number in recipients]
        everybody = [recipient.number for recipient in batch.recipients]
        if not set(named) <= set(everybody):
            raise constraint("recipients", "has somebody to whom the batch was not sent")
        batch.feedback = list(dict.fromkeys([*batch.feedback, *(named or everybody)]))
        self._tell(batch)

    # --- remembering ------------------------------------------------------------------------

    def add(self, batch: Batch) -> None:
        """Remember a batch, and forget the oldest where that is too much."""
        self.sent.add(batch.id, batch)
        self._remembered += len(batch.recipients)
        most = self._state.settings.remember * _RECIPIENTS
        while self._remembered > most and len(self.sent) > 1:
            self.sent.drop_oldest()

    def restore(self, batch: Batch) -> None:
        """Take over a batch of an earlier run."""
        self.add(batch)
        self._dispatcher.plan(batch)

    def _forget(self, batch: Batch) -> None:
        self._remembered -= len(batch.recipients)
        self._dispatcher.drop(batch)

    def clear(self) -> None:
        """Forget every batch."""
        self.sent.clear()
        self._remembered = 0

    def _tell(self, batch: Batch) -> None:
        self._state.events.publish("batch", batch)


def answer(batch: Batch) -> dict[str, Any]:
    """A batch as clients see it."""
    return {
        "id": batch.id,
        **batch.fields,
        "send_at": reports.stamp(batch.send_at),
        "expire_at": reports.stamp(batch.expire_at),
        "created_at": reports.stamp(batch.created_at),
        "modified_at": reports.stamp(batch.modified_at),
        "canceled": batch.canceled,
    }


def _time(fields: Mapping[str, Any], name: str) -> datetime | None:
    return datetime.fromisoformat(fields[name]) if name in fields else None
