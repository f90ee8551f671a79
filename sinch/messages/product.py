"""Text messages to many recipients over the SMS REST API, with a service plan.

Not sold any more, but what accounts with a service plan send with (docs/platform/sms-rest.md).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from datetime import datetime, timedelta

import attrs

from sinch.core.bound import Bound
from sinch.core.drafts import for_draft
from sinch.core.flow import AsyncSender, Sender
from sinch.messages import arguments, asking
from sinch.messages.draft import UNSENT, AsyncMessagesDraft, MessagesDraft
from sinch.messages.once import GRACE
from sinch.messages.paging import pages, pages_async
from sinch_api.models.messages import (
    Batch,
    BatchReport,
    DeliveryReportType,
    DryRunResult,
    Inbound,
    MessageStatus,
    RecipientReport,
)
from sinch_api.operations.messages import (
    cancel_batch,
    get_batch,
    get_inbound,
    get_recipient_report,
)


@attrs.frozen
class Messages(Bound):
    """Messages of a blocking client with a service plan."""

    _client: Sender = attrs.field(repr=False)
    _plan: str = attrs.field(repr=False)

    def __call__(self, to: str | Iterable[str], text: str) -> MessagesDraft:
        """Draft a message to one or up to 1,000 international numbers and ids of groups.

        .. code-block:: python

            batch = sinch.messages(["+46700000001", "+46700000002"], "Hello").with_sender("Acme").send()
        """
        kept = tuple(to) if not isinstance(to, str | Mapping) and isinstance(to, Iterable) else to
        return MessagesDraft(self._plan, kept, text, client=for_draft(self._client, UNSENT))

    def send_once(
        self,
        to: str | Iterable[str],
        text: str,
        client_reference: str,
        *,
        sender: str | None = None,
        grace: timedelta | float = GRACE,
        attempted_at: datetime | None = None,
    ) -> Batch:
        """Send a message once, even when an answer is lost.

        The short form of :meth:`MessagesDraft.send_once`, which says how.
        """
        draft = self(to, text).with_client_reference(client_reference)
        draft = draft if sender is None else draft.with_sender(sender)
        return draft.send_once(grace=grace, attempted_at=attempted_at)

    def dry_run(
        self,
        to: str | Iterable[str],
        text: str,
        *,
        per_recipient: bool = False,
        recipients: int = 100,
    ) -> DryRunResult:
        """Ask in how many parts a text would be sent, without sending it.

        The short form of :meth:`MessagesDraft.dry_run`.
        """
        return self(to, text).dry_run(per_recipient=per_recipient, recipients=recipients)

    def get(self, batch_id: str) -> Batch:
        """A batch as it was sent, and whether it was cancelled.

        Raises :class:`~sinch.errors.NotFound`.
        """
        return self._client.send(get_batch(self._plan, arguments.identity(batch_id, "batch_id")))

    def list(
        self,
        *,
        client_reference: str | None = None,
        senders: str | Iterable[str] | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        page_size: int | None = None,
    ) -> Iterator[Batch]:
        """Go through batches, newest first; pages of ``page_size`` (1 to 100) are asked for as needed.

        ``since`` is 24 hours ago if left out; Sinch keeps batches for 14 days.
        """
        asked = asking.batches(
            self._plan,
            client_reference=client_reference,
            senders=senders,
            since=since,
            until=until,
            page_size=page_size,
        )
        return pages(self._client, asked)

    def cancel(self, batch_id: str) -> Batch:
        """Stop what has not been sent yet; what is being processed may still go out."""
        return self._client.send(cancel_batch(self._plan, arguments.identity(batch_id, "batch_id")))

    def update(
        self,
        batch_id: str,
        *,
        text: str | None = None,
        add: str | Iterable[str] | None = None,
        remove: str | Iterable[str] | None = None,
        sender: str | None = None,
        at: datetime | None = None,
        expires: datetime | None = None,
        parameters: Mapping[str, str | Mapping[str, str]] | None = None,
        delivery_report: DeliveryReportType | str | None = None,
        client_reference: str | None = None,
        callback_url: str | None = None,
    ) -> Batch:
        """Change a batch of texts that has not been sent yet; what is left out stays.

        ``add`` and ``remove`` take up to 100 recipients each. Raises
        :class:`~sinch.errors.Forbidden` when it is too late.
        """
        given = {
            "text": text, "add": add, "remove": remove, "sender": sender, "at": at, "expires": expires,
            "parameters": parameters, "delivery_report": delivery_report,
            "client_reference": client_reference, "callback_url": callback_url,
        }  # fmt: skip
        return self._client.send(asking.changes(self._plan, batch_id, given))

    def batch_report(
        self,
        batch_id: str,
        *,
        full: bool = False,
        statuses: MessageStatus | str | Iterable[MessageStatus | str] | None = None,
        codes: int | Iterable[int] | None = None,
    ) -> BatchReport:
        """What became of a batch: how many recipients have each status and code; with ``full`` their numbers.

        Works whether or not reports were asked for. Raises :class:`~sinch.errors.NotFound`.
        """
        asked = asking.report_of(self._plan, batch_id, full=full, statuses=statuses, codes=codes)
        return self._client.send(asked)

    def report(self, batch_id: str, number: str) -> RecipientReport:
        """What became of a batch for one recipient.

        Raises :class:`~sinch.errors.NotFound` when it was none.
        """
        batch = arguments.identity(batch_id, "batch_id")
        recipient = arguments.number(number)
        return self._client.send(get_recipient_report(self._plan, batch, recipient))

    def reports(
        self,
        *,
        client_reference: str | None = None,
        statuses: MessageStatus | str | Iterable[MessageStatus | str] | None = None,
        codes: int | Iterable[int] | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        page_size: int | None = None,
    ) -> Iterator[RecipientReport]:
        """Go through what became of messages, recipient by recipient, once it is final.

        ``since`` is 24 hours ago if left out.
        """
        asked = asking.reports(
            self._plan,
            client_reference=client_reference,
            statuses=statuses,
            codes=codes,
            since=since,
            until=until,
            page_size=page_size,
        )
        return pages(self._client, asked)

    def inbound(
        self,
        *,
        to: str | Iterable[str] | None = None,
        client_reference: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        page_size: int | None = None,
    ) -> Iterator[Inbound]:
        """Go through messages that arrived at your numbers, or at those of ``to``.

        ``since`` is 24 hours ago if left out. A ``client_reference`` needs a setting of the account.
        """
        asked = asking.inbound(
            self._plan,
            to=to,
            client_reference=client_reference,
            since=since,
            until=until,
            page_size=page_size,
        )
        return pages(self._client, asked)

    def get_inbound(self, inbound_id: str) -> Inbound:
        """A message that arrived. Raises :class:`~sinch.errors.NotFound`.

        .. code-block:: python

            for arrived in sinch.messages.inbound():
                print(sinch.messages.get_inbound(arrived.id))
        """
        inbound = arguments.identity(inbound_id, "inbound_id")
        return self._client.send(get_inbound(self._plan, inbound))


@attrs.frozen
class AsyncMessages(Bound):
    """Messages of an asyncio client with a service plan."""

    _client: AsyncSender = attrs.field(repr=False)
    _plan: str = attrs.field(repr=False)

    def __call__(self, to: str | Iterable[str], text: str) -> AsyncMessagesDraft:
        """Draft a message; see :meth:`Messages.__call__`."""
        kept = tuple(to) if not isinstance(to, str | Mapping) and isinstance(to, Iterable) else to
        return AsyncMessagesDraft(self._plan, kept, text, client=for_draft(self._client, UNSENT))

    async def send_once(
        self,
        to: str | Iterable[str],
        text: str,
        client_reference: str,
        *,
        sender: str | None = None,
        grace: timedelta | float = GRACE,
        attempted_at: datetime | None = None,
    ) -> Batch:
        """Send a message once, even when an answer is lost; see :meth:`Messages.send_once`."""
        draft = self(to, text).with_client_reference(client_reference)
        draft = draft if sender is None else draft.with_sender(sender)
        return await draft.send_once(grace=grace, attempted_at=attempted_at)

    async def dry_run(
        self,
        to: str | Iterable[str],
        text: str,
        *,
        per_recipient: bool = False,
        recipients: int = 100,
    ) -> DryRunResult:
        """Ask in how many parts a text would be sent; see :meth:`Messages.dry_run`."""
        return await self(to, text).dry_run(per_recipient=per_recipient, recipients=recipients)

    async def get(self, batch_id: str) -> Batch:
        """A batch; see :meth:`Messages.get`."""
        return await self._client.send(
            get_batch(self._plan, arguments.identity(batch_id, "batch_id"))
        )

    def list(
        self,
        *,
        client_reference: str | None = None,
        senders: str | Iterable[str] | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        page_size: int | None = None,
    ) -> AsyncIterator[Batch]:
        """Go through batches with ``async for``; see :meth:`Messages.list`."""
        asked = asking.batches(
            self._plan,
            client_reference=client_reference,
            senders=senders,
            since=since,
            until=until,
            page_size=page_size,
        )
        return pages_async(self._client, asked)

    async def cancel(self, batch_id: str) -> Batch:
        """Cancel a batch; see :meth:`Messages.cancel`."""
        return await self._client.send(
            cancel_batch(self._plan, arguments.identity(batch_id, "batch_id"))
        )

    async def update(
        self,
        batch_id: str,
        *,
        text: str | None = None,
        add: str | Iterable[str] | None = None,
        remove: str | Iterable[str] | None = None,
        sender: str | None = None,
        at: datetime | None = None,
        expires: datetime | None = None,
        parameters: Mapping[str, str | Mapping[str, str]] | None = None,
        delivery_report: DeliveryReportType | str | None = None,
        client_reference: str | None = None,
        callback_url: str | None = None,
    ) -> Batch:
        """Change a batch; see :meth:`Messages.update`."""
        given = {
            "text": text, "add": add, "remove": remove, "sender": sender, "at": at, "expires": expires,
            "parameters": parameters, "delivery_report": delivery_report,
            "client_reference": client_reference, "callback_url": callback_url,
        }  # fmt: skip
        return await self._client.send(asking.changes(self._plan, batch_id, given))

    async def batch_report(
        self,
        batch_id: str,
        *,
        full: bool = False,
        statuses: MessageStatus | str | Iterable[MessageStatus | str] | None = None,
        codes: int | Iterable[int] | None = None,
    ) -> BatchReport:
        """What became of a batch; see :meth:`Messages.batch_report`."""
        asked = asking.report_of(self._plan, batch_id, full=full, statuses=statuses, codes=codes)
        return await self._client.send(asked)

    async def report(self, batch_id: str, number: str) -> RecipientReport:
        """What became of a batch for one recipient; see :meth:`Messages.report`."""
        batch = arguments.identity(batch_id, "batch_id")
        recipient = arguments.number(number)
        return await self._client.send(get_recipient_report(self._plan, batch, recipient))

    def reports(
        self,
        *,
        client_reference: str | None = None,
        statuses: MessageStatus | str | Iterable[MessageStatus | str] | None = None,
        codes: int | Iterable[int] | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        page_size: int | None = None,
    ) -> AsyncIterator[RecipientReport]:
        """Go through finished reports with ``async for``; see :meth:`Messages.reports`."""
        asked = asking.reports(
            self._plan,
            client_reference=client_reference,
            statuses=statuses,
            codes=codes,
            since=since,
            until=until,
            page_size=page_size,
        )
        return pages_async(self._client, asked)

    def inbound(
        self,
        *,
        to: str | Iterable[str] | None = None,
        client_reference: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        page_size: int | None = None,
    ) -> AsyncIterator[Inbound]:
        """Go through messages that arrived with ``async for``; see :meth:`Messages.inbound`."""
        asked = asking.inbound(
            self._plan,
            to=to,
            client_reference=client_reference,
            since=since,
            until=until,
            page_size=page_size,
        )
        return pages_async(self._client, asked)

    async def get_inbound(self, inbound_id: str) -> Inbound:
        """A message that arrived; see :meth:`Messages.get_inbound`.

        .. code-block:: python

            arrived = await sinch.messages.get_inbound("01FC66621XXXXX119Z8PMV1QPQ")
        """
        inbound = arguments.identity(inbound_id, "inbound_id")
        return await self._client.send(get_inbound(self._plan, inbound))
