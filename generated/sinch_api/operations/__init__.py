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
    "end_conference",
    "get_call",
    "get_callback_urls",
    "get_conference",
    "get_sms_status",
    "get_verification_by_id",
    "get_verification_by_number",
    "get_verification_by_reference",
    "kick_participant",
    "list_numbers",
    "place_callout",
    "query_number",
    "report_verification_by_id",
    "report_verification_by_number",
    "send_sms",
    "start_verification",
    "unassign_number",
    "update_call",
    "update_call_leg",
    "update_callback_urls",
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
