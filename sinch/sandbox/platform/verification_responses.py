"""Verifications as the API shows them: the answers of operations 3 to 8 (docs/platform/verification.md#start)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from sinch_api.models.common import Identity, IdentityType, Money
from sinch_api.models.verification import (
    CalloutStart,
    FlashCallStart,
    ReportVerificationResponse,
    SeamlessStart,
    SmsStart,
    StartVerificationResponse,
    VerificationCallResult,
    VerificationLink,
    VerificationMethod,
    VerificationPrice,
    VerificationStatus,
    VerificationStatusResponse,
    WhatsAppStart,
)

from .countries import country_of
from .records import Verification

DATA_PATH = "/_sandbox/data"
PRICE = Money(currency_id="EUR", amount=Decimal("0.0127"))
_TERMINATION = Money(currency_id="EUR", amount=Decimal("0.0086"))
_CALL_RESULTS = {
    VerificationMethod.CALLOUT: VerificationCallResult.ANSWERED,
    # nobody picks up a flash call: it is cut once the phone has seen the number
    VerificationMethod.FLASH_CALL: VerificationCallResult.CANCEL,
}


def started(verification: Verification, base_url: str) -> StartVerificationResponse:
    """What starting answers; links and the data target are on the sandbox itself."""
    by_id = f"{base_url}/verification/v1/verifications/id/{verification.id}"
    life = verification.expires_at - verification.created_at
    links = [VerificationLink(rel="status", href=by_id, method="GET")]
    if verification.method != VerificationMethod.SEAMLESS:
        links.append(VerificationLink(rel="report", href=by_id, method="PUT"))
    method = verification.method
    return StartVerificationResponse(
        id=verification.id,
        method=method,
        links=tuple(links),
        sms=SmsStart(
            template=verification.template,
            interception_timeout=life,
            code_type=verification.code_type,
        )
        if method == VerificationMethod.SMS
        else None,
        flash_call=FlashCallStart(
            cli_filter=f"(.*){(verification.cli or '')[4:9]}(.*)",
            interception_timeout=life,
            report_timeout=life,
            deny_call_after=timedelta(),
        )
        if method == VerificationMethod.FLASH_CALL
        else None,
        callout=CalloutStart(
            start_polling_after=timedelta(seconds=3),
            stop_polling_after=life,
            polling_interval=timedelta(seconds=2),
        )
        if method == VerificationMethod.CALLOUT
        else None,
        seamless=SeamlessStart(target_uri=f"{base_url}{DATA_PATH}/{verification.token}")
        if method == VerificationMethod.SEAMLESS
        else None,
        whatsapp=WhatsAppStart(code_type=verification.code_type)
        if method == VerificationMethod.WHATSAPP
        else None,
    )


def reported(verification: Verification) -> ReportVerificationResponse:
    """What reporting answers."""
    return ReportVerificationResponse(
        id=verification.id,
        status=verification.status,
        method=verification.method,
        reason=verification.reason,
        call_complete=_call_complete(verification),
        reference=verification.reference,
        source=verification.source,
        identity=_identity(verification),
    )


def status(verification: Verification) -> VerificationStatusResponse:
    """What the three status operations answer; prices appear once it is no longer pending."""
    method = verification.method
    succeeded = verification.status == VerificationStatus.SUCCESSFUL
    return VerificationStatusResponse(
        id=verification.id,
        status=verification.status,
        method=method,
        reason=verification.reason,
        reference=verification.reference,
        identity=_identity(verification),
        country_id=country_of(verification.number),
        verification_timestamp=verification.created_at,
        source=None if verification.pending else verification.source,
        call_complete=_call_complete(verification),
        call_result=_CALL_RESULTS.get(method) if succeeded else None,
        price=None if verification.pending else _price(verification),
    )


def _identity(verification: Verification) -> Identity:
    return Identity(type=IdentityType.NUMBER, endpoint=verification.number)


def _call_complete(verification: Verification) -> bool | None:
    return not verification.pending if verification.method in _CALL_RESULTS else None


def _price(verification: Verification) -> VerificationPrice:
    if verification.method not in _CALL_RESULTS:
        return VerificationPrice(verification_price=PRICE)
    answered = verification.method == VerificationMethod.CALLOUT
    return VerificationPrice(
        verification_price=PRICE,
        termination_price=_TERMINATION,
        billable_duration=timedelta(seconds=10 if answered else 0),
    )
