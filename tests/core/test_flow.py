"""Flows without a network: the test plays the driver."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sinch.core.config import RetryPolicy, Timeout
from sinch.core.flow import Flow, FlowContext, Pause, Send, call
from sinch.errors import NotSent, ServerError, WaitTimedOut
from sinch.verification import VerificationDraft
from sinch.verification.waiting import until_final
from sinch_api import operations
from sinch_api.failures import ErrorResponse, NoResponse
from sinch_api.models.verification import VerificationStatus, VerificationStatusResponse

OPERATION = operations.get_sms_status("1")
DOWN = ErrorResponse(status=500, headers={}, body=b"")


class Clock:
    """Moves only when a flow pauses."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def drive(flow: Flow[Any], answers: list[Any], clock: Clock | None = None) -> tuple[Any, list[Any]]:
    """Run a flow with prepared answers; exceptions among them are thrown. Returns result, steps."""
    steps: list[Any] = []
    resume: Callable[[], Any] = lambda: next(flow)  # noqa: E731
    try:
        while True:
            step = resume()
            steps.append(step)
            if isinstance(step, Pause):
                if clock:
                    clock.now += step.seconds
                resume = lambda: flow.send(None)  # noqa: E731
                continue
            answer = answers.pop(0)
            if isinstance(answer, BaseException):
                resume = lambda answer=answer: flow.throw(answer)  # noqa: E731
            else:
                resume = lambda answer=answer: flow.send(answer)  # noqa: E731
    except StopIteration as finished:
        return finished.value, steps


def context(**options: Any) -> FlowContext:
    policy = RetryPolicy(attempts=3, initial_delay=1, max_delay=8, jitter=False)
    return FlowContext(**{"retry": policy, **options})


def test_a_call_that_goes_well_is_one_step() -> None:
    result, steps = drive(call(OPERATION, context()), ["answer"])

    assert result == "answer"
    assert steps == [Send(OPERATION)]


def test_a_call_is_repeated_after_growing_pauses() -> None:
    result, steps = drive(call(OPERATION, context()), [DOWN, DOWN, "answer"])

    assert result == "answer"
    assert steps == [Send(OPERATION), Pause(1), Send(OPERATION), Pause(2), Send(OPERATION)]


def test_the_error_of_the_last_attempt_is_raised() -> None:
    refused = NoResponse("refused", sent=False)

    with pytest.raises(NotSent):
        drive(call(OPERATION, context()), [DOWN, DOWN, refused])


def test_attempts_get_what_is_left_of_the_deadline() -> None:
    clock = Clock()
    policy = RetryPolicy(attempts=9, initial_delay=2, max_delay=2, jitter=False, deadline=5)

    with pytest.raises(ServerError):
        drive(call(OPERATION, context(retry=policy, monotonic=clock)), [DOWN] * 9, clock)

    assert clock.now == 4, "a third pause would end after the deadline"


def test_each_attempt_knows_its_limits() -> None:
    clock = Clock()
    limits = Timeout(total=3)
    policy = RetryPolicy(initial_delay=2, jitter=False, deadline=5)

    _, steps = drive(
        call(OPERATION, context(retry=policy, timeout=limits, monotonic=clock), until=4),
        [DOWN, "answer"],
        clock,
    )

    assert steps == [Send(OPERATION, limits, 4), Pause(2), Send(OPERATION, limits, 2)]


def test_errors_that_are_not_ours_pass_through() -> None:
    with pytest.raises(KeyboardInterrupt):
        drive(call(OPERATION, context()), [KeyboardInterrupt()])


def status(value: VerificationStatus) -> VerificationStatusResponse:
    return VerificationStatusResponse(id="1", status=value)


PENDING = status(VerificationStatus.PENDING)
DONE = status(VerificationStatus.SUCCESSFUL)


def waiting(clock: Clock, **options: Any) -> Flow[VerificationStatusResponse]:
    draft = VerificationDraft(id="1", client=None)  # type: ignore[arg-type]
    return until_final(
        draft.get_operation(), options.get("timeout", 5), 2, context(monotonic=clock)
    )


def test_waiting_ends_as_soon_as_the_verification_is_final() -> None:
    result, steps = drive(waiting(Clock()), [PENDING, PENDING, DONE])

    assert result is DONE
    assert [step for step in steps if isinstance(step, Pause)] == [Pause(2), Pause(2)]


def test_waiting_gives_up_with_the_newest_status_after_a_last_look() -> None:
    clock = Clock()

    with pytest.raises(WaitTimedOut) as caught:
        drive(waiting(clock), [PENDING] * 4, clock)

    assert caught.value.last is PENDING
    assert isinstance(caught.value, TimeoutError)
    assert clock.now == 5


def test_waiting_with_no_time_at_all_asks_once() -> None:
    with pytest.raises(WaitTimedOut):
        drive(waiting(Clock(), timeout=0), [PENDING])


def test_a_look_that_takes_the_rest_of_the_time_is_the_last() -> None:
    clock = Clock()
    flow = waiting(clock, timeout=3)

    assert next(flow).within == 3
    flow.send(PENDING)
    clock.now = 2
    assert flow.send(None).within == 1
    clock.now = 3
    with pytest.raises(WaitTimedOut) as caught:
        flow.throw(NoResponse("silence", sent=True, timed_out=True))

    assert caught.value.last is PENDING


def test_the_last_look_has_a_second() -> None:
    clock = Clock()
    flow = waiting(clock, timeout=3)
    next(flow)
    flow.send(PENDING)
    clock.now = 3

    assert flow.send(None).within == 1


def test_an_outage_in_the_middle_of_waiting_is_ridden_out() -> None:
    result, _ = drive(waiting(Clock()), [PENDING, DOWN, DOWN, DONE])

    assert result is DONE


def test_an_outage_that_lasts_ends_the_waiting() -> None:
    with pytest.raises(ServerError):
        drive(waiting(Clock()), [PENDING, DOWN, DOWN, DOWN])
