"""What a program without an SDK would send: the same request, its headers already made."""

from __future__ import annotations

KEY = "669E367E-6BBA-48AB-AF15-266871C28135"
SECRET = "BeIukql3pTKJ8RGL5zo0DA=="
NUMBER = "+46700000000"
TEXT = "Your code is 4711"
MESSAGE_ID = "128392"

PATH = f"/messaging/v1/sms/{NUMBER}"
BODY = {"message": TEXT}
#: As many bytes as a signed request has, without the work of signing.
HEADERS = {
    "Authorization": f"Application {KEY}:{'A' * 43}=",
    "x-timestamp": "2026-11-22T20:00:00.000Z",
    "Accept": "application/json",
}


def accept(message_id: object) -> None:
    """Every contestant has to bring back the receipt; a wrong one ends the run."""
    if str(message_id) != MESSAGE_ID:
        raise AssertionError(f"wrong receipt: {message_id!r}")
