# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""Prove that somebody holds a phone number: start a verification, report the code or caller id that
reached the phone, ask for the outcome, and let your callback allow or deny each attempt. An older
host with the same paths is verificationapi-v1.sinch.com; in 2018 it was api.sinch.com
(docs/platform/verification.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import Frozen
from ..models.common import ErrorBody
from ..models.verification import (
    ReportVerificationResponse,
    StartVerificationResponse,
    VerificationStatusResponse,
)
from ..operation import (
    Operation,
    Server,
    given,
    json_body,
    read_json,
    segment,
)

if TYPE_CHECKING:
    from ..models.verification import (
        ReportVerificationRequest,
        StartVerificationRequest,
        VerificationMethod,
    )

VERIFICATION = Server("verification", "https://verification.api.sinch.com")
"""Verification host for all regions."""
_ERRORS = Frozen(
    {
        "default": read_json(ErrorBody.from_wire),
    }
)
_READ_START_VERIFICATION_RESPONSE = StartVerificationResponse.from_wire
_READ_REPORT_VERIFICATION_RESPONSE = ReportVerificationResponse.from_wire
_READ_VERIFICATION_STATUS_RESPONSE = VerificationStatusResponse.from_wire


def start_verification(
    body: StartVerificationRequest, *, accept_language: str | None = None
) -> Operation[StartVerificationResponse]:
    """Start a verification of a number.

    Sends the code or places the call, after your callback has allowed it. Starting again for the
    same number aborts the earlier verification. Repeating is safe only with a fixed `reference`:
    the copy is refused with 40900. Error 40300 means, for the data method, that the mobile network
    is not supported; 42901 that this number was tried too often, so wait long. Public
    authentication works only if the application allows it, without method options
    (docs/platform/verification.md#start).

    ``accept_language``: Wanted languages of the SMS text, in the usual header syntax, for
    example `es-ES`. Default is the language of the application, then en-US. The answer's
    `Content-Language` header tells what was used; texts prescribed by a carrier come first.

    Error codes: 40001, 40003, 40200, 40300, 40900, 42200, 42201, 42900, 42901, 50301.
    """
    return Operation(
        name="start_verification",
        method="POST",
        server=VERIFICATION,
        path="/verification/v1/verifications",
        idempotent=False,
        body=json_body(body.to_wire()),
        headers=given(
            {
                "Accept-Language": accept_language,
            }
        ),
        result=_READ_START_VERIFICATION_RESPONSE,
        errors=_ERRORS,
        security=(
            ("ApplicationSigned",),
            ("Basic",),
            ("Public",),
        ),
    )


def report_verification_by_number(
    endpoint: str, body: ReportVerificationRequest
) -> Operation[ReportVerificationResponse]:
    """Report the code or caller id for a number.

    Completes the running verification of the number. A wrong code is not an error: the answer
    has status `FAIL`, or 40003 comes if nothing matches the number or code. A verification that is
    completed or expired cannot be reported again (docs/platform/verification.md#report).

    ``endpoint``: The number being verified, international with a literal leading `+`.

    Error codes: 40001, 40003, 40400, 42900.
    """
    return Operation(
        name="report_verification_by_number",
        method="PUT",
        server=VERIFICATION,
        path=f"/verification/v1/verifications/number/{segment('endpoint', endpoint)}",
        idempotent=False,
        body=json_body(body.to_wire()),
        result=_READ_REPORT_VERIFICATION_RESPONSE,
        errors=_ERRORS,
        security=(
            ("ApplicationSigned",),
            ("Basic",),
            ("Public",),
        ),
    )


def get_verification_by_id(id: str) -> Operation[VerificationStatusResponse]:
    """Get a verification by its id.

    Tells the state of one verification, its reason and price
    (docs/platform/verification.md#status).

    ``id``: Id that starting the verification returned.

    Error codes: 40400.
    """
    return Operation(
        name="get_verification_by_id",
        method="GET",
        server=VERIFICATION,
        path=f"/verification/v1/verifications/id/{segment('id', id)}",
        idempotent=True,
        result=_READ_VERIFICATION_STATUS_RESPONSE,
        errors=_ERRORS,
        security=(
            ("ApplicationSigned",),
            ("Basic",),
        ),
    )


def report_verification_by_id(
    id: str, body: ReportVerificationRequest
) -> Operation[ReportVerificationResponse]:
    """Report the code or caller id for a verification id.

    Same as reporting by number, but tied to one verification; prefer it when the id is known.
    Not known to the 2018 API (docs/platform/verification.md#report).

    ``id``: Id that starting the verification returned.

    Error codes: 40001, 40003, 40400, 42900.
    """
    return Operation(
        name="report_verification_by_id",
        method="PUT",
        server=VERIFICATION,
        path=f"/verification/v1/verifications/id/{segment('id', id)}",
        idempotent=False,
        body=json_body(body.to_wire()),
        result=_READ_REPORT_VERIFICATION_RESPONSE,
        errors=_ERRORS,
        security=(
            ("ApplicationSigned",),
            ("Basic",),
            ("Public",),
        ),
    )


def get_verification_by_number(
    method: VerificationMethod, endpoint: str
) -> Operation[VerificationStatusResponse]:
    """Get the latest verification of a number by one method.

    Tells the state of the number's verification. Works for a limited, unpublished time after the
    start. Older documents allow public authentication here, so that a client can poll
    (docs/platform/verification.md#status).

    ``method``: Method the verification was started with.

    ``endpoint``: The number being verified, international with a literal leading `+`.

    Error codes: 40001, 40400.
    """
    return Operation(
        name="get_verification_by_number",
        method="GET",
        server=VERIFICATION,
        path=f"/verification/v1/verifications/{segment('method', method.to_wire())}/number/{segment('endpoint', endpoint)}",
        idempotent=True,
        result=_READ_VERIFICATION_STATUS_RESPONSE,
        errors=_ERRORS,
        security=(
            ("ApplicationSigned",),
            ("Basic",),
            ("Public",),
        ),
    )


def get_verification_by_reference(reference: str) -> Operation[VerificationStatusResponse]:
    """Get a verification by your own reference.

    Tells the state of the verification started with this reference
    (docs/platform/verification.md#status).

    ``reference``: The reference given at the start.

    Error codes: 40400.
    """
    return Operation(
        name="get_verification_by_reference",
        method="GET",
        server=VERIFICATION,
        path=f"/verification/v1/verifications/reference/{segment('reference', reference)}",
        idempotent=True,
        result=_READ_VERIFICATION_STATUS_RESPONSE,
        errors=_ERRORS,
        security=(
            ("ApplicationSigned",),
            ("Basic",),
        ),
    )
