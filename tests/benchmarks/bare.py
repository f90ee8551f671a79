"""What a program without an SDK would send: the same requests, their headers already made."""

from __future__ import annotations

from typing import Any

KEY = "669E367E-6BBA-48AB-AF15-266871C28135"
SECRET = "BeIukql3pTKJ8RGL5zo0DA=="
NUMBER = "+46700000000"
TEXT = "Your code is 4711"
RECEIPT = "128392"

#: Path, body and the answer's property with the receipt, for each kind of call measured.
KINDS: dict[str, tuple[str, dict[str, Any], str]] = {
    "sms": (f"/messaging/v1/sms/{NUMBER}", {"message": TEXT}, "messageId"),
    "callout": (
        "/calling/v1/callouts",
        {
            "method": "ttsCallout",
            "ttsCallout": {"destination": {"type": "number", "endpoint": NUMBER}, "text": TEXT},
        },
        "callId",
    ),
}
#: As many bytes as a signed request has, without the work of signing.
HEADERS = {
    "Authorization": f"Application {KEY}:{'A' * 43}=",
    "x-timestamp": "2026-11-22T20:00:00.000Z",
    "Accept": "application/json",
}


def accept(receipt: object) -> None:
    """Every contestant has to bring back the receipt; a wrong one ends the run."""
    if str(receipt) != RECEIPT:
        raise AssertionError(f"wrong receipt: {receipt!r}")
