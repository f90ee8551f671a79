"""From failures on the wire to errors of our tree."""

from __future__ import annotations

import pickle
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinch import errors
from sinch.core.error_mapping import retry_after, translate
from sinch_api import operations
from sinch_api.failures import (
    ErrorResponse,
    Misconfigured,
    NoResponse,
    TransportUnusable,
    UnreadableResponse,
)

OPERATION = operations.get_verification_by_number
GET = operations.get_sms_status("1")


def answer(status: int, body: bytes = b"", **headers: str) -> errors.ApiError:
    failure = ErrorResponse(status=status, headers=headers, body=body)
    error = translate(failure, GET)
    assert isinstance(error, errors.ApiError)
    return error


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, errors.BadRequest), (401, errors.Unauthorized), (402, errors.PaymentRequired),
        (403, errors.Forbidden), (404, errors.NotFound), (409, errors.Conflict),
        (422, errors.Unprocessable), (429, errors.RateLimited), (500, errors.ServerError),
        (503, errors.ServerError), (418, errors.ApiError), (302, errors.ApiError),
    ],
)  # fmt: skip
def test_each_status_has_its_class(status, kind) -> None:
    assert type(answer(status)) is kind


def test_everything_sinch_says_is_kept() -> None:
    error = answer(404, b'{"errorCode":"40400","Message":"No such call","reference":"r1"}')

    assert (error.error_code, error.message, error.reference) == (40400, "No such call", "r1")
    assert (error.method, error.path) == ("GET", "/v1/sms/1")
    assert str(error) == "404 (40400): No such call [GET /v1/sms/1, reference r1]"


def test_a_known_code_without_a_message_is_explained() -> None:
    assert "credit" in answer(402, b'{"errorCode":40200}').message


@given(body=st.binary(max_size=200), status=st.integers(300, 599))
def test_no_body_breaks_the_reading_of_an_error(body, status) -> None:
    error = answer(status, body)

    assert error.status == status
    assert str(error)


@pytest.mark.parametrize(
    ("failure", "kinds"),
    [
        (NoResponse("x", sent=False), (errors.NotSent,)),
        (NoResponse("x", sent=True), (errors.OutcomeUnknown,)),
        (NoResponse("x", sent=False, timed_out=True), (errors.TimedOut, errors.NotSent)),
        (NoResponse("x", sent=True, timed_out=True), (errors.TimedOut, errors.OutcomeUnknown)),
        (UnreadableResponse(status=200, problem="x"), (errors.UnreadableAnswer,)),
        (TransportUnusable("closed"), (errors.ClientStateError,)),
        (UnreadableResponse(status=299, problem="x"), (errors.UnreadableAnswer,)),
        (UnreadableResponse(status=300, problem="x"), (errors.ApiError,)),
        (
            Misconfigured("has no scheme", argument="proxies", variable="HTTPS_PROXY"),
            (errors.ConfigurationError,),
        ),
    ],
    ids=repr,
)
def test_failures_without_an_answer(failure, kinds) -> None:
    error = translate(failure, GET)

    assert all(isinstance(error, kind) for kind in kinds)
    assert isinstance(error, errors.ApiError) or str(failure) in str(error)
    if isinstance(error, errors.TransportError):
        assert (error.method, error.path) == ("GET", "/v1/sms/1")
    if isinstance(error, errors.ConfigurationError):
        assert (error.argument, error.variable) == ("proxies", "HTTPS_PROXY")


def test_an_answer_that_cannot_be_read_is_kept() -> None:
    body = b'{"callId": ' + b"1" * errors.MAX_KEPT_BODY
    failure = UnreadableResponse(status=201, problem="x", headers={"Via": "y"}, body=body)
    error = translate(failure, GET)

    assert isinstance(error, errors.UnreadableAnswer)
    assert (error.status, error.headers["via"]) == (201, "y")
    assert (error.method, error.path) == ("GET", "/v1/sms/1")
    assert error.body == body[: errors.MAX_KEPT_BODY]


def test_a_refusal_too_large_to_be_read_is_still_a_refusal() -> None:
    error = translate(UnreadableResponse(status=403, problem="is too large", body=b"<html>"), GET)

    assert type(error) is errors.Forbidden
    assert error.body == b"<html>"


@pytest.mark.parametrize(
    "failure",
    [
        NoResponse("x", sent=True, timed_out=True),
        ErrorResponse(status=500, headers={"A": "b"}, body=b"x"),
        UnreadableResponse(status=200, problem="x", headers={"A": "b"}, body=b"y"),
        TransportUnusable("closed"),
        Misconfigured("has no scheme", variable="HTTPS_PROXY"),
    ],
    ids=lambda failure: type(failure).__name__,
)
def test_failures_survive_pickle(failure) -> None:
    twin = pickle.loads(pickle.dumps(failure))

    assert type(twin) is type(failure)
    assert (twin.args, vars(twin)) == (failure.args, vars(failure))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7", 7), (" 7 ", 7), ("0", 0),
        ("Sun, 22 Nov 2026 12:00:30 GMT", 30), ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
        ("Sun, 22 Nov 2026 14:00:30 +0200", 30),
        ("Sun, 22 Nov 2026 12:00:30", 30), ("Sun, 22 Nov 2026 12:00:30 -0000", 30),  # no zone: UTC
        ("", None), ("-1", None), ("soon", None), ("9" * 40, None), ("１", None),
        (f"Sun, 22 Nov {'9' * 20} 12:00:30 GMT", None),  # too large for the C of the calendar
        (f"Sun, 22 Nov 2026 12:00:30 +{'9' * 20}", None),
    ],
)  # fmt: skip
def test_retry_after_in_both_its_forms(text, seconds) -> None:
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)

    assert retry_after({"Retry-After": text}, now) == seconds


def test_a_date_without_zone_is_utc_wherever_the_program_runs(monkeypatch) -> None:
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    try:
        monkeypatch.setenv("TZ", "XST-5")  # five hours ahead
        time.tzset()
        assert retry_after({"Retry-After": "Sun, 22 Nov 2026 12:00:30"}, now) == 30
    finally:
        monkeypatch.undo()
        time.tzset()


@given(st.text(max_size=60))
def test_no_retry_after_breaks_the_reading(text) -> None:
    found = retry_after({"Retry-After": text})

    assert found is None or found >= 0
