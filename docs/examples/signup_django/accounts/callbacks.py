"""What Sinch asks before it sends a code, and tells when it was right."""

from __future__ import annotations

from django.utils import timezone

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


@router.verification_request
def may_start(event: VerificationRequestEvent) -> Reply[VerificationRequestEvent]:
    """Only for sign-ups of ours, and only where we do business."""
    number = event.identity.endpoint if event.identity else ""
    known = SignUp.objects.filter(id=event.reference, number=number).exists()
    return allow() if known and number.startswith(COUNTRIES) else deny()


@router.verification_result
def ended(event: VerificationResultEvent) -> None:
    """The one place that marks a number as verified: users cannot reach it."""
    if event.status == VerificationStatus.SUCCESSFUL:
        SignUp.objects.filter(id=event.reference).update(verified_at=timezone.now())
