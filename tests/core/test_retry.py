"""What is repeated, and when: the whole decision as one table."""

from __future__ import annotations

import pytest

from sinch.core.config import RetryPolicy
from sinch.core.retry import delay_before_retry
from sinch.errors import (
    BadRequest,
    ClientStateError,
    NotSent,
    OutcomeUnknown,
    RateLimited,
    ServerError,
    TimedOutConnecting,
    TimedOutWaiting,
    UnreadableAnswer,
)


def api(cls, status, code=None, retry_after=None):
    return cls(
        "no", status=status, method="POST", path="/", error_code=code, retry_after=retry_after
    )


@pytest.mark.parametrize(("left", "delay"), [(None, 8), (9, 8), (8, None), (0, None), (-1, None)])
def test_a_pause_that_would_use_up_the_time_is_not_begun(left, delay) -> None:
    decided = delay_before_retry(
        api(RateLimited, 429, 42900, retry_after=8),
        idempotent=False,
        attempt=1,
        policy=RetryPolicy(),
        random=lambda: 0,
        left=left,
    )

    assert decided == delay


ALWAYS, IF_IDEMPOTENT, NEVER = (True, True), (True, False), (False, False)


@pytest.mark.parametrize(
    ("error", "repeated"),
    [
        (NotSent("refused"), ALWAYS),
        (TimedOutConnecting("slow"), ALWAYS),
        (api(RateLimited, 429, 42900), ALWAYS),
        (api(RateLimited, 429), ALWAYS),
        (api(ServerError, 503, 50300, retry_after=1), ALWAYS),
        (OutcomeUnknown("lost"), IF_IDEMPOTENT),
        (TimedOutWaiting("slow"), IF_IDEMPOTENT),
        (api(ServerError, 503, 50300), IF_IDEMPOTENT),
        (api(ServerError, 500, 50000), IF_IDEMPOTENT),
        (api(ServerError, 500, 50000, retry_after=1), IF_IDEMPOTENT),
        (api(ServerError, 502), IF_IDEMPOTENT),
        (api(RateLimited, 429, 42901), NEVER),
        (api(ServerError, 503, 50301), NEVER),
        (api(BadRequest, 400, 40001), NEVER),
        (UnreadableAnswer("odd"), NEVER),
        (ClientStateError("closed"), NEVER),
    ],
    ids=repr,
)
def test_what_is_repeated(error, repeated) -> None:
    decided = tuple(
        delay_before_retry(
            error, idempotent=idempotent, attempt=1, policy=RetryPolicy(), random=lambda: 0
        )
        is not None
        for idempotent in (True, False)
    )

    assert decided == repeated


def test_pauses_double_up_to_a_limit_and_vary() -> None:
    policy = RetryPolicy(attempts=99, initial_delay=1, max_delay=5)

    def pauses(random: float) -> list[float]:
        return [
            delay_before_retry(
                NotSent("x"), idempotent=True, attempt=n, policy=policy, random=lambda: random
            )
            for n in (1, 2, 3, 4, 90)
        ]

    assert pauses(1.0) == [1, 2, 4, 5, 5]
    assert pauses(0.0) == [0.5, 1, 2, 2.5, 2.5]


def test_the_last_attempt_is_the_last() -> None:
    policy = RetryPolicy(attempts=2)
    decide = lambda n: delay_before_retry(  # noqa: E731
        NotSent("x"), idempotent=True, attempt=n, policy=policy, random=lambda: 0
    )

    assert decide(1) is not None
    assert decide(2) is None


@pytest.mark.parametrize(("asked", "pause"), [(0, 0), (60, 60), (61, None)])
def test_retry_after_is_honoured_up_to_a_limit(asked, pause) -> None:
    error = api(RateLimited, 429, 42900, retry_after=asked)

    found = delay_before_retry(
        error, idempotent=False, attempt=1, policy=RetryPolicy(), random=lambda: 0
    )

    assert found == pause
