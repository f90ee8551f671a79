"""Reports of verifications: whether what the user gave is what was sent (docs/platform/verification.md#report)."""

from __future__ import annotations

import hmac

from sinch.values import Cli
from sinch_api.models.verification import (
    ReportVerificationRequest,
    VerificationMethod,
    VerificationReason,
)

from .errors import Refusal
from .records import Verification


def compare(
    verification: Verification, request: ReportVerificationRequest
) -> tuple[bool, VerificationReason]:
    """Whether a report matches, and the reason to give if not; raises :class:`.Refusal` 40001."""
    method = verification.method
    if method == VerificationMethod.SEAMLESS:
        raise Refusal(40001, "A data verification is not reported: follow its targetUri.")
    if method == VerificationMethod.FLASH_CALL or (
        # the 2018 SDK reports callouts this way
        method == VerificationMethod.CALLOUT and request.callout is None and request.flash_call
    ):
        cli = request.flash_call.cli.strip() if request.flash_call is not None else ""
        if not cli:
            raise Refusal(40001, "Parameter flashCall.cli is required.")
        return _same_caller(cli, verification.cli), VerificationReason.INVALID_CLI
    part = {
        VerificationMethod.SMS: request.sms,
        VerificationMethod.CALLOUT: request.callout,
        VerificationMethod.WHATSAPP: request.whatsapp,
    }[method]
    code = part.code.strip() if part is not None else ""
    if not code:
        raise Refusal(40001, f"Parameter {method.value}.code is required.")
    expected = (verification.code or "").casefold().encode()
    same = hmac.compare_digest(code.casefold().encode(), expected)
    return same, VerificationReason.INVALID_CODE


def _same_caller(reported: str, expected: str | None) -> bool:
    return bool(expected) and Cli.parse(reported).numeric == expected
