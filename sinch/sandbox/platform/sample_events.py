"""One event of each kind, as Sinch would send it, for trying out an app without a call or a message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from sinch_api.codec import write_datetime

from .state import DEFAULT_NUMBER, State

_CALLER: Final = "46700000002"
_CALLEE: Final = "46708111222"
_RATE: Final = {"currencyId": "EUR", "amount": 0.0172}
_CALL: Final = "5f1dc1b2-0000-4000-8000-000000000001"
_VERIFICATION: Final = "5f1dc1b2-0000-4000-8000-000000000002"

VOICE: Final = ("ice", "ace", "pie", "dice", "notify")


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
    }


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
