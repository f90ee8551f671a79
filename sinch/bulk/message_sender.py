"""Messages over the SMS REST API: up to 1,000 recipients a request, found again by our reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar, Final, Self

import attrs

from sinch import limits
from sinch.bulk.records import Batch, Item, State
from sinch.bulk.senders import Fate
from sinch.core.flow import Flow, call
from sinch.messages import MessageStatus, asking
from sinch.messages.once import SKEW
from sinch_api.codec import read_msisdn
from sinch_api.models.messages import BatchReportSms
from sinch_api.operations.messages import list_batches

#: Of a batch that is older, not being listed says nothing.
_LISTED: Final = limits.BATCHES_KEPT - SKEW
_UNDER_WAY: Final = {MessageStatus.QUEUED, MessageStatus.DISPATCHED}


@attrs.frozen(kw_only=True)
class MessageSender:
    """Text messages with a service plan. A batch carries a reference of the journal's.

    So a lost answer leaves nobody unknown for good: the list of batches is searched for it, and what
    is not there ``grace`` seconds after it was sent was not sent. How long Sinch takes to list a
    batch is not documented.

    .. code-block:: python

        job = Job.create_with("news.db", MessageSender(sender="Acme"), name="november", rate=500)
    """

    kind: ClassVar[str] = "messages"
    batch_size: ClassVar[int] = limits.BATCH
    searchable: ClassVar[bool] = True
    has_text: ClassVar[bool] = True
    has_parameters: ClassVar[bool] = True
    sender: str | None = None
    delivery_report: str | None = None
    grace: float = 30.0

    def send(self, client: Any, batch: Batch) -> Flow[str]:
        """Send one request to all of them.

        .. code-block:: python

            items = [Item(1, "a", "+46700000001", "Open again"), Item(2, "b", "+46700000002", "Open again")]
            batch_id = client.run(MessageSender(sender="Acme").send(client, Batch("5f0c2f1e9d3a-1", items)))
        """
        draft = client.messages([item.number for item in batch.items], batch.items[0].text)
        draft = draft.with_client_reference(batch.reference)
        if batch.items[0].parameters:
            draft = draft.with_parameters(_by_key(batch.items))
        if self.sender is not None:
            draft = draft.with_sender(self.sender)
        if self.delivery_report is not None:
            draft = draft.with_delivery_report(self.delivery_report)
        return str((yield from call(draft.operation(), client.context)).id)

    def follow(self, client: Any, batch: Batch) -> Flow[Sequence[Fate | None]]:
        """Ask for the report of the batch, with numbers.

        .. code-block:: python

            fates = client.run(MessageSender().follow(client, batch._replace(result=batch_id)))
            for item, fate in zip(batch.items, fates, strict=True):
                print(item.key, "under way" if fate is None else fate.state)
        """
        plan = client.config.require_service_plan()
        asked = asking.report_of(plan, batch.result, full=True, statuses=None, codes=None)
        report = yield from call(asked, client.context)
        fates: dict[str, Fate | None] = {}
        for count in report.statuses if isinstance(report, BatchReportSms) else ():
            for number in count.recipients or ():
                fates[str(number)] = _fate(count.status, count.code)
        return [fates.get(read_msisdn(item.number)) for item in batch.items]

    def find(self, client: Any, batch: Batch) -> Flow[Fate | None]:
        """Search the list of batches for the reference.

        .. code-block:: python

            fate = client.run(MessageSender().find(client, batch))
            if fate is not None and fate.state is State.SENT:
                print(fate.result)  # the id of the batch
        """
        sent = datetime.fromtimestamp(batch.at, UTC)
        if datetime.now(UTC) - sent > _LISTED:
            return None
        plan = client.config.require_service_plan()
        asked = list_batches(plan, client_reference=batch.reference, start_date=sent - SKEW)
        page = yield from call(asked, client.context)
        ids = [str(listed.raw["id"]) for listed in page.batches if listed.raw.get("id")]
        if ids:
            return Fate(State.SENT, ids[-1])
        return None if page.batches or page.problems else Fate(State.PENDING)

    def settings(self) -> dict[str, object]:
        """What the journal keeps.

        .. code-block:: python

            MessageSender(sender="Acme").settings()
            # {"sender": "Acme", "delivery_report": None, "grace": 30.0}
        """
        return attrs.asdict(self)

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Self:
        """The sender with these settings.

        .. code-block:: python

            sender = MessageSender.of({"sender": "Acme", "grace": 60.0})
        """
        return cls(**settings)


def _by_key(items: Sequence[Item]) -> dict[str, dict[str, str]]:
    """Parameters as Sinch takes them: from key to number to value."""
    found: dict[str, dict[str, str]] = {}
    for item in items:
        for key, value in item.parameters.items():
            found.setdefault(key, {})[item.number] = value
    return found


def _fate(status: MessageStatus | None, code: object) -> Fate | None:
    if status is None or status in _UNDER_WAY:
        return None
    if status == MessageStatus.DELIVERED:
        return Fate(State.DELIVERED)
    return Fate(State.FAILED, reason=f"{status} {code}".strip())
