"""Whether, and after how long, a failed attempt may be repeated. A pure decision.

The rule that matters: an SMS or a call goes out twice only when it is certain that the first one
was not processed. So whatever is not idempotent is repeated only when ``error.certainly_not_sent``
says so, and among that only what passes by itself: nothing was sent, Sinch refused it for lack of
capacity (429), or a 503 names the time to come back.
"""

from __future__ import annotations

from collections.abc import Callable

from sinch.core.config import RetryPolicy
from sinch.errors import (
    NotSent,
    OutcomeUnknown,
    RateLimited,
    ServerError,
    SinchError,
    UnreadableAnswer,
)

#: The same number again too soon: waiting a few seconds does not help (docs/platform/errors.md#codes).
_VELOCITY = 42901
#: A configuration error at Sinch: does not pass by itself within seconds.
_MISCONFIGURED = 50301


def delay_before_retry(
    error: SinchError,
    *,
    idempotent: bool,
    attempt: int,
    policy: RetryPolicy,
    random: Callable[[], float],
    left: float | None = None,
) -> float | None:
    """Seconds to wait before the next attempt, or None to give up. ``attempt`` counts from 1.

    ``left`` is how many seconds remain for everything: a pause that would use them up is pointless.
    """
    delay = _delay(error, idempotent=idempotent, attempt=attempt, policy=policy, random=random)
    return None if delay is None or (left is not None and delay >= left) else delay


def _delay(
    error: SinchError,
    *,
    idempotent: bool,
    attempt: int,
    policy: RetryPolicy,
    random: Callable[[], float],
) -> float | None:
    if attempt >= policy.attempts or not _may_repeat(error, idempotent=idempotent):
        return None
    asked = getattr(error, "retry_after", None)
    if asked is not None:
        return float(asked) if asked <= policy.max_retry_after else None
    delay = min(policy.max_delay, policy.initial_delay * 2.0 ** min(attempt - 1, 30))
    return delay * (0.5 + random() / 2) if policy.jitter else delay


def _may_repeat(error: SinchError, *, idempotent: bool) -> bool:
    return (idempotent or error.certainly_not_sent) and _passes_soon(error)


def _passes_soon(error: SinchError) -> bool:
    """Whether waiting for seconds may help."""
    match error:
        case UnreadableAnswer():
            return False
        case NotSent() | OutcomeUnknown():
            return True
        case RateLimited():
            return error.error_code != _VELOCITY
        case ServerError():
            return error.error_code != _MISCONFIGURED
        case _:
            return False
