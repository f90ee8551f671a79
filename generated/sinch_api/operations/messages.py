# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""Send text messages to up to 1,000 recipients a request with a service plan, follow what becomes
of them, and receive messages. The API is not sold any more; accounts that have it keep it
(docs/platform/sms-rest.md). Every operation may fail with 401 (the token is not that of the plan),
429 (too many requests are waiting), 500 (nothing was processed) and 503.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from ..arguments import within
from ..bounds import Bounds
from ..codec import (
    read_msisdn,
    write_datetime,
)
from ..frozen import Frozen
from ..model import list_of
from ..models.messages import (
    Batch,
    BatchPage,
    BatchReport,
    DryRunResult,
    Group,
    GroupPage,
    Inbound,
    InboundPage,
    MessagesError,
    RecipientReport,
    RecipientReportPage,
    read_batch,
    read_batch_report,
    read_inbound,
    read_recipient_report,
)
from ..operation import (
    Operation,
    Server,
    json_body,
    read_json,
    segment,
)
from ..pagination import Paged, by_number
from ..parameters import query

if TYPE_CHECKING:
    from ..models.messages import (
        BatchRequest,
        BatchUpdate,
        DeliveryFeedback,
        GroupRequest,
        GroupUpdate,
        MessageStatus,
        ReportDetail,
    )

MESSAGES = Server(
    "messages",
    "https://{sms_region}.sms.api.sinch.com",
    variables={
        "sms_region": "us",
    },
)
"""SMS REST host of the region that the service plan lives in."""
_ERRORS = Frozen(
    {
        "default": read_json(MessagesError.from_wire),
    }
)
_READ_BATCH_PAGE = BatchPage.from_wire
_READ_DRY_RUN_RESULT = DryRunResult.from_wire
_READ_RECIPIENT_REPORT_PAGE = RecipientReportPage.from_wire
_READ_INBOUND_PAGE = InboundPage.from_wire
_READ_GROUP_PAGE = GroupPage.from_wire
_READ_GROUP = Group.from_wire


def list_batches(
    service_plan_id: str,
    *,
    page: int | None = None,
    page_size: int | None = None,
    senders: tuple[str, ...] | None = None,
    start_date: datetime | None = None,
    end_date: datetime | None = None,
    client_reference: str | None = None,
) -> Operation[BatchPage]:
    """List the batches of the service plan.

    Newest first; without a start, those of the last 24 hours. Batches are kept for 14 days (35
    in documents of 2021). With a client reference this is how to find out after a crash what was
    sent (docs/platform/sms-rest.md#recover).

    ``service_plan_id``: Id of the service plan, from the dashboard.

    ``page``: Which page, from 0. Default 0.

    ``page_size``: How many on one page, 1 to 100. Default 30.

    ``senders``: Only those with one of these senders.

    ``start_date``: Only those from this moment on. Default is 24 hours ago.

    ``end_date``: Only those before this moment. Default is now.

    ``client_reference``: Only those with this reference of yours.
    """
    within("page", page, Bounds(minimum=0))
    within("page_size", page_size, Bounds(minimum=1, maximum=100))
    return Operation(
        name="list_batches",
        method="GET",
        server=MESSAGES,
        path=f"/xms/v1/{segment('service_plan_id', service_plan_id)}/batches",
        idempotent=True,
        query=query(
            ("page", page),
            ("page_size", page_size),
            ("from", None if senders is None else list(senders), "form", False),
            ("start_date", None if start_date is None else write_datetime(start_date)),
            ("end_date", None if end_date is None else write_datetime(end_date)),
            ("client_reference", client_reference),
        ),
        result=_READ_BATCH_PAGE,
        errors=_ERRORS,
        security=(("ServicePlanToken",),),
    )


def list_batches_all(
    service_plan_id: str,
    *,
    page_size: int | None = None,
    senders: tuple[str, ...] | None = None,
    start_date: datetime | None = None,
    end_date: datetime | None = None,
    client_reference: str | None = None,
) -> Paged[BatchPage, Batch]:
    """All elements of :func:`list_batches`, page after page; hand it to ``iterate`` of a transport."""
    return Paged(
        lambda _page: list_batches(
            service_plan_id,
            page=_page,
            page_size=page_size,
            senders=senders,
            start_date=start_date,
            end_date=end_date,
            client_reference=client_reference,
        ),
        elements=lambda _page: _page.batches or (),
        following=by_number,
        first=0,
    )


def send_batch(service_plan_id: str, body: BatchRequest) -> Operation[Batch]:
    """Send a message to one or many recipients.

    Takes up to 1,000 numbers and groups and answers at once; the messages wait in the queue of
    the service plan and are sent at its rate. There is no idempotency key: after a lost answer,
    look for the client reference in the list of batches before sending again. Refused with 400 for
    what is malformed, and with 403 for an unknown group, a report without a callback URL, a kind of
    number that is not allowed or a blocked account (docs/platform/sms-rest.md#send).

    ``service_plan_id``: Id of the service plan, from the dashboard.
    """
    return Operation(
        name="send_batch",
        method="POST",
        server=MESSAGES,
        path=f"/xms/v1/{segment('service_plan_id', service_plan_id)}/batches",
        idempotent=False,
        body=json_body(body.to_wire()),
        result=read_batch,
        errors=_ERRORS,
        security=(("ServicePlanToken",),),
    )


def get_batch(service_plan_id: str, batch_id: str) -> Operation[Batch]:
    """Read a batch.

    Tells what was asked for, and whether it was cancelled; what became of the messages is in the
    delivery reports. 404 for an id that is not known.

    ``service_plan_id``: Id of the service plan, from the dashboard.

    ``batch_id``: Id that sending the batch returned.
    """
    return Operation(
        name="get_batch",
        method="GET",
        server=MESSAGES,
        path=f"/xms/v1/{segment('service_plan_id', service_plan_id)}/batches/{segment('batch_id', batch_id)}",
        idempotent=True,
        result=read_batch,
        errors=_ERRORS,
        security=(("ServicePlanToken",),),
    )


def replace_batch(service_plan_id: str, batch_id: str, body: BatchRequest) -> Operation[Batch]:
    """Replace a batch that has not been sent yet.

    Sets every field anew; what is left out gets its default. 403 `batch_already_dispatched` when
    it is too late (docs/platform/sms-rest.md#change).

    ``service_plan_id``: Id of the service plan, from the dashboard.

    ``batch_id``: Id that sending the batch returned.
    """
    return Operation(
        name="replace_batch",
        method="PUT",
        server=MESSAGES,
        path=f"/xms/v1/{segment('service_plan_id', service_plan_id)}/batches/{segment('batch_id', batch_id)}",
        idempotent=True,
        body=json_body(body.to_wire()),
        result=read_batch,
        errors=_ERRORS,
        security=(("ServicePlanToken",),),
    )


def update_batch(service_plan_id: str, batch_id: str, body: BatchUpdate) -> Operation[Batch]:
    """Change a batch that has not been sent yet.

    Changes what is given and keeps the rest. 403 `batch_already_dispatched` when it is too late
    (docs/platform/sms-rest.md#change).

    ``service_plan_id``: Id of the service plan, from the dashboard.

    ``batch_id``: Id that sending the batch returned.
    """
    return Operation(
        name="update_batch",
        method="POST",
        server=MESSAGES,
        path=f"/xms/v1/{segment('service_plan_id', service_plan_id)}/batches/{segment('batch_id', batch_id)}",
        idempotent=True,
        body=json_body(body.to_wire()),
        result=read_batch,
        errors=_ERRORS,
        security=(("ServicePlanToken",),),
    )


def cancel_batch(service_plan_id: str, batch_id: str) -> Operation[Batch]:
    """Cancel a batch.

    Stops what has not been sent. Messages that are being processed may still go out; the
    delivery report tells (docs/platform/sms-rest.md#change).

    ``service_plan_id``: Id of the service plan, from the dashboard.

    ``batch_id``: Id that sending the batch returned.
    """
    return Operation(
        name="cancel_batch",
        method="DELETE",
        server=MESSAGES,
        path=f"/xms/v1/{segment('service_plan_id', service_plan_id)}/batches/{segment('batch_id', batch_id)}",
        idempotent=True,
        result=read_batch,
        errors=_ERRORS,
        security=(("ServicePlanToken",),),
    )


def dry_run_batch(
    service_plan_id: str,
    body: BatchRequest,
    *,
    per_recipient: bool | None = None,
    number_of_recipients: int | None = None,
) -> Operation[DryRunResult]:
    """Count the messages of a batch without sending it.

    Answers in how many parts each text would be sent, and in which encoding
    (docs/platform/sms-rest.md#dry-run).

    ``service_plan_id``: Id of the service plan, from the dashboard.

    ``per_recipient``: Whether to list recipients one by one. Default false.

    ``number_of_recipients``: How many recipients to list at most, up to 1,000. Default 100.
    """
    within("number_of_recipients", number_of_recipients, Bounds(minimum=1, maximum=1000))
    return Operation(
        name="dry_run_batch",
        method="POST",
        server=MESSAGES,
        path=f"/xms/v1/{segment('service_plan_id', service_plan_id)}/batches/dry_run",
        idempotent=True,
        body=json_body(body.to_wire()),
        query=query(
            ("per_recipient", per_recipient),
            ("number_of_recipients", number_of_recipients),
        ),
        result=_READ_DRY_RUN_RESULT,
        errors=_ERRORS,
        security=(("ServicePlanToken",),),
    )


def send_delivery_feedback(
    service_plan_id: str, batch_id: str, body: DeliveryFeedback
) -> Operation[None]:
    """Tell that recipients received a message.

    For batches with `feedback_enabled`, when your users did what the message asked for
    (docs/platform/sms-rest.md#feedback).

    ``service_plan_id``: Id of the service plan, from the dashboard.

    ``batch_id``: Id that sending the batch returned.
    """
    return Operation(
        name="send_delivery_feedback",
        method="POST",
        server=MESSAGES,
        path=f"/xms/v1/{segment('service_plan_id', service_plan_id)}/batches/{segment('batch_id', batch_id)}/delivery_feedback",
        idempotent=True,
        body=json_body(body.to_wire()),
        errors=_ERRORS,
        security=(("ServicePlanToken",),),
    )


def get_batch_report(
    service_plan_id: str,
    batch_id: str,
    *,
    detail: ReportDetail | None = None,
    statuses: tuple[MessageStatus, ...] | None = None,
    codes: tuple[int, ...] | None = None,
) -> Operation[BatchReport]:
    """Read what became of a batch.

    Counts by status and code; with `type=full` also the numbers. Works whether or not reports
    were asked for; 404 for an id that is not known (docs/platform/sms-rest.md#reports).

    ``service_plan_id``: Id of the service plan, from the dashboard.

    ``batch_id``: Id that sending the batch returned.

    ``detail``: With numbers (`full`) or without (`summary`). Default `summary`.

    ``statuses``: Only with one of these statuses.

    ``codes``: Only with one of these delivery codes.
    """
    return Operation(
        name="get_batch_report",
        method="GET",
        server=MESSAGES,
        path=f"/xms/v1/{segment('service_plan_id', service_plan_id)}/batches/{segment('batch_id', batch_id)}/delivery_report",
        idempotent=True,
        query=query(
            ("type", None if detail is None else detail.to_wire()),
            (
                "status",
                None if statuses is None else [element.to_wire() for element in statuses],
                "form",
                False,
            ),
            ("code", None if codes is None else list(codes), "form", False),
        ),
        result=read_batch_report,
        errors=_ERRORS,
        security=(("ServicePlanToken",),),
    )


def get_recipient_report(
    service_plan_id: str, batch_id: str, recipient: str
) -> Operation[RecipientReport]:
    """Read what became of a batch for one recipient.

    404 when the batch had no such recipient (docs/platform/sms-rest.md#reports).

    ``service_plan_id``: Id of the service plan, from the dashboard.

    ``batch_id``: Id that sending the batch returned.

    ``recipient``: Number of the recipient, in any international form.
    """
    return Operation(
        name="get_recipient_report",
        method="GET",
        server=MESSAGES,
        path=f"/xms/v1/{segment('service_plan_id', service_plan_id)}/batches/{segment('batch_id', batch_id)}/delivery_report/{segment('recipient', recipient)}",
        idempotent=True,
        result=read_recipient_report,
        errors=_ERRORS,
        security=(("ServicePlanToken",),),
    )


def list_recipient_reports(
    service_plan_id: str,
    *,
    page: int | None = None,
    page_size: int | None = None,
    start_date: datetime | None = None,
    end_date: datetime | None = None,
    statuses: tuple[MessageStatus, ...] | None = None,
    codes: tuple[int, ...] | None = None,
    client_reference: str | None = None,
) -> Operation[RecipientReportPage]:
    """List what became of messages, by recipient.

    Finished ones only; without a start, those of the last 24 hours
    (docs/platform/sms-rest.md#reports).

    ``service_plan_id``: Id of the service plan, from the dashboard.

    ``page``: Which page, from 0. Default 0.

    ``page_size``: How many on one page, 1 to 100. Default 30.

    ``start_date``: Only those from this moment on. Default is 24 hours ago.

    ``end_date``: Only those before this moment. Default is now.

    ``statuses``: Only with one of these statuses.

    ``codes``: Only with one of these delivery codes.

    ``client_reference``: Only those with this reference of yours.
    """
    within("page", page, Bounds(minimum=0))
    within("page_size", page_size, Bounds(minimum=1, maximum=100))
    return Operation(
        name="list_recipient_reports",
        method="GET",
        server=MESSAGES,
        path=f"/xms/v1/{segment('service_plan_id', service_plan_id)}/delivery_reports",
        idempotent=True,
        query=query(
            ("page", page),
            ("page_size", page_size),
            ("start_date", None if start_date is None else write_datetime(start_date)),
            ("end_date", None if end_date is None else write_datetime(end_date)),
            (
                "status",
                None if statuses is None else [element.to_wire() for element in statuses],
                "form",
                False,
            ),
            ("code", None if codes is None else list(codes), "form", False),
            ("client_reference", client_reference),
        ),
        result=_READ_RECIPIENT_REPORT_PAGE,
        errors=_ERRORS,
        security=(("ServicePlanToken",),),
    )


def list_recipient_reports_all(
    service_plan_id: str,
    *,
    page_size: int | None = None,
    start_date: datetime | None = None,
    end_date: datetime | None = None,
    statuses: tuple[MessageStatus, ...] | None = None,
    codes: tuple[int, ...] | None = None,
    client_reference: str | None = None,
) -> Paged[RecipientReportPage, RecipientReport]:
    """All elements of :func:`list_recipient_reports`, page after page; hand it to ``iterate`` of a
    transport.
    """
    return Paged(
        lambda _page: list_recipient_reports(
            service_plan_id,
            page=_page,
            page_size=page_size,
            start_date=start_date,
            end_date=end_date,
            statuses=statuses,
            codes=codes,
            client_reference=client_reference,
        ),
        elements=lambda _page: _page.delivery_reports or (),
        following=by_number,
        first=0,
    )


def list_inbounds(
    service_plan_id: str,
    *,
    page: int | None = None,
    page_size: int | None = None,
    receivers: tuple[str, ...] | None = None,
    start_date: datetime | None = None,
    end_date: datetime | None = None,
    client_reference: str | None = None,
) -> Operation[InboundPage]:
    """List messages that arrived.

    Without a start, those of the last 24 hours. Searching by client reference needs a setting of
    the account (docs/platform/sms-rest.md#inbound).

    ``service_plan_id``: Id of the service plan, from the dashboard.

    ``page``: Which page, from 0. Default 0.

    ``page_size``: How many on one page, 1 to 100. Default 30.

    ``receivers``: Only those to one of these numbers or short codes of yours.

    ``start_date``: Only those from this moment on. Default is 24 hours ago.

    ``end_date``: Only those before this moment. Default is now.

    ``client_reference``: Only those with this reference of yours.
    """
    within("page", page, Bounds(minimum=0))
    within("page_size", page_size, Bounds(minimum=1, maximum=100))
    return Operation(
        name="list_inbounds",
        method="GET",
        server=MESSAGES,
        path=f"/xms/v1/{segment('service_plan_id', service_plan_id)}/inbounds",
        idempotent=True,
        query=query(
            ("page", page),
            ("page_size", page_size),
            ("to", None if receivers is None else list(receivers), "form", False),
            ("start_date", None if start_date is None else write_datetime(start_date)),
            ("end_date", None if end_date is None else write_datetime(end_date)),
            ("client_reference", client_reference),
        ),
        result=_READ_INBOUND_PAGE,
        errors=_ERRORS,
        security=(("ServicePlanToken",),),
    )


def list_inbounds_all(
    service_plan_id: str,
    *,
    page_size: int | None = None,
    receivers: tuple[str, ...] | None = None,
    start_date: datetime | None = None,
    end_date: datetime | None = None,
    client_reference: str | None = None,
) -> Paged[InboundPage, Inbound]:
    """All elements of :func:`list_inbounds`, page after page; hand it to ``iterate`` of a
    transport.
    """
    return Paged(
        lambda _page: list_inbounds(
            service_plan_id,
            page=_page,
            page_size=page_size,
            receivers=receivers,
            start_date=start_date,
            end_date=end_date,
            client_reference=client_reference,
        ),
        elements=lambda _page: _page.inbounds or (),
        following=by_number,
        first=0,
    )


def get_inbound(service_plan_id: str, inbound_id: str) -> Operation[Inbound]:
    """Read a message that arrived.

    404 for an id that is not known.

    ``service_plan_id``: Id of the service plan, from the dashboard.

    ``inbound_id``: Id of the message that arrived.
    """
    return Operation(
        name="get_inbound",
        method="GET",
        server=MESSAGES,
        path=f"/xms/v1/{segment('service_plan_id', service_plan_id)}/inbounds/{segment('inbound_id', inbound_id)}",
        idempotent=True,
        result=read_inbound,
        errors=_ERRORS,
        security=(("ServicePlanToken",),),
    )


def list_groups(
    service_plan_id: str, *, page: int | None = None, page_size: int | None = None
) -> Operation[GroupPage]:
    """List the groups of the service plan.

    Page by page (docs/platform/sms-rest.md#groups).

    ``service_plan_id``: Id of the service plan, from the dashboard.

    ``page``: Which page, from 0. Default 0.

    ``page_size``: How many on one page, 1 to 100. Default 30.
    """
    within("page", page, Bounds(minimum=0))
    within("page_size", page_size, Bounds(minimum=1, maximum=100))
    return Operation(
        name="list_groups",
        method="GET",
        server=MESSAGES,
        path=f"/xms/v1/{segment('service_plan_id', service_plan_id)}/groups",
        idempotent=True,
        query=query(
            ("page", page),
            ("page_size", page_size),
        ),
        result=_READ_GROUP_PAGE,
        errors=_ERRORS,
        security=(("ServicePlanToken",),),
    )


def list_groups_all(
    service_plan_id: str, *, page_size: int | None = None
) -> Paged[GroupPage, Group]:
    """All elements of :func:`list_groups`, page after page; hand it to ``iterate`` of a transport."""
    return Paged(
        lambda _page: list_groups(service_plan_id, page=_page, page_size=page_size),
        elements=lambda _page: _page.groups or (),
        following=by_number,
        first=0,
    )


def create_group(service_plan_id: str, body: GroupRequest) -> Operation[Group]:
    """Make a group of recipients.

    Batches are sent to a group by its id. Creating twice makes two groups
    (docs/platform/sms-rest.md#groups).

    ``service_plan_id``: Id of the service plan, from the dashboard.
    """
    return Operation(
        name="create_group",
        method="POST",
        server=MESSAGES,
        path=f"/xms/v1/{segment('service_plan_id', service_plan_id)}/groups",
        idempotent=False,
        body=json_body(body.to_wire()),
        result=_READ_GROUP,
        errors=_ERRORS,
        security=(("ServicePlanToken",),),
    )


def get_group(service_plan_id: str, group_id: str) -> Operation[Group]:
    """Read a group.

    Name, size and rules, without its members. 404 for an id that is not known.

    ``service_plan_id``: Id of the service plan, from the dashboard.

    ``group_id``: Id that making the group returned.
    """
    return Operation(
        name="get_group",
        method="GET",
        server=MESSAGES,
        path=f"/xms/v1/{segment('service_plan_id', service_plan_id)}/groups/{segment('group_id', group_id)}",
        idempotent=True,
        result=_READ_GROUP,
        errors=_ERRORS,
        security=(("ServicePlanToken",),),
    )


def replace_group(service_plan_id: str, group_id: str, body: GroupRequest) -> Operation[Group]:
    """Replace a group.

    Sets name and members anew (docs/platform/sms-rest.md#groups).

    ``service_plan_id``: Id of the service plan, from the dashboard.

    ``group_id``: Id that making the group returned.
    """
    return Operation(
        name="replace_group",
        method="PUT",
        server=MESSAGES,
        path=f"/xms/v1/{segment('service_plan_id', service_plan_id)}/groups/{segment('group_id', group_id)}",
        idempotent=True,
        body=json_body(body.to_wire()),
        result=_READ_GROUP,
        errors=_ERRORS,
        security=(("ServicePlanToken",),),
    )


def update_group(service_plan_id: str, group_id: str, body: GroupUpdate) -> Operation[Group]:
    """Change a group.

    Adds and removes members, and sets what is given (docs/platform/sms-rest.md#groups).

    ``service_plan_id``: Id of the service plan, from the dashboard.

    ``group_id``: Id that making the group returned.
    """
    return Operation(
        name="update_group",
        method="POST",
        server=MESSAGES,
        path=f"/xms/v1/{segment('service_plan_id', service_plan_id)}/groups/{segment('group_id', group_id)}",
        idempotent=True,
        body=json_body(body.to_wire()),
        result=_READ_GROUP,
        errors=_ERRORS,
        security=(("ServicePlanToken",),),
    )


def delete_group(service_plan_id: str, group_id: str) -> Operation[None]:
    """Delete a group.

    Its members are not affected (docs/platform/sms-rest.md#groups).

    ``service_plan_id``: Id of the service plan, from the dashboard.

    ``group_id``: Id that making the group returned.
    """
    return Operation(
        name="delete_group",
        method="DELETE",
        server=MESSAGES,
        path=f"/xms/v1/{segment('service_plan_id', service_plan_id)}/groups/{segment('group_id', group_id)}",
        idempotent=True,
        errors=_ERRORS,
        security=(("ServicePlanToken",),),
    )


def list_group_members(service_plan_id: str, group_id: str) -> Operation[tuple[str, ...]]:
    """List the members of a group.

    All numbers at once. 404 for an id that is not known.

    ``service_plan_id``: Id of the service plan, from the dashboard.

    ``group_id``: Id that making the group returned.
    """
    return Operation(
        name="list_group_members",
        method="GET",
        server=MESSAGES,
        path=f"/xms/v1/{segment('service_plan_id', service_plan_id)}/groups/{segment('group_id', group_id)}/members",
        idempotent=True,
        result=list_of(read_msisdn),
        errors=_ERRORS,
        security=(("ServicePlanToken",),),
    )
