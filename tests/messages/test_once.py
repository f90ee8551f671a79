"""Sending once: after a lost answer the reference decides, and nothing is sent twice.

The flow is driven here without network and time: each step it asks for is answered by a table.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import attrs
import pytest

from sinch import RetryPolicy, SinchClient
from sinch.core.flow import FlowContext, Pause, Send
from sinch.errors import Forbidden, InvalidArgumentError, NotSent, OutcomeUnknown
from sinch.messages.once import once
from sinch_api.codec import dumps
from sinch_api.failures import ErrorResponse, NoResponse

from .conftest import PLAN, TOKEN

NUMBERS = ("+46700000001", "+46700000002")
SENT = {"id": "01FC66621XXXXX119Z8PMV1QPQ", "type": "mt_text", "to": ["46700000002", "46700000001"]}
LOST = NoResponse("connection closed", sent=True)
REFUSED_HERE = NoResponse("connection refused", sent=False)

sinch = SinchClient(service_plan_id=PLAN, api_token=TOKEN)
DRAFT = sinch.messages(NUMBERS, "Hello").with_client_reference("run-7-slice-3")


def found(*batches: Any) -> Any:
    return {"count": len(batches), "page": 0, "page_size": len(batches), "batches": [*batches]}


@attrs.define
class World:
    """Answers in turn; a pause lets the clock go on, and nothing else does."""

    answers: list[Any]
    asked: list[str] = attrs.field(factory=list)
    queries: list[str] = attrs.field(factory=list)
    now: float = 0.0

    def run(self, *, grace: float = 30, attempts: int = 3, **options: Any) -> Any:
        context = FlowContext(
            retry=RetryPolicy(attempts=attempts, initial_delay=0, max_delay=0, jitter=False),
            monotonic=lambda: self.now,
        )
        flow = once(
            DRAFT.operation(), PLAN, "run-7-slice-3", grace, options.get("attempted_at"), context
        )
        step = next(flow)
        try:
            while True:
                if isinstance(step, Pause):
                    self.now += step.seconds
                    step = flow.send(None)
                    continue
                assert isinstance(step, Send)
                self.asked.append(step.operation.method)
                self.queries.append(step.operation.query)
                step = self._answer(flow, step)
        except StopIteration as done:
            return done.value

    def _answer(self, flow: Any, step: Send) -> Any:
        answer = self.answers.pop(0)
        if callable(answer):
            answer = answer(self.now)
        if isinstance(answer, Exception):
            return flow.throw(answer)
        status, content = answer if isinstance(answer, tuple) else (200, answer)
        try:
            result = step.operation.read(status, {}, dumps(content))
        except ErrorResponse as refused:
            return flow.throw(refused)
        return flow.send(result)


def appears_after(seconds: float) -> list[Callable[[float], Any]]:
    return [lambda now: found(SENT) if now >= seconds else found()] * 20


def test_an_answer_is_all_that_is_needed() -> None:
    world = World([(201, SENT)])

    assert world.run().id == SENT["id"]
    assert world.asked == ["POST"]


@pytest.mark.parametrize("lost", [LOST, (500, {}), (502, {}), (408, {})], ids=repr)
def test_sent_though_the_answer_was_lost(lost: Any) -> None:
    world = World([lost, found(SENT)])

    assert world.run().id == SENT["id"]
    assert world.asked == ["POST", "GET"]
    assert "client_reference=run-7-slice-3&" in world.queries[1] + "&"
    assert "start_date=" in world.queries[1]


def test_found_late_but_within_the_grace_period() -> None:
    world = World([LOST, *appears_after(25)])

    assert world.run(grace=30).id == SENT["id"]
    assert world.asked.count("POST") == 1
    assert 25 <= world.now <= 30


def test_not_found_for_the_whole_grace_period_was_not_sent_and_is_sent_again() -> None:
    world = World([LOST, *[found()] * 7, (201, SENT)])

    assert world.run(grace=30).id == SENT["id"]
    assert [method for method in world.asked if method == "POST"] == ["POST"] * 2
    assert world.now >= 30, "nothing was repeated before"


def test_never_more_often_than_the_policy_says() -> None:
    world = World([LOST, found(), LOST, found()])

    with pytest.raises(NotSent) as never:
        world.run(grace=0, attempts=2)
    assert world.asked == ["POST", "GET"] * 2
    assert never.value.certainly_not_sent


@pytest.mark.parametrize(
    "broken",
    [LOST, (401, {}), (503, {}), {"count": 1, "batches": [{"type": "mt_text"}]}],
    ids=["no answer", "refused", "down", "unreadable"],
)
def test_what_cannot_be_found_out_stays_unknown_and_is_not_repeated(broken: Any) -> None:
    world = World([LOST, *[broken] * 3])

    with pytest.raises(OutcomeUnknown, match="may have been sent, and was not repeated"):
        world.run(grace=0)
    assert world.asked.count("POST") == 1


def test_a_reference_of_other_recipients_decides_nothing() -> None:
    world = World([LOST, found({**SENT, "to": ["46700000009"]})])

    with pytest.raises(OutcomeUnknown, match="used for other recipients"):
        world.run()
    assert world.asked == ["POST", "GET"]


def test_of_two_with_the_reference_the_first_is_given(caplog: pytest.LogCaptureFixture) -> None:
    world = World([LOST, found({**SENT, "id": "newer"}, {**SENT, "id": "older"})])

    assert world.run().id == "older"
    assert "2 batches have one client reference" in caplog.text


def test_a_plain_refusal_is_passed_on_without_a_search() -> None:
    refusal = {"code": "missing_callback_url", "text": "No callback URL"}
    world = World([(403, refusal)])

    with pytest.raises(Forbidden, match="No callback URL") as refused:
        world.run()
    assert refused.value.error_code == "missing_callback_url"
    assert world.asked == ["POST"]


def test_what_never_left_is_repeated_at_once() -> None:
    world = World([REFUSED_HERE, (201, SENT)])

    assert world.run().id == SENT["id"]
    assert world.asked == ["POST", "POST"]


def test_after_a_crash_it_is_looked_for_before_it_is_sent() -> None:
    just_now, long_ago = (
        datetime.now(UTC) - timedelta(seconds=10),
        datetime.now(UTC) - timedelta(hours=1),
    )

    sent = World([found(SENT)])
    assert sent.run(attempted_at=just_now).id == SENT["id"]
    assert sent.asked == ["GET"]

    unsure = World([*[found()] * 7, (201, SENT)])
    unsure.run(attempted_at=just_now, grace=30)
    assert 19 < unsure.now < 21, "the rest of the grace period"

    clear = World([found(), (201, SENT)])
    clear.run(attempted_at=long_ago, grace=30)
    assert clear.now == 0
    assert clear.asked == ["GET", "POST"]


@pytest.mark.parametrize("grace", [0.7, 19.99952, 29.9, 33.3])
def test_pauses_that_do_not_quite_add_up_are_no_reason_for_another_look(grace: float) -> None:
    world = World([LOST, *[found()] * 7, (201, SENT)])
    world.run(grace=grace)
    assert world.asked == ["POST", *["GET"] * 7, "POST"]


def test_of_what_sinch_does_not_list_any_more_nobody_knows_whether_it_was_sent() -> None:
    forgotten = World([found(), (201, SENT)])

    with pytest.raises(OutcomeUnknown, match="14 days later the list may not have it any more"):
        forgotten.run(attempted_at=datetime.now(UTC) - timedelta(days=14, hours=1))
    assert forgotten.asked == []


def test_a_clock_in_the_wrong_zone_hides_no_batch() -> None:
    world = World([LOST, found(SENT)])
    world.run()

    [start] = parse_qs(world.queries[1])["start_date"]
    assert datetime.fromisoformat(start) < datetime.now(UTC) - timedelta(hours=14)


def test_a_slow_list_does_not_shorten_the_grace_period() -> None:
    world = World([LOST])

    def slow(now: float) -> Any:
        """Looked up at once, answered after 50 seconds."""
        world.now += 50
        return found(SENT) if now >= 30 else found()

    world.answers += [slow] * 3

    assert world.run(grace=30).id == SENT["id"]
    assert world.asked == ["POST", "GET", "GET"]


def test_it_needs_a_reference() -> None:
    with pytest.raises(InvalidArgumentError, match=r"client_reference .*with_client_reference"):
        sinch.messages(NUMBERS, "Hello").send_once()
