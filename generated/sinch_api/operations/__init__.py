# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""Every operation by name, as a function that builds an :class:`.Operation`; nothing is sent."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .calling import (
        assign_numbers as assign_numbers,
    )
    from .calling import (
        end_conference as end_conference,
    )
    from .calling import (
        get_call as get_call,
    )
    from .calling import (
        get_callback_urls as get_callback_urls,
    )
    from .calling import (
        get_conference as get_conference,
    )
    from .calling import (
        kick_participant as kick_participant,
    )
    from .calling import (
        list_numbers as list_numbers,
    )
    from .calling import (
        place_callout as place_callout,
    )
    from .calling import (
        query_number as query_number,
    )
    from .calling import (
        unassign_number as unassign_number,
    )
    from .calling import (
        update_call as update_call,
    )
    from .calling import (
        update_call_leg as update_call_leg,
    )
    from .calling import (
        update_callback_urls as update_callback_urls,
    )
    from .calling import (
        update_participant as update_participant,
    )
    from .messages import (
        cancel_batch as cancel_batch,
    )
    from .messages import (
        create_group as create_group,
    )
    from .messages import (
        delete_group as delete_group,
    )
    from .messages import (
        dry_run_batch as dry_run_batch,
    )
    from .messages import (
        get_batch as get_batch,
    )
    from .messages import (
        get_batch_report as get_batch_report,
    )
    from .messages import (
        get_group as get_group,
    )
    from .messages import (
        get_inbound as get_inbound,
    )
    from .messages import (
        get_recipient_report as get_recipient_report,
    )
    from .messages import (
        list_batches as list_batches,
    )
    from .messages import (
        list_batches_all as list_batches_all,
    )
    from .messages import (
        list_group_members as list_group_members,
    )
    from .messages import (
        list_groups as list_groups,
    )
    from .messages import (
        list_groups_all as list_groups_all,
    )
    from .messages import (
        list_inbounds as list_inbounds,
    )
    from .messages import (
        list_inbounds_all as list_inbounds_all,
    )
    from .messages import (
        list_recipient_reports as list_recipient_reports,
    )
    from .messages import (
        list_recipient_reports_all as list_recipient_reports_all,
    )
    from .messages import (
        replace_batch as replace_batch,
    )
    from .messages import (
        replace_group as replace_group,
    )
    from .messages import (
        send_batch as send_batch,
    )
    from .messages import (
        send_delivery_feedback as send_delivery_feedback,
    )
    from .messages import (
        update_batch as update_batch,
    )
    from .messages import (
        update_group as update_group,
    )
    from .sms import (
        get_sms_status as get_sms_status,
    )
    from .sms import (
        send_sms as send_sms,
    )
    from .verification import (
        get_verification_by_id as get_verification_by_id,
    )
    from .verification import (
        get_verification_by_number as get_verification_by_number,
    )
    from .verification import (
        get_verification_by_reference as get_verification_by_reference,
    )
    from .verification import (
        report_verification_by_id as report_verification_by_id,
    )
    from .verification import (
        report_verification_by_number as report_verification_by_number,
    )
    from .verification import (
        start_verification as start_verification,
    )


_HOMES = {
    "place_callout": "calling",
    "get_call": "calling",
    "update_call": "calling",
    "update_call_leg": "calling",
    "get_conference": "calling",
    "end_conference": "calling",
    "kick_participant": "calling",
    "update_participant": "calling",
    "list_numbers": "calling",
    "assign_numbers": "calling",
    "unassign_number": "calling",
    "get_callback_urls": "calling",
    "update_callback_urls": "calling",
    "query_number": "calling",
    "list_batches": "messages",
    "send_batch": "messages",
    "get_batch": "messages",
    "replace_batch": "messages",
    "update_batch": "messages",
    "cancel_batch": "messages",
    "dry_run_batch": "messages",
    "send_delivery_feedback": "messages",
    "get_batch_report": "messages",
    "get_recipient_report": "messages",
    "list_recipient_reports": "messages",
    "list_inbounds": "messages",
    "get_inbound": "messages",
    "list_groups": "messages",
    "create_group": "messages",
    "get_group": "messages",
    "replace_group": "messages",
    "update_group": "messages",
    "delete_group": "messages",
    "list_group_members": "messages",
    "list_batches_all": "messages",
    "list_recipient_reports_all": "messages",
    "list_inbounds_all": "messages",
    "list_groups_all": "messages",
    "get_sms_status": "sms",
    "send_sms": "sms",
    "start_verification": "verification",
    "report_verification_by_number": "verification",
    "get_verification_by_id": "verification",
    "report_verification_by_id": "verification",
    "get_verification_by_number": "verification",
    "get_verification_by_reference": "verification",
}

__all__ = [
    "assign_numbers",
    "cancel_batch",
    "create_group",
    "delete_group",
    "dry_run_batch",
    "end_conference",
    "get_batch",
    "get_batch_report",
    "get_call",
    "get_callback_urls",
    "get_conference",
    "get_group",
    "get_inbound",
    "get_recipient_report",
    "get_sms_status",
    "get_verification_by_id",
    "get_verification_by_number",
    "get_verification_by_reference",
    "kick_participant",
    "list_batches",
    "list_batches_all",
    "list_group_members",
    "list_groups",
    "list_groups_all",
    "list_inbounds",
    "list_inbounds_all",
    "list_numbers",
    "list_recipient_reports",
    "list_recipient_reports_all",
    "place_callout",
    "query_number",
    "replace_batch",
    "replace_group",
    "report_verification_by_id",
    "report_verification_by_number",
    "send_batch",
    "send_delivery_feedback",
    "send_sms",
    "start_verification",
    "unassign_number",
    "update_batch",
    "update_call",
    "update_call_leg",
    "update_callback_urls",
    "update_group",
    "update_participant",
]


def __getattr__(name: str) -> Any:
    if (home := _HOMES.get(name)) is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
