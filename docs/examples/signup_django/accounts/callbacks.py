"""What Sinch asks before it sends a code, and tells when it was right."""

from __future__ import annotations

from accounts.models import SignUp
from sinch import VerificationStatus
from sinch.callbacks import (
    Reply,
    VerificationRequestEvent,
    VerificationResultEvent,
    allow,
    deny,
)
from sinch.web.django import callback_router

router = callback_router()
COUNTRIES = ("+46", "+47", "+61")  # where our customers are; codes to anywhere else cost money


# --8<-- [start:handlers]
@router.verification_request
def may_start(event: VerificationRequestEvent) -> Reply[VerificationRequestEvent]:
    """Only for sign-ups of ours, and only where we do business."""
    number = event.identity.endpoint if event.identity else ""
    known = SignUp.objects.filter(id=event.reference, number=number).exists()
    return allow() if known and number.startswith(COUNTRIES) else deny()


@router.verification_result
def ended(event: VerificationResultEvent) -> None:
    """Confirm it also when the answer to the report never reached us."""
    if event.status == VerificationStatus.SUCCESSFUL:
        for signup in SignUp.objects.filter(id=event.reference):
            signup.confirm()
            # --8<-- [end:handlers]
