"""What is asked about messages, as operations: batches, reports and what arrived."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sinch import limits
from sinch.core import checks
from sinch.errors import InvalidArgumentError
from sinch.messages import arguments
from sinch_api.models.messages import (
    Batch,
    BatchPage,
    BatchReport,
    DeliveryCode,
    DeliveryReportType,
    Inbound,
    InboundPage,
    MessageStatus,
    RecipientReport,
    RecipientReportPage,
    ReportDetail,
    TextBatchUpdate,
)
from sinch_api.operation import Operation
from sinch_api.operations.messages import (
    get_batch_report,
    list_batches_all,
    list_inbounds_all,
    list_recipient_reports_all,
    update_batch,
)
from sinch_api.pagination import Paged


def batches(
    plan: str,
    *,
    client_reference: str | None,
    senders: str | Iterable[str] | None,
    since: datetime | None,
    until: datetime | None,
    page_size: int | None,
) -> Paged[BatchPage, Batch]:
    """Batches, newest first."""
    return list_batches_all(
        plan,
        client_reference=_reference(client_reference),
        senders=_several(senders, "senders"),
        start_date=_moment(since, "since"),
        end_date=_moment(until, "until"),
        page_size=_page_size(page_size),
    )


def reports(
    plan: str,
    *,
    client_reference: str | None,
    statuses: MessageStatus | str | Iterable[MessageStatus | str] | None,
    codes: int | Iterable[int] | None,
    since: datetime | None,
    until: datetime | None,
    page_size: int | None,
) -> Paged[RecipientReportPage, RecipientReport]:
    """Finished reports of recipients."""
    return list_recipient_reports_all(
        plan,
        client_reference=_reference(client_reference),
        statuses=_statuses(statuses),
        codes=_codes(codes),
        start_date=_moment(since, "since"),
        end_date=_moment(until, "until"),
        page_size=_page_size(page_size),
    )


def inbound(
    plan: str,
    *,
    to: str | Iterable[str] | None,
    client_reference: str | None,
    since: datetime | None,
    until: datetime | None,
    page_size: int | None,
) -> Paged[InboundPage, Inbound]:
    """Messages that arrived."""
    return list_inbounds_all(
        plan,
        receivers=_several(to, "to"),
        client_reference=_reference(client_reference),
        start_date=_moment(since, "since"),
        end_date=_moment(until, "until"),
        page_size=_page_size(page_size),
    )


def report_of(
    plan: str,
    batch_id: str,
    *,
    full: bool,
    statuses: MessageStatus | str | Iterable[MessageStatus | str] | None,
    codes: int | Iterable[int] | None,
) -> Operation[BatchReport]:
    """The report of a whole batch."""
    return get_batch_report(
        plan,
        arguments.identity(batch_id, "batch_id"),
        detail=ReportDetail.FULL if full else None,
        statuses=_statuses(statuses),
        codes=_codes(codes),
    )


def changes(plan: str, batch_id: str, given: Mapping[str, Any]) -> Operation[Batch]:
    """A change of what is given."""
    taken = {name: value for name, value in given.items() if value is not None}
    if not taken:
        raise InvalidArgumentError(
            "update", "must change something: text, add, remove, sender, at ..."
        )
    made = {_FIELDS[name]: _CHECKS[name](value) for name, value in taken.items()}
    return update_batch(plan, arguments.identity(batch_id, "batch_id"), TextBatchUpdate(**made))


_FIELDS = {
    "text": "body", "add": "to_add", "remove": "to_remove", "sender": "from_", "at": "send_at",
    "expires": "expire_at", "delivery_report": "delivery_report", "parameters": "parameters",
    "client_reference": "client_reference", "callback_url": "callback_url",
}  # fmt: skip
_CHECKS: Mapping[str, Any] = {
    "text": arguments.body,
    "add": lambda value: arguments.recipients(value, "add", at_most=limits.BATCH_CHANGES),
    "remove": lambda value: arguments.recipients(value, "remove", at_most=limits.BATCH_CHANGES),
    "sender": arguments.sender,
    "at": lambda value: arguments.moment(value, "at"),
    "expires": lambda value: arguments.moment(value, "expires"),
    "delivery_report": lambda value: checks.choice(DeliveryReportType, value, "delivery_report"),
    "parameters": arguments.parameters,
    "client_reference": arguments.reference,
    "callback_url": arguments.url,
}


def _reference(value: str | None) -> str | None:
    return None if value is None else arguments.reference(value)


def _moment(value: datetime | None, argument: str) -> datetime | None:
    return None if value is None else arguments.moment(value, argument)


def _page_size(value: int | None) -> int | None:
    return None if value is None else arguments.count(value, "page_size", at_most=limits.PAGE)


def _several(values: str | Iterable[str] | None, argument: str) -> tuple[str, ...] | None:
    if values is None:
        return None
    found = checks.some(values, argument, at_most=limits.PAGE)
    return tuple(checks.text(value, argument) for value in found)


def _statuses(
    values: MessageStatus | str | Iterable[MessageStatus | str] | None,
) -> tuple[MessageStatus, ...] | None:
    if values is None:
        return None
    found = checks.some(values, "statuses", at_most=limits.PAGE)
    return tuple(checks.choice(MessageStatus, value, "statuses") for value in found)


def _codes(values: int | Iterable[int] | None) -> tuple[int, ...] | None:
    if values is None:
        return None
    found = (values,) if isinstance(values, int) else tuple(values)
    for value in found:
        if not isinstance(value, int) or isinstance(value, bool):
            raise InvalidArgumentError(
                "codes", f"must be whole numbers or of {DeliveryCode.__name__}"
            )
    return tuple(int(value) for value in found)
