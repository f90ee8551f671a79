# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""Every error code Sinch documents: its HTTP status and what it means."""

from __future__ import annotations

from typing import NamedTuple


class ErrorCode(NamedTuple):
    """One documented error code."""

    status: int
    """The HTTP status it comes with."""
    meaning: str
    """What it means, and what usually causes it."""


ERROR_CODES: dict[int, ErrorCode] = {
    40001: ErrorCode(
        400,
        'A parameter is missing or malformed, for example a number that is too short, an own SMS code outside A-Z, a-z, 0-9 and "-" or longer than 10, or illegal SVAML.',
    ),
    40002: ErrorCode(400, "A required parameter is missing."),
    40003: ErrorCode(
        400,
        "The request cannot be processed. Verification does not know the identity or the code; calling lacks data; configuration does not know the application key.",
    ),
    40004: ErrorCode(400, "The application key is not valid."),
    40005: ErrorCode(400, "The number has no leading plus sign (some answers use 40002 for this)."),
    40100: ErrorCode(401, "The Authorization header is missing or malformed."),
    40101: ErrorCode(401, "The x-timestamp header is missing or malformed."),
    40102: ErrorCode(401, "The signature does not match the request."),
    40103: ErrorCode(401, "The caller is authorised already."),
    40104: ErrorCode(401, "The operation needs authorisation and the request has none."),
    40105: ErrorCode(
        401, "The authorisation has expired, probably because the timestamp is too old."
    ),
    40107: ErrorCode(401, "Wrong kind of authorisation, wrong key or wrong secret."),
    40108: ErrorCode(401, "The credentials are not valid."),
    40200: ErrorCode(402, "The account has not enough credit."),
    40300: ErrorCode(
        403,
        "Forbidden: the destination is not allowed, data verification is not available for it, or the identity is blocked.",
    ),
    40301: ErrorCode(403, "This authentication scheme is not allowed for the operation."),
    40302: ErrorCode(
        403, "The caller lacks the privileges (an example answers this with HTTP 401)."
    ),
    40303: ErrorCode(
        403,
        "Restricted: denied by your callback, public authentication without a callback URL or below the minimum level of the application, or an SMS account without a verified number or still in the sandbox.",
    ),
    40400: ErrorCode(404, "No such call, conference, recording or verification."),
    40900: ErrorCode(
        409, "Conflict with earlier data; for verification, the reference is used already."
    ),
    42200: ErrorCode(422, "The name of the verification application is not configured."),
    42201: ErrorCode(422, "There is no route to the destination."),
    42202: ErrorCode(422, "Named by the voice documents without a definition."),
    42900: ErrorCode(429, "Too many requests. Repeat after a pause; the limits are not published."),
    42901: ErrorCode(
        429, "The same number was tried again too soon. Repeat only after a long pause."
    ),
    50000: ErrorCode(500, "Internal error at Sinch."),
    50300: ErrorCode(503, "Temporarily unavailable. Repeat after a pause."),
    50301: ErrorCode(503, "Wrong configuration at Sinch's side."),
}
"""Code -> status and meaning."""
