"""One message to one number, in the shape of the classic API: a receipt, and a status by its id."""

from __future__ import annotations

from typing import Any

import attrs

from sinch.core.flow import Flow, FlowContext, call
from sinch.errors import NotFound
from sinch.messages import arguments
from sinch_api.codec import expected, read_text
from sinch_api.models.messages import (
    BatchReport,
    BatchReportMms,
    BatchReportSms,
    MessageStatus,
    TextBatchRequest,
)
from sinch_api.models.sms import SendSmsResponse, SmsStatus, SmsStatusResponse
from sinch_api.operation import Operation
from sinch_api.operations.messages import get_batch_report, send_batch

_UNDER_WAY = frozenset({MessageStatus.QUEUED, MessageStatus.DISPATCHED})


def send_one(plan: str, number: str, text: str, sender: str | None) -> Operation[SendSmsResponse]:
    """Send to one number; the receipt's id is that of the batch."""
    request = TextBatchRequest(to=(number,), body=arguments.plain(text), from_=sender)
    sending: Operation[Any] = send_batch(plan, request)
    return attrs.evolve(sending, result=_receipt)


def _receipt(raw: object) -> SendSmsResponse:
    if not isinstance(raw, dict) or not raw.get("id"):
        raise expected("a batch with an id", raw)
    return SendSmsResponse.from_wire({"messageId": read_text(raw["id"])})


def status_of(plan: str, batch_id: str, context: FlowContext) -> Flow[SmsStatusResponse]:
    """The status of a batch as one status; ``UNKNOWN`` for an id that is not known."""
    try:
        report = yield from call(get_batch_report(plan, batch_id), context)
    except NotFound:
        return SmsStatusResponse(status=SmsStatus.UNKNOWN)
    return SmsStatusResponse(status=summary(report))


def summary(report: BatchReport) -> SmsStatus:
    """One status for all recipients: the least settled one, and a failure before a success."""
    listed = report.statuses if isinstance(report, BatchReportSms | BatchReportMms) else ()
    found = {count.status for count in listed}
    if not found or found & _UNDER_WAY:
        return SmsStatus.PENDING
    if found == {MessageStatus.DELIVERED}:
        return SmsStatus.SUCCESSFUL
    if found <= {MessageStatus.DELIVERED, MessageStatus.UNKNOWN, None}:
        return SmsStatus.UNKNOWN
    return SmsStatus.FAULTED
