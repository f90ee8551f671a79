"""What an error means for a recipient and for the job. A pure decision.

``error.certainly_not_sent`` is what counts: only what certainly was not sent may ever be tried again.
Among that, some errors pass by themselves (the recipient goes back to pending, later), some concern
everybody (the job is paused, nobody is used up), and the rest is this recipient's: refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sinch.bulk.records import Batch, Outcome, State
from sinch.errors import (
    ApiError,
    ClientStateError,
    ConfigurationError,
    NotSent,
    PaymentRequired,
    RateLimited,
    ServerError,
    SinchError,
    Unauthorized,
)
from sinch.redaction import mask_numbers

_FIRST_DELAY = 1.0
_LONGEST_DELAY = 60.0
_FOR_EVERYBODY = (Unauthorized, PaymentRequired, ConfigurationError, ClientStateError)
_PASSES = (NotSent, RateLimited, ServerError)
#: The same number again too soon: it is this recipient who waits, not the job.
_SAME_NUMBER = 42901


def decide(
    batch: Batch, error: Exception, *, attempts: int, random: Callable[[], float]
) -> list[Outcome]:
    """Where the recipients of a request go; at most ``attempts`` are made for each."""
    text = mask_numbers(str(error) or type(error).__name__)
    reason = reason_of(error)

    def each(state: State, **more: Any) -> list[Outcome]:
        return [Outcome(it.id, state, reason=reason, error=text, **more) for it in batch.items]

    if not isinstance(error, SinchError) or not error.certainly_not_sent:
        return each(State.UNKNOWN)
    if isinstance(error, _FOR_EVERYBODY):
        return each(State.PENDING, attempted=False, stop=f"{reason}: {text}")
    if not isinstance(error, _PASSES):
        if len(batch.items) == 1:
            return each(State.REFUSED)
        # one of them may have spoilt it for the others: halves find out which
        return each(State.PENDING, attempted=False, crowd=(len(batch.items) + 1) // 2)
    asked = float(getattr(error, "retry_after", None) or 0.0)
    alone = isinstance(error, ApiError) and error.error_code == _SAME_NUMBER
    slow = 0.0 if alone else max(asked, 0.1)
    spread = 0.5 + random() / 2  # a batch stays together
    outcomes: list[Outcome] = []
    for item in batch.items:
        if item.attempts + 1 >= attempts:
            outcomes.append(Outcome(item.id, State.REFUSED, reason=reason, error=text, slow=slow))
            continue
        delay = min(_LONGEST_DELAY, _FIRST_DELAY * 2.0 ** min(item.attempts, 10)) * spread
        delay = max(asked, delay)
        outcomes.append(
            Outcome(item.id, State.PENDING, reason=reason, error=text, delay=delay, slow=slow)
        )
    return outcomes


def reason_of(error: Exception) -> str:
    """A short word to count by: ``Unprocessable 42200``, ``TimedOut``."""
    code = error.error_code if isinstance(error, ApiError) else None
    return type(error).__name__ if code is None else f"{type(error).__name__} {code}"
