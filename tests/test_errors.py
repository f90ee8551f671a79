"""The exception tree: kinds, words, and the trip through pickle."""

from __future__ import annotations

import copy
import inspect
import pickle
import traceback

import pytest

from sinch import errors

API = {"status": 403, "method": "POST", "path": "/v1/sms/+46700000000", "error_code": 40300}

EXAMPLES = [
    errors.SinchError("x"),
    errors.ConfigurationError("bad", argument="region", variable="V"),
    errors.ClientStateError("closed"),
    errors.InvalidArgumentError(argument="number", rule="must start with '+'"),
    errors.SvamlError("two faults", faults=("a", "b")),
    errors.ApiError("no", **API, reference="r"),
    *(cls("no", **API) for cls in errors.ApiError.__subclasses__()),
    errors.TransportError("lost", method="GET", path="/"),
    errors.NotSent("refused"),
    errors.OutcomeUnknown("lost"),
    errors.UnreadableAnswer("odd"),
    errors.TimedOut("slow"),
    errors.TimedOutConnecting("slow"),
    errors.TimedOutWaiting("slow"),
    errors.WaitTimedOut("pending", last={"status": "PENDING"}),
    errors.CallbackRejected("old", reason=errors.RejectionReason.STALE_TIMESTAMP),
]


def test_the_examples_cover_the_tree() -> None:
    kinds = {
        value
        for value in vars(errors).values()
        if inspect.isclass(value) and issubclass(value, errors.SinchError)
    }

    assert {type(example) for example in EXAMPLES} == kinds


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_every_error_survives_pickle_and_copy(error, protocol) -> None:
    for twin in (pickle.loads(pickle.dumps(error, protocol)), copy.deepcopy(error)):
        assert type(twin) is type(error)
        assert (twin.args, vars(twin), str(twin)) == (error.args, vars(error), str(error))


def test_a_subclass_of_yours_survives_pickle_too() -> None:
    twin = pickle.loads(pickle.dumps(OrderRefused("sold out", order=7)))

    assert (str(twin), twin.order) == ("sold out", 7)


class OrderRefused(errors.SinchError):
    def __init__(self, message: str, *, order: int) -> None:
        super().__init__(message)
        self.order = order


def test_fields_are_keyword_only() -> None:
    with pytest.raises(TypeError):
        errors.ApiError("no", 403, "GET", "/")  # type: ignore[misc]


def test_the_words_mask_phone_numbers_but_the_fields_do_not() -> None:
    error = errors.Forbidden("not allowed", **API)

    assert str(error) == "403 (40300): not allowed [POST /v1/sms/+4670*****00]"
    assert error.path == "/v1/sms/+46700000000"
    assert "+46700000000" not in "".join(traceback.format_exception(error))


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
