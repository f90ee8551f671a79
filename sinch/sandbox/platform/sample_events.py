"""One event of each kind, as Sinch would send it, for trying out an app without a call or a message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from sinch_api.codec import write_datetime

from .plan.reports import stamp
from .state import DEFAULT_NUMBER, State

_CALLER: Final = "46700000002"
_CALLEE: Final = "46708111222"
_RATE: Final = {"currencyId": "EUR", "amount": 0.0172}
_CALL: Final = "5f1dc1b2-0000-4000-8000-000000000001"
_BATCH: Final = "01JHFFHQ0P99JPPNQPJDV7JTBP"
_INBOUND: Final = "01JHFFHWYY7HSS4FWTMDTQEK8V"
_VERIFICATION: Final = "5f1dc1b2-0000-4000-8000-000000000002"

VOICE: Final = ("ice", "ace", "pie", "dice", "notify")
INBOUND: Final = ("mo_text", "mo_binary", "mo_media")
PLAN: Final = (
    "delivery_report_sms",
    "delivery_report_mms",
    "recipient_delivery_report_sms",
    "recipient_delivery_report_mms",
    *INBOUND,
)


def sample_events(state: State, number: str = DEFAULT_NUMBER) -> dict[str, Mapping[str, Any]]:
    """Events by their names; ``number`` is the one that was called or written to."""
    return {
        **_voice(state, number.removeprefix("+")),
        **_verification(),
        "incomingSms": {
            "event": "incomingSms",
            "to": _number(number),
            "from": _number(f"+{_CALLER}"),
            "message": "STOP",
            "timestamp": write_datetime(state.scheduler.now()),
            "version": 1,
        },
        **_plan(state, number.removeprefix("+")),
    }


def _plan(state: State, number: str) -> dict[str, Mapping[str, Any]]:
    """What a service plan sends, by the ``type`` that tells it apart."""
    now = stamp(state.scheduler.now())
    batch: dict[str, Any] = {"batch_id": _BATCH, "client_reference": "run-7"}
    counted = {"code": 0, "status": "Delivered", "count": 1, "recipients": [_CALLER]}
    whole = {**batch, "total_message_count": 1, "statuses": [counted]}
    one = {
        **batch,
        "recipient": _CALLER,
        "code": 0,
        "status": "Delivered",
        "at": now,
        "operator_status_at": now,
    }
    arrived = {"id": _INBOUND, "from": _CALLER, "to": number, "received_at": now, "sent_at": now}
    picture = {
        "url": f"{state.base_url or 'http://localhost'}/picture.jpg",
        "content_type": "image/jpeg",
        "status": "Uploaded",
        "code": 0,
    }
    media = {"subject": "Look", "message": "Our new door", "media": [picture]}
    fields: dict[str, dict[str, Any]] = {
        "delivery_report_sms": whole,
        "delivery_report_mms": whole,
        "recipient_delivery_report_sms": one,
        "recipient_delivery_report_mms": one,
        "mo_text": {**arrived, "body": "STOP"},
        "mo_binary": {**arrived, "body": "AP8=", "udh": "050003CC0201"},
        "mo_media": {**arrived, "body": media},
    }
    return {kind: {"type": kind, **found} for kind, found in fields.items()}


def _voice(state: State, number: str) -> dict[str, Mapping[str, Any]]:
    def event(name: str, **fields: Any) -> Mapping[str, Any]:
        return {
            "event": name,
            "callid": _CALL,
            "version": 1,
            "timestamp": write_datetime(state.scheduler.now()),
            "applicationKey": state.credentials.application_key,
            **fields,
        }

    link = f"{state.base_url}/calling/v1/calls/id/{quote(_CALL, safe='')}"
    entered = {"menuId": "main", "type": "return", "value": "1", "inputMethod": "dtmf"}
    incoming = {"cli": _CALLER, "to": {"type": "did", "endpoint": number}}
    over = {"reason": "CALLERHANGUP", "result": "ANSWERED", "duration": 42, "debit": _RATE}
    return {
        "ice": event(
            "ice",
            callResourceUrl=link,
            userRate=_RATE,
            domain="pstn",
            originationType="PSTN",
            **incoming,
        ),
        "ace": event(
            "ace", callResourceUrl=link, amd={"status": "human", "reason": "shortgreeting"}
        ),
        "pie": event("pie", menuResult=entered),
        "dice": event(
            "dice",
            userRate=_RATE,
            **over,
            **{"from": _CALLER, "to": {"type": "number", "endpoint": _CALLEE}},
        ),
        "notify": event("notify", type="recording_finished", destination="s3://bucket/call.mp3"),
    }


def _verification() -> dict[str, Mapping[str, Any]]:
    def event(name: str, **fields: Any) -> Mapping[str, Any]:
        return {
            "id": _VERIFICATION,
            "event": name,
            "method": "sms",
            "identity": _number(f"+{_CALLER}"),
            "reference": "user-1001",
            **fields,
        }

    return {
        "VerificationRequestEvent": event("VerificationRequestEvent", price=_RATE),
        "VerificationResultEvent": event(
            "VerificationResultEvent", status="SUCCESSFUL", source="manual"
        ),
        "VerificationSmsDeliveredEvent": event(
            "VerificationSmsDeliveredEvent", smsResult="Successful"
        ),
    }


def _number(endpoint: str) -> dict[str, str]:
    return {"type": "number", "endpoint": endpoint}
