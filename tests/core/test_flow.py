"""Flows without a network: the test plays the driver.

What :func:`call` says, both clients do by themselves as long as nothing fails; so each test of a call
runs as a flow and through both clients.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from sinch import AsyncSinchClient, SinchClient
from sinch.core.config import RetryPolicy, Timeout
from sinch.core.flow import Attempt, Flow, FlowContext, Pause, Send, call
from sinch.errors import InvalidArgumentError, NotSent, ServerError, WaitTimedOut
from sinch.verification import VerificationDraft
from sinch.verification.waiting import until_final
from sinch_api import operations
from sinch_api.failures import ErrorResponse, NoResponse
from sinch_api.headers import Headers
from sinch_api.models.verification import VerificationStatus, VerificationStatusResponse
from sinch_api.operation import ApiAnswer

KEY = "669E367E-6BBA-48AB-AF15-266871C28135"
SECRET = "BeIukql3pTKJ8RGL5zo0DA=="
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


Play = Callable[..., tuple[Any, list[Any]]]


def as_a_flow(chosen: FlowContext, answers: list[Any], clock: Clock | None = None) -> Any:
    return drive(call(OPERATION, chosen), answers, clock)


class Scripted:
    """Takes the place of a transport, and of the time that pauses take."""

    def __init__(self, answers: list[Any], clock: Clock | None) -> None:
        self.answers, self.clock = answers, clock
        self.steps: list[Any] = []

    def send(
        self, operation: Any, *, timeout: Timeout | None = None, within: float | None = None
    ) -> Any:
        self.steps.append(Send(operation, timeout, within))
        answer = self.answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def sleep(self, seconds: float) -> None:
        self.steps.append(Pause(seconds))
        if self.clock:
            self.clock.now += seconds


class ScriptedAsync(Scripted):
    async def send(self, operation: Any, **limits: Any) -> Any:  # type: ignore[override]
        return super().send(operation, **limits)

    async def sleep(self, seconds: float) -> None:  # type: ignore[override]
        super().sleep(seconds)


@pytest.fixture(params=["flow", "blocking", "asyncio"])
def play(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Play:
    if request.param == "flow":
        return as_a_flow
    blocking = request.param == "blocking"

    def play(chosen: FlowContext, answers: list[Any], clock: Clock | None = None) -> Any:
        script = (Scripted if blocking else ScriptedAsync)(answers, clock)
        client: Any = (SinchClient if blocking else AsyncSinchClient)(KEY, SECRET)
        client._transport, client.context = script, chosen
        if blocking:
            monkeypatch.setattr("sinch.client.time.sleep", script.sleep)
            return client.send(OPERATION), script.steps
        monkeypatch.setattr("sinch.aio.asyncio.sleep", script.sleep)
        return asyncio.run(client.send(OPERATION)), script.steps

    return play


def context(**options: Any) -> FlowContext:
    policy = RetryPolicy(attempts=3, initial_delay=1, max_delay=8, jitter=False)
    return FlowContext(**{"retry": policy, **options})


def test_a_call_that_goes_well_is_one_step(play: Play) -> None:
    result, steps = play(context(), ["answer"])

    assert result == "answer"
    assert steps == [Send(OPERATION)]


def test_a_call_is_repeated_after_growing_pauses(play: Play) -> None:
    result, steps = play(context(), [DOWN, DOWN, "answer"])

    assert result == "answer"
    assert steps == [Send(OPERATION), Pause(1), Send(OPERATION), Pause(2), Send(OPERATION)]


def test_the_error_of_the_last_attempt_is_raised(play: Play) -> None:
    refused = NoResponse("refused", sent=False)

    with pytest.raises(NotSent):
        play(context(), [DOWN, DOWN, refused])


def test_attempts_get_what_is_left_of_the_deadline(play: Play) -> None:
    clock = Clock()
    policy = RetryPolicy(attempts=9, initial_delay=2, max_delay=2, jitter=False, deadline=5)

    with pytest.raises(ServerError):
        play(context(retry=policy, monotonic=clock), [DOWN] * 9, clock)

    assert clock.now == 4, "a third pause would end after the deadline"


def test_each_attempt_knows_its_limits(play: Play) -> None:
    clock = Clock()
    limits = Timeout(total=3)
    policy = RetryPolicy(initial_delay=2, jitter=False, deadline=5)

    chosen = context(retry=policy, timeout=limits, monotonic=clock)
    _, steps = play(chosen, [DOWN, "answer"], clock)

    assert steps == [Send(OPERATION, limits, 5), Pause(2), Send(OPERATION, limits, 3)]


def test_a_flow_that_is_part_of_another_ends_with_it() -> None:
    clock = Clock()
    policy = RetryPolicy(initial_delay=2, jitter=False, deadline=5)

    flow = call(OPERATION, context(retry=policy, monotonic=clock), until=4)
    _, steps = drive(flow, [DOWN, "answer"], clock)

    assert steps == [Send(OPERATION, None, 4), Pause(2), Send(OPERATION, None, 2)]


def test_hooks_hear_of_every_attempt(play: Play) -> None:
    heard: list[Attempt] = []

    play(context(hooks=[heard.append]), [DOWN, "answer"])

    assert [(one.number, type(one.error), one.retry_in) for one in heard] == [
        (1, ServerError, 1),
        (2, type(None), None),
    ]


def test_the_answer_is_recorded_with_the_number_of_attempts(play: Play) -> None:
    kept: list[ApiAnswer[Any]] = []
    answer = ApiAnswer("value", 200, Headers(), b"")

    result, _ = play(context(record=kept.append), [DOWN, answer])

    assert result == "value"
    assert [one.attempts for one in kept] == [2]


def test_headers_of_the_options_go_out_with_each_attempt(play: Play) -> None:
    _, steps = play(context(headers={"X-Shop": "7"}), [DOWN, "answer"])

    sent = [step.operation.headers for step in steps if isinstance(step, Send)]
    assert sent == [{"X-Shop": "7"}] * 2


@pytest.mark.parametrize("make", [SinchClient, AsyncSinchClient])
def test_what_is_no_operation_is_refused_before_anything_is_sent(make: Any) -> None:
    async def send() -> None:
        result = make(KEY, SECRET).send("draft")
        if asyncio.iscoroutine(result):
            await result

    with pytest.raises(InvalidArgumentError, match="must be an Operation"):
        asyncio.run(send())


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
