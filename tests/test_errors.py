"""The exception tree: kinds, words, and the trip through pickle."""

from __future__ import annotations

import copy
import inspect
import json
import multiprocessing
import pickle
import traceback
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

import pytest

from sinch import errors

API = {"status": 403, "method": "POST", "path": "/v1/sms/+46700000000", "error_code": 40300}

EXAMPLES = [
    errors.SinchError("x"),
    errors.ConfigurationError("bad", argument="region", variable="V"),
    errors.ClientStateError("closed"),
    errors.InvalidArgumentError(argument="number", rule="must start with '+'"),
    errors.SvamlError("two faults", faults=("a", "b")),
    errors.ApiError("no", **API, reference="r", headers={"Server": "x"}, body=b"\xff\x00{"),
    *(cls("no", **API) for cls in errors.ApiError.__subclasses__()),
    errors.TransportError("lost", method="GET", path="/"),
    errors.NotSent("refused"),
    errors.OutcomeUnknown("lost"),
    errors.UnreadableAnswer("odd", "POST", "/", 201, {"A": "b"}, b'{"callId": 1}'),
    errors.TimedOut("slow"),
    errors.TimedOutConnecting("slow"),
    errors.TimedOutWaiting("slow"),
    errors.WaitTimedOut("pending", last={"id": "1", "status": "PENDING"}),
    errors.CallbackRejected("old", reason=errors.RejectionReason.STALE_TIMESTAMP),
]


TIMEOUTS = ["TimedOutConnecting", "TimedOutWaiting"]


def test_the_examples_cover_the_tree() -> None:
    kinds = {
        value
        for value in (getattr(errors, name) for name in [*errors.__all__, *TIMEOUTS])
        if inspect.isclass(value) and issubclass(value, errors.SinchError)
    }

    assert {type(example) for example in EXAMPLES} == kinds


each_error = pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)


def alike(twin: BaseException, error: errors.SinchError) -> bool:
    assert type(twin) is type(error)
    assert (twin.args, vars(twin), str(twin)) == (error.args, vars(error), str(error))
    return True


@each_error
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_every_error_survives_pickle_and_copy(error, protocol) -> None:
    assert alike(pickle.loads(pickle.dumps(error, protocol)), error)
    assert alike(copy.deepcopy(error), error)


@each_error
def test_every_error_is_rebuilt_from_its_args_which_are_plain_json(error) -> None:
    assert alike(type(error)(*error.args), error)
    assert alike(type(error)(*json.loads(json.dumps(error.args))), error)


@each_error
def test_every_error_comes_back_from_another_process(error, other_process) -> None:
    """As from a pool; the far side raises what it was given."""
    with pytest.raises(type(error)) as came_back:
        other_process.submit(exec, "raise error", {"error": error}).result(timeout=20)

    assert alike(came_back.value, error)


@pytest.fixture(scope="module")
def other_process() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        yield pool


def test_a_subclass_of_yours_survives_pickle_too() -> None:
    twin = pickle.loads(pickle.dumps(OrderRefused("sold out", order=7)))

    assert (str(twin), twin.order) == ("sold out", 7)


class OrderRefused(errors.SinchError):
    def __init__(self, message: str, *, order: int) -> None:
        super().__init__(message)
        self.order = order


CERTAIN = {
    errors.ConfigurationError, errors.ClientStateError, errors.InvalidArgumentError, errors.SvamlError,
    errors.BadRequest, errors.Unauthorized, errors.PaymentRequired, errors.Forbidden, errors.NotFound,
    errors.Unprocessable, errors.RateLimited, errors.NotSent, errors.TimedOutConnecting,
}  # fmt: skip


def with_status(status: int, **fields: object) -> errors.ApiError:
    return errors.api_error(status)("no", status=status, method="POST", path="/", **fields)


@each_error
def test_what_is_certain_not_to_have_been_sent(error) -> None:
    if isinstance(error, errors.ApiError):
        error = with_status(STATUS_OF.get(type(error), 302))

    assert error.certainly_not_sent is (type(error) in CERTAIN)
    assert "certainly_not_sent" in (type(error).__doc__ or "") or type(error) in SAID_BY_THEIR_BASE


STATUS_OF = {errors.api_error(status): status for status in [*range(400, 430), 500]}
SAID_BY_THEIR_BASE = {errors.SinchError, errors.TimedOut}


def test_an_answer_counts_as_a_refusal_only_when_nothing_can_have_happened_before_it() -> None:
    certain = {status for status in range(300, 600) if with_status(status).certainly_not_sent}

    assert certain.isdisjoint({*range(300, 400), 408, 409, 499, *range(500, 600)})
    assert certain >= {400, 401, 402, 403, 404, 422, 429}
    assert with_status(503, retry_after=0.0).certainly_not_sent
    assert not with_status(500, retry_after=1.0).certainly_not_sent


def test_an_error_keeps_headers_and_body_of_the_answer_but_no_secret() -> None:
    signed = b"Application 669E367E:qDXMwzfaxCRS849c/2R0hg0nphgdHciTo7OdM6MsdnM="
    error = errors.ServerError(
        "no",
        500,
        "GET",
        "/",
        headers={"X-Request-Id": "r1", "Set-Cookie": "s=1", "X-Sent": signed.decode()},
        body=b"<pre>Authorization: " + signed + b"\xff</pre>" + b" " * errors.MAX_KEPT_BODY,
    )

    assert error.headers["x-request-id"] == "r1"
    assert error.headers["SET-COOKIE"] == "***"
    assert error.body.startswith(b"<pre>Authorization: Application 669E367E:***\xff</pre>")
    assert len(error.body) <= errors.MAX_KEPT_BODY
    for text in (repr(error), str(error.args), pickle.dumps(error).decode("latin-1")):
        assert "qDXMwzfaxCRS" not in text


def test_the_words_mask_phone_numbers_but_the_fields_do_not() -> None:
    error = errors.Forbidden("not allowed", **API)

    assert str(error) == "403 (40300): not allowed [POST /v1/sms/+4670*****00]"
    assert error.path == "/v1/sms/+46700000000"
    assert "+46700000000" not in "".join(traceback.format_exception(error)) + repr(error)


@pytest.mark.parametrize(
    ("builtin", "error"),
    [
        (ValueError, errors.InvalidArgumentError(argument="x", rule="must be y")),
        (ValueError, errors.SvamlError("x")),
        (TimeoutError, errors.WaitTimedOut("x", last=None)),
        (RuntimeError, errors.ClientStateError("x")),
    ],
)
def test_some_are_also_what_python_programs_already_catch(builtin, error) -> None:
    assert isinstance(error, builtin)


def test_a_timeout_always_says_whether_the_request_had_left() -> None:
    assert issubclass(errors.TimedOutConnecting, errors.NotSent)
    assert issubclass(errors.TimedOutWaiting, errors.OutcomeUnknown)


def test_what_a_peer_is_told_about_a_rejected_callback() -> None:
    told = {
        reason: errors.CallbackRejected("x", reason=reason).status
        for reason in errors.RejectionReason
    }

    assert told.pop(errors.RejectionReason.TOO_LARGE) == 413
    assert {reason.value for reason, status in told.items() if status == 400} == {
        "not_json",
        "not_an_object",
        "too_deep",
        "wrong_type",
    }
    assert set(told.values()) == {400, 401}
