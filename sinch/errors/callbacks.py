"""Errors for callbacks that cannot be trusted or read."""

from __future__ import annotations

from enum import StrEnum
from http import HTTPStatus

from sinch.errors.base import SinchError


class RejectionReason(StrEnum):
    """Why a callback was refused; stable codes for logs and metrics."""

    MISSING_AUTHORIZATION = "missing_authorization"
    MALFORMED_AUTHORIZATION = "malformed_authorization"
    MISSING_TIMESTAMP = "missing_timestamp"
    MALFORMED_TIMESTAMP = "malformed_timestamp"
    STALE_TIMESTAMP = "stale_timestamp"
    UNKNOWN_KEY = "unknown_key"
    BAD_SIGNATURE = "bad_signature"
    REPLAYED = "replayed"
    WRONG_APPLICATION = "wrong_application"
    TOO_LARGE = "too_large"
    NOT_JSON = "not_json"
    NOT_AN_OBJECT = "not_an_object"
    TOO_DEEP = "too_deep"
    WRONG_TYPE = "wrong_type"


_MALFORMED = frozenset(
    {
        RejectionReason.NOT_JSON,
        RejectionReason.NOT_AN_OBJECT,
        RejectionReason.TOO_DEEP,
        RejectionReason.WRONG_TYPE,
    }
)


class CallbackRejected(SinchError):
    """A callback that cannot be trusted or read.

    ``reason`` is the code for the log; the peer is told only ``status``: 401 for anything about
    authentication, 413 for a body that is too large, 400 for one that cannot be read. It is about
    no request of yours, so ``certainly_not_sent`` is False.
    """

    def __init__(self, message: str, reason: RejectionReason | str) -> None:
        super().__init__(message, str(reason))
        self.reason = RejectionReason(reason)

    @property
    def status(self) -> int:
        """The HTTP status to answer with."""
        if self.reason is RejectionReason.TOO_LARGE:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        return HTTPStatus.BAD_REQUEST if self.reason in _MALFORMED else HTTPStatus.UNAUTHORIZED

    def __str__(self) -> str:
        return f"{self.reason.value}: {self.message}"
